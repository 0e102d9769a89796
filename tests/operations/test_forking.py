"""No two processes of the server share a connection to the database: they would read each other's answers on it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from gunicorn.app.base import BaseApplication
from sqlalchemy import text

import run
from app import create_app
from app.kit.session import db
from tests.conftest import settings
from tests.operations.conftest import copy_house

pytestmark = [pytest.mark.live, pytest.mark.once]


def connection_of(engine: Any) -> int:
    """Which one the pool hands out."""
    held = engine.raw_connection()
    try:
        return id(held.driver_connection)
    finally:
        held.close()


def is_shared(engine: Any, begin: Callable[[], None]) -> bool:
    """Whether a child that begins like that is handed the parent's connection."""
    mine = connection_of(engine)
    if (child := os.fork()) == 0:
        try:
            begin()
            os._exit(connection_of(engine) == mine)
        finally:
            os._exit(2)
    return {0: False, 1: True}[os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])]


def test_a_worker_opens_connections_of_its_own(
    app: Flask, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = create_app(settings(copy_house(data_dir, tmp_path), ""))
    serving: list[Any] = []
    monkeypatch.setattr(BaseApplication, "run", lambda server: serving.append(server))
    with house.app_context():
        db.session.execute(text("SELECT 1"))
        db.session.remove()
        assert db.engine.pool.checkedin() == 1  # type: ignore[attr-defined]
        engine = db.engine
        run._serve(house)
        assert engine.pool.checkedin() == 0  # type: ignore[attr-defined]  # what the start had open is closed
        assert is_shared(engine, lambda: None)  # the negative control
        assert not is_shared(engine, lambda: serving[0].cfg.post_fork(None, None))
        engine.dispose()
