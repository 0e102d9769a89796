"""What the moving room counts on the first page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from flask import url_for
from sqlalchemy import func, select

from app.kit.columns import today
from app.kit.labels import _l
from app.kit.pages import Card, Event
from app.kit.session import db
from app.moving.models import MOVING_KINDS, Moving
from app.security import gate

SOON = dt.timedelta(days=30)


def cards(user: Any) -> Iterable[Card]:
    """Moves that are late, that come, and that wait to be finished."""
    if gate.may("edit", "Moving"):
        yesterday, until = today() - dt.timedelta(days=1), today() + SOON
        yield _card(_l("Moves overdue"), "overdue", state="open", planned_on_to=yesterday)
        soon = {"state": "open", "planned_on_from": today(), "planned_on_to": until}
        yield _card(_l("Move-outs in 30 days"), "coming", kind="out", **soon)
        yield _card(_l("Move-ins with an open checklist"), "coming", kind="in", state="open")
    if gate.may("close", "Moving"):
        yield _card(_l("Moves to finish"), "waiting", state="checked")


def _card(title: Any, group: str, **asked: Any) -> Card:
    """The count of the list that the same filters show."""
    query = select(func.count(Moving.id)).where(Moving.state == asked["state"])
    if "kind" in asked:
        query = query.where(Moving.kind == asked["kind"])
    if "planned_on_from" in asked:
        query = query.where(Moving.planned_on >= asked["planned_on_from"])
    if "planned_on_to" in asked:
        query = query.where(Moving.planned_on <= asked["planned_on_to"])
    count = int(db.session.scalar(gate.scope(query, Moving)) or 0)
    tone = "" if group == "coming" or not count else "bad" if group == "overdue" else "warn"
    return Card(title, count, url_for("MovingView.list", **asked), tone, group=group)


def day(user: Any, day: dt.date) -> Iterable[Event]:
    """The moves planned for that day."""
    if not gate.may("list", "Moving"):
        return
    query = select(Moving).where(Moving.planned_on == day, Moving.state.in_(("open", "checked")))
    for moving in db.session.scalars(gate.scope(query, Moving).order_by(Moving.number).limit(20)):
        where = moving.unit.number if moving.unit else ""
        url = url_for("MovingView.show", pk=moving.id)
        yield Event(day, MOVING_KINDS[moving.kind], f"{where} {moving.number}".strip(), url)
