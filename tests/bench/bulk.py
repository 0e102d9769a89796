"""Writing millions of rows into either database: plain tuples, indexes made afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Engine, Table
from sqlalchemy.engine import Dialect

from app.kit.columns import now
from app.search.models import SQLITE_DDL, SQLITE_DROP

PIECE = 50_000
QUICK = ("journal_mode=WAL", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000", "temp_store=MEMORY")
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s"
    " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
}


class Writer:
    """One connection of the driver itself, with everything that costs time switched off. Not for data one keeps."""

    def __init__(self, engine: Engine) -> None:
        self.dialect: Dialect = engine.dialect
        self.is_sqlite = engine.dialect.name == "sqlite"
        self.pooled = engine.raw_connection()
        self.connection: Any = self.pooled.driver_connection
        self.cursor = self.connection.cursor()
        for pragma in QUICK if self.is_sqlite else ():
            self.cursor.execute(f"PRAGMA {pragma}")
        if not self.is_sqlite:
            self.cursor.execute("SET synchronous_commit = off")
            self.cursor.execute("SET maintenance_work_mem = '1GB'")
            self.connection.commit()

    def put(self, table: Any, names: Sequence[str], rows: Iterable[tuple[Any, ...]], **same: Any) -> int:
        """Add rows of these columns; `same` and the columns' own defaults fill the others. Answers how many."""
        same = _defaults(table, {*names, *same}) | same
        columns, constant, count = [*names, *same], tuple(same.values()), 0
        waiting = iter(rows)
        while piece := [row + constant for row in islice(waiting, PIECE)]:
            self._put_piece(table.name, columns, piece)
            count += len(piece)
        return count

    def _put_piece(self, table: str, columns: list[str], piece: list[tuple[Any, ...]]) -> None:
        named = ", ".join(f'"{name}"' for name in columns)
        if self.is_sqlite:
            self.cursor.execute("BEGIN IMMEDIATE")
            marks = ", ".join("?" * len(columns))
            self.cursor.executemany(f'INSERT INTO "{table}" ({named}) VALUES ({marks})', piece)
        else:
            with self.cursor.copy(f'COPY "{table}" ({named}) FROM STDIN') as copy:
                for row in piece:
                    copy.write_row(row)
        self.connection.commit()

    def run(self, statement: str, *values: Any) -> list[Any]:
        """One statement in a transaction of its own; answers what it yields."""
        self.cursor.execute(statement, values)
        found = self.cursor.fetchall() if self.cursor.description else []
        self.connection.commit()
        return found

    @contextmanager
    def without_indexes(self, tables: Iterable[Any]) -> Iterator[None]:
        """Rows come in without their indexes, which are made once all are there."""
        made: list[tuple[str, str]] = []
        for table in tables:
            made += self.run(INDEXES[self.dialect.name], table.name)
        for name, _statement in made:
            self.run(f'DROP INDEX "{name}"')
        yield
        for _name, statement in made:
            self.run(statement)

    @contextmanager
    def without_words(self) -> Iterator[None]:
        """The word index of SQLite is filled once all entries are there; PostgreSQL's is an index like others."""
        for statement in SQLITE_DROP if self.is_sqlite else ():
            self.run(statement)
        yield
        if self.is_sqlite:
            self.run(SQLITE_DDL[0])
            self.run("INSERT INTO search_fts(search_fts) VALUES ('rebuild')")
            for statement in SQLITE_DDL[1:]:
                self.run(statement)

    def close(self, tables: Iterable[Table]) -> None:
        """Keys go on where the rows end; PostgreSQL looks at what it has got, as it does by itself in time."""
        if self.is_sqlite:
            self.run("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for table in tables:
                sequence = self.run("SELECT pg_get_serial_sequence(%s, 'id')", table.name)[0][0]
                if sequence:
                    self.run(f"SELECT setval('{sequence}', (SELECT coalesce(max(id), 1) FROM \"{table.name}\"))")
            self.connection.autocommit = True
            self.cursor.execute("VACUUM ANALYZE")
        self.cursor.close()
        self.pooled.invalidate()  # nobody else gets a connection with these settings


def _defaults(table: Table, known: set[str]) -> dict[str, Any]:
    """What the columns that nobody names are given by the models; those with a default of the database are left out."""
    moment, found = now().strftime("%Y-%m-%d %H:%M:%S.%f"), {}
    for column in table.columns:
        if column.name in known or column.nullable or column.server_default is not None or column.primary_key:
            continue
        if column.name == "version":
            found[column.name] = 1
        elif column.name in ("created_at", "updated_at"):
            found[column.name] = moment
        elif column.default is not None and column.default.is_scalar:
            found[column.name] = column.default.arg
        else:
            raise ValueError(f"{table.name}.{column.name} must be said")
    return found
