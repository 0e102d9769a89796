"""The ledger is only added to; a balance is always the sum of its lines."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select

from app.customers.models import Tenancy
from app.deposits.models import DepositLine
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit


def book(
    tenancy: Tenancy,
    kind: str,
    amount_cents: int,
    reason: str,
    *,
    by: Any = None,
    on: dt.date | None = None,
    corrects: DepositLine | None = None,
    remark: str = "",
) -> DepositLine:
    """Add one signed line in cents. Nothing may be taken out that is not there."""
    if amount_cents == 0:
        raise RuleError(_l("An amount of nothing is no line."), field="amount_cents")
    if balance(tenancy, kind) + amount_cents < 0:
        raise RuleError(_l("More than is held cannot be paid out."), field="amount_cents")
    line = DepositLine(
        site_id=tenancy.site_id,
        tenancy_id=tenancy.id,
        tenancy=tenancy,
        kind=kind,
        reason=reason,
        amount_cents=amount_cents,
        booked_on=on or today(),
        corrects=corrects,
        remark=remark,
    )
    db.session.add(line)
    db.session.flush()
    audit.write("book", line, {"kind": kind, "reason": reason}, by=by)
    return line


def balance(tenancy: Tenancy, kind: str) -> int:
    """What is held, in cents: the sum of the lines."""
    total = select(func.coalesce(func.sum(DepositLine.amount_cents), 0)).where(
        DepositLine.tenancy_id == tenancy.id, DepositLine.kind == kind
    )
    return int(db.session.scalar(total) or 0)


def balances(tenancy: Tenancy) -> dict[str, int]:
    """Kind -> cents held, for the kinds that ever had a line."""
    rows = db.session.execute(
        select(DepositLine.kind, func.sum(DepositLine.amount_cents))
        .where(DepositLine.tenancy_id == tenancy.id)
        .group_by(DepositLine.kind)
    )
    return {kind: int(cents) for kind, cents in rows}


def lines_of(tenancy: Tenancy) -> list[DepositLine]:
    """A tenancy's lines, oldest first."""
    query = select(DepositLine).where(DepositLine.tenancy_id == tenancy.id).order_by(DepositLine.id)
    return list(db.session.scalars(query))


def state_of_roster(tenancy: Tenancy, kind: str, cents: int, *, by: Any = None) -> DepositLine | None:
    """Make the held sum what the roster says: an opening line first, then corrections that name the line before.

    Returns the new line, or None when the roster agrees with the ledger.
    """
    lines = [line for line in lines_of(tenancy) if line.kind == kind]
    difference = cents - sum(line.amount_cents for line in lines)
    if difference == 0:
        return None
    if not lines:
        return book(tenancy, kind, difference, "opening", by=by)
    return book(tenancy, kind, difference, "correction", by=by, corrects=lines[-1])
