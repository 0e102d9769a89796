"""What arrears and violations say on paper: the notices to the tenant."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from app.arrears.models import Due, Violation
from app.customers import facts as customers
from app.customers.models import Customer, Tenancy
from app.estate import facts as estate
from app.kit.columns import today
from app.kit.session import db
from app.printing.subjects import Facts, primitive, read, subject

PARTS: dict[str, type] = {**estate.PARTS, "customer": Customer}
DAYS_TO_PAY = 7


@subject("due", Due, parts={**PARTS, "dues": Due}, passing=("pay_by", "day"))
def due_facts(due: Due) -> Facts:
    """A reminder names everything the tenant still owes, not the one due alone."""
    theirs = select(Due).where(Due.tenancy_id == due.tenancy_id, Due.state == "open").order_by(Due.due_on, Due.id)
    dues = list(db.session.scalars(theirs)) or [due]
    rows = [
        read(one, "number", "kind", "period", "amount_cents", "paid_cents", "left_cents", "due_on", "remark")
        | {"position": position}
        for position, one in enumerate(dues, 1)
    ]
    return {
        "dues": rows,
        "left_total": customers.total(row["left_cents"] for row in rows),
        "pay_by": primitive(max(today() + dt.timedelta(days=DAYS_TO_PAY), *(one.due_on for one in dues))),
        "day": primitive(today()),
        **_whose(due.tenancy),
        "due": read(due, "number"),
        "site": estate.site_facts(due.site),
        "unit": estate.unit_facts(due.unit),
    }


def _whose(tenancy: Tenancy | None) -> Facts:
    return {"customer": read(tenancy.customer if tenancy else None, "name")}


@subject("violation", Violation, parts=PARTS, passing=("day",))
def violation_facts(violation: Violation) -> Facts:
    columns = (
        "number", "what", "found_on", "found_by", "description", "demand", "rectify_by_on", "rectified_on",
        "deduction_cents", "fitout", "state",
    )  # fmt: skip
    return {
        "violation": read(violation, *columns),
        "day": primitive(today()),
        **_whose(violation.tenancy),
        "site": estate.site_facts(violation.site),
        "unit": estate.unit_facts(violation.unit),
    }
