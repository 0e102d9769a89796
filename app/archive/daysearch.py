"""How the search box finds the day's records: by number, and as each room says by unit or name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.estate.models import Unit
from app.kit.session import db
from app.search.declared import By, Entry, Searched


def day_records(
    kind: str,
    label: Any,
    model: Any,
    *,
    weight: int = 5,
    by_unit: bool = True,
    named: str = "",
    numbers: Sequence[str] = ("number",),
    badges: Mapping[str, Any] | None = None,
) -> Searched:
    """One kind of `DayRecord` as the box finds it; what is over ranks lower.

    `named` is the column whose words are its name beside the number; `badges` are the states that are said.
    """
    columns = ["id", "site_id", "number", "state", *numbers, *([named] if named else [])]

    def entries(keys: Sequence[int]) -> list[Entry]:
        query = select(*(getattr(model, name) for name in dict.fromkeys(columns)), Unit.number.label("unit"))
        rows = db.session.execute(query.outerjoin(Unit, model.unit_id == Unit.id).where(model.id.in_(keys)))
        return [entry(dict(row)) for row in rows.mappings()]

    def entry(row: Mapping[str, Any]) -> Entry:
        unit, name = row["unit"], row[named] if named else ""
        return Entry(
            row["id"],
            row["site_id"],
            row["number"],
            " · ".join(part for part in (unit, name) if part),
            names=[name] if name else [],
            numbers=[row[each] for each in numbers if row[each]],
            also_units=[unit] if unit and by_unit else [],
            is_live=row["state"] not in model.OVER,
            badge=row["state"] if row["state"] in (badges or {}) else "",
        )

    of_unit = By(Unit, where=model.unit_id, gives=model.id, only=("number",))
    return Searched(
        kind=kind,
        label=label,
        model=model,
        permission=model.__name__,
        view=f"{model.__name__}View.show",
        entries=entries,
        touched_by=[By(model, only=(*columns[1:], "unit_id")), of_unit],
        weight=weight,
        badges=badges or {},
        is_numbered=True,
    )
