"""Reminders of loans: the day before, on the day, one and seven days after; each once, by the channels one chose."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.kit.columns import now, today
from app.kit.labels import _l
from app.kit.pages import Card
from app.kit.session import abandon_work, attempt, db, finish_work
from app.loans.models import REMINDERS, Loan, LoanReminder
from app.security import gate
from app.telling.content import reading
from app.telling.ordering import order_reminder

log = logging.getLogger(__name__)

# days after the last day of the loan from which on this is what there is to say
STARTS = {"before": -1, "due": 0, "late": 1, "very_late": 7}
SUBJECT = "loan"


def remind() -> int:
    """Once a minute: write down every reminder that has come due and was not yet sent. Answers how many."""
    finish_work()
    return sum(_remind_once(loan_id, kind) for loan_id, kind in _to_remind())


def kind_for(due_on: dt.date, day: dt.date) -> str:
    """What there is to say of a loan on that day; "" before its time. What was missed is not caught up on."""
    come = [kind for kind, days in STARTS.items() if day >= due_on + dt.timedelta(days=days)]
    return come[-1] if come else ""


def _to_remind() -> list[tuple[int, str]]:
    """(loan, kind of reminder) of all that is out and was not reminded of yet."""
    soon = today() - dt.timedelta(days=STARTS["before"])
    with reading():
        out = select(Loan.id, Loan.due_on).where(Loan.state == "out", Loan.due_on <= soon).order_by(Loan.id)
        due = [(key, kind_for(due_on, today())) for key, due_on in db.session.execute(out) if due_on is not None]
        sent = select(LoanReminder.loan_id, LoanReminder.kind).join(Loan, Loan.id == LoanReminder.loan_id)
        known = {(key, kind) for key, kind in db.session.execute(sent.where(Loan.state == "out"))}
    return [each for each in due if each not in known]


def _remind_once(loan_id: int, kind: str) -> bool:
    """The line and the messages in one transaction; False when somebody else just did it, or the loan is back."""
    try:
        with attempt():
            loan = db.session.get(Loan, loan_id)
            if loan is None or loan.state != "out":
                return False
            db.session.add(LoanReminder(site_id=loan.site_id, loan_id=loan.id, kind=kind, reminded_at=now()))
            people = [loan.borrower_id, *([loan.handed_out_by_id] if loan.handed_out_by_id else [])]
            order_reminder(people, f"{SUBJECT} {loan.id} {kind}")
            db.session.flush()
    except IntegrityError:
        abandon_work()
        return False
    finish_work()
    return True


def cards(user: Any, slot: str) -> Iterator[Card]:
    """What a reminder says when it is sent: nothing once the loan is back."""
    subject, key, kind = [*slot.split(), "", ""][:3]
    if subject != SUBJECT or kind not in REMINDERS or not key.isdigit():
        return
    loan = db.session.scalar(gate.scope(select(Loan).where(Loan.id == int(key), Loan.state == "out"), Loan))
    if loan is not None:
        title = _l("Loan %(number)s: %(what)s", number=loan.number, what=REMINDERS[kind])
        group = "today" if STARTS[kind] <= 0 else "overdue"
        yield Card(title, len(loan.lines), url_for("LoanView.show", pk=loan.id), group=group)
