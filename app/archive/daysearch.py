"""How the search box finds the day's records: by number, and as each room says by unit or name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.estate.models import Unit
from app.kit.session import db
from app.search.declared import By, Entry, Searched


@dataclass(frozen=True)
class _Finding:
    """What of a record the box reads, and how it becomes a hit."""

    model: Any
    by_unit: bool
    named: str
    numbers: Sequence[str]
    badges: Mapping[str, Any]

    @property
    def columns(self) -> list[str]:
        names = ["site_id", "number", "state", *self.numbers, *([self.named] if self.named else [])]
        return list(dict.fromkeys(names))

    def entries(self, keys: Sequence[int]) -> list[Entry]:
        model = self.model
        query = select(model.id, *(getattr(model, name) for name in self.columns), Unit.number.label("unit"))
        rows = db.session.execute(query.outerjoin(Unit, model.unit_id == Unit.id).where(model.id.in_(keys)))
        return [self.entry(row) for row in rows.mappings()]

    def entry(self, row: Mapping[str, Any]) -> Entry:
        unit, name = row["unit"], row[self.named] if self.named else ""
        return Entry(
            row["id"],
            row["site_id"],
            row["number"],
            " · ".join(part for part in (unit, name) if part),
            names=[name] if name else [],
            numbers=[row[each] for each in self.numbers if row[each]],
            also_units=[unit] if unit and self.by_unit else [],
            is_live=row["state"] not in self.model.OVER,
            badge=row["state"] if row["state"] in self.badges else "",
        )


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
    finding = _Finding(model, by_unit, named, numbers, badges or {})
    of_unit = By(Unit, where=model.unit_id, gives=model.id, only=("number",))
    return Searched(
        kind=kind,
        label=label,
        model=model,
        permission=model.__name__,
        view=f"{model.__name__}View.show",
        entries=finding.entries,
        touched_by=[By(model, only=(*finding.columns, "unit_id")), of_unit],
        weight=weight,
        badges=finding.badges,
        is_numbered=True,
    )
