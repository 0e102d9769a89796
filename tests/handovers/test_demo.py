"""The made-up year's hand-overs go through the same rules as the desk's."""

from __future__ import annotations

import random
from typing import Any

from sqlalchemy import select

from app.archive.models import File
from app.demo.desk import Desk
from app.demo.handovers import live_handovers
from app.demo.timeline import Timeline
from app.handovers import checking
from app.handovers.models import Handover
from app.kit.columns import now
from app.kit.session import db


def test_the_towers_hand_overs_are_done_but_for_the_one_being_checked(site: Any, cast: Any, files: list[File]) -> None:
    desk = Desk(site, cast, [], random.Random(1), Timeline(now()))
    for _back, act in live_handovers(desk, 365):
        act()
    db.session.flush()
    made = list(db.session.scalars(select(Handover).order_by(Handover.id)))
    assert [handover.state for handover in made] == ["done"] * 4 + ["checking"]
    assert [len(checking.variances(handover)) for handover in made] == [0, 0, 1, 0, 0]
    assert {file.custodian_id for file in files} == {cast["archivist"].id}
    assert not list(live_handovers(desk, 1))
