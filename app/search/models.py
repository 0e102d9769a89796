"""One prepared row a searchable record, and the word index of each database over it."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import DDL, Integer, String, Text, UniqueConstraint, column, event, table
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from app.kit.labels import _l

FTS = "search_fts"
GIN = "ix_search_entry_tokens"
"""The word indexes of SQLite and of PostgreSQL; Alembic must overlook both (`is_word_index`)."""

SQLITE_DDL = (
    f"CREATE VIRTUAL TABLE {FTS} USING fts5(tokens, content='search_entry', content_rowid='id', "
    "detail=none, columnsize=0, tokenize=\"ascii tokenchars '=^%@+-'\")",
    f"CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN "
    f"INSERT INTO {FTS}(rowid, tokens) VALUES (new.id, new.tokens); END",
    f"CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN "
    f"INSERT INTO {FTS}({FTS}, rowid, tokens) VALUES ('delete', old.id, old.tokens); END",
    f"CREATE TRIGGER search_entry_changed AFTER UPDATE OF tokens ON search_entry BEGIN "
    f"INSERT INTO {FTS}({FTS}, rowid, tokens) VALUES ('delete', old.id, old.tokens); "
    f"INSERT INTO {FTS}(rowid, tokens) VALUES (new.id, new.tokens); END",
)
SQLITE_DROP = (
    "DROP TRIGGER IF EXISTS search_entry_added",
    "DROP TRIGGER IF EXISTS search_entry_gone",
    "DROP TRIGGER IF EXISTS search_entry_changed",
    f"DROP TABLE IF EXISTS {FTS}",
)


POSTGRESQL_DDL = (f"CREATE INDEX {GIN} ON search_entry USING gin (tokens)",)
word_index = table(FTS, column("rowid"))


def ddl(dialect: str) -> tuple[str, ...]:
    """What a migration runs after it made `search_entry`: the word index, which no model can describe for both."""
    return SQLITE_DDL if dialect == "sqlite" else POSTGRESQL_DDL


def drop_ddl(dialect: str) -> tuple[str, ...]:
    """What a migration runs before it drops `search_entry`; PostgreSQL drops the index with the table."""
    return SQLITE_DROP if dialect == "sqlite" else ()


def is_word_index(name: str | None) -> bool:
    """The table or index belongs to a word index: no model describes it."""
    return name is not None and (name.startswith(FTS) or name == GIN)


class Tokens(TypeDecorator[str]):
    """Tokens parted by one space: text on SQLite, a tsvector on PostgreSQL that no parser has touched."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or dialect.name != "postgresql":
            return value
        return " ".join(quoted(token) for token in value.split(" ") if token)


def quoted(token: str) -> str:
    """A token as PostgreSQL writes a lexeme."""
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


class SearchEntry(Model):
    """`folded` is the compact text of the names, to check phrases by; `digest` tells whether anything changed."""

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("kind", "record_id"),)
    id: Mapped[int] = mapped_column(primary_key=True, info={"label": _l("Key")})
    kind: Mapped[str] = mapped_column(String(20), info={"label": _l("Kind")})
    record_id: Mapped[int] = mapped_column(Integer, info={"label": _l("Record")})
    site_id: Mapped[int] = mapped_column(Integer, info={"label": _l("Site")})
    opens: Mapped[str] = mapped_column(String(20), info={"label": _l("Opens")})
    opens_id: Mapped[int] = mapped_column(Integer, info={"label": _l("Opens the record")})
    title: Mapped[str] = mapped_column(String(200), info={"label": _l("Title")})
    subtitle: Mapped[str] = mapped_column(String(500), info={"label": _l("Subtitle")})
    badge: Mapped[str] = mapped_column(String(20), info={"label": _l("Badge")})
    weight: Mapped[int] = mapped_column(Integer, info={"label": _l("Weight")})
    folded: Mapped[str] = mapped_column(Text, info={"label": _l("Folded text"), "hidden": True})
    tokens: Mapped[str] = mapped_column(Tokens, info={"label": _l("Words"), "hidden": True})
    digest: Mapped[str] = mapped_column(String(32), info={"label": _l("Digest"), "hidden": True})

    def __str__(self) -> str:
        return self.title


for engine in ("sqlite", "postgresql"):
    for statement in ddl(engine):
        made = DDL(statement.replace("%", "%%")).execute_if(dialect=engine)
        event.listen(SearchEntry.__table__, "after_create", made)
for statement in SQLITE_DROP:
    event.listen(SearchEntry.__table__, "before_drop", DDL(statement).execute_if(dialect="sqlite"))
