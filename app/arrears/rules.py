"""Dues and violations: raised, paid, waived; found, put right, closed (P7.02)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from app.archive.dayrecords import file_record, number_it, settle_place
from app.arrears.ledger import title_of
from app.arrears.models import VIOLATION_KINDS, Due, DuePayment, Violation
from app.customers.models import Tenancy
from app.customers.rules import live_tenancy
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.kit.shown import hundredths
from app.printing.subjects import in_all_languages
from app.security import audit

DUE_SERIES, VIOLATION_SERIES = "QF", "WG"
DAYS_TO_PAY = 10
LONGEST_TITLE = 60


# --- dues ---


def raise_due(due: Due, *, by: Any = None) -> Due:
    """A new due of a tenant."""
    with db.session.no_autoflush:
        settle_place(due)
        _check_due(due)
        due.state = "open"
    number_it(due, DUE_SERIES)
    db.session.add(due)
    db.session.flush()
    return due


def amend_due(due: Due, *, by: Any = None) -> None:
    """What is owed never changes: a wrong due is waived, and another one raised."""
    if due.state in Due.OVER:
        raise RuleError(_l("What is over no longer changes."))


def charge(
    tenancy: Tenancy,
    kind: str,
    cents: int,
    *,
    by: Any = None,
    due_on: dt.date | None = None,
    period: str = "",
    remark: str = "",
    repair_id: int | None = None,
) -> Due:
    """What a room above charges a tenant, e.g. the materials of a repair, in cents."""
    pay_by = due_on or today() + dt.timedelta(days=DAYS_TO_PAY)
    due = Due(
        tenancy=tenancy, kind=kind, amount_cents=cents, due_on=pay_by, period=period, remark=remark, repair_id=repair_id
    )
    raised = raise_due(due, by=by)
    audit.write("charge", raised, {"number": raised.number, "kind": kind}, by=by)
    return raised


def _check_due(due: Due) -> None:
    if due.tenancy is None:
        raise RuleError(_l("Nobody is in this unit: there is nobody to pay."), field="unit")
    if (due.amount_cents or 0) <= 0:
        raise RuleError(_l("A due is more than nothing."), field="amount_cents")
    due.due_on = due.due_on or today() + dt.timedelta(days=DAYS_TO_PAY)


def known(draft: Any) -> dict[str, Any]:
    """Tenant and site follow from the unit."""
    unit = getattr(draft, "unit", None)
    tenancy = live_tenancy(unit) if unit is not None else None
    told = {"tenancy": tenancy, "site": unit.site if unit is not None else None}
    return {name: value for name, value in told.items() if value is not None}


def _not_raised_by(due: Due, user: Any) -> None:
    if user is not None and due.created_by_id == user.id:
        raise RuleError(_l("Nobody waives a due that they raised."))


def waive(due: Due, *, by: Any = None, reason: str = "") -> None:
    """The rest is not asked for any more, for a reason that is kept."""
    if not reason.strip():
        raise RuleError(_l("Say why."), field="reason")
    due.reason = reason.strip()
    file_record(due, "violation", title_of(due), by=by)


# --- violations ---


def find_violation(violation: Violation, *, by: Any = None) -> Violation:
    """A violation somebody found."""
    with db.session.no_autoflush:
        _place_violation(violation)
        violation.state = "found"
        violation.found_by = violation.found_by or (str(by) if by is not None else "")
    number_it(violation, VIOLATION_SERIES)
    db.session.add(violation)
    db.session.flush()
    return violation


def amend_violation(violation: Violation, *, by: Any = None) -> None:
    """Until it is closed what was written down may be put right."""
    if violation.state in Violation.OVER:
        raise RuleError(_l("What is over no longer changes."))
    with db.session.no_autoflush:
        _place_violation(violation)


def _place_violation(violation: Violation) -> None:
    if violation.fitout is not None and violation.unit is None:
        violation.unit, violation.tenancy = violation.fitout.unit, violation.fitout.tenancy
    settle_place(violation)
    if violation.tenancy is None:
        raise RuleError(_l("Nobody is in this unit: there is nobody to answer for it."), field="unit")
    if violation.fitout is not None and violation.fitout.unit_id != violation.unit_id:
        raise RuleError(_l("This fit-out is in another unit."), field="fitout")
    if not (violation.description or "").strip():
        raise RuleError(_l("Say what was found."), field="description")
    violation.found_on = violation.found_on or today()
    if violation.found_on > today():
        raise RuleError(_l("Nothing is found before its day."), field="found_on")
    if violation.rectify_by_on and violation.rectify_by_on < violation.found_on:
        raise RuleError(_l("It cannot be put right before it was found."), field="rectify_by_on")


def notify(violation: Violation, *, by: Any = None, demand: str = "", rectify_by_on: dt.date | None = None) -> None:
    """The tenant is told what is demanded, and by when."""
    violation.demand = demand.strip() or violation.demand
    violation.rectify_by_on = rectify_by_on or violation.rectify_by_on
    if not violation.demand:
        raise RuleError(_l("Say what is demanded."), field="demand")
    if violation.rectify_by_on is None or violation.rectify_by_on < violation.found_on:
        raise RuleError(_l("Say by when it has to be put right."), field="rectify_by_on")


def rectify(violation: Violation, *, by: Any = None, rectified_on: dt.date | None = None) -> None:
    """Somebody went there and saw that it is put right."""
    day = rectified_on or today()
    if not violation.found_on <= day <= today():
        raise RuleError(_l("It was put right between the day it was found and today."), field="rectified_on")
    violation.rectified_on = day


def close_violation(violation: Violation, *, by: Any = None, deduction_cents: int | None = None) -> None:
    """A deduction leaves the fit-out's deposit at its settlement; without a fit-out it becomes a due."""
    if (deduction_cents or 0) < 0:
        raise RuleError(_l("A deduction is not less than nothing."), field="deduction_cents")
    violation.deduction_cents = deduction_cents if deduction_cents is not None else violation.deduction_cents
    if violation.deduction_cents and violation.fitout_id is None:
        assert violation.tenancy is not None
        charge(violation.tenancy, "penalty", violation.deduction_cents, by=by, period=violation.number)
    _file(violation, by)


