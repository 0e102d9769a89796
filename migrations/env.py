"""Alembic's entry: takes the engine from the app and the tables from `app/models.py`."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy.types import TypeDecorator

from app import models
from app.search.models import Tokens, is_word_index


def include_object(item: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """What autogenerate compares: not the word indexes of search, which each database keeps in its own way."""
    return not is_word_index(name)


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Our column types are written down as what the database sees, so that a migration needs no code of ours."""
    if kind == "type" and isinstance(item, Tokens):
        return 'sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql")'
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def run() -> None:
    """Upgrade over a connection of the app; each migration in a transaction of its own."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=models.metadata,
            include_object=include_object,
            render_item=render_item,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
