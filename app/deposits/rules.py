"""Deposits: demanded, received in parts, corrected; how refunds pay them back stands in `refunds`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.archive.dayrecords import number_it, settle_place
from app.customers.models import Tenancy
from app.deposits.ledger import balance, book, held, hold, lines_of, lock, sums
from app.deposits.models import Deposit, DepositLine
from app.deposits.words import METHODS
from app.estate.numbers import numbered
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.fresh import Make, made
from app.kit.labels import _l
from app.kit.moves import Move, walk
from app.kit.session import db
from app.security import audit

SERIES, RECEIPTS = "YS", "SJ"
TAKES_MONEY = {"due", "part"}
NOT_IN_HAND = {"due", "part", "received", "part_returned", "returned", "kept"}


def demand(deposit: Deposit, *, by: Any = None) -> Deposit:
    """A new deposit that a tenant has to pay; one of a fit-out is for the fit-out's unit."""
    with db.session.no_autoflush:
        fitout = deposit.fitout
        if fitout is not None:
            deposit.unit, deposit.tenancy, deposit.kind = fitout.unit, fitout.tenancy, "fitout"
        settle_place(deposit)
    if deposit.tenancy is None:
        raise RuleError(_l("A deposit is paid by a tenant: nobody is in this unit."), field="unit")
    if not (deposit.payable_cents or 0) > 0:
        raise RuleError(_l("The amount must be more than nothing."), field="payable_cents")
    deposit.customer_id = deposit.tenancy.customer_id
    deposit.state, deposit.is_owed = "due", True
    deposit.due_on = deposit.due_on or today()
    number_it(deposit, SERIES)
    db.session.add(deposit)
    db.session.flush()
    audit.write("demand", deposit, {"number": deposit.number, "kind": deposit.kind}, by=by)
    return deposit


def takes_money(deposit: Deposit) -> bool:
    """Something of it is still to be received."""
    return deposit.state in TAKES_MONEY


def amend(deposit: Deposit, *, by: Any = None) -> None:
    """What is to be paid changes while it is not all received, and never below what is there."""
    typed = deposit.payable_cents
    hold(deposit)
    if typed != stored_payable(deposit):
        if deposit.state not in TAKES_MONEY:
            raise RuleError(_l("This deposit is received: what is to be paid changes no more."), field="payable_cents")
        if not (typed or 0) > 0 or typed < sums(deposit)[0]:
            raise RuleError(_l("It cannot be less than what is received."), field="payable_cents")
    settle_state(deposit)


def stored_payable(deposit: Deposit) -> int:
    return int(db.session.scalar(select(Deposit.payable_cents).where(Deposit.id == deposit.id)) or 0)


def receive(
    deposit: Deposit, cents: int, method: str, payer: str = "", *, by: Any = None, once: str = "", remark: str = ""
) -> DepositLine:
    """Take money, all or a part of what is owed; every part has a receipt of its own, numbered without gaps.

    The same `once` a second time answers the receipt of the first and writes nothing.
    """
    line = DepositLine(amount_cents=cents, method=method, payer=payer, remark=remark, once=once)
    return take(line, deposit, by=by)


def take(line: DepositLine, deposit: Deposit | None, *, by: Any = None) -> DepositLine:
    """A receipt as it was typed; see `receive`."""
    if deposit is None:
        raise RuleError(_l("Choose a deposit."), field="deposit")
    lock(deposit)
    if (before := _written(line, deposit)) is not None:
        return before
    walk(MOVES, deposit, "receive", by=by, write=audit.write, line=line)
    settle_state(deposit)
    return line


def _written(line: DepositLine, deposit: Deposit) -> DepositLine | None:
    """The receipt that this key has made already."""
    if not line.once:
        return None
    before = db.session.scalar(select(DepositLine).where(DepositLine.once == line.once))
    if before is not None and (before.deposit_id, before.amount_cents) != (deposit.id, line.amount_cents):
        raise RuleError(_l("This form has been used already."))
    return before


def _receive(deposit: Deposit, *, by: Any, line: DepositLine) -> None:
    owed = deposit.payable_cents - sums(deposit)[0]
    if not 0 < (line.amount_cents or 0) <= owed:
        yuan = f"{max(0, owed) / 100:,.2f}"
        raise RuleError(_l("At most what is owed can be received: %(yuan)s yuan.", yuan=yuan), field="amount_cents")
    if line.method not in METHODS:
        raise RuleError(_l("Say how it was paid."), field="method")
    line.payer = line.payer or (str(deposit.customer) if deposit.customer else "")
    line.reason, line.receipt_number = "received", numbered(deposit.site_id, RECEIPTS)
    book(line, deposit, by=by)


def correct(deposit: Deposit, *, by: Any, correction_cents: int, reason: str) -> DepositLine:
    """A wrong receipt is set right by a new line that names it: less than nothing where too much was written."""
    lock(deposit)
    if not reason.strip():
        raise RuleError(_l("Say why it is corrected."), field="reason")
    old = next((line for line in reversed(lines_of(deposit)) if line.reason in ("received", "opening")), None)
    if old is None:
        raise RuleError(_l("There is no receipt to be corrected."))
    if sums(deposit)[0] + (correction_cents or 0) > deposit.payable_cents:
        raise RuleError(_l("More than is to be paid cannot be received."), field="correction_cents")
    line = DepositLine(amount_cents=correction_cents, reason="correction", corrects=old, remark=reason.strip()[:200])
    book(line, deposit, by=by)
    settle_state(deposit)
    return line


