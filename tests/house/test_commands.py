"""What every command does alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import create_app
from tests.conftest import settings

pytestmark = [pytest.mark.no_app, pytest.mark.once]


def test_a_database_without_our_tables_is_told_in_words(tmp_path: Path) -> None:
    app = create_app(settings(tmp_path, ""))
    told = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert told.exit_code == 1
    assert "db upgrade" in told.output
    assert "SELECT" not in told.output
