"""Which visits are due, overdue and mine, and the day's appointments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from app.kit.columns import DESK_TIME, today
from app.kit.labels import _l
from app.kit.pages import Card, Event
from app.kit.session import db
from app.security import gate
from app.visits.models import VISIT_KINDS, Visit

AHEAD = dt.timedelta(days=7)


def cards(user: Any) -> Iterator[Card]:
    """Each count is that of its list."""
    if not gate.may("list", "Visit"):
        return
    day = today()
    yield _card(_l("Visits overdue"), "overdue", "bad", state="planned", due_on_to=day - dt.timedelta(days=1))
    yield _card(_l("Visits due today"), "today", "warn", state="planned", due_on_from=day, due_on_to=day)
    if gate.may("finish", "Visit"):
        mine = getattr(user, "id", 0)
        yield _card(_l("My visits within 7 days"), "waiting", "", visitor=mine, state="planned", due_on_to=day + AHEAD)
        yield _card(_l("Nobody met, to be planned again"), "waiting", "warn", state="missed")
    yield _card(
        _l("Visits due within 7 days"), "coming", "", state="planned", due_on_from=day + dt.timedelta(days=1),
        due_on_to=day + AHEAD,
    )  # fmt: skip


def _card(title: Any, group: str, tone: str, **asked: Any) -> Card:
    number = int(db.session.scalar(gate.scope(select(func.count(Visit.id)).where(*_conditions(asked)), Visit)) or 0)
    return Card(title, number, url_for("VisitView.list", **asked), tone if number else "", group=group)


def _conditions(asked: dict[str, Any]) -> Iterator[ColumnElement[bool]]:
    """What the list's address asks for, as the list reads it."""
    for name, value in asked.items():
        if name == "due_on_from":
            yield Visit.due_on >= value
        elif name == "due_on_to":
            yield Visit.due_on <= value
        else:
            yield getattr(Visit, "visitor_id" if name == "visitor" else name) == value


def day(user: Any, day: dt.date) -> Iterator[Event]:
    """The day's appointments, then what is due without one."""
    if not gate.may("list", "Visit"):
        return
    begin = dt.datetime.combine(day, dt.time(), tzinfo=DESK_TIME)
    then = Visit.planned_at.between(begin, begin + dt.timedelta(days=1) - dt.timedelta(microseconds=1))
    due = (Visit.due_on == day) & Visit.planned_at.is_(None)
    query = gate.scope(select(Visit).where(Visit.state == "planned", or_(then, due)), Visit)
    along = [joinedload(Visit.unit), joinedload(Visit.visitor)]
    for visit in db.session.scalars(query.order_by(Visit.planned_at, Visit.id).limit(100).options(*along)):
        said = [visit.unit.number if visit.unit else "", str(visit.visitor or "")]
        url = url_for("VisitView.show", pk=visit.id)
        what = _l("Visit: %(what)s", what=VISIT_KINDS[visit.kind])
        yield Event(visit.planned_at or visit.due_on, what, " · ".join(filter(None, said)), url)
