"""The audit in pieces on PostgreSQL: written, verified, read and purged as before."""

from __future__ import annotations

import os
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.kit.session import db, finish_work
from app.security import audit, partitions, purge, verify
from app.security.models import AuditLine

on_postgresql = pytest.mark.skipif(os.environ.get("TEST_DATABASE") != "postgresql", reason="PostgreSQL's own")


def lines(count: int) -> None:
    for _ in range(count):
        audit.write("log_out", None, {})
    finish_work()


def pieces() -> list[str]:
    return [f"{partitions.PIECE}{end}" for end in partitions._ends(db.session.connection())]


@on_postgresql
def test_lines_go_on_in_pieces_and_purged_ones_leave_whole(app: Flask, cast: Any, monkeypatch: Any) -> None:
    lines(5)
    first = partitions.begin(10)
    last = db.session.scalar(select(AuditLine.id).order_by(AuditLine.id.desc()).limit(1)) or 0
    assert len(first) == 3 and first == pieces()
    made = []
    for _ in range(5):
        lines(7)
        made += partitions.look_after()
    assert len(made) >= 3 and verify.verify().ok
    kept = db.session.scalars(select(AuditLine).where(AuditLine.id > last)).all()
    assert len(kept) == 35
    plan = "\n".join(db.session.scalars(text(f"EXPLAIN SELECT * FROM audit_line WHERE id = {kept[0].id}")))
    assert plan.count("audit_line_to_") == 2 and "Append" not in plan  # one piece and its index
    monkeypatch.setattr(purge, "latest_day", lambda: purge.today() + purge.dt.timedelta(days=2))
    before = len(pieces())
    purge.purge(purge.today() + purge.dt.timedelta(days=1))
    finish_work()
    partitions.look_after()
    assert len(pieces()) < before and verify.verify().ok
    assert partitions.begin(10) == []


@on_postgresql
def test_the_migrations_find_nothing_to_change(app: Flask) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    partitions.begin(1000)
    context = MigrationContext.configure(db.session.connection())
    told = [each for each in compare_metadata(context, AuditLine.metadata) if "audit_line" in str(each)]
    assert not [each for each in told if "audit_line_to_" not in str(each)]


@pytest.mark.skipif(os.environ.get("TEST_DATABASE") == "postgresql", reason="SQLite's answer")
def test_sqlite_has_no_pieces(app: Flask) -> None:
    told = app.test_cli_runner().invoke(args=["audit", "partition"])
    assert told.exit_code == 1 and "PostgreSQL" in told.output
    assert partitions.look_after() == []
