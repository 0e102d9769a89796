"""What the fit-out room says on the home page: what waits for a decision, what ends, where somebody should look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from flask import url_for
from sqlalchemy import func, or_, select

from app.fitout.models import Fitout
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.pages import Card, Event
from app.kit.session import db
from app.security import gate

SOON = dt.timedelta(days=7)
DECISIONS = (
    ("applied", "review", _l("Fit-outs to review")),
    ("reviewed", "permit", _l("Fit-outs that wait for a permit")),
    ("to_accept", "accept", _l("Fit-outs to accept")),
)


def cards(user: Any) -> Iterator[Card]:
    """Counts that lead to the same rows of the list."""
    if not gate.may("list", "Fitout"):
        return
    for state, step, title in DECISIONS:
        if gate.may(step, "Fitout"):
            yield _card(title, "waiting", "warn", Fitout.state == state, state=state)
    working = Fitout.state == "working"
    yesterday, last = today() - dt.timedelta(days=1), today() + SOON
    late = {"state": "working", "until_on_to": yesterday}
    yield _card(_l("Fit-outs beyond their permit"), "overdue", "bad", working, Fitout.until_on <= yesterday, **late)
    ending = {"state": "working", "until_on_from": today(), "until_on_to": last}
    span = (Fitout.until_on >= today(), Fitout.until_on <= last)
    yield _card(_l("Fit-out permits ending in 7 days"), "coming", "", working, *span, **ending)
    due = {"state": "working", "inspect_by_on_to": today()}
    yield _card(_l("Fit-outs to inspect"), "today", "warn", working, Fitout.inspect_by_on <= today(), **due)


def _card(title: Any, group: str, tone: str, *where: Any, **filters: Any) -> Card:
    query = select(func.count(Fitout.id)).where(*where)
    number = int(db.session.scalar(gate.scope(query, Fitout)) or 0)
    return Card(title, number, url_for("FitoutView.list", **filters), tone if number else "", group=group)


def day(user: Any, on: dt.date) -> Iterable[Event]:
    """Works that begin, permits that end, and inspections of that day."""
    if not gate.may("list", "Fitout"):
        return
    live = Fitout.state.in_(("permitted", "working", "rectifying"))
    theirs = or_(Fitout.starts_on == on, Fitout.until_on == on, Fitout.inspect_by_on == on)
    query = select(Fitout).where(live, theirs).order_by(Fitout.id).limit(50)
    for fitout in db.session.scalars(gate.scope(query, Fitout)):
        url, text = url_for("FitoutView.show", pk=fitout.id), f"{fitout.unit} · {fitout.firm}"
        if fitout.starts_on == on:
            yield Event(on, _l("Fit-out works begin"), text, url)
        if fitout.inspect_by_on == on:
            yield Event(on, _l("Fit-out to inspect"), text, url, "warn")
        if fitout.until_on == on:
            yield Event(on, _l("Fit-out permit ends"), text, url, "warn")
