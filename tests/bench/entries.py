"""The search box's prepared rows for a seeded database: by what the rooms declare, on every core."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.kit.session import db
from app.search.declared import declared
from app.search.models import SearchEntry, Tokens
from app.search.prepared import prepare as prepared
from tests.bench.bulk import Writer

TABLE: Any = SearchEntry.__table__
COLUMNS = (
    "kind", "record_id", "site_id", "opens", "opens_id", "title", "subtitle", "badge", "weight", "folded", "tokens",
    "digest",
)  # fmt: skip
AT_ONCE = 2_000
FEW = 20_000
_app: list[Flask] = []

Task = tuple[str, int]


def prepare(app: Flask, writer: Writer, say: Any) -> None:
    """Fill `search_entry` and the word index over it."""
    _app[:] = [app]
    tasks, number = list(_tasks()), [0]
    db.session.remove()
    db.engine.dispose()
    with writer.without_indexes([TABLE]), writer.without_words():
        for rows in _made(tasks):
            keyed = [(number[0] + place, *row) for place, row in enumerate(rows, 1)]
            number[0] += writer.put(TABLE, ("id", *COLUMNS), keyed)
        say(f"search_entry: {number[0]}")
    say("word index")


def _tasks() -> Iterator[Task]:
    for kind, one in declared.ready().kinds.items():
        model: Any = one.model
        last = db.session.scalar(select(func.max(model.id))) or 0
        yield from ((kind, first) for first in range(1, last + 1, AT_ONCE))


def _made(tasks: list[Task]) -> Iterator[list[tuple[Any, ...]]]:
    """In the tasks' order, so that the same seed gives the same keys."""
    if len(tasks) * AT_ONCE < FEW:
        yield from map(_make, tasks)
        return
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        yield from pool.imap(_make, tasks)


def _make(task: Task) -> list[tuple[Any, ...]]:
    """The rows of one stretch of keys."""
    kind, first = task
    with _app[0].app_context():
        one = declared.kinds[kind]
        dialect, tokens = db.engine.dialect, Tokens()
        model: Any = one.model
        stretch = select(model.id).where(model.id.between(first, first + AT_ONCE - 1)).order_by(model.id)
        rows = [
            prepared(entry, kind, one.weight) for entry in declared.entries(kind, list(db.session.scalars(stretch)))
        ]
        db.session.remove()
    for row in rows:
        row["tokens"] = tokens.process_bind_param(str(row["tokens"]), dialect)
    return [tuple(row[name] for name in COLUMNS) for row in rows]
