"""The made-up tower's year of look-ups: whatever the chance, no step of it is refused."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from sqlalchemy import select

from app.archive.models import File
from app.demo import lookups, makers
from app.demo.desk import Desk
from app.demo.timeline import Timeline
from app.kit.columns import now
from app.kit.session import db
from app.lookups.models import LookupRequest


@pytest.fixture
def desk(site: Any, cast: Any) -> Desk:
    for _ in range(2):
        makers.make_filed_file(makers.make_unit(site=site))
    return Desk(site, cast, [], random.Random(3), Timeline(now() + dt.timedelta(days=9)))


def sealed() -> list[int]:
    return list(db.session.scalars(select(File.id).where(File.seal != "none")))


def test_the_file_that_somebody_waits_for_is_not_the_one_that_is_sealed(desk: Desk) -> None:
    desk.timeline.moment = now()
    lookups._ask(desk)
    waited_for = db.session.scalars(select(LookupRequest.file_id)).one()
    lookups._seal(desk)
    assert len(sealed()) == 1 and waited_for not in sealed()
    desk.timeline.live()
    assert db.session.scalars(select(LookupRequest.state)).one() in ("approved", "refused")


def test_where_somebody_waits_for_every_file_none_is_sealed(desk: Desk) -> None:
    while set(db.session.scalars(select(LookupRequest.file_id))) != set(db.session.scalars(select(File.id))):
        lookups._ask(desk)
    lookups._seal(desk)
    assert not sealed()
