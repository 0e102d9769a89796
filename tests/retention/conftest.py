"""Files long moved out of, with a paper and its scan."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any

import pytest

from app.archive import scans
from app.archive.models import Document, File, Scan
from app.demo import makers
from app.kit.session import db, finish_work
from tests.archive import stored_files

PNG = b"\x89PNG\r\n\x1a\n-invented-"


@pytest.fixture
def moved_out(site: Any) -> Callable[..., File]:
    """`moved_out("0101", closed_on=…, letter=1)`: a closed file with papers of these classes, each with a scan."""

    def make(number: str = "", closed_on: dt.date = dt.date(2012, 3, 1), **papers: int) -> File:
        file = makers.make_file(makers.make_unit(number, site=site))
        file.opened_on = dt.date(2008, 5, 4)
        for paper_class, count in (papers or {"letter": 1}).items():
            for _ in range(count):
                scanned(makers.make_document(file, paper_class, issued_on=dt.date(2008, 5, 4), pages=2))
        file.state, file.closed_on = "closed", closed_on
        db.session.flush()
        return file

    return make


def papers(file: File) -> list[Document]:
    """A file's papers in the order they were put in, which the database does not promise."""
    return sorted(file.documents, key=lambda paper: paper.id)


def scanned(paper: Document) -> Scan:
    """A scan whose bytes lie on disk once the unit of work is finished."""
    content = PNG + secrets.token_bytes(16)
    scan = Scan(site_id=paper.site_id, document=paper, **scans.store(scans.Ready("p.png", "image/png", content)))
    db.session.add(scan)
    db.session.flush()
    return scan


@pytest.fixture
def on_disk() -> Callable[[File], list[bool]]:
    """Of each scan of a file, in order, whether its bytes lie on disk now."""

    def look(file: File) -> list[bool]:
        return [stored_files.path_of(scan).exists() for paper in papers(file) for scan in paper.scans]

    finish_work()
    return look
