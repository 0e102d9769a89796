"""New records by the thousand, past the unit of work, which costs many times what the database does.

`new` makes a record with its key and keeps it waiting: rules read and set it as any other, but no session holds it and
no select finds it yet. It is written before the next flush or commit, at the latest; whoever follows new records is
told of it then. A savepoint that is rolled back takes what waits with it: write before it ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import count
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Table, event, func, select, text
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import manager_of_class
from sqlalchemy.sql.ddl import sort_tables

from app.kit.session import db

WAITING = "fresh"
KEYS_AT_ONCE = 500
R = TypeVar("R")
ByModel = Mapping[type, Sequence[Any]]

# Told of new records, by their model, once they are written: follow(session, records). They may make more.
followers: list[Callable[[Session, ByModel], object]] = []
# Asked between two pieces of long work, each in its savepoint: what was put off until then?
pauses: list[Callable[[Session], object]] = []


class Make(Protocol):
    """How a rule makes its record: as usual (`made`), or past the unit of work (`new`)."""

    def __call__(self, model: type[R], **values: Any) -> R: ...


def made(model: type[R], **values: Any) -> R:
    return model(**values)


@dataclass
class Waiting:
    """New records by their model, and the keys that the next ones get."""

    records: dict[type, list[Any]] = field(default_factory=dict)
    keys: dict[type, Iterator[int]] = field(default_factory=dict)


def new(model: type[R], **values: Any) -> R:
    """A record as if it had been read: a relation is set with its key, and sets nothing in return."""
    session = db.session()
    waiting: Waiting = session.info.setdefault(WAITING, Waiting())
    kept: Any = manager_of_class(model).new_instance()
    for name, key in _keys_of_relations(model):  # type: ignore[arg-type]
        if (other := values.get(name)) is not None:
            values[key] = other.id
    kept.__dict__.update(values, id=_next_key(session, waiting, model))
    waiting.records.setdefault(model, []).append(kept)
    record: R = kept
    return record


def is_fresh(record: Any) -> bool:
    """It was made here, and belongs to no session."""
    return bool(sa_inspect(record).transient)


def kept(record: R) -> R:
    """A record made here as one of the session from now on: other records of the session may name it."""
    session, state = db.session(), sa_inspect(record)
    if state is not None and state.transient:
        write(session)
        for relation in state.mapper.relationships:
            state.dict.pop(relation.key, None)
        make_transient_to_detached(record)
        session.add(record)
    return record


@cache
def _keys_of_relations(model: Any) -> tuple[tuple[str, str], ...]:
    """The relations to one other record, with the column that holds its key."""
    ones = [one for one in sa_inspect(model).relationships if one.direction.name == "MANYTOONE" and not one.viewonly]
    return tuple((one.key, next(iter(one.local_columns)).key) for one in ones if len(one.local_columns) == 1)


def _next_key(session: Session, waiting: Waiting, model: Any) -> int:
    key = next(waiting.keys.get(model, iter(())), None)
    if key is None:
        waiting.keys[model] = _keys(session, model)
        key = next(waiting.keys[model])
    return key


def _keys(session: Session, model: Any) -> Iterator[int]:
    """On SQLite this transaction is the only writer: what follows the last. PostgreSQL gives a stretch at a time."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        return count((connection.scalar(select(func.max(model.id))) or 0) + 1)
    sequence = select(func.pg_get_serial_sequence(model.__tablename__, "id")).scalar_subquery()
    stretch = text(f"generate_series(1, {KEYS_AT_ONCE})")
    return iter(connection.scalars(select(func.nextval(sequence)).select_from(stretch)).all())


def write(session: Session) -> None:
    """Write what waits, each table at once, then what its followers made of it."""
    while (waiting := session.info.get(WAITING)) is not None and waiting.records:
        records, waiting.records = waiting.records, {}
        of_table = {model.__table__: made for model, made in records.items()}
        connection = session.connection()
        for table in sort_tables(list(of_table)):
            put(connection, table, _columns(table, of_table[table]))
        for follow in followers:
            follow(session, records)


def pause(session: Session) -> None:
    """A piece of long work is done."""
    for settle in pauses:
        settle(session)


def _columns(table: Table, records: Sequence[Any]) -> dict[str, list[Any]]:
    """What the records say, column by column; else what a flush would fill in."""
    told = [record.__dict__ for record in records]
    defaults = {column.key: _default(column) for column in table.c}
    return {key: [one.get(key, default) for one in told] for key, default in defaults.items()}


def _default(column: Any) -> Any:
    if column.key == "version":
        return 1
    default = column.default
    return None if default is None else default.arg(None) if default.is_callable else default.arg


def put(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]], raw: Sequence[str] = ()) -> None:
    """Add rows, told column by column, in one statement; values are bound as their types bind them, but for `raw`."""
    dialect = connection.dialect
    bound = [values if name in raw else _bound(table.c[name].type, values, dialect) for name, values in columns.items()]
    connection.exec_driver_sql(_statement(table, tuple(columns), dialect), list(zip(*bound, strict=True)))


def _bound(kind: Any, values: Sequence[Any], dialect: Dialect) -> Sequence[Any]:
    bind = kind.dialect_impl(dialect).bind_processor(dialect)
    if bind is None:
        return values
    first = values[0]
    if isinstance(first, dt.date) and all(value is first for value in values):  # the moment of a whole batch
        return [bind(first)] * len(values)
    return [bind(value) for value in values]


@lru_cache(maxsize=100)
def _statement(table: Table, names: tuple[str, ...], dialect: Dialect) -> str:
    prepared = dialect.identifier_preparer
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    columns = ", ".join(prepared.quote(name) for name in names)
    return f"INSERT INTO {prepared.format_table(table)} ({columns}) VALUES ({', '.join([mark] * len(names))})"


@event.listens_for(Session, "before_flush")
def _before_flush(session: Session, *_flushed: Any) -> None:
    """What is flushed may name what waits; and it takes keys, which are asked for anew."""
    if (waiting := session.info.get(WAITING)) is not None:
        write(session)
        waiting.keys.clear()


@event.listens_for(Session, "before_commit")
def _before_commit(session: Session) -> None:
    write(session)
    if not session.in_nested_transaction():
        session.info.pop(WAITING, None)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, *_transactions: Any) -> None:
    session.info.pop(WAITING, None)
