"""What is overdue in any register, and what somebody still has to read: two statements, however many registers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import case, func, select

from app.kit.columns import today
from app.kit.labels import _l
from app.kit.pages import Card, Event
from app.kit.session import db
from app.registers import known, readings
from app.registers.models import Entry
from app.security import gate

ONE, AHEAD = dt.timedelta(days=1), dt.timedelta(days=7)
MOST = 50


def cards(user: Any) -> Iterator[Card]:
    """Each count is that of its list."""
    dated = {each.declared.key: each for each in known.offered() if each.declared.due and _lists(each)}
    for key, over, soon in _counts(list(dated)):
        register, day = dated[key], today()
        yield _card(
            register, _l("Overdue: %(what)s", what=register.declared.name), over, "overdue", "bad", to=day - ONE
        )
        yield _card(
            register, _l("Due soon: %(what)s", what=register.declared.name), soon, "coming", "",
            start=day, to=day + AHEAD,
        )  # fmt: skip
    for key, count in readings.waiting_for(user).items():
        found = known.find(key)
        if found is not None and count:
            title = _l("To be read: %(what)s", what=found.declared.name)
            yield Card(title, count, found.view.url("list"), "warn", group="waiting")


def _lists(register: known.Known) -> bool:
    return gate.may("list", register.declared.permission)


def _counts(keys: list[str]) -> list[tuple[str, int, int]]:
    """(register, overdue, due within a week) of what is not over: one statement."""
    if not keys:
        return []
    day = today()
    over, soon = case((Entry.due_on < day, 1), else_=0), case((Entry.due_on >= day, 1), else_=0)
    query: Any = select(Entry.register_key, func.sum(over), func.sum(soon)).group_by(Entry.register_key)
    mine = (Entry.register_key.in_(keys), Entry.is_over.is_(False), Entry.due_on <= day + AHEAD)
    rows = db.session.execute(gate.scope(query.where(*mine), Entry))
    return [(key, int(late or 0), int(ahead or 0)) for key, late, ahead in rows]


def _card(
    register: known.Known, title: Any, count: int, group: str, tone: str, *, to: dt.date, start: dt.date | None = None
) -> Card:
    asked: dict[str, Any] = {f"{register.declared.due}_to": to, "is_over": "0"}
    asked |= {f"{register.declared.due}_from": start} if start is not None else {}
    return Card(title, count, register.view.url("list", **asked), tone if count else "", group=group)


def day(user: Any, day: dt.date) -> Iterator[Event]:
    """What of any register is due on this day."""
    dated = {each.declared.key: each for each in known.offered() if each.declared.due and _lists(each)}
    if not dated:
        return
    mine = (Entry.register_key.in_(list(dated)), Entry.is_over.is_(False), Entry.due_on == day)
    query = gate.scope(select(Entry).where(*mine), Entry).order_by(Entry.id).limit(MOST)
    for entry in db.session.scalars(query):
        register = dated[entry.register_key]
        yield Event(day, register.declared.entry, str(entry), register.view.url("show", pk=entry.id))
