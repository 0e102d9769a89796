"""A bucket, a Redis, and whatever else several machines share, on this one."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

import config

# the console's own library: another one in the same process would take its locks away when it closes the file
sqlite3 = config.sqlite_module()


def copy_house(data_dir: Path, folder: Path) -> Path:
    """What the run's SQLite house had before any test, for a console of its own in another folder."""
    with (
        closing(sqlite3.connect(data_dir / "hudang.db")) as house,
        closing(sqlite3.connect(folder / "hudang.db")) as copy,
    ):
        house.backup(copy)
    if (data_dir / "audit-head").exists():
        shutil.copyfile(data_dir / "audit-head", folder / "audit-head")
    return folder


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """An S3 server of this module's own; answers its endpoint."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(app: Flask, s3: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The app keeps its files in an empty bucket; answers its URL."""
    import fsspec

    for name, value in {"ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "y", "DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3)
    fsspec.filesystem("s3").clear_instance_cache()
    url = f"s3://hudang-{uuid.uuid4().hex[:8]}/desk"
    fsspec.filesystem("s3").mkdir(url.split("/")[2])
    monkeypatch.setitem(app.config, "FILES_URL", url)
    return url
