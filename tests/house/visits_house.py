"""The full house's complaints and visits: over, so that what was said in them is kept back."""

from __future__ import annotations

from typing import Any

from app.complaints import promises
from app.complaints.models import Complaint
from app.customers.models import Tenancy
from app.estate.models import Site
from app.kit.columns import now, today
from app.visits.models import Visit, VisitPlan


def furnish(site: Site, tenancy: Tenancy, mark: str, number: int) -> list[Any]:
    """One of each, not yet stored."""
    common: dict[str, Any] = {"site_id": site.id, "unit": tenancy.unit, "tenancy": tenancy}
    complaint = Complaint(
        **common, number=f"{mark}诉{number}", complainant=f"{mark}怨{number}", phone=f"19900{number:05d}7",
        content=f"{mark}吵{number}", answer=f"{mark}答{number}", solution=f"{mark}解{number}", received_at=now(),
        answer_due_at=now(), solve_due_at=now(), state="closed", closed_at=now(),
    )  # fmt: skip
    plan = VisitPlan(site_id=site.id, name=f"{mark}访{number}", from_on=today(), until_on=today())
    visit = Visit(
        **common, number=f"{mark}拜{number}", plan=plan, complaint=complaint, kind="return", due_on=today(),
        person_seen=f"{mark}见谁{number}", phone=f"19900{number:05d}8", visited_at=now(), result="satisfied",
        opinion=f"{mark}意{number}", follow_up=f"{mark}跟{number}", client_signature=f"M1 1L{number % 300} 99.9",
        state="done",
    )  # fmt: skip
    return [complaint, promises.promise("urgent"), plan, visit]
