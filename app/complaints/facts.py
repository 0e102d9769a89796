"""What a complaint says on paper."""

from __future__ import annotations

from app.complaints.models import Complaint
from app.customers.models import Customer
from app.estate import facts as estate
from app.printing.subjects import Facts, read, subject

COLUMNS = (
    "number", "kind", "about", "urgency", "channel", "complainant", "phone", "content", "received_at", "assignee",
    "answer_due_at", "answered_at", "answer", "solve_due_at", "solved_at", "solution", "verdict", "visited_at",
    "closed_at", "reopened", "state",
)  # fmt: skip
PARTS: dict[str, type] = {**estate.PARTS, "complaint": Complaint, "customer": Customer}
VISIT = ("number", "visitor", "person_seen", "way", "visited_at", "result", "opinion")


@subject("complaint", Complaint, parts=PARTS)
def complaint_facts(complaint: Complaint) -> Facts:
    """The complaint with its unit and tenant, and what was promised and kept; the visits room adds the return visit."""
    tenancy = complaint.tenancy
    return {
        "complaint": read(complaint, *COLUMNS),
        "unit": estate.unit_facts(complaint.unit),
        "site": estate.site_facts(complaint.site),
        "customer": read(tenancy.customer if tenancy else None, "name"),
        "visit": dict.fromkeys(VISIT, ""),
    }
