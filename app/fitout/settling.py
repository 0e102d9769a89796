"""Where fit-outs, violations and deposits meet: what is deducted, and what follows once a refund is paid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.arrears import ledger as arrears
from app.arrears.models import VIOLATION_KINDS, DuePayment, Violation
from app.deposits import deductions
from app.deposits.models import Deposit, DepositDeduction, DepositRefund
from app.fitout import rules
from app.fitout.models import Fitout
from app.kit.moves import walk
from app.kit.session import db
from app.security import audit


def propose(deposit: Deposit) -> Iterator[DepositDeduction]:
    """What the closed violations of a fit-out cost, each once, as deductions of its deposit's refund."""
    if deposit.fitout_id is None:
        return
    closed = select(Violation).where(Violation.fitout_id == deposit.fitout_id, Violation.state == "closed")
    for violation in db.session.scalars(closed.order_by(Violation.id)).all():
        if violation.deduction_cents and not deductions.is_deducted(violation):
            words = f"{violation.number} · {VIOLATION_KINDS[violation.what]}"
            yield DepositDeduction(
                why="violation", violation=violation, amount_cents=violation.deduction_cents, words=words
            )


def follow(refund: DepositRefund, *, by: Any = None) -> None:
    """A refund is paid: dues that it covers are paid out of the deposit, and the fit-out is settled if it can be."""
    for line in in_force(refund):
        if line.due is not None:
            paid = DuePayment(due=line.due, amount_cents=line.amount_cents, method="deposit", receipt=refund.number)
            arrears.pay(paid, by=by)
    fitout: Fitout | None = refund.deposit.fitout
    if fitout is not None and fitout.state == "accepted" and not list(rules.unsettled(fitout)):
        walk(rules.MOVES, fitout, "settle", by=by, write=audit.write)


def in_force(refund: DepositRefund) -> list[DepositDeduction]:
    """The deductions that nobody took back."""
    taken_back = {line.corrects_id for line in refund.deductions}
    return [line for line in refund.deductions if line.corrects_id is None and line.id not in taken_back]
