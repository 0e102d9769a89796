"""Occupancy and use of units (P10.09): what is let and what is vacant, by floor or by use, and the stacking plan."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, func, select

from app.customers.models import Customer, Tenancy
from app.estate.models import UNIT_USES, Building, Floor, Unit
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.session import db
from app.kit.shown import hundredths
from app.reporting.asked import Asked, Choice
from app.reporting.counting import list_url
from app.reporting.declaring import report
from app.reporting.tables import Bars, Head, Line, Picture, Plan, Series, Space, Table, Tile

BY = Choice("by", _l("Grouped by"), [("floor", _l("By floor")), ("use", _l("By use"))])
SOON = dt.timedelta(days=90)
LET = Tenancy.id.is_not(None)


@report(
    _l("Occupancy and use of units"),
    group="estate",
    permission="Unit",
    about=_l("What is let, what is vacant and what it is used for; the stacking plan of the building."),
    choices=[BY],
)
def occupancy(asked: Asked) -> Table:
    by_use = asked.chosen["by"] == "use"
    rows = _by_use(asked) if by_use else _by_floor(asked)
    lines = [Line([name, *_figures(counted)], url) for name, counted, url in rows]
    sums = [sum(counted[place] for _name, counted, _url in rows) for place in range(4)]
    heads = [
        Head(_l("Use") if by_use else _l("Floor")), Head(_l("Units"), "number"), Head(_l("Let"), "number"),
        Head(_l("Vacant"), "number"), Head(_l("Let (share)"), "percent"), Head(_l("Area (m²)"), "area"),
        Head(_l("Area let (m²)"), "area"), Head(_l("Area let (share)"), "percent"),
    ]  # fmt: skip
    return Table(
        heads,
        lines,
        [_l("Total"), *_figures(sums)],
        [*_plans(asked), *_bars(rows, by_use)],
        [
            Tile(_l("Units"), sums[0]), Tile(_l("Vacant"), sums[0] - sums[1], tone="warn" if sums[0] > sums[1] else ""),
            Tile(_l("Let (share)"), _share(sums[1], sums[0]), "percent"),
            Tile(_l("Area let (share)"), _share(sums[3], sums[2]), "percent"),
        ],
        [_l("Let is a unit with a tenant in occupation; units without an area count nothing towards areas.")],
    )  # fmt: skip


def _figures(counted: Sequence[int]) -> list[Any]:
    """Units, let, vacant, share, area, area let, share: from [units, let, area, area let]."""
    units, let, area, area_let = counted
    return [units, let, units - let, _share(let, units), area, area_let, _share(area_let, area)]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _counts() -> list[Any]:
    area = func.coalesce(func.sum(Unit.area_dm2), 0)
    return [func.count(Unit.id), func.count(Tenancy.id), area, func.coalesce(func.sum(Unit.area_dm2).filter(LET), 0)]


def _live() -> Any:
    return (Tenancy.unit_id == Unit.id) & (Tenancy.state == "live")


def _by_floor(asked: Asked) -> list[tuple[Any, list[int], str | None]]:
    query = (
        select(Floor.id, Floor.name, Building.name, *_counts())
        .join_from(Unit, Floor, Unit.floor_id == Floor.id)
        .join(Building, Floor.building_id == Building.id)
        .outerjoin(Tenancy, _live())
        .group_by(Floor.id, Floor.name, Floor.level, Building.id, Building.name)
        .order_by(Building.id, Floor.level.desc(), Floor.name)
    )
    rows = db.session.execute(asked.inside(query, Unit)).all()
    many = len({building for _id, _floor, building, *_counts in rows}) > 1
    return [
        (f"{building} {floor}" if many else floor, _whole(counted), list_url("FloorView.show", pk=key))
        for key, floor, building, *counted in rows
    ]


def _by_use(asked: Asked) -> list[tuple[Any, list[int], str | None]]:
    query = select(Unit.use, *_counts()).outerjoin(Tenancy, _live()).group_by(Unit.use)
    found = {use: _whole(counted) for use, *counted in db.session.execute(asked.inside(query, Unit))}
    return [(word, found[use], list_url("UnitView.list", use=use)) for use, word in UNIT_USES.items() if use in found]


def _whole(counted: Sequence[Any]) -> list[int]:
    return [int(value) for value in counted]


def _bars(rows: Sequence[tuple[Any, list[int], str | None]], by_use: bool) -> list[Picture]:
    if not by_use:
        return []
    names = [name for name, _counted, _url in rows]
    let = Series(_l("Let"), [counted[3] for _name, counted, _url in rows])
    vacant = Series(_l("Vacant"), [counted[2] - counted[3] for _name, counted, _url in rows])
    return [Bars(_l("Area by use (m²)"), names, [let, vacant], "area", stacked=True, lying=True)]


def _plans(asked: Asked) -> Iterator[Picture]:
    """One plan a building: floors from the top, units by number, vacant ones hollow."""
    buildings: dict[str, dict[str, list[Space]]] = defaultdict(lambda: defaultdict(list))
    uses = set()
    for row in _units(asked):
        uses.add(row.use)
        buildings[row.building][row.floor].append(_space(row))
    legend = {use: word for use, word in UNIT_USES.items() if use in uses} | {"vacant": _l("Vacant")}
    for name, floors in buildings.items():
        title = _l("Stacking plan") if len(buildings) == 1 else _l("Stacking plan: %(building)s", building=name)
        yield Plan(title, list(floors.items()), legend, _l("Lease ends within 90 days or has ended"))


def _units(asked: Asked) -> Sequence[Row[Any]]:
    query = (
        select(
            Unit.number, Unit.area_dm2, Unit.use, Floor.name.label("floor"), Building.name.label("building"),
            Tenancy.ends_on, Customer.name.label("customer"),
        )
        .join_from(Unit, Floor, Unit.floor_id == Floor.id)
        .join(Building, Floor.building_id == Building.id)
        .outerjoin(Tenancy, _live())
        .outerjoin(Customer, Customer.id == Tenancy.customer_id)
        .order_by(Building.id, Floor.level.desc(), Floor.name, Unit.number)
    )  # fmt: skip
    return db.session.execute(asked.inside(query, Unit)).all()


def _space(row: Any) -> Space:
    is_let = row.customer is not None
    area = hundredths(row.area_dm2) if row.area_dm2 else "—"
    hint = f"{row.number} · {row.customer if is_let else _l('Vacant')} · {UNIT_USES[row.use]} · {area} m²"
    ends_soon = is_let and row.ends_on is not None and row.ends_on <= today() + SOON
    return Space(row.number, row.area_dm2 or 5_000, row.use if is_let else "vacant", ends_soon, hint)
