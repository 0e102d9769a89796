"""What of the repairs is due, overdue or waits for somebody, and the day's appointments and promises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from app.kit.columns import DESK_TIME, today
from app.kit.counting import count
from app.kit.labels import _l
from app.kit.pages import Card, Event
from app.kit.session import db
from app.repairs.models import CLOCK_TONES, PENDING, Repair
from app.security import gate

MOST = 200


def cards(user: Any) -> Iterator[Card]:
    """Counts for the desk; for a technician those of their own work. Each leads to the list that it counts."""
    if user is None or not gate.may("list", "Repair"):
        return
    if gate.may("accept", "Repair"):
        yield from _technicians(user)
        return
    if gate.may("dispatch", "Repair"):
        yield _card(_l("Repairs to dispatch"), "waiting", "bad", state="open")
    yield from _promises()
    if gate.may("rate", "Repair"):
        yield _card(_l("Repairs to rate"), "waiting", "warn", state="done")
    if gate.may("close", "Repair"):
        yield _card(_l("Repairs to close"), "waiting", "", state="rated")


def _technicians(user: Any) -> Iterator[Card]:
    yield _card(_l("Repairs sent to me"), "waiting", "warn", state="dispatched", assignee=user.id)
    yield _card(_l("Repairs in my hands"), "waiting", "", state="accepted", assignee=user.id)
    yield _card(_l("My paused repairs"), "coming", "", state="paused", assignee=user.id)
    yield from _promises(assignee=user.id)


def _promises(**mine: int) -> Iterator[Card]:
    """Promises of the days before that were not kept, and those of today."""
    day = today()
    yield _card(_l("Repairs overdue"), "overdue", "bad", is_pending=1, due_at_to=day - dt.timedelta(days=1), **mine)
    yield _card(_l("Repairs due today"), "today", "warn", is_pending=1, due_at_from=day, due_at_to=day, **mine)


def _card(title: Any, group: str, tone: str, **asked: Any) -> Card:
    number = count(Repair, *_conditions(asked))
    return Card(title, number, url_for("RepairView.list", **asked), tone if number else "", group=group)


def _conditions(asked: dict[str, Any]) -> Iterator[ColumnElement[bool]]:
    """What the list's address asks for, as the list reads it."""
    for name, value in asked.items():
        if name == "due_at_from":
            yield Repair.due_at >= _begin(value)
        elif name == "due_at_to":
            yield Repair.due_at < _begin(value + dt.timedelta(days=1))
        elif name == "is_pending":
            yield Repair.is_pending.is_(True)
        else:
            yield (Repair.assignee_id if name == "assignee" else Repair.state) == value


def _begin(day: dt.date) -> dt.datetime:
    """The desk's midnight."""
    return dt.datetime.combine(day, dt.time(), tzinfo=DESK_TIME)


def day(user: Any, day: dt.date) -> Iterator[Event]:
    """Appointments made for that day and what is promised for it; a technician's own only."""
    if user is None or not gate.may("list", "Repair"):
        return
    begin, end = _begin(day), _begin(day + dt.timedelta(days=1))
    met = and_(Repair.appointment_at >= begin, Repair.appointment_at < end, Repair.state.in_({*PENDING, "paused"}))
    due = and_(Repair.due_at >= begin, Repair.due_at < end, Repair.is_pending)
    query = gate.scope(select(Repair).where(or_(met, due)), Repair).order_by(Repair.due_at, Repair.id)
    if gate.may("accept", "Repair"):
        query = query.where(Repair.assignee_id == user.id)
    along = [joinedload(Repair.kind), joinedload(Repair.unit)]
    for repair in db.session.scalars(query.limit(MOST).options(*along)):
        yield from _events(repair, begin, end)


def _events(repair: Repair, begin: dt.datetime, end: dt.datetime) -> Iterator[Event]:
    where = repair.unit.number if repair.unit is not None else repair.place
    text, url = f"{where} · {repair.kind} · {repair.number}", url_for("RepairView.show", pk=repair.id)
    if repair.appointment_at is not None and begin <= repair.appointment_at < end:
        yield Event(repair.appointment_at, _l("Appointment for a repair"), text, url)
    if repair.is_pending and begin <= repair.due_at < end:
        yield Event(repair.due_at, _l("Repair promised"), text, url, CLOCK_TONES.get(repair.clock_now(), ""))
