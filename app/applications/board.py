"""What the applications room counts on the first page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from flask import url_for
from sqlalchemy import func, select

from app.applications.models import APPLICATION_KINDS, Application
from app.kit.columns import DESK_TIME
from app.kit.labels import _l
from app.kit.pages import Card, Event
from app.kit.session import db
from app.security import gate


def cards(user: Any) -> Iterable[Card]:
    """What waits for a decision, and what is to be carried out."""
    if gate.may("approve", "Application"):
        yield _card("asked", _l("Applications to decide on"))
    if gate.may("edit", "Application"):
        yield _card("approved", _l("Applications to carry out"))


def _card(state: str, title: Any) -> Card:
    query = select(func.count(Application.id)).where(Application.state == state)
    count = int(db.session.scalar(gate.scope(query, Application)) or 0)
    return Card(title, count, url_for("ApplicationView.list", state=state), "warn" if count else "")


def day(user: Any, day: dt.date) -> Iterable[Event]:
    """Overtime and goods releases that begin that day."""
    if not gate.may("list", "Application"):
        return
    begin = dt.datetime.combine(day, dt.time.min, tzinfo=DESK_TIME)
    query = select(Application).where(
        Application.from_at >= begin,
        Application.from_at < begin + dt.timedelta(days=1),
        Application.state.in_(("asked", "approved")),
    )
    for each in db.session.scalars(gate.scope(query, Application).order_by(Application.from_at).limit(20)):
        where = each.unit.number if each.unit else ""
        url = url_for("ApplicationView.show", pk=each.id)
        yield Event(each.from_at, APPLICATION_KINDS[each.kind], f"{where} {each.number}".strip(), url)
