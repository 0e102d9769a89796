"""What incidents say on paper: the register of the days asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Select, select

from app.estate.facts import site_facts
from app.estate.models import Site
from app.incidents.models import Incident
from app.printing.subjects import Facts, read, subject

COLUMNS = (
    "number", "kind", "found_on", "found_by", "accountable", "accountable_name", "what_happened", "penalty_cents",
    "decision", "decided_by", "remaker", "remake_due_on", "remade_on", "state", "outcome", "closed_on",
)  # fmt: skip


def among(first: dt.date, last: dt.date) -> Select[tuple[Incident]]:
    """The incidents found on these days."""
    return select(Incident).where(Incident.found_on >= first, Incident.found_on <= last).order_by(Incident.id)


@subject(
    "incident_register", Incident, parts={"incidents": Incident, "site": Site}, many=True, among=among, yearly=True
)
def register_facts(incidents: Sequence[Incident]) -> Facts:
    """The register: one line an incident, in the order they were found."""
    rows = [
        read(one, *COLUMNS)
        | {
            "position": position,
            "file": one.file.number if one.file else "",
            "who": _who(one),
        }
        for position, one in enumerate(sorted(incidents, key=lambda each: (each.found_on, each.id)), 1)
    ]
    days = sorted(row["found_on"] for row in rows)
    site = site_facts(incidents[0].site) if incidents else {"name": "", "manager_firm": ""}
    return {"incidents": rows, "first_day": days[0] if days else "", "last_day": days[-1] if days else "", "site": site}


def _who(one: Incident) -> str:
    """Who answers for it, with an account or without."""
    told = read(one, "accountable", "accountable_name")
    return str(told["accountable"] or told["accountable_name"])
