"""Whose customers a reader sees: one's own and those one collected; who watches the daily board, everybody's (P1.06).

A list of one's customers is a grant, not a copy: when the allocation ends, its rows are gone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from app.customers.models import Customer
from app.kit.session import db
from app.security import gate
from app.trades import allocating
from app.trades.followed import EventSheet, FollowUp
from app.trades.models import Allocation, ContactSheet

Narrow = Callable[[Select[Any]], Select[Any]]


def sees_all() -> bool:
    return gate.may("list", "FollowUpBoard")


def customers_of(user_id: int) -> Select[int]:
    """The keys of the customers that somebody has now."""
    return select(Allocation.customer_id).where(Allocation.holder_id == user_id, allocating.is_live())


def _narrowed(mine: Callable[[int], ColumnElement[bool]]) -> Narrow:
    def narrow(query: Select[Any]) -> Select[Any]:
        return query if sees_all() else query.where(mine(getattr(gate.user(), "id", 0)))

    return narrow


contact_sheets = _narrowed(
    lambda me: or_(ContactSheet.collector_id == me, ContactSheet.customer_id.in_(customers_of(me)))
)
event_sheets = _narrowed(lambda me: or_(EventSheet.filler_id == me, EventSheet.customer_id.in_(customers_of(me))))
follow_ups = _narrowed(
    lambda me: or_(FollowUp.assignee_id == me, FollowUp.asked_by_id == me, FollowUp.customer_id.in_(customers_of(me)))
)
allocations = _narrowed(lambda me: (Allocation.holder_id == me) & allocating.is_live())
NARROWED: dict[type, Narrow] = {
    ContactSheet: contact_sheets,
    EventSheet: event_sheets,
    FollowUp: follow_ups,
    Allocation: allocations,
}


def my_customers(user: Any) -> list[Allocation]:
    """The allocations that give somebody their customers now."""
    query = select(Allocation).join(Customer, Customer.id == Allocation.customer_id)
    mine = query.where(Allocation.holder_id == getattr(user, "id", 0), allocating.is_live())
    return list(db.session.scalars(gate.scope(mine, Allocation).order_by(Customer.name, Allocation.id)))
