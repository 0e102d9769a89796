"""A start reads what every page needs; what few pages need is read by the first that does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import config

pytestmark = [pytest.mark.no_app, pytest.mark.once]
LATER = {
    "alembic", "app.demo.tower", "app.reporting.plots", "flask_migrate", "huey", "icalendar", "openpyxl", "pikepdf",
    "prometheus_client", "psycopg", "pydyf", "pygal", "pypinyin", "redis", "segno", "stdnum", "weasyprint",
    "xlsxwriter",
}  # fmt: skip
SAYS = "import sys, run; run.create_app(); print(*sys.modules)"


def test_a_start_leaves_large_libraries_alone(tmp_path: Path) -> None:
    environ = {**os.environ, "DATA_DIR": str(tmp_path), "DATABASE_URL": "", "REDIS_URL": "", "METRICS_TOKEN": ""}
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", SAYS], cwd=config.ROOT, env=environ, capture_output=True, text=True, check=True
    )
    assert LATER & set(done.stdout.split()) == set()
