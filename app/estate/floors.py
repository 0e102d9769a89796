"""The floor on which something happened: what reports of upper rooms count by."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func

from app.estate.models import Floor, Unit
from app.kit.labels import _l

FLOOR = func.coalesce(Floor.name, "")
LEVEL = func.coalesce(func.max(Floor.level), -1000)  # common parts last


def on_floors(query: Any, unit_id: Any) -> Any:
    """`query` with the floor of each row's unit, if it has one; group by FLOOR, order by LEVEL, top floor first."""
    return query.outerjoin(Unit, Unit.id == unit_id).outerjoin(Floor, Floor.id == Unit.floor_id)


def floor_name(name: Any) -> Any:
    """What a row without a unit is called."""
    return name or _l("Common parts")
