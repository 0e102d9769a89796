"""What of the complaints is due, overdue or waits for somebody: the home page's counts and the day's deadlines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from app.complaints.models import WAITS, Complaint
from app.kit.columns import DESK_TIME, now, today
from app.kit.labels import _l
from app.kit.pages import Card, Event
from app.kit.session import db
from app.security import gate


def cards(user: Any) -> Iterator[Card]:
    """Promises broken, promises of today, what waits for this user; each count is that of its list."""
    if not gate.may("list", "Complaint"):
        return
    yesterday, mine = today() - dt.timedelta(days=1), getattr(user, "id", 0)
    for waits_for, title in (("answer", _l("Answers overdue")), ("solution", _l("Solutions overdue"))):
        yield _card(title, "overdue", "bad", waits_for=waits_for, due_at_to=yesterday)
    late = _count(Complaint.due_at >= begin(today()), Complaint.due_at < now())
    yield _card(_l("Complaints due today"), "today", "bad" if late else "warn", due_at_from=today(), due_at_to=today())
    if gate.may("solve", "Complaint"):
        for waits_for, title in (("answer", _l("Mine to answer")), ("solution", _l("Mine to solve"))):
            yield _card(title, "waiting", "warn", assignee=mine, waits_for=waits_for)
    if gate.may("assign", "Complaint"):
        yield _card(_l("Complaints to assign"), "waiting", "warn", state="received")
    if gate.may("close", "Complaint"):
        yield _card(_l("Complaints to judge and close"), "waiting", "warn", waits_for="verdict")


def _card(title: Any, group: str, tone: str, **asked: Any) -> Card:
    number = _count(*_conditions(asked))
    url = url_for("ComplaintView.list", **asked)
    return Card(title, number, url, tone if number else "", group=group)


def _conditions(asked: dict[str, Any]) -> Iterator[ColumnElement[bool]]:
    """What the list's address asks for, as the list reads it."""
    for name, value in asked.items():
        if name == "due_at_from":
            yield Complaint.due_at >= begin(value)
        elif name == "due_at_to":
            yield Complaint.due_at < begin(value + dt.timedelta(days=1))
        else:
            yield getattr(Complaint, "assignee_id" if name == "assignee" else name) == value


def _count(*conditions: ColumnElement[bool]) -> int:
    query = select(func.count(Complaint.id)).where(*conditions)
    return int(db.session.scalar(gate.scope(query, Complaint)) or 0)


def begin(day: dt.date) -> dt.datetime:
    """The desk's midnight."""
    return dt.datetime.combine(day, dt.time(), tzinfo=DESK_TIME)


def day(user: Any, day: dt.date) -> Iterator[Event]:
    """What was promised for that day."""
    if not gate.may("list", "Complaint"):
        return
    due = select(Complaint).where(Complaint.due_at >= begin(day), Complaint.due_at < begin(day + dt.timedelta(days=1)))
    query = gate.scope(due, Complaint).order_by(Complaint.due_at).limit(100).options(joinedload(Complaint.unit))
    for one in db.session.scalars(query):
        what = _l("Complaint: %(what)s due", what=WAITS[one.waits_for])
        text = " · ".join(part for part in (one.unit.number if one.unit else "", one.number) if part)
        tone = "bad" if one.due_at is not None and one.due_at < now() else "warn"
        yield Event(one.due_at, what, text, url_for("ComplaintView.show", pk=one.id), tone)
