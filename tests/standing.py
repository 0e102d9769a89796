"""What tests write and leave nothing of: an outer transaction a module, a savepoint in it a test.

What many tests of a module begin with stands in the outer transaction and is made once; each finds it as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy import Connection, Engine, event

from app.kit.session import Record, db, finish_work

Made = Callable[[], Any]
Standing = Callable[[Made], Made]


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
            _say(connection, "ROLLBACK")
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


def plain_transactions(engine: Engine) -> None:
    """A commit inside a test is a savepoint: said without being compiled under its new name each time.

    On PostgreSQL it is said behind psycopg's back, which forgets at each rollback what it has prepared, and keeps only
    a hundred statements: all tests ask the same ones.
    """
    said = {"do_savepoint": "", "do_rollback_to_savepoint": "ROLLBACK TO ", "do_release_savepoint": "RELEASE "}
    for name, before in said.items():
        setattr(engine.dialect, name, partial(_say_savepoint, before))
    if engine.name == "postgresql":
        event.listen(engine, "connect", lambda driver, _record: setattr(driver, "prepared_max", 2000))


def _say_savepoint(before: str, connection: Connection, name: str) -> None:
    _say(connection, f"{before}SAVEPOINT {name}")


def _say(connection: Connection, statement: str) -> None:
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite":
        driver.execute(statement)
        return
    begun = driver.pgconn.transaction_status != TransactionStatus.IDLE
    answer = driver.pgconn.exec_(f"{'' if begun else 'BEGIN; '}{statement}".encode())
    assert answer.status == ExecStatus.COMMAND_OK, answer.error_message


class Stand:
    """What stands for the tests of a module that ask for it; the others find nothing of it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.writes: list[Made] = []
        self.keys: list[Any] = []
        self.open = ExitStack()
        self.connection: Connection | None = None

    def add(self, write: Made) -> Made:
        """Have `write` make records: one, several in a list, or something that needs no session.

        Answers a function that finds them in the session of a test.
        """
        self.clear()
        self.writes.append(write)
        place = len(self.writes) - 1
        return lambda: _found(self.keys[place])

    def there(self) -> Connection:
        """The connection in whose transaction everything stands."""
        if self.connection is None:
            self.connection = self.open.enter_context(outer_transaction(self.app))
            with self.app.app_context(), swapped_in(self.connection):
                self.keys = [_written(write) for write in self.writes]
        return self.connection

    def clear(self) -> None:
        """Take it back until it is asked for again."""
        self.open.close()
        self.connection = None


def _written(write: Made) -> Any:
    made = write()
    finish_work()
    return [_key(each) for each in made] if isinstance(made, list) else _key(made)


def _key(made: Any) -> Any:
    return (type(made), made.id) if isinstance(made, Record) else made


def _found(key: Any) -> Any:
    if isinstance(key, list):
        return [_found(each) for each in key]
    return db.session.get_one(*key) if isinstance(key, tuple) else key
