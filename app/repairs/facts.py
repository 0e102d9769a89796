"""What a repair says on paper."""

from __future__ import annotations

from app.customers import facts as customers
from app.customers.models import Customer
from app.estate import facts as estate
from app.printing.subjects import Facts, read, subject
from app.repairs.models import Repair, RepairCost, RepairStep

COLUMNS = (
    "number", "kind", "place", "reporter", "phone", "fault", "channel", "charge", "reported_at", "due_at",
    "appointment_at", "assignee", "accepted_at", "done_at", "outcome", "overall", "speed", "service", "remark",
    "state", "reminders",
)  # fmt: skip
PARTS: dict[str, type] = {**estate.PARTS, "customer": Customer, "steps": RepairStep, "costs": RepairCost}


@subject("repair", Repair, parts=PARTS)
def repair_facts(repair: Repair) -> Facts:
    """The order, the way it took, and what it cost; the tenant's share of it summed apart."""
    costs = [_cost(line) for line in repair.costs]
    return {
        "repair": read(repair, *COLUMNS),
        "site": estate.site_facts(repair.site),
        "unit": estate.unit_facts(repair.unit),
        "customer": read(repair.tenancy.customer if repair.tenancy else None, "name"),
        "steps": [read(step, "at", "user", "act", "state", "took_minutes", "opinion") for step in repair.steps],
        "costs": costs,
        "cost_total": customers.total(cost["amount_cents"] for cost in costs),
        "charged_total": customers.total(cost["amount_cents"] for cost in costs if cost["is_chargeable"]),
    }


def _cost(line: RepairCost) -> Facts:
    names = ("what", "quantity", "price_cents", "amount_cents", "is_material", "is_chargeable")
    return read(line, *names) | {"mark": "✓" if line.is_chargeable else ""}
