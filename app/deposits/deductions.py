"""What is kept of a deposit, line by line, while nobody has checked the settlement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.deposits import ledger
from app.deposits.models import DepositDeduction, DepositRefund
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit

DECIDED = ["state", "settled_cents", "asked_cents", "asked_by_id", "checked_by_id", "approved_by_id", "version"]


def takes_deductions(refund: DepositRefund) -> bool:
    """Only a settlement that nobody has checked takes more lines."""
    return bool(refund.state == "asked")


def hold(refund: DepositRefund, state: str) -> None:
    """Hold the deposit, and know the refund as it is now: another desk may have been faster."""
    ledger.lock(refund.deposit)
    db.session.refresh(refund, DECIDED)
    if refund.state != state:
        raise RuleError(_l("This step is not possible now: the record has moved on."))


def deduct(deduction: DepositDeduction, *, by: Any = None) -> DepositDeduction:
    """Keep so much back, and say what for. A line that names another takes that one back whole."""
    with db.session.no_autoflush:
        refund = _fit(deduction)
    refund.asked_cents -= deduction.amount_cents
    db.session.add(deduction)
    db.session.flush()
    db.session.expire(refund, ["deductions"])
    audit.write("deduct", refund, {"line": deduction.id, "why": deduction.why}, by=by)
    return deduction


def _fit(deduction: DepositDeduction) -> DepositRefund:
    """What follows from the refund, whose deposit is held from here on."""
    refund = deduction.refund
    if refund is None:
        raise RuleError(_l("Choose a refund."), field="refund")
    hold(refund, "asked")
    old = deduction.corrects
    if old is not None:
        _take_back(deduction, old, refund)
    else:
        _cause(deduction, refund)
        _fits(deduction, refund)
    assert refund.tenancy_id is not None  # its deposit's
    deduction.site_id, deduction.refund_id, deduction.tenancy_id = refund.site_id, refund.id, refund.tenancy_id
    return refund


def _cause(deduction: DepositDeduction, refund: DepositRefund) -> None:
    """A violation or an amount due of the same tenant says what for and how much, where nothing else is typed."""
    for name, amount in (("violation", "deduction_cents"), ("due", "left_cents")):
        cause = getattr(deduction, name)
        if cause is None:
            continue
        if cause.tenancy_id != refund.tenancy_id:
            raise RuleError(_l("This is another tenant's."), field=name)
        if name == "violation" and is_deducted(cause):
            raise RuleError(_l("This is deducted already."), field=name)
        deduction.why = "violation" if name == "violation" else "arrears"
        deduction.words = deduction.words or str(cause)
        deduction.amount_cents = deduction.amount_cents or min(getattr(cause, amount) or 0, refund.asked_cents)


def is_deducted(violation: Any) -> bool:
    """A line of a refund that was not refused keeps it back, and nobody took that line back."""
    back = aliased(DepositDeduction)
    query = (
        select(DepositDeduction.id)
        .join(DepositRefund, DepositDeduction.refund_id == DepositRefund.id)
        .where(DepositDeduction.violation_id == violation.id, DepositRefund.state != "refused")
        .where(DepositDeduction.corrects_id.is_(None))
        .where(~select(back.id).where(back.corrects_id == DepositDeduction.id).exists())
    )
    return db.session.scalar(query.limit(1)) is not None


def _fits(deduction: DepositDeduction, refund: DepositRefund) -> None:
    if not 0 < (deduction.amount_cents or 0) <= refund.asked_cents:
        raise RuleError(_l("At most what is left to pay can be deducted: %(yuan)s yuan.",
                           yuan=f"{refund.asked_cents / 100:,.2f}"), field="amount_cents")  # fmt: skip
    if not (deduction.words or "").strip():
        raise RuleError(_l("Say what it is kept for."), field="words")


def _take_back(deduction: DepositDeduction, old: DepositDeduction, refund: DepositRefund) -> None:
    if old.refund_id != refund.id or old.corrects_id is not None:
        raise RuleError(_l("Only a line of this refund is taken back, and only once."), field="corrects")
    deduction.amount_cents, deduction.why = -old.amount_cents, old.why
    deduction.words = deduction.words or old.words


def deduct_what_fits(refund: DepositRefund, deduction: DepositDeduction, *, by: Any = None) -> None:
    """A proposed deduction, at most what is left."""
    deduction.amount_cents = min(deduction.amount_cents, refund.asked_cents)
    if deduction.amount_cents > 0:
        deduction.refund = refund
        deduct(deduction, by=by)
