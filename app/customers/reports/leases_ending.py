"""Leases that end, month by month: how many, how much area, on which floors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.customers.models import Tenancy
from app.estate.floors import FLOOR, LEVEL, on_floors
from app.estate.models import Unit
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.session import db
from app.reporting.asked import Asked
from app.reporting.counting import Counts, cross, days_of, grid, list_url, tally
from app.reporting.declaring import report
from app.reporting.months import month_of
from app.reporting.tables import Bars, Grid, Head, Line, Series, Table, Tile

LIVE = Tenancy.state == "live"


@report(
    _l("Leases ending by month"),
    group="estate",
    permission="Tenancy",
    about=_l("Which leases end in the months ahead, with their area and floors."),
    period="ahead",
)
def leases_ending(asked: Asked) -> Table:
    found = _by_month(asked)
    months = asked.months
    lines = [Line([month, *found.get(month, (0, 0))], _list(asked, month)) for month in months]
    counts = [found.get(month, (0, 0))[0] for month in months]
    areas = [found.get(month, (0, 0))[1] for month in months]
    return Table(
        [Head(_l("Month")), Head(_l("Leases"), "number"), Head(_l("Area (m²)"), "area")],
        lines,
        [_l("Total"), sum(counts), sum(areas)],
        [
            Bars(_l("Area of leases ending (m²)"), months, [Series(_l("Area (m²)"), areas)], "area"),
            _grid(asked, months),
        ],
        [
            Tile(_l("Leases ending"), sum(counts)),
            Tile(_l("Ended and still in occupation"), over := _overdue(asked), tone="bad" if over else ""),
            Tile(_l("In occupation without a date of end"), _endless(asked)),
        ],
        [_l("Counted are tenants in occupation, by the date their lease ends.")],
    )


def _list(asked: Asked, month: str) -> str | None:
    return list_url("TenancyView.list", state="live", **days_of(asked, month, "ends_on"))


def _by_month(asked: Asked) -> Counts:
    """Month -> leases, their area."""
    month = month_of(Tenancy.ends_on)
    query = select(month, func.count(Tenancy.id), func.sum(Unit.area_dm2))
    query = query.join_from(Tenancy, Unit, Tenancy.unit_id == Unit.id).where(LIVE, asked.during(Tenancy.ends_on))
    return tally(asked.inside(query.group_by(month), Tenancy))


def _grid(asked: Asked, months: Sequence[str]) -> Grid:
    """Floors that have leases ending, from the top."""
    month = month_of(Tenancy.ends_on)
    query = on_floors(select(FLOOR, month, func.count(Tenancy.id)).select_from(Tenancy), Tenancy.unit_id)
    query = query.where(LIVE, asked.during(Tenancy.ends_on)).group_by(FLOOR, month).order_by(LEVEL.desc(), FLOOR)
    return grid(_l("Leases ending by floor and month"), cross(asked.inside(query, Tenancy)), months)


def _overdue(asked: Asked) -> int:
    return _count(asked, Tenancy.ends_on < today())


def _endless(asked: Asked) -> int:
    return _count(asked, Tenancy.ends_on.is_(None))


def _count(asked: Asked, where: Any) -> int:
    return int(db.session.scalar(asked.inside(select(func.count(Tenancy.id)).where(LIVE, where), Tenancy)) or 0)
