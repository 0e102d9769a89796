"""What a fit-out says on paper: application, permit, acceptance."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.arrears.models import Violation
from app.customers.models import Customer
from app.deposits.models import Deposit
from app.estate import facts as estate
from app.fitout.models import Fitout, FitoutInspection, FitoutWorker
from app.kit.session import db
from app.printing.subjects import Facts, read, read_all, subject

COLUMNS = (
    "number", "firm", "head", "head_phone", "licence_number", "starts_on", "ends_on", "extended_to_on", "until_on",
    "scope", "work_hours", "deposit_cents", "state", "applied_on", "applied_by", "reviewed_by", "reviewed_at", "review",
    "permit_number", "permitted_on", "permitted_by", "accepted_on", "accepted_by", "acceptance",
)  # fmt: skip
PARTS: dict[str, type] = {
    **estate.PARTS, "customer": Customer, "workers": FitoutWorker, "inspections": FitoutInspection,
    "violations": Violation, "deposits": Deposit,
}  # fmt: skip
ALWAYS, PERMITTED, FINISHED = "fitout_application", "fitout_permit", "fitout_acceptance"
WITHOUT_PERMIT = {"applied", "reviewed", "refused", "cancelled"}
BEFORE_ACCEPTANCE = WITHOUT_PERMIT | {"permitted", "working"}


def _fits(fitout: Fitout, form: str) -> bool:
    """No permit before it is given, no acceptance before the works are done."""
    if form == PERMITTED:
        return fitout.state not in WITHOUT_PERMIT
    return form != FINISHED or fitout.state not in BEFORE_ACCEPTANCE


@subject("fitout", Fitout, parts=PARTS, fits=_fits)
def fitout_facts(fitout: Fitout) -> Facts:
    return {
        "fitout": read(fitout, *COLUMNS),
        "customer": read(fitout.tenancy.customer if fitout.tenancy else None, "name"),
        "unit": estate.unit_facts(fitout.unit),
        "site": estate.site_facts(fitout.site),
        "workers": [_worker(worker) for worker in fitout.workers],
        "inspections": read_all(fitout.inspections, "inspected_on", "finding", "is_ok", "inspector"),
        "violations": read_all(_violations(fitout), "number", "what", "found_on", "state", "deduction_cents"),
        "deposits": read_all(fitout.deposits, "payable_cents", "state"),
    }


def _worker(worker: FitoutWorker) -> Facts:
    return read(worker, "pass_number", "name", "trade", "valid_until_on", "returned_on")


def _violations(fitout: Fitout) -> Any:
    return db.session.scalars(select(Violation).where(Violation.fitout_id == fitout.id).order_by(Violation.id))
