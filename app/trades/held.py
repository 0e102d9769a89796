"""What somebody has in hand here: customers, follow-ups to make, sheets of theirs that nobody has received (P1.20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.held import Holding
from app.kit.labels import _l
from app.kit.session import db
from app.printing.subjects import in_all_languages
from app.trades import allocating, following
from app.trades.followed import FollowUp
from app.trades.models import Allocation, ContactSheet


def customers_held_by(user: Any) -> Iterator[Holding]:
    """The customers that somebody has."""
    mine = select(Allocation).where(Allocation.holder_id == user.id, allocating.is_live()).order_by(Allocation.id)
    for line in db.session.scalars(mine.options(joinedload(Allocation.customer), joinedload(Allocation.sheet))):
        number = line.sheet.number if line.sheet is not None else str(line.id)
        yield Holding("customer", line.id, line.site_id, f"{number} {line.customer.name}"[:200], number=number)


def pass_customer_on(key: int, receiver: Any, *, by: Any) -> None:
    """The customer is the receiver's; with nobody to receive it nobody has it."""
    line = db.session.get_one(Allocation, key)
    reason = in_all_languages(_l("Handed over"))["zh_Hans"]
    rule = "by_hand" if receiver is not None else "ended"
    allocating.allocate(line.customer, line.scheme_key, receiver, rule, by=by, reason=reason, sheet=line.sheet)


def follow_ups_held_by(user: Any) -> Iterator[Holding]:
    """The follow-ups that somebody still has to make."""
    mine = select(FollowUp).where(FollowUp.assignee_id == user.id, FollowUp.state == "due").order_by(FollowUp.id)
    for one in db.session.scalars(mine.options(joinedload(FollowUp.customer))):
        title = f"{one.number} {one.customer.name}"[:200]
        yield Holding("follow_up", one.id, one.site_id, title, number=one.number)


def pass_follow_up_on(key: int, receiver: Any, *, by: Any) -> None:
    """Another person makes it."""
    following.give(db.session.get_one(FollowUp, key), receiver, by=by)


def sheets_held_by(user: Any) -> Iterator[Holding]:
    """Sheets of the first contact that are not handed over: they are completed or given up, never handed on."""
    states = ("draft", "submitted")
    mine = select(ContactSheet).where(ContactSheet.collector_id == user.id, ContactSheet.state.in_(states))
    for sheet in db.session.scalars(mine.order_by(ContactSheet.id)):
        yield Holding("sheet", sheet.id, sheet.site_id, sheet.number, number=sheet.number)
