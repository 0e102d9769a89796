"""Repairs in the search box, by their number."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.estate.models import Unit
from app.kit.labels import _l
from app.kit.session import db
from app.repairs.models import Repair, RepairKind
from app.search.declared import By, Entry, Searched


def repairs(keys: Sequence[int]) -> list[Entry]:
    """The number finds a repair; its unit and kind tell which it is. What was said in it is never searched."""
    query = (
        select(Repair.id, Repair.site_id, Repair.number, Repair.state, RepairKind.name, Unit.number)
        .join(RepairKind, Repair.kind_id == RepairKind.id)
        .outerjoin(Unit, Repair.unit_id == Unit.id)
        .where(Repair.id.in_(keys))
    )
    return [_entry(*row) for row in db.session.execute(query)]


def _entry(pk: int, site_id: int, number: str, state: str, kind: str, unit: str | None) -> Entry:
    return Entry(
        pk,
        site_id,
        number,
        " · ".join(part for part in (unit, kind) if part),
        numbers=[number],
        also_units=[unit] if unit else [],
        also=[kind],
        is_live=state not in Repair.OVER,
        badge=state if state in Repair.OVER else "",
    )


SEARCHED = [
    Searched(
        kind="repair",
        label=_l("Repair"),
        model=Repair,
        permission="Repair",
        view="RepairView.show",
        entries=repairs,
        weight=15,
        is_numbered=True,
        badges={"closed": _l("Closed"), "dropped": _l("Closed undone")},
        touched_by=[
            By(Repair, only=("number", "state", "site_id", "unit_id", "kind_id")),
            By(Unit, where=Repair.unit_id, gives=Repair.id, only=("number",)),
            By(RepairKind, where=Repair.kind_id, gives=Repair.id, only=("name",)),
        ],
    )
]
