"""Scans and uploads in an S3 bucket: kept, let out, verified, swept and destroyed there as they are on disk."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fsspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.archive import scans
from app.archive.models import Document, Scan
from app.demo import makers
from app.exchange.store import uploads
from app.kit import stored
from app.kit.session import abandon_work, db, finish_work
from app.privacy import pictures
from app.security import audit
from app.security.locker import new_token
from tests.archive import hostile

pytestmark = [
    pytest.mark.once,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),  # of the S3 client's own
]
Login = Callable[..., FlaskClient]


@pytest.fixture
def paper(site: Any) -> Document:
    made = makers.make_document(makers.make_file(makers.make_unit(site=site)))
    finish_work()
    return made


def send(client: FlaskClient, paper: Document) -> Any:
    return client.post(f"/scans/add/{paper.id}", data={"scan": (io.BytesIO(hostile.picture("PNG")), "a.png")})


def names() -> set[str]:
    return {kept.name for kept in scans.shelf().listed()}


def test_a_scan_lives_in_the_bucket_from_its_upload_to_its_end(
    bucket: str, app: Flask, login: Login, paper: Document, data_dir: Path
) -> None:
    clerk = login("clerk")
    assert send(clerk, paper).status_code == 302
    scan = db.session.scalars(select(Scan)).one()
    assert names() == {scan.blob} and not (data_dir / "scans" / scan.blob).exists()
    shown = clerk.get(f"/scans/{scan.id}")
    assert shown.data.startswith(b"\x89PNG") and len(shown.data) == scan.size
    assert list(scans.damaged()) == []
    stored.put(scans.shelf(), scan.blob, b"changed")
    assert [why for _kept, why in scans.damaged()] == ["changed"] and scans.read(scan) is None
    assert clerk.get(f"/scans/{scan.id}").status_code == 404
    stored.put(scans.shelf(), "a" * 48, b"nobody knows me")
    assert scans.sweep().removed == []  # an hour old at least
    assert scans.sweep(older_than=-5).removed == ["a" * 48] and names() == {scan.blob}
    pictures.remove(paper)
    assert names() == {scan.blob}  # it goes with the commit
    finish_work()
    assert names() == set()
    scans.shelf().delete(scan.blob)  # gone is gone


def test_an_upload_that_is_rolled_back_is_swept_away(
    bucket: str, login: Login, paper: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, real = login("clerk"), audit.write
    send(clerk, paper)
    kept = names()

    def broken(action: str, *args: Any, **more: Any) -> None:
        if action == "add_scan":
            raise audit.AuditFailure("full")
        real(action, *args, **more)

    monkeypatch.setattr(audit, "write", broken)
    assert send(clerk, paper).status_code == 503
    assert len(names()) == 2 and db.session.scalar(select(func.count(Scan.id))) == 1
    assert len(scans.sweep(older_than=-5).removed) == 1 and names() == kept


def test_another_databases_bucket_is_left_alone(bucket: str, app: Flask) -> None:
    stored.put(scans.shelf(), "b" * 48, b"another's")
    with pytest.raises(scans.StrangeDatabase):
        scans.sweep(older_than=-5)
    assert names() == {"b" * 48}


def test_uploaded_rosters_are_found_on_another_machine(
    bucket: str, app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = new_token()
    uploads.put(token, "sheet", "张三 13800138000".encode())
    monkeypatch.setitem(app.config, "DATA_DIR", str(tmp_path))
    assert uploads.get(token, "sheet") == "张三 13800138000".encode() and uploads.get(token, "plan") is None
    assert all(b"138" not in (uploads.files.get(kept.name) or b"") for kept in uploads.files.listed())
    assert uploads.sweep() == 0 and uploads.sweep(older_than=-5) == 1 and uploads.get(token, "sheet") is None


def test_nothing_is_saved_while_the_store_does_not_answer(
    bucket: str, login: Login, paper: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = login("clerk")
    send(clerk, paper)
    scan = db.session.scalars(select(Scan)).one()

    monkeypatch.setitem(stored.PATIENCE, "retries", {"total_max_attempts": 1})
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    fsspec.filesystem("s3").clear_instance_cache()
    refused = send(clerk, paper)
    assert refused.status_code == 503 and "127.0.0.1" not in refused.text
    assert db.session.scalar(select(func.count(Scan.id))) == 1
    assert clerk.get(f"/scans/{scan.id}").status_code == 503
    with pytest.raises(stored.StoreFailure) as failure:
        scans.shelf().check()
    assert str(failure.value) == "the store of files: EndpointConnectionError"
    scans.remove(scan)
    finish_work()  # committed is committed: the sweep asks the store again
    abandon_work()
