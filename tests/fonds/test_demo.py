"""The made-up archives are lived through as planned."""

from __future__ import annotations

import random
from typing import Any

from sqlalchemy import select

from app.demo.desk import Desk
from app.demo.fonds import live_fonds
from app.demo.timeline import Timeline
from app.fonds import checking, ledgers, public
from app.fonds.models import ArchivalItem, Fonds, Holder, Keeping
from app.fonds.sets import Opening, Transfer
from app.kit.columns import now
from app.kit.session import db


def test_a_street_office_is_closed_kept_opened_and_listed(site: Any, cast: Any) -> None:
    desk = Desk(site, cast, [], random.Random(5), Timeline(now()))
    for _days, act in sorted(live_fonds(desk, 90), key=lambda planned: -planned[0]):
        act()
    assert {holder.name for holder in db.session.scalars(select(Holder))} > {"市档案馆", "机关档案管理中心"}
    assert [fonds.number for fonds in db.session.scalars(select(Fonds).where(Fonds.state == "closed"))] == ["Z109"]
    assert db.session.scalars(select(Keeping)).one().state == "consented"
    assert db.session.scalars(select(Opening)).one().state == "published" and public.search("居民委员会").total == 1
    drawn = db.session.scalars(select(Transfer)).one()
    assert drawn.state == "complete" and not [each for each in checking.problems(drawn) if each.stops]
    states = {item.state for item in db.session.scalars(select(ArchivalItem))}
    assert states == {"collected", "classified", "timed", "bound", "filed"}
    totals = sum(ledgers.by_holder(lambda query, _model: query).values(), start=ledgers.Totals())
    assert (totals.volumes, totals.photos, totals.audio, totals.objects) == (6, 12, 4, 2)


def test_too_short_a_time_makes_none(site: Any, cast: Any) -> None:
    assert list(live_fonds(Desk(site, cast, [], random.Random(5), Timeline(now())), 30)) == []
