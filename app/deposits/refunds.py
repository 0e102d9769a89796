"""Paying a deposit back: asked, checked and approved by three people, then paid out exactly once.

A settlement says what is settled, what is deducted and what is left to pay. Once it is checked nothing in it
changes, here and in the database; a refused one stays as it is, and another is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, attributes

from app.archive.dayrecords import number_it
from app.deposits import ledger, rules
from app.deposits.deductions import deduct_what_fits, hold
from app.deposits.models import Deposit, DepositDeduction, DepositLine, DepositRefund
from app.deposits.words import METHODS
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import AppendOnlyError, db
from app.security import audit

SERIES = "TK"
WHENCE = {"part", "received", "part_returned"}
STEP = {"state", "version", "updated_at", "updated_by_id"}
APPROVING = STEP | {"approved_by_id", "approved_at", "refusal"}
PAYING = STEP | {"method", "paid_by_id", "paid_on", "refusal"}
ENDS = {"part_returned": "return_part", "returned": "give_back", "kept": "keep_all"}

# Told by rooms above, which create_app() lists: what they would deduct, and what they do once a refund is paid.
proposed: list[Callable[[Deposit], Iterable[DepositDeduction]]] = []
paid: list[Callable[..., Any]] = []


def ask(refund: DepositRefund, *, by: Any) -> DepositRefund:
    """Ask for all or a part of what is held; what the rooms above would deduct is put down at once."""
    with db.session.no_autoflush:
        deposit = _settle(refund)
    refund.state, refund.asked_by_id, refund.asked_at = "asked", getattr(by, "id", None), now()
    db.session.add(refund)
    db.session.flush()
    db.session.expire(deposit, ["refunds"])
    audit.write("ask", refund, {"number": refund.number, "kind": deposit.kind}, by=by)
    rules.follow(deposit, "ask_refund", by=by)
    for propose in proposed:
        for deduction in propose(deposit):
            deduct_what_fits(refund, deduction, by=by)
    return refund


def _settle(refund: DepositRefund) -> Deposit:
    """What follows from the deposit, which is held from here on."""
    deposit = refund.deposit
    if deposit is None:
        raise RuleError(_l("Choose a deposit."), field="deposit")
    ledger.lock(deposit)
    if deposit.state not in WHENCE:
        raise RuleError(_l("Nothing of this deposit can be paid back now."), field="deposit")
    there = ledger.held(deposit)
    settled = there if refund.settled_cents is None else refund.settled_cents
    if not 0 < settled <= there:
        raise RuleError(_l("At most what is held can be settled: %(yuan)s yuan.", yuan=f"{there / 100:,.2f}"),
                        field="settled_cents")  # fmt: skip
    if not (refund.reason or "").strip():
        raise RuleError(_l("Say why it is paid back."), field="reason")
    refund.site_id, refund.deposit_id = deposit.site_id, deposit.id
    refund.unit, refund.tenancy = deposit.unit, deposit.tenancy
    refund.settled_cents = refund.asked_cents = settled
    refund.payee = refund.payee or (str(deposit.customer) if deposit.customer else "")
    number_it(refund, SERIES)
    return deposit


def may_ask(deposit: Deposit) -> bool:
    """Something of it is held, and no refund of it is in hand."""
    return deposit.state in WHENCE


def deducted(refund: DepositRefund) -> int:
    """What is kept of the part that is settled, in cents."""
    return int(refund.settled_cents or 0) - refund.asked_cents


# --- the steps ---


def _not_asker(refund: DepositRefund, user: Any) -> None:
    if user is not None and refund.asked_by_id == user.id:
        raise RuleError(_l("Nobody decides on their own request."))


def _third(refund: DepositRefund, user: Any) -> None:
    _not_asker(refund, user)
    if user is not None and refund.checked_by_id == user.id:
        raise RuleError(_l("Who checked it does not approve it."))


def _follow(refund: DepositRefund, step: str, by: Any) -> None:
    """The deposit goes the refund's way."""
    db.session.flush()
    rules.follow(refund.deposit, step, by=by)


def _person(by: Any) -> int:
    """Checking and approving is done by people, never by the system."""
    if by is None:
        raise RuleError(_l("Only a person takes this step."))
    return int(by.id)


