"""Tables: listed on one page, labelled, migrated both ways, the same on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_appbuilder.models.sqla import Model
from flask_migrate import downgrade, upgrade

from app import create_app, models
from app.kit.session import db
from app.search.models import is_word_index
from app.security.models import Account, LoginFailure, LoginSession, Setup
from tests.conftest import settings

MIGRATIONS = str(Path(__file__).resolve().parents[2] / "migrations")
NEVER_SHOWN = {Account, LoginSession, LoginFailure, Setup}


def ours() -> list[Any]:
    return [mapper.class_ for mapper in Model.registry.mappers if mapper.class_.__module__.startswith("app.")]


def test_every_table_stands_on_the_page_of_tables() -> None:
    assert {model.__name__ for model in ours()} == set(models.__all__) - {"metadata"}


def test_every_column_says_its_word_once() -> None:
    silent = [
        f"{model.__name__}.{column.key}"
        for model in ours()
        if model not in NEVER_SHOWN
        for column in model.__table__.columns
        if "label" not in column.info
    ]
    assert not silent


def test_every_table_name_is_written_down() -> None:
    assert not [model for model in ours() if "__tablename__" not in vars(model)]


def test_the_migrations_make_what_the_tables_say(app: Flask) -> None:
    connection = db.session.connection()
    options = {
        "include_object": lambda _item, name, *_rest: not is_word_index(name),
        "compare_type": True,
    }
    context = MigrationContext.configure(connection, opts=options)
    assert compare_metadata(context, models.metadata) == []


def test_the_migrations_go_down_and_up_again(tmp_path: Path, empty_database: str) -> None:
    other = create_app(settings(tmp_path, empty_database))
    with other.app_context():
        upgrade(directory=MIGRATIONS)
        downgrade(directory=MIGRATIONS, revision="base")
        left = set(db.inspect(db.engine).get_table_names())
        assert left <= {"alembic_version"}
        upgrade(directory=MIGRATIONS)
        assert "file" in db.inspect(db.engine).get_table_names()
        db.engine.dispose()
