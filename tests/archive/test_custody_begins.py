"""An upgrade gives what lay in the files before its opening line in the ledger of custody and its filing day."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, select

import config
from app.archive.custody import CustodyLine
from app.archive.models import Document, File
from app.demo import makers
from app.kit.columns import today
from app.kit.session import db, finish_work

pytestmark = pytest.mark.live
MIGRATIONS = str(config.ROOT / "migrations")
BEFORE = "3b9d51c07e66"


def test_files_of_before_have_an_opening_line_and_their_papers_a_day(empty_console: Flask) -> None:
    filed, waiting = makers.make_filed_file(), makers.make_file()
    makers.make_document(waiting)
    waiting.custodian_id = None
    finish_work()
    keys = {filed.id: filed.custodian_id, waiting.id: None}
    for _ in range(2):
        db.session.remove()
        downgrade(directory=MIGRATIONS, revision=BEFORE)
        upgrade(directory=MIGRATIONS)
        lines = db.session.scalars(select(CustodyLine)).all()
        assert {line.file_id: line.holder_id for line in lines} == keys
        assert {(line.kind, line.amount, line.standing) for line in lines} == {("opened", 1, "live")}
        days = dict(db.session.execute(select(Document.file_id, Document.filed_on)).all())
        assert days == {filed.id: today(), waiting.id: None}
        assert db.session.scalar(select(func.count(File.id)).where(File.seal != "none")) == 0
