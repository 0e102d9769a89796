"""G19, the quick round: fifty writers who read first; with deferred transactions the same fifty are told "locked"."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.kit import session
from app.kit.session import db
from tests.conftest import settings
from tests.operations import writers
from tests.operations.conftest import copy_house

pytestmark = [pytest.mark.live, pytest.mark.once]


def test_fifty_writers_are_never_told_that_the_database_is_locked(
    app: Flask, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = create_app(settings(copy_house(data_dir, tmp_path), ""))
    assert writers.at_once(house, 50, 2) == Counter(written=100)
    monkeypatch.setattr(session, "_is_reading", lambda: True)  # the negative control: BEGIN instead of BEGIN IMMEDIATE
    assert writers.at_once(house, 50, 2)["database is locked"] > 0
    with house.app_context():
        db.engine.dispose()
