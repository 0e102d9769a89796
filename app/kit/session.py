"""The database session, the mixin of every table, and the one place that commits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar

from flask import Flask, g, has_request_context, request
from flask.typing import ResponseReturnValue
from flask_appbuilder.models.sqla import Model
from flask_appbuilder.models.sqla.base import SQLA
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import ForeignKey, Integer, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column
from sqlalchemy_utils import aggregates

from app.kit.addresses import LateRule
from app.kit.columns import Moment, now
from app.kit.labels import _l

Model.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_replica: ContextVar[bool] = ContextVar("replica", default=False)


class RoutedSession(FlaskSession):
    """Asks the replica, where there is one, inside `replica`: whole selects only, whatever writes goes home."""

    def get_bind(self, mapper: Any = None, clause: Any = None, bind: Any = None, **more: Any) -> Any:
        if bind is None and _replica.get() and getattr(clause, "is_select", False) and "replica" in self._db.engines:
            return self._db.engines["replica"]
        return super().get_bind(mapper, clause, bind, **more)


@contextmanager
def replica() -> Iterator[None]:
    """What is read inside may be some seconds old: it comes from REPLICA_URL, where one is set."""
    token = _replica.set(True)
    try:
        with db.session.no_autoflush:
            yield
    finally:
        _replica.reset(token)


db = SQLA(metadata=Model.metadata, session_options={"class_": RoutedSession})

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_reads: ContextVar[bool] = ContextVar("reads", default=False)
PATIENCE_MS = 60_000  # SQLite serves who waits in no order: with less, one of fifty writers now and then gave up (G19)
OLDEST_SAFE_WAL = (3, 51, 3)  # older ones can lose committed writes in WAL mode


def _acting_user_id() -> int | None:
    user = getattr(g, "user", None) if has_request_context() else None
    return getattr(user, "id", None)


class Record:
    """The mixin of every table of ours: key, optimistic lock, who and when.

    FAB's AuditMixin has NOT NULL users, so commands and jobs could not write (FAB.md).
    """

    id: Mapped[int] = mapped_column(primary_key=True, info={"label": _l("Key")})
    version: Mapped[int] = mapped_column(Integer, nullable=False, info={"label": _l("Version")})
    created_at: Mapped[dt.datetime] = mapped_column(Moment, default=now, info={"label": _l("Created")})
    updated_at: Mapped[dt.datetime] = mapped_column(Moment, default=now, onupdate=now, info={"label": _l("Changed")})

    @declared_attr
    def created_by_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("ab_user.id"), default=_acting_user_id, info={"label": _l("Created by")})

    @declared_attr
    def updated_by_id(cls) -> Mapped[int | None]:
        return mapped_column(
            ForeignKey("ab_user.id"),
            default=_acting_user_id,
            onupdate=_acting_user_id,
            info={"label": _l("Changed by")},
        )

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version} if hasattr(cls, "__table__") else {}

    append_only: ClassVar[bool] = False


# Comes in with FAB and looks through the whole session at each flush for aggregates, of which we have none.
event.remove(Session, "after_flush", aggregates.manager.construct_aggregate_queries)


class AppendOnlyError(RuntimeError):
    """Money and custody are only ever added to (law 6)."""


@event.listens_for(Session, "before_flush")
def _refuse_changes_to_ledgers(session: Session, _context: Any, _instances: Any) -> None:
    for record in session.deleted:
        if getattr(record, "append_only", False):
            raise AppendOnlyError(f"{type(record).__name__} lines are never deleted")
    for record in session.dirty:
        if getattr(record, "append_only", False) and session.is_modified(record):
            raise AppendOnlyError(f"{type(record).__name__} lines are never edited")


@event.listens_for(Engine, "connect")
def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    if not type(connection).__module__.startswith(("sqlite3", "pysqlite3")):
        return
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin
    cursor = connection.cursor()
    library = tuple(int(part) for part in cursor.execute("SELECT sqlite_version()").fetchone()[0].split("."))
    journal = "WAL" if library >= OLDEST_SAFE_WAL else "DELETE"
    for pragma in (f"journal_mode={journal}", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={PATIENCE_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """SQLite: a request that may write takes the lock at once.

    A deferred transaction that reads first and writes later fails under load (G19).
    """
    if connection.dialect.name != "sqlite":
        return
    connection.exec_driver_sql("BEGIN" if _is_reading() else "BEGIN IMMEDIATE")


def _is_reading() -> bool:
    """The request, or the work outside of one, only reads so far."""
    asked_to_read = has_request_context() and request.method in SAFE_METHODS
    return (asked_to_read or _reads.get()) and not g.get("writing")


@contextmanager
def reading() -> Iterator[None]:
    """Long work outside a request that only reads, until `finish_work` writes its lines: nobody waits for it."""
    token = _reads.set(True)
    try:
        yield
    finally:
        _reads.reset(token)
        g.pop("writing", None)


class HudangFlask(Flask):
    """Flask with one unit of work a request."""

    url_rule_class = LateRule

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view, then commit once; any exception rolls back and goes on to the error pages."""
        try:
            answer = super().dispatch_request()
            finish_work()
        except BaseException:
            abandon_work()
            raise
        return answer


def finish_work() -> None:
    """Write the lines of what was read, then commit. The only commit of a request, a job or a command."""
    session = db.session()
    writes = session.info.pop("before_commit", [])
    if writes and _is_reading():
        session.rollback()  # end the read-only snapshot: SQLite cannot turn it into a write
        g.writing = True
    for write in writes:
        write()
    session.commit()
    for follow in session.info.pop("after_commit", []):
        follow()


def abandon_work() -> None:
    """Roll back, and forget what was to be done at the commit."""
    session = db.session()
    session.rollback()
    session.info.pop("before_commit", None)
    session.info.pop("after_commit", None)


@contextmanager
def attempt() -> Iterator[None]:
    """Work that may be refused: an exception leaves nothing behind, in the session or to be done at the commit."""
    session = db.session()
    queues = [session.info.setdefault(name, []) for name in ("before_commit", "after_commit")]
    marks = [len(queue) for queue in queues]
    try:
        with session.begin_nested():
            yield
    except BaseException:
        for queue, mark in zip(queues, marks, strict=True):
            del queue[mark:]
        raise


def before_commit(write: Callable[[], object]) -> None:
    """Have `write()` run in the transaction that ends this unit of work, before any byte leaves."""
    db.session().info.setdefault("before_commit", []).append(write)


def after_commit(follow: Callable[[], object]) -> None:
    """Have `follow()` run once this unit of work is committed; never when it is rolled back."""
    db.session().info.setdefault("after_commit", []).append(follow)
