"""A chain with its head beside it, and a console with a database of its own for what must really be committed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.kit.session import db
from app.security import chain
from app.security.models import AuditLine


@pytest.fixture
def head(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The head of the audit in a folder of this test's own: it outlives no rolled back transaction."""
    monkeypatch.setitem(app.config, "DATA_DIR", str(tmp_path))
    last = db.session.execute(select(AuditLine.id, AuditLine.mac).order_by(AuditLine.id.desc()).limit(1)).one()
    chain.move_anchor(chain.Head(*last))
    return chain.head_file()


@pytest.fixture
def own_app(app: Flask, tmp_path: Path, database: str) -> Iterator[Flask]:
    """Another console whose transactions are real: for threads, locks and what happens after a commit."""
    from app import create_app
    from app.demo import tower
    from app.kit.session import finish_work
    from app.security import setup
    from tests.conftest import PASSWORD, settings

    made = create_app(settings(tmp_path, database))
    with made.app_context():
        db.create_all()
        setup.sync_permissions(made)
        tower.make_cast(PASSWORD)
        finish_work()
        db.session.remove()
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()