def withdraw(violation: Violation, *, by: Any = None, reason: str = "") -> None:
    """It was none, for a reason that is kept."""
    if not reason.strip():
        raise RuleError(_l("Say why."), field="reason")
    violation.reason = reason.strip()
    _file(violation, by)


def _file(violation: Violation, by: Any) -> None:
    title = f"违规 · {in_all_languages(VIOLATION_KINDS[violation.what])['zh_Hans']}"[:LONGEST_TITLE]
    file_record(violation, "violation", title, on=violation.found_on, by=by)


# --- what others ask ---


def owed(tenancy: Tenancy) -> int:
    """What the tenant still owes in all, in cents: the open dues less their payments."""
    mine = (Due.tenancy_id == tenancy.id, Due.state == "open")
    dues = select(func.coalesce(func.sum(Due.amount_cents), 0)).where(*mine)
    paid = select(func.coalesce(func.sum(DuePayment.amount_cents), 0)).join(Due, DuePayment.due_id == Due.id)
    return int(db.session.scalar(dues) or 0) - int(db.session.scalar(paid.where(*mine)) or 0)


def in_the_way(tenancy: Tenancy) -> Iterable[Any]:
    """Arrears with their amount, and violations that are not closed (P10.06)."""
    if cents := owed(tenancy):
        yield _l("arrears of %(amount)s yuan", amount=hundredths(cents))
    mine = (Violation.tenancy_id == tenancy.id, Violation.state.not_in(Violation.OVER))
    if count := db.session.scalar(select(func.count(Violation.id)).where(*mine)):
        yield _l("violations not closed: %(count)s", count=count)


_WHY = (("reason", _l("Reason")),)
DUE_MOVES = [
    Move("waive", {"open"}, "waived", "Due:waive", _l("Waive"), waive, asks=_WHY, guard=_not_raised_by, style="danger")
]
MOVES = [
    Move(
        "notify", {"found"}, "notified", "Violation:notify", _l("Tenant is told"), notify,
        asks=(("demand?", _l("What is demanded")), ("rectify_by_on?", _l("To be put right by"))), style="primary",
    ),
    Move(
        "rectify", {"notified"}, "rectified", "Violation:rectify", _l("Put right"), rectify,
        asks=(("rectified_on?", _l("Put right on")),), style="primary",
    ),
    Move(
        "close", {"rectified"}, "closed", "Violation:close", _l("Close"), close_violation,
        asks=(("deduction_cents?", _l("Deduction (yuan)")),), style="primary",
    ),
    Move(
        "withdraw", {"found", "notified"}, "withdrawn", "Violation:withdraw", _l("Withdraw"), withdraw,
        asks=_WHY, style="danger",
    ),
]  # fmt: skip
