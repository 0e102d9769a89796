"""Visits in the search box, by their number; what the tenant said stays out of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.estate.models import Unit
from app.kit.labels import _l
from app.kit.session import db
from app.search.declared import By, Entry, Searched
from app.visits.models import Visit


def visits(keys: Sequence[int]) -> list[Entry]:
    """By number: a unit's visits stand on its file's page, and each new tenant has one. What is over ranks lower."""
    query = (
        select(Visit.id, Visit.site_id, Visit.number, Visit.state, Unit.number)
        .join(Unit, Visit.unit_id == Unit.id, isouter=True)
        .where(Visit.id.in_(keys))
    )
    return [
        Entry(
            pk, site_id, number, unit or "", numbers=[number],
            is_live=state not in Visit.OVER, badge="done" if state == "done" else "",
        )
        for pk, site_id, number, state, unit in db.session.execute(query)
    ]  # fmt: skip


SEARCHED = [
    Searched(
        kind="visit",
        label=_l("Visit"),
        model=Visit,
        permission="Visit",
        view="VisitView.show",
        entries=visits,
        weight=5,
        badges={"done": _l("Visited")},
        is_numbered=True,
        touched_by=[
            By(Visit, only=("number", "state", "unit_id", "site_id")),
            By(Unit, where=Visit.unit_id, gives=Visit.id, only=("number",)),
        ],
    )
]
