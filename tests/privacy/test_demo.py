"""The made-up tower's year of consents and requests leaves every state behind."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from sqlalchemy import func, select

from app.demo.desk import Desk
from app.demo.privacy import live_privacy
from app.demo.timeline import Timeline, in_hours
from app.kit.columns import now
from app.kit.session import db
from app.privacy.models import Consent, DataRequest, DataTask
from tests.privacy import people


def test_a_year_of_consents_and_requests(site: Any, cast: Any) -> None:
    tenancies = [people.a_person(site, number=f"12{place:02d}").tenancy for place in range(1, 13)]
    desk = Desk(site, cast, tenancies, random.Random(3), Timeline(now()))
    for back, act in live_privacy(desk, 365):
        desk.timeline.at(in_hours(desk.timeline.end - dt.timedelta(days=back)), act)
    desk.timeline.live()
    states = set(db.session.scalars(select(DataRequest.state)))
    assert states >= {"received", "verified", "done"}
    assert db.session.scalar(select(func.count(Consent.id))) > 10  # type: ignore[operator]
    assert all(task.kind == "stop_using" for task in db.session.scalars(select(DataTask)))
