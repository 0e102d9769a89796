"""Complaints in the search box, by their number; who complained and what of stays out of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.complaints.models import Complaint
from app.estate.models import Unit
from app.kit.labels import _l
from app.kit.session import db
from app.search.declared import By, Entry, Searched


def complaints(keys: Sequence[int]) -> list[Entry]:
    """By number and unit. What is closed ranks lower."""
    query = (
        select(Complaint.id, Complaint.site_id, Complaint.number, Complaint.state, Unit.number)
        .join(Unit, Complaint.unit_id == Unit.id, isouter=True)
        .where(Complaint.id.in_(keys))
    )
    return [
        Entry(
            pk, site_id, number, unit or "", numbers=[number], also_units=[unit] if unit else [],
            is_live=state != "closed", badge="closed" if state == "closed" else "",
        )
        for pk, site_id, number, state, unit in db.session.execute(query)
    ]  # fmt: skip


SEARCHED = [
    Searched(
        kind="complaint",
        label=_l("Complaint"),
        model=Complaint,
        permission="Complaint",
        view="ComplaintView.show",
        entries=complaints,
        weight=10,
        badges={"closed": _l("Case closed")},
        is_numbered=True,
        touched_by=[
            By(Complaint, only=("number", "state", "unit_id", "site_id")),
            By(Unit, where=Complaint.unit_id, gives=Complaint.id, only=("number",)),
        ],
    )
]
