"""Alembic's entry: takes the engine from the app and the tables from `app/models.py`."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app

from app import models
from app.search.models import is_word_index


def include_object(item: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """What autogenerate compares: not the word index that SQLite keeps for itself."""
    return not (kind == "table" and is_word_index(name))


def run() -> None:
    """Upgrade over a connection of the app; each migration in a transaction of its own."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=models.metadata,
            include_object=include_object,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
