"""The audit of a house that was at work for years: looked through by the auditor, and checked link by link."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from flask import Flask
from sqlalchemy import func, select

import config
from app.kit.session import db
from app.security.models import AuditLine
from tests.bench import house, pages, serving
from tests.bench.homes import Home
from tests.bench.report import Line

OF_ONE_FILE = "/audit/?subject_type=File&subject_id_from=4711&subject_id_to=4711"


def audit(app: Flask, home: Home, rounds: int) -> Iterator[Line]:
    """Every line of it is sealed with the one before, and every look at it is one more."""
    lines = _count(app)
    with house.console(app, "ours", home.folder, home.url) as server:
        server.cookie = house.ticket(app, "auditor")
        last = pages.last_address(server, -(-lines // 25), "/audit/")
        asked = {"first": server.get("/audit/"), "last": server.get(last), "file": server.get(OF_ONE_FILE)}
        taken = serving.side_by_side(asked, rounds)
    yield Line("audit_first", f"audit of {lines:,} lines, first page", taken["first"])
    yield Line("audit_file", "what happened to one file", taken["file"])
    yield Line("audit_last", "its last page by its first", taken["last"] / taken["first"], "×").at_most(2)
    command = [sys.executable, "-m", "flask", "--app", "run", "audit", "verify"]
    took, most, said = serving.run_watched(command, config.ROOT, house.environ(home.folder, home.url))
    yield Line("audit_verify", "audit verify", _count(app) / took, "lines/s", note=f"{took:.0f} s: {said.strip()}")
    yield Line("audit_memory", "memory of it", most, "MB")


def _count(app: Flask) -> int:
    with app.app_context():
        count = db.session.scalar(select(func.count(AuditLine.id))) or 0
        db.session.remove()
    return count
