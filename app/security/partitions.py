"""The audit in pieces on PostgreSQL: each piece has its own small indexes, and purged lines leave as whole tables.

The pieces go by the number of the line, as the chain does. The worker keeps two empty ones ahead.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select, text

from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db, finish_work
from app.security.models import AuditLine

TABLE, PIECE = "audit_line", "audit_line_to_"  # a piece is called by the line it ends before
AHEAD = 2
LINES = AuditLine.__table__


def is_in_pieces(connection: Connection) -> bool:
    if connection.dialect.name != "postgresql":
        return False
    return connection.scalar(text("SELECT relkind FROM pg_class WHERE oid = 'audit_line'::regclass")) == "p"


def begin(size: int) -> list[str]:
    """Make the table one of pieces, the lines so far the first of them; where it is one, only look after it.

    Nobody writes meanwhile: PostgreSQL looks through the lines once. Answers the pieces made.
    """
    connection = db.session.connection()
    if connection.dialect.name != "postgresql":
        raise RuleError(_l("Only PostgreSQL keeps tables in pieces."))
    if is_in_pieces(connection):
        return look_after(size)
    run = connection.exec_driver_sql
    run(f"LOCK TABLE {TABLE} IN ACCESS EXCLUSIVE MODE")
    end = _end_of(_last(connection), size)
    first = f"{PIECE}{end}"
    indexes = [tuple(row) for row in connection.execute(text(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'audit_line' AND indexname <> 'pk_audit_line'"
    ))]  # fmt: skip
    run(f"ALTER TABLE {TABLE} RENAME TO {first}")
    run(f"ALTER TABLE {first} RENAME CONSTRAINT pk_{TABLE} TO pk_{first}")
    for name, _made in indexes:
        run(f"ALTER INDEX {name} RENAME TO {name}_{end}")
    run(f"CREATE TABLE {TABLE} (LIKE {first} INCLUDING DEFAULTS) PARTITION BY RANGE (id)")
    run(f"ALTER TABLE {TABLE} ADD CONSTRAINT pk_{TABLE} PRIMARY KEY (id)")
    for _name, made in indexes:
        run(made)
    run(f"ALTER TABLE {TABLE} ATTACH PARTITION {first} FOR VALUES FROM (MINVALUE) TO ({end})")
    return [first, *look_after(size)]


def look_after(size: int | None = None) -> list[str]:
    """Two empty pieces ahead, each as long as the one before or `size`; what was purged whole leaves."""
    connection = db.session.connection()
    if not is_in_pieces(connection):
        return []
    ends, last = _ends(connection), _last(connection)
    length = size or (ends[-1] - ends[-2] if len(ends) > 1 else ends[-1])
    made = []
    while sum(end - length > last for end in ends) < AHEAD:
        begin_at, end = ends[-1], ends[-1] + length
        connection.exec_driver_sql(
            f"CREATE TABLE {PIECE}{end} PARTITION OF {TABLE} FOR VALUES FROM ({begin_at}) TO ({end})"
        )
        ends.append(end)
        made.append(f"{PIECE}{end}")
    oldest = connection.scalar(select(func.min(LINES.c.id))) or 0
    for end in [each for each in ends if each <= oldest]:
        connection.exec_driver_sql(f"DROP TABLE {PIECE}{end}")
    return made


def tick() -> None:
    """Once a minute, by the worker."""
    look_after()
    finish_work()


def _last(connection: Connection) -> int:
    return int(connection.scalar(select(func.max(LINES.c.id))) or 0)


def _end_of(last: int, size: int) -> int:
    return (last // size + 1) * size


def _ends(connection: Connection) -> list[int]:
    pieces = connection.execute(
        text("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_line'::regclass")
    )
    return sorted(int(name.removeprefix(PIECE)) for (name,) in pieces)
