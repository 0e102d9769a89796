"""G1, the quick round: a worker and the whole console are killed while eight desks write; `kill.py` is the long one."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.kit.session import db
from tests.conftest import settings
from tests.operations import kill
from tests.operations.conftest import copy_house

pytestmark = [pytest.mark.live, pytest.mark.once, pytest.mark.timeout(300)]


def test_what_was_acknowledged_survives_and_is_there_once(app: Flask, data_dir: Path, tmp_path: Path) -> None:
    house = create_app(settings(copy_house(data_dir, tmp_path), ""))
    console, tally = kill.Console(tmp_path, ""), kill.Tally(80)
    try:
        with house.app_context():
            told = list(kill.run(house, console, [console.kill_worker, console.kill_all], tally))
            assert len(told) == 2 and tally.acknowledged >= 80 and tally.pressed_again > 0
            assert kill.wrong(tally) == []
            tally.customers.add("公司 that nobody wrote")  # the negative control: a lost write is noticed
            tally.receipts.add("kill-9-9")
            assert len(kill.wrong(tally)) == 3
            db.session.remove()
            db.engine.dispose()
    finally:
        console.kill()