def withdraw(deposit: Deposit, *, by: Any, reason: str) -> None:
    """It is not asked for any more, e.g. because the fit-out was given up."""
    lock(deposit)
    if not reason.strip():
        raise RuleError(_l("Say why."), field="reason")
    if deposit.state != "due" or held(deposit):
        raise RuleError(_l("Something of this deposit is received: it is paid back."))
    deposit.is_owed = False


def settle_state(deposit: Deposit) -> None:
    """Where a deposit rests that has no refund in hand: as its lines say."""
    if deposit.state in NOT_IN_HAND:
        deposit.state = resting_state(deposit)
    deposit.is_owed = deposit.state in TAKES_MONEY
    db.session.flush()


def resting_state(deposit: Deposit) -> str:
    """due, part, received, part_returned, returned or kept: what the lines say."""
    came, refunded, deducted = sums(deposit)
    if refunded or deducted:
        return "part_returned" if came > refunded + deducted else "returned" if refunded else "kept"
    return "due" if came <= 0 else "part" if came < deposit.payable_cents else "received"


def follow(deposit: Deposit, step: str, *, by: Any = None) -> None:
    """The deposit goes its refund's way; while one is in hand nothing more is asked for."""
    walk(MOVES, deposit, step, by=by, write=audit.write)
    deposit.is_owed = deposit.state in TAKES_MONEY
    db.session.flush()


def rest(deposit: Deposit, *, by: Any = None) -> None:
    """Back to where it rested before a refund was asked."""
    deposit.state = resting_state(deposit)


def of_fitout(fitout: Any) -> list[Deposit]:
    """The deposits of a fit-out that are asked for, oldest first."""
    query = select(Deposit).where(Deposit.fitout_id == fitout.id, Deposit.state != "withdrawn").order_by(Deposit.id)
    return list(db.session.scalars(query))


# --- the roster ---


def opening(tenancy: Tenancy, kind: str, cents: int, number: str = "", make: Make = made) -> Deposit:
    """A deposit that the roster says is held: paid in full. Not yet stored."""
    deposit = make(
        Deposit, site_id=tenancy.site_id, tenancy=tenancy, unit=tenancy.unit, customer=tenancy.customer, kind=kind,
        payable_cents=cents, state="received", is_owed=False, number=number, remark="", due_on=None,
    )  # fmt: skip
    if not number:
        number_it(deposit, SERIES)
    return deposit


def state_of_roster(tenancy: Tenancy, kind: str, cents: int, *, by: Any = None) -> DepositLine | None:
    """Make the held sum what the roster says: an opening line first, then corrections that name the line before.

    Returns the new line, or None when the roster agrees with the ledger.
    """
    difference = cents - balance(tenancy, kind)
    if difference == 0:
        return None
    query = select(DepositLine).where(DepositLine.tenancy_id == tenancy.id, DepositLine.kind == kind)
    old = db.session.scalar(query.order_by(DepositLine.id.desc()).limit(1))
    if old is None or old.deposit is None:
        deposit = opening(tenancy, kind, difference)
        db.session.add(deposit)
        db.session.flush()
        return book(DepositLine(amount_cents=difference, reason="opening"), deposit, by=by)
    lock(old.deposit)
    old.deposit.payable_cents += difference
    line = DepositLine(amount_cents=difference, reason="correction", corrects=old)
    return book(line, old.deposit, by=by)


# The whole life of a deposit. Receipts and refunds have forms of their own, and take these steps for it.
MOVES = [
    Move("receive", TAKES_MONEY, None, "DepositLine:add", _l("Receive"), _receive),
    Move(
        "correct", {"part", "received", "part_returned"}, None, "Deposit:correct", _l("Correct a receipt"), correct,
        asks=(("correction_cents", _l("More or, with a minus, less (yuan)")), ("reason", _l("Reason"))),
    ),
    Move(
        "withdraw", {"due"}, "withdrawn", "Deposit:withdraw", _l("No longer asked"), withdraw,
        asks=(("reason", _l("Reason")),), style="danger",
    ),
    Move("ask_refund", {"part", "received", "part_returned"}, "refund_asked", "DepositRefund:add", _l("Ask to refund")),
    Move("check_refund", {"refund_asked"}, "refund_checked", "DepositRefund:check", _l("Check the refund")),
    Move("approve_refund", {"refund_checked"}, "refund_approved", "DepositRefund:approve", _l("Approve the refund")),
    Move("return_part", {"refund_approved"}, "part_returned", "DepositRefund:pay", _l("Return a part")),
    Move("give_back", {"refund_approved"}, "returned", "DepositRefund:pay", _l("Return all")),
    Move("keep_all", {"refund_approved"}, "kept", "DepositRefund:pay", _l("Keep all")),
    Move(
        "refuse_refund", {"refund_asked", "refund_checked", "refund_approved"}, None, "DepositRefund:refuse",
        _l("Refuse the refund"), rest,
    ),
]  # fmt: skip
BY_HAND = [move for move in MOVES if move.name in ("correct", "withdraw")]
