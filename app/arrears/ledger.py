"""Payments of a due: only added to, never more than is owed; the due's state follows the sum."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.archive.dayrecords import file_record
from app.arrears.models import DUE_KINDS, Due, DuePayment
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.printing.subjects import in_all_languages
from app.security import audit

LONGEST_TITLE = 60


def pay(line: DuePayment, *, by: Any = None) -> DuePayment:
    """Book a payment, or take one back by naming it in `corrects`."""
    with db.session.no_autoflush:
        due = line.due
        if due is None:
            raise RuleError(_l("Choose a due."), field="due")
        _settle_line(line, due)
        paid = _paid(due)
        if line.amount_cents > due.amount_cents - paid:
            raise RuleError(_l("This is more than is still owed."), field="amount_cents")
    db.session.add(line)
    db.session.flush()
    audit.write("pay", due, {"line": line.id, "method": line.method}, by=by)
    _follow(due, paid + line.amount_cents, by)
    return line


def takes_payments(due: Due) -> bool:
    """A waived due takes no payments; a settled one only has some taken back."""
    return due.state != "waived"


def _settle_line(line: DuePayment, due: Due) -> None:
    if not takes_payments(due):
        raise RuleError(_l("This due is waived."))
    line.site_id, line.due_id = due.site_id, due.id
    line.paid_on = line.paid_on or today()
    if line.paid_on > today():
        raise RuleError(_l("A payment is not booked before it is made."), field="paid_on")
    if line.corrects is not None:
        _take_back(line, line.corrects)
    elif (line.amount_cents or 0) <= 0:
        raise RuleError(_l("A payment is more than nothing."), field="amount_cents")


def _take_back(line: DuePayment, old: DuePayment) -> None:
    """The line becomes the old one's opposite."""
    if old.due_id != line.due_id or old.corrects_id is not None:
        raise RuleError(_l("Only a payment of this due is taken back."), field="corrects")
    taken = select(DuePayment.id).where(DuePayment.corrects_id == old.id)
    if db.session.scalar(taken) is not None:
        raise RuleError(_l("This payment is taken back already."), field="corrects")
    line.corrects_id, line.amount_cents, line.method = old.id, -old.amount_cents, old.method


def _paid(due: Due) -> int:
    """The sum of the lines now; whoever pays the same due at this moment waits for our commit."""
    db.session.execute(select(Due.id).where(Due.id == due.id).with_for_update())
    total = select(func.coalesce(func.sum(DuePayment.amount_cents), 0)).where(DuePayment.due_id == due.id)
    return int(db.session.scalar(total) or 0)


def _follow(due: Due, paid: int, by: Any) -> None:
    """Settled when all is paid, owed again when some is taken back."""
    db.session.expire(due, ["payments"])
    state = "settled" if paid == due.amount_cents else "open"
    if state == due.state:
        return
    before, due.state = due.state, state
    db.session.flush()
    audit.write("settle" if state == "settled" else "owe_again", due, {"from": before, "to": state}, by=by)
    if state == "settled":
        file_record(due, "violation", title_of(due), by=by)


def title_of(due: Due) -> str:
    """What a due is called as a paper of the file."""
    return f"欠费 · {in_all_languages(DUE_KINDS[due.kind])['zh_Hans']} {due.period}".strip()[:LONGEST_TITLE]
