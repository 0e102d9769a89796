"""What of the arrears and violations is overdue or due today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.arrears.models import DUE_KINDS, VIOLATION_KINDS, Due, Violation
from app.kit.columns import today
from app.kit.counting import count
from app.kit.labels import _l
from app.kit.pages import Card, Event
from app.kit.session import db
from app.security import gate

MOST = 200


def cards(user: Any) -> Iterator[Card]:
    """Dues not paid by their day, violations not put right by theirs; those of today; those to tell or to close."""
    if gate.may("list", "Due"):
        yield from _dues()
    if gate.may("list", "Violation"):
        yield from _violations()


def _dues() -> Iterator[Card]:
    day = today()
    late, is_open = day - dt.timedelta(days=1), Due.state == "open"
    number = count(Due, is_open, Due.due_on <= late)
    url = url_for("DueView.list", state="open", due_on_to=late)
    yield Card(_l("Arrears overdue"), number, url, "bad" if number else "", group="overdue")
    number = count(Due, is_open, Due.due_on == day)
    url = url_for("DueView.list", state="open", due_on_from=day, due_on_to=day)
    yield Card(_l("Amounts due today"), number, url, "warn" if number else "", group="today")


def _violations() -> Iterator[Card]:
    late = today() - dt.timedelta(days=1)
    number = count(Violation, Violation.state == "notified", Violation.rectify_by_on <= late)
    url = url_for("ViolationView.list", state="notified", rectify_by_on_to=late)
    yield Card(_l("Violations not put right in time"), number, url, "bad" if number else "", group="overdue")
    for move, state, title in (
        ("notify", "found", _l("Violations to tell the tenant")),
        ("close", "rectified", _l("Violations to close")),
    ):
        if gate.may(move, "Violation"):
            number = count(Violation, Violation.state == state)
            url = url_for("ViolationView.list", state=state)
            yield Card(title, number, url, "warn" if number else "", group="waiting")


def day(user: Any, day: dt.date) -> Iterator[Event]:
    """What is to be paid, and put right, by that day."""
    if gate.may("list", "Due"):
        for due in _of_day(Due, Due.due_on == day, Due.state == "open"):
            text = f"{due.unit} · {DUE_KINDS[due.kind]} · {due.number}"
            yield Event(due.due_on, _l("To be paid"), text, url_for("DueView.show", pk=due.id))
    if gate.may("list", "Violation"):
        for one in _of_day(Violation, Violation.rectify_by_on == day, Violation.state == "notified"):
            text = f"{one.unit} · {VIOLATION_KINDS[one.what]} · {one.number}"
            yield Event(day, _l("To be put right"), text, url_for("ViolationView.show", pk=one.id), "warn")


def _of_day(model: Any, *conditions: Any) -> list[Any]:
    query = gate.scope(select(model).where(*conditions), model).order_by(model.id).limit(MOST)
    return list(db.session.scalars(query.options(joinedload(model.unit))).unique())
