"""A shelf of each test's own, and uploads as a browser sends them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive import scans
from app.archive.models import Document, File, Scan
from app.demo import lookups_makers, makers
from app.estate.rules import find_site
from app.kit.session import db, finish_work
from app.kit.stored import Folder
from tests.conftest import SITE
from tests.standing import Made, Standing


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the scans of this test lie."""
    made = tmp_path / "scans"
    made.mkdir(mode=0o700)
    monkeypatch.setattr(scans, "shelf", lambda: Folder(made))
    return made


@pytest.fixture(scope="module")
def _file(standing: Standing) -> Made:
    def write() -> File:
        made = makers.make_file(makers.make_unit(site=find_site(SITE)), by=makers.user("archivist"))
        makers.make_document(made)
        return made

    return standing(write)


@pytest.fixture
def file(_file: Made) -> File:
    """A live file with one paper."""
    found: File = _file()
    return found


@pytest.fixture
def paper(file: File) -> Document:
    return file.documents[0]


Send = Callable[..., str]


@pytest.fixture
def send(login: Any, paper: Document) -> Send:
    """`send(content, name)`: the clerk uploads it to the paper; answers what the page then says."""
    clerk: FlaskClient = login("clerk")

    def upload(content: bytes, name: str = "scan.jpg", kind: str = "image/jpeg", **more: Any) -> str:
        form = {"scan": (io.BytesIO(content), name, kind)}
        answer = clerk.post(f"/scans/add/{paper.id}", data=form, follow_redirects=True, **more)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    return upload


def stored(paper: Document) -> list[Scan]:
    return list(db.session.scalars(select(Scan).where(Scan.document_id == paper.id).order_by(Scan.id)))


def grant(file: File, cast: Any, name: str = "clerk") -> None:
    """A live grant to read and copy, approved by the right people."""
    lookups_makers.make_grant(file, cast[name], mode="copy")
    finish_work()
