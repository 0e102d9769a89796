"""What of collecting, allocating and following up is overdue, due or waits; the day's follow-ups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.kit.columns import today
from app.kit.counting import count
from app.kit.labels import _l
from app.kit.pages import Card, Event
from app.kit.session import db
from app.security import gate
from app.trades import granted, watching
from app.trades.followed import EventSheet, FollowUp
from app.trades.models import ContactSheet

DAY, AHEAD = dt.timedelta(days=1), dt.timedelta(days=7)
MOST = 100


def cards(user: Any) -> Iterator[Card]:
    """One's own follow-ups first, then everybody's for who supervises, then sheets on their way."""
    me = getattr(user, "id", 0)
    if gate.may("finish_follow_up", "FollowUp"):
        yield from _mine(me)
    if granted.sees_all():
        yield from _everybodys()
    yield from _sheets(me)
    yield from _event_sheets(me)


def _mine(me: int) -> Iterator[Card]:
    day = today()
    yield _follow_ups(_l("My follow-ups overdue"), "overdue", "bad", assignee=me, due_on_to=day - DAY)
    yield _follow_ups(_l("My follow-ups due today"), "today", "warn", assignee=me, due_on_from=day, due_on_to=day)
    yield _follow_ups(
        _l("My follow-ups within 7 days"), "coming", "", assignee=me, due_on_from=day + DAY, due_on_to=day + AHEAD
    )


def _everybodys() -> Iterator[Card]:
    url, day = url_for("FollowUpBoardView.list"), today()
    for title, group, tone, condition in (
        (_l("Follow-ups overdue"), "overdue", "bad", watching.overdue(day)),
        (_l("Follow-ups due today"), "today", "warn", watching.due_on(day)),
    ):
        number = count(FollowUp, condition)
        yield Card(title, number, url, tone if number else "", group=group)
    number = watching.one_sided_count()
    yield Card(_l("Follow-up sets that lack a way"), number, f"{url}#one-sided", "warn" if number else "")


def _follow_ups(title: Any, group: str, tone: str, **asked: Any) -> Card:
    """The count of the list that the same filters show."""
    wanted = [FollowUp.state == "due", FollowUp.assignee_id == asked["assignee"]]
    wanted += [FollowUp.due_on >= asked["due_on_from"]] if "due_on_from" in asked else []
    wanted += [FollowUp.due_on <= asked["due_on_to"]] if "due_on_to" in asked else []
    number = count(FollowUp, *wanted)
    return Card(title, number, url_for("FollowUpView.list", state="due", **asked), tone if number else "", group=group)


def _sheets(me: int) -> Iterator[Card]:
    """Sheets of the first contact: mine to complete and hand over, the manager's to allocate."""
    if gate.may("hand_over", "HandIn"):
        number = count(ContactSheet, ContactSheet.collector_id == me, ContactSheet.state.in_(("draft", "submitted")))
        yield Card(_l("My sheets to hand over"), number, url_for("HandInView.list"), "warn" if number else "")
    if gate.may("list", "AllocationDesk"):
        number = count(ContactSheet, ContactSheet.state == "handed_over")
        yield Card(_l("Customers to allocate"), number, url_for("AllocationDeskView.list"), "warn" if number else "")


def _event_sheets(me: int) -> Iterator[Card]:
    """Event sheets: to fill in today, to hand over by tomorrow, to check, to keep (P1.11)."""
    if gate.may("make_sheet", "EventSheet"):
        yield _states(_l("My event sheets to complete and hand over"), "today", ("draft", "made"), me)
    if gate.may("check_sheet", "EventSheet"):
        yield _states(_l("Event sheets to check"), "waiting", ("handed_over",))
    if gate.may("keep_sheet", "EventSheet"):
        yield _states(_l("Event sheets to keep"), "waiting", ("checked",))


def _states(title: Any, group: str, states: tuple[str, ...], filler: int = 0) -> Card:
    mine = [EventSheet.filler_id == filler] if filler else []
    number = count(EventSheet, EventSheet.state.in_(states), *mine)
    args = {"state": states[0]} if len(states) == 1 else {"filler": filler}
    return Card(title, number, url_for("EventSheetView.list", **args), "warn" if number else "", group=group)


def day(user: Any, day: dt.date) -> Iterator[Event]:
    """The follow-ups that are due on that day: one's own, everybody's for who supervises."""
    if not gate.may("list", "FollowUp"):
        return
    due = gate.scope(select(FollowUp).where(watching.due_on(day)), FollowUp)
    if not granted.sees_all():
        due = due.where(FollowUp.assignee_id == getattr(user, "id", 0))
    along = (joinedload(FollowUp.customer), joinedload(FollowUp.assignee))
    for one in db.session.scalars(due.order_by(FollowUp.id).limit(MOST).options(*along)):
        said = [str(one.customer), one.purpose, str(one.assignee or "")]
        url = url_for("FollowUpView.show", pk=one.id)
        yield Event(day, _l("Follow-up"), " · ".join(filter(None, said)), url)
