"""G20, the half that time brings: what is past its time is listed, destroyed and found nowhere; nothing is overdue.

Negative control: with the deletion switched off, the planted bytes are found and the proof fails.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from flask import current_app

from app.archive import scans
from app.archive.models import File
from app.demo import makers
from app.demo.retention_makers import agree, judge, make_appraisal, make_destroyed, take
from app.kit import columns
from app.kit.columns import now, today
from app.kit.session import db, finish_work
from app.kit.stored import PARTIAL
from app.retention import due, verifying
from app.retention.models import Destruction
from tests.archive import stored_files
from tests.retention.conftest import papers, scanned

NAME = b"000invented-identity-picture"


@pytest.fixture
def moved_out_today(site: Any, monkeypatch: Any) -> File:
    """A file with an identity copy and a licence; a planted scan of the one."""
    file = makers.make_file(makers.make_unit(site=site))
    picture = makers.make_document(file, "identity")
    makers.make_document(file, "licence")
    monkeypatch.setattr("tests.retention.conftest.PNG", PARTIAL.encode() + NAME)
    scanned(picture)
    file.state, file.closed_on = "closed", today()
    db.session.flush()
    finish_work()
    return file


def pass_a_year(monkeypatch: Any) -> None:
    later = now() + dt.timedelta(days=367)
    monkeypatch.setattr(columns, "clock", lambda: later)


def hits() -> list[str]:
    """Every file under DATA_DIR that holds the planted bytes."""
    folder = Path(current_app.config["DATA_DIR"])
    return [path.name for path in folder.rglob("*") if path.is_file() and NAME in path.read_bytes()]


def by_the_book(site: Any) -> Destruction:
    drawn = make_appraisal(site)
    take(drawn, "list_due", "archivist")
    for item in drawn.items:
        judge(item)
    agree(drawn)
    done = make_destroyed(drawn)
    finish_work()
    return done


def test_an_identity_copy_is_overdue_after_its_year_and_then_found_nowhere(
    site: Any, moved_out_today: File, monkeypatch: Any
) -> None:
    assert due.count([site.id]) == 0 and len(hits()) == 1
    pass_a_year(monkeypatch)
    assert due.count([site.id]) == 1
    done = by_the_book(site)
    assert due.count([site.id]) == 0
    assert hits() == [] and list(verifying.left(done)) == []
    identity, licence = papers(moved_out_today)
    assert identity.destroyed_on == today() and licence.destroyed_on is None
    assert identity.scans[0].sha256 and identity.scans[0].size


def test_with_the_deletion_off_the_bytes_are_found(site: Any, moved_out_today: File, monkeypatch: Any) -> None:
    pass_a_year(monkeypatch)
    monkeypatch.setattr(scans, "remove", lambda scan: None)
    done = by_the_book(site)
    assert len(hits()) == 1 and len(list(verifying.left(done))) == 1
    stored_files.path_of(papers(moved_out_today)[0].scans[0]).unlink()