def check(refund: DepositRefund, *, by: Any) -> None:
    """Somebody else has compared receipts, deductions and account."""
    hold(refund, "asked")
    refund.checked_by_id, refund.checked_at = _person(by), now()
    _follow(refund, "check_refund", by)


def approve(refund: DepositRefund, *, by: Any) -> None:
    """A third person lets it be paid."""
    hold(refund, "checked")
    refund.approved_by_id, refund.approved_at = _person(by), now()
    _follow(refund, "approve_refund", by)


def refuse(refund: DepositRefund, *, by: Any, reason: str) -> None:
    """The deposit rests as before; a refusal says why."""
    if not reason.strip():
        raise RuleError(_l("Say why it is refused."), field="reason")
    hold(refund, refund.state)
    refund.refusal = reason.strip()[:300]
    _follow(refund, "refuse_refund", by)


def pay(refund: DepositRefund, *, by: Any, method: str, paid_on: dt.date | None = None) -> None:
    """Pay it out: the ledger's lines are booked, exactly once (a database constraint stands behind it)."""
    hold(refund, "approved")
    if refund.asked_cents and method not in METHODS:
        raise RuleError(_l("Say how it was paid."), field="method")
    deposit, kept, day = refund.deposit, deducted(refund), paid_on or today()
    for reason, cents in (("refunded", refund.asked_cents), ("deducted", kept)):
        if cents:
            line = DepositLine(amount_cents=-cents, reason=reason, refund=refund, method=method, booked_on=day)
            ledger.book(line, deposit, by=by)
    refund.method, refund.paid_on, refund.paid_by_id, refund.state = method, day, getattr(by, "id", None), "paid"
    _follow(refund, ENDS[rules.resting_state(deposit)], by)
    for follow in paid:
        follow(refund, by=by)


@event.listens_for(Session, "before_flush")
def _settlements_stay(session: Session, _context: Any, _instances: Any) -> None:
    """What is checked changes no more but for its next steps; what is over not at all."""
    for record in list(session.dirty) + list(session.deleted) + list(session.new):
        if isinstance(record, DepositDeduction) and record in session.new and _was(record.refund) not in ("", "asked"):
            raise AppendOnlyError("a checked settlement takes no more deductions")
        if isinstance(record, DepositRefund) and record not in session.new and session.is_modified(record):
            _refuse_change(record, record in session.deleted)


def _refuse_change(refund: DepositRefund, is_deleted: bool) -> None:
    was = _was(refund)
    allowed = {
        "checked": APPROVING,
        "approved": PAYING,
        "paid": set[str](),
        "refused": set[str](),
    }.get(was)
    if is_deleted or (allowed is not None and not _changed(refund) <= allowed):
        raise AppendOnlyError("a checked settlement never changes")


def _changed(refund: DepositRefund) -> set[str]:
    names = {each.key for each in attributes.instance_state(refund).mapper.column_attrs}
    return {name for name in names if attributes.get_history(refund, name).has_changes()}


def _was(refund: DepositRefund | None) -> str:
    """The state as it is stored; "" for what is new."""
    if refund is None or attributes.instance_state(refund).key is None:
        return ""
    history = attributes.get_history(refund, "state")
    return str((list(history.deleted) or list(history.unchanged) or [""])[0])


_WHY = (("reason", _l("Reason")),)
MOVES = [
    Move("check", {"asked"}, "checked", "DepositRefund:check", _l("Checked"), check, guard=_not_asker, style="primary"),
    Move(
        "approve", {"checked"}, "approved", "DepositRefund:approve", _l("Approve"), approve,
        guard=_third, style="primary",
    ),
    Move(
        "pay", {"approved"}, "paid", "DepositRefund:pay", _l("Pay out"), pay,
        asks=(("method", _l("Way of payment")), ("paid_on?", _l("Paid out on"))), style="primary",
    ),
    Move(
        "refuse", {"asked", "checked", "approved"}, "refused", "DepositRefund:refuse", _l("Refuse"), refuse,
        asks=_WHY, guard=_not_asker, style="danger",
    ),
]  # fmt: skip
