"""What visits say on paper: one visit, the opinions of many, and a complaint's return visit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.customers.models import Customer
from app.estate import facts as estate
from app.kit.session import db
from app.printing.subjects import Facts, adds, read, subject
from app.security import gate
from app.visits.models import RESULTS, Visit, VisitPlan

COLUMNS = (
    "number", "kind", "plan", "complaint", "repair", "due_on", "planned_at", "visitor", "way", "person_seen", "phone",
    "visited_at", "result", "opinion", "follow_up", "client_signature", "signed_on_paper", "state",
)  # fmt: skip
PARTS: dict[str, type] = {**estate.PARTS, "visit": Visit, "customer": Customer}
SUMMARY: dict[str, type] = {**PARTS, "visits": Visit, "plan": VisitPlan}


@subject("visit", Visit, parts=PARTS)
def visit_facts(visit: Visit) -> Facts:
    tenancy = visit.tenancy
    return {
        "visit": read(visit, *COLUMNS),
        "unit": estate.unit_facts(visit.unit),
        "site": estate.site_facts(visit.site),
        "customer": read(tenancy.customer if tenancy else None, "name"),
    }


@subject("visit_month", Visit, parts=SUMMARY, many=True)
def month_facts(visits: Sequence[Visit]) -> Facts:
    """The opinions of a month's visits."""
    told = summary(visits)
    days = sorted(row["day"] for row in told["visits"])
    about = {"name": "", "from_on": days[0] if days else "", "until_on": days[-1] if days else ""}
    return told | {"plan": about, "site": estate.site_facts(visits[0].site)}


@subject("visit_plan", VisitPlan, parts=SUMMARY)
def plan_facts(plan: VisitPlan) -> Facts:
    """The opinions of a round of visits."""
    theirs = select(Visit).where(Visit.plan_id == plan.id).order_by(Visit.id)
    visits = list(db.session.scalars(theirs))
    about = read(plan, "name", "kind", "from_on", "until_on", "floors")
    return summary(visits) | {"plan": about, "site": estate.site_facts(plan.site)}


def summary(visits: Sequence[Visit]) -> Facts:
    """How many there are, how many of each result, and what each tenant said."""
    gate.foresee(visits)
    rows = [_row(visit) for visit in visits if visit.state == "done"]
    counts = {result: sum(row["result"] == result for row in rows) for result in RESULTS}
    said = [row | {"position": position} for position, row in enumerate(rows, 1)]
    return {"visits": said, "asked": len(visits), "visited": len(rows), "counts": counts}


def _row(visit: Visit) -> Facts:
    row = read(visit, "number", "unit", "kind", "visitor", "visited_at", "result", "opinion", "follow_up")
    tenancy = visit.tenancy
    return row | {"customer": tenancy.customer.name if tenancy else "", "day": str(row["visited_at"])[:10]}


@adds("complaint", parts={"visit": Visit})
def return_visit_facts(complaint: Any) -> Facts:
    """The newest visit that was made because of a complaint."""
    made = select(Visit).where(Visit.complaint_id == complaint.id, Visit.state == "done").order_by(Visit.id.desc())
    visit = db.session.scalar(made.limit(1))
    return {"visit": read(visit, "number", "visitor", "person_seen", "way", "visited_at", "result", "opinion")}
