"""Units in the search box: by number, in whatever style it is typed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.estate.models import Building, Floor, Site, Unit
from app.kit.labels import _l
from app.kit.session import db
from app.search.declared import By, Entry, Searched


def units(keys: Sequence[int]) -> list[Entry]:
    """Building and site help to tell two units of one number apart."""
    query = (
        select(Unit.id, Unit.site_id, Unit.number, Floor.name, Building.name, Site.name)
        .join(Floor, Unit.floor_id == Floor.id)
        .join(Building, Unit.building_id == Building.id)
        .join(Site, Unit.site_id == Site.id)
        .where(Unit.id.in_(keys))
    )
    return [
        Entry(pk, site_id, number, f"{site} · {building} · {floor}", units=[number], also=[building])
        for pk, site_id, number, floor, building, site in db.session.execute(query)
    ]


SEARCHED = [
    Searched(
        kind="unit",
        label=_l("Unit"),
        model=Unit,
        permission="Unit",
        view="UnitView.show",
        entries=units,
        weight=40,
        is_numbered=True,
        touched_by=[
            By(Unit, only=("number", "site_id", "building_id", "floor_id")),
            By(Floor, where=Unit.floor_id, gives=Unit.id, only=("name",)),
            By(Building, where=Unit.building_id, gives=Unit.id, only=("name",)),
            By(Site, where=Unit.site_id, gives=Unit.id, only=("name",)),
        ],
    )
]
