"""What of the loans is overdue, due, or waits: for the keeper of all, for borrowers of theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.approvals import WAITING_WORDS, waiting_for_me
from app.kit.columns import today
from app.kit.counting import count
from app.kit.labels import _l
from app.kit.pages import Card, Event
from app.kit.session import db
from app.loans.models import Loan
from app.security import gate

DAY = dt.timedelta(days=1)
MOST = 50


def cards(user: Any) -> Iterator[Card]:
    """Overdue first; each count is that of its list."""
    if not gate.may("list", "Loan"):
        return
    yield from _waiting()
    if gate.may("take_back", "Loan"):
        yield _card(_l("Loans overdue"), "overdue", "bad", state="out", due_on_to=today() - DAY)
        yield _card(_l("Loans due today"), "today", "warn", state="out", due_on_from=today(), due_on_to=today())
        yield _card(_l("Loans to hand out"), "waiting", "warn", state="approved")
    if gate.may("add", "Loan"):
        yield from _mine(getattr(user, "id", 0))


def _waiting() -> Iterator[Card]:
    """Loans that wait for the reader to agree."""
    for state in waiting_for_me(list(WAITING_WORDS), "Loan"):
        yield _card(_l("Loans to agree to: %(state)s", state=WAITING_WORDS[state]), "waiting", "warn", state=state)


def _mine(borrower: int) -> Iterator[Card]:
    """What the reader has borrowed and must bring back, and what waits to be fetched."""
    mine = {"borrower": borrower, "state": "out"}
    tomorrow = today() + DAY
    yield _card(_l("What I borrowed is overdue"), "overdue", "bad", **mine, due_on_to=today() - DAY)
    yield _card(_l("What I borrowed is due today"), "today", "warn", **mine, due_on_from=today(), due_on_to=today())
    yield _card(_l("What I borrowed is due tomorrow"), "coming", "", **mine, due_on_from=tomorrow, due_on_to=tomorrow)
    yield _card(_l("Loans I may fetch"), "waiting", "warn", borrower=borrower, state="approved")


def _card(title: Any, group: str, tone: str, **asked: Any) -> Card:
    """The count of the list that the same filters show."""
    wanted = [Loan.state == asked["state"]]
    if "borrower" in asked:
        wanted.append(Loan.borrower_id == asked["borrower"])
    if "due_on_from" in asked:
        wanted.append(Loan.due_on >= asked["due_on_from"])
    if "due_on_to" in asked:
        wanted.append(Loan.due_on <= asked["due_on_to"])
    number = count(Loan, *wanted)
    return Card(title, number, url_for("LoanView.list", **asked), tone if number else "", group=group)


def day(user: Any, day: dt.date) -> Iterator[Event]:
    """The loans due back on that day: all for the keeper, one's own for others."""
    if not gate.may("list", "Loan"):
        return
    due = select(Loan).where(Loan.state == "out", Loan.due_on == day).options(joinedload(Loan.borrower))
    if not gate.may("take_back", "Loan"):
        due = due.where(Loan.borrower_id == getattr(user, "id", 0))
    for loan in db.session.scalars(gate.scope(due, Loan).order_by(Loan.number).limit(MOST)):
        text = f"{loan.number} · {loan.borrower}"
        yield Event(day, _l("Loan due back"), text, url_for("LoanView.show", pk=loan.id), "warn")
