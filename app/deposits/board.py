"""What the deposits room says on the home page: money to be received, refunds that wait for somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from flask import url_for
from sqlalchemy import func, select

from app.deposits.models import DEPOSIT_KINDS, Deposit, DepositRefund
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.pages import Card, Event
from app.kit.session import db
from app.security import gate

SOON = dt.timedelta(days=7)
STEPS = (
    ("asked", "check", _l("Refunds to check")),
    ("checked", "approve", _l("Refunds to approve")),
    ("approved", "pay", _l("Refunds to pay out")),
)


def cards(user: Any) -> Iterator[Card]:
    """Deposits overdue and due within a week; refunds that wait for what this reader may do."""
    if gate.may("list", "Deposit"):
        yield from _owed()
    if gate.may("list", "DepositRefund"):
        for state, step, title in STEPS:
            if gate.may(step, "DepositRefund"):
                waiting = select(func.count(DepositRefund.id)).where(DepositRefund.state == state)
                number = _count(waiting, DepositRefund)
                yield Card(title, number, url_for("DepositRefundView.list", state=state), "warn" if number else "")


def _owed() -> Iterator[Card]:
    yesterday, last = today() - dt.timedelta(days=1), today() + SOON
    owed = select(func.count(Deposit.id)).where(Deposit.is_owed)
    late = _count(owed.where(Deposit.due_on <= yesterday), Deposit)
    url = url_for("DepositView.list", is_owed="1", due_on_to=yesterday)
    yield Card(_l("Deposits overdue"), late, url, "bad" if late else "", group="overdue")
    soon = _count(owed.where(Deposit.due_on >= today(), Deposit.due_on <= last), Deposit)
    url = url_for("DepositView.list", is_owed="1", due_on_from=today(), due_on_to=last)
    yield Card(_l("Deposits due in 7 days"), soon, url, group="coming")


def _count(query: Any, model: type) -> int:
    return int(db.session.scalar(gate.scope(query, model)) or 0)


def day(user: Any, on: dt.date) -> Iterable[Event]:
    """Deposits that are due on that day."""
    if not gate.may("list", "Deposit"):
        return
    query = select(Deposit).where(Deposit.is_owed, Deposit.due_on == on).order_by(Deposit.id).limit(50)
    for deposit in db.session.scalars(gate.scope(query, Deposit)):
        what = _l("Deposit due: %(what)s", what=DEPOSIT_KINDS[deposit.kind])
        yield Event(on, what, f"{deposit.unit} · {deposit.number}", url_for("DepositView.show", pk=deposit.id), "warn")
