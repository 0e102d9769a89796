"""The made-up tower's retention is lived through as planned."""

from __future__ import annotations

import random
from typing import Any

from sqlalchemy import select

from app.archive.models import File
from app.demo import makers
from app.demo.desk import Desk
from app.demo.retention import live_retention
from app.demo.timeline import Timeline
from app.kit.columns import now
from app.kit.session import db
from app.retention.models import Appraisal, Destruction, LegalHold


def test_old_files_are_destroyed_one_is_held_and_a_list_waits(site: Any, cast: Any) -> None:
    for _ in range(8):
        makers.make_unit(site=site)
    desk = Desk(site, cast, [], random.Random(5), Timeline(now()))
    for _days, act in sorted(live_retention(desk, 360), key=lambda planned: -planned[0]):
        act()
    states = [file.state for file in db.session.scalars(select(File))]
    assert states.count("destroyed") == 3 and states.count("closed") == 2
    assert db.session.scalars(select(Destruction)).one().state == "done"
    assert [one.state for one in db.session.scalars(select(Appraisal).order_by(Appraisal.id))] == ["approved", "passed"]
    assert db.session.scalars(select(LegalHold)).one().state == "held"
