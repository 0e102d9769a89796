"""Numbers of a year that run through all sites, without gaps: one more than the last row has."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, text

from app.kit.session import db

SERIES_LOCK = 0x5345_5249  # any number of our own


def next_of(column: Any, prefix: str) -> int:
    """The next number behind `prefix`, 1 for the first. Whoever comes second waits for the first one's commit."""
    if db.session.connection().dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(:ours, hashtext(:prefix))")
        db.session.execute(lock, {"ours": SERIES_LOCK, "prefix": prefix})
    last = db.session.scalar(select(func.max(column)).where(column.like(prefix + "%")))
    return int(last.removeprefix(prefix)) + 1 if last else 1
