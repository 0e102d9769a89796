"""The ledger: lines are only added, and a balance is always the sum of its lines.

Whoever reads a balance to decide on it holds the deposit's row (`lock`): eight desks at once wait for each other
(G3). On SQLite a request that may write holds the whole database from its beginning.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.customers.models import Customer, Tenancy
from app.deposits.models import Deposit, DepositLine
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit


def lock(deposit: Deposit) -> None:
    """Hold the deposit until the commit, and know its state as it is now."""
    hold(deposit)
    db.session.refresh(deposit, ["state", "payable_cents", "is_owed", "version"])


def hold(deposit: Deposit) -> None:
    db.session.execute(select(Deposit.id).where(Deposit.id == deposit.id).with_for_update())


def book(line: DepositLine, deposit: Deposit, *, by: Any = None) -> DepositLine:
    """Add one line of a deposit that is held (`lock`). Nothing may be taken out that is not there."""
    if not line.amount_cents:
        raise RuleError(_l("An amount of nothing is no line."), field="amount_cents")
    if held(deposit) + line.amount_cents < 0:
        raise RuleError(_l("More than is held cannot be paid out."), field="amount_cents")
    line.deposit, line.deposit_id = deposit, deposit.id
    line.site_id, line.kind = deposit.site_id, deposit.kind
    assert deposit.tenancy is not None  # a constraint of the table
    line.tenancy, line.tenancy_id = deposit.tenancy, deposit.tenancy.id
    line.booked_on = line.booked_on or today()
    line.taken_by_id = getattr(by, "id", None)
    db.session.add(line)
    db.session.flush()
    db.session.expire(deposit, ["lines"])
    audit.write("book", line, {"kind": line.kind, "reason": line.reason}, by=by)
    return line


def sums(deposit: Deposit) -> tuple[int, int, int]:
    """Cents that came in (with corrections), were paid back, and were kept."""
    query = (
        select(DepositLine.reason, func.sum(DepositLine.amount_cents))
        .where(DepositLine.deposit_id == deposit.id)
        .group_by(DepositLine.reason)
    )
    sums = {reason: int(cents) for reason, cents in db.session.execute(query)}
    came = sum(cents for reason, cents in sums.items() if reason not in ("refunded", "deducted"))
    return came, -sums.get("refunded", 0), -sums.get("deducted", 0)


def held(deposit: Deposit) -> int:
    """What is held of one deposit, in cents: the sum of its lines."""
    return _total(DepositLine.deposit_id == deposit.id)


def balance(tenancy: Tenancy, kind: str) -> int:
    """What is held of a tenant by kind, in cents: the sum of the lines."""
    return _total(DepositLine.tenancy_id == tenancy.id, DepositLine.kind == kind)


def balances(tenancy: Tenancy) -> dict[str, int]:
    """Kind -> cents held, for the kinds that ever had a line."""
    return _by_kind(DepositLine.tenancy_id == tenancy.id)


def balances_of_customer(customer: Customer) -> dict[str, int]:
    """The same over all units that a customer has or had."""
    theirs = select(Tenancy.id).where(Tenancy.customer_id == customer.id)
    return _by_kind(DepositLine.tenancy_id.in_(theirs))


def _total(*where: Any) -> int:
    query = select(func.coalesce(func.sum(DepositLine.amount_cents), 0)).where(*where)
    return int(db.session.scalar(query) or 0)


def _by_kind(where: Any) -> dict[str, int]:
    total = func.sum(DepositLine.amount_cents)
    query = select(DepositLine.kind, total).where(where).group_by(DepositLine.kind)
    return {kind: int(cents) for kind, cents in db.session.execute(query)}


def lines_of(deposit: Deposit) -> list[DepositLine]:
    """A deposit's lines, oldest first, as they are in the database."""
    query = select(DepositLine).where(DepositLine.deposit_id == deposit.id).order_by(DepositLine.id)
    return list(db.session.scalars(query))
