"""What tests write and leave nothing of: an outer transaction a module, a savepoint in it a test.

What all tests of a module begin with stands in the outer transaction and is made once; each test finds it as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Connection

from app.kit.session import db, finish_work

Made = Callable[[], Any]


@contextmanager
def outer_transaction(app: Flask) -> Iterator[Connection]:
    """A connection whose transaction is rolled back at the end."""
    with app.app_context(), _head_kept():
        engine = db.engine
        connection = engine.connect()
        connection.name, connection.url = engine.name, engine.url  # FAB asks the bind for both
        transaction = connection.begin()
        try:
            yield connection
        finally:
            transaction.rollback()
            connection.close()


@contextmanager
def undone(connection: Connection) -> Iterator[None]:
    """Whatever is written and committed inside is taken back; needs an app context."""
    savepoint = connection.begin_nested()
    with _head_kept():
        try:
            with swapped_in(connection):
                yield
        finally:
            savepoint.rollback()


@contextmanager
def swapped_in(connection: Connection) -> Iterator[None]:
    """The connection stands in for the engine: commits inside become savepoints of its transaction."""
    engines = db._app_engines[current_app._get_current_object()]  # type: ignore[attr-defined]
    engine, engines[None] = engines[None], connection
    db.session.configure(join_transaction_mode="create_savepoint")
    try:
        yield
    finally:
        engines[None] = engine
        db.session.remove()
        db.session.configure(join_transaction_mode="conditional_savepoint")


@contextmanager
def _head_kept() -> Iterator[None]:
    """The head of the audit's chain, which lies beside the database."""
    head = Path(current_app.config["DATA_DIR"]) / "audit-head"
    kept = head.read_bytes() if head.exists() else None
    try:
        yield
    finally:
        head.unlink(missing_ok=True)
        if kept is not None:
            head.write_bytes(kept)


def make(app: Flask, connection: Connection, write: Made) -> Made:
    """Write a record for all tests of the module; answers a function that finds it in the session of a test."""
    with app.app_context(), swapped_in(connection):
        record = write()
        finish_work()
        model, key = type(record), record.id
    return lambda: db.session.get_one(model, key)
