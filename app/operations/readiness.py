"""`/readyz`: whether this process may be sent people, by the names of what it needs and does not have."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app
from sqlalchemy import inspect, text

from app.archive import scans
from app.kit.session import abandon_work, db

log = logging.getLogger(__name__)
MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations" / "versions"


class NotReady(RuntimeError):
    """Said in the log, not to whoever asks."""


def init_app(app: Flask) -> None:
    app.add_url_rule("/readyz", "ready", ready)


def ready() -> Response:
    """200 and "ok", or 503 and the names of what is not ready; nothing of addresses, versions or errors."""
    failing = list(not_ready())
    said = f"not ready: {', '.join(failing)}\n" if failing else "ok\n"
    return current_app.response_class(said, 503 if failing else 200, mimetype="text/plain")


def not_ready() -> Iterator[str]:
    for name, check in CHECKS.items():
        try:
            check()
        except Exception as error:
            log.error("not ready: %s: %s", name, error if isinstance(error, NotReady) else type(error).__name__)
            abandon_work()
            yield name


def _database() -> None:
    db.session.execute(text("SELECT 1"))


def _migrations() -> None:
    """A newer console may have migrated already: what it adds does not trouble an older one (docs/OPERATIONS.md)."""
    if (found := standing()) in ("empty", "older"):
        raise NotReady(f"the database is {found}")


def _queue() -> None:
    current_app.extensions["jobs"].pending_count()


CHECKS: dict[str, Callable[[], Any]] = {
    "database": _database,
    "migrations": _migrations,
    "files": lambda: scans.shelf().check(),
    "queue": _queue,
}


@cache
def known_revisions() -> tuple[str, ...]:
    """Every migration that this version of the console knows, in order: by the names of the files."""
    return tuple(path.name.split("_")[2] for path in sorted(MIGRATIONS.glob("2*.py")))


def standing() -> str:
    """The database: "current", "older" or "newer" than this console, or "empty". One look, without Alembic."""
    if not inspect(db.session.connection()).has_table("alembic_version"):
        return "empty"
    found = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    if found not in known_revisions():
        return "newer" if found else "empty"
    return "current" if found == known_revisions()[-1] else "older"
