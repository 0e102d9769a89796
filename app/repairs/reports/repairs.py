"""Repairs by month, kind or floor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.estate.floors import FLOOR, LEVEL, floor_name, on_floors
from app.kit.labels import _l
from app.repairs.models import Repair, RepairKind
from app.reporting.asked import Asked, Choice
from app.reporting.counting import Counts, Crossed, cross, days_of, grid, list_url, sums, tally
from app.reporting.declaring import report
from app.reporting.months import month_of
from app.reporting.tables import Bars, Head, Line, Picture, Series, Table, Tile

BY = Choice("by", _l("Grouped by"), [("month", _l("By month")), ("kind", _l("By kind")), ("floor", _l("By floor"))])
FIRST = {"month": _l("Month"), "kind": _l("Kind of repair"), "floor": _l("Floor")}
MONTH = month_of(Repair.reported_at)
MOST_COLOURS = 7


@report(
    _l("Repairs"),
    group="service",
    permission="Repair",
    about=_l("How many, of what kind, on which floors, and how many are still in hand."),
    period="past",
    choices=[BY],
)
def repairs(asked: Asked) -> Table:
    by = asked.chosen["by"]
    found = _counts(asked, by)
    keys = asked.months if by == "month" else list(found)
    rows = [found.get(key, (0, 0, 0, 0)) for key in keys]
    names = [floor_name(key) if by == "floor" else key for key in keys]
    totals = sums(rows, 0, 1, 2, 3)
    heads = (_l("Reported"), _l("Done"), _l("Closed undone"), _l("Still in hand"))
    return Table(
        [Head(FIRST[by]), *(Head(head, "number") for head in heads)],
        [Line([name, *row], _list(asked, by, key)) for name, row, key in zip(names, rows, keys, strict=True)],
        [_l("Total"), *totals],
        _pictures(asked, by, names, rows),
        [
            *(Tile(head, total) for head, total in zip(heads[:3], totals, strict=False)),
            Tile(heads[3], totals[3], tone="warn" if totals[3] else ""),
        ],
        [_l("A repair counts on the day it was reported.")],
    )


def _key(by: str) -> Any:
    return {"month": MONTH, "kind": RepairKind.name, "floor": FLOOR}[by]


def _placed(query: Any) -> Any:
    query = query.select_from(Repair).join(RepairKind, RepairKind.id == Repair.kind_id)
    return on_floors(query, Repair.unit_id)


def _counts(asked: Asked, by: str) -> Counts:
    """key -> reported, done, closed undone, still in hand."""
    number, key, dropped = Repair.id, _key(by), Repair.state == "dropped"
    done = Repair.done_at.is_not(None)
    query = _placed(
        select(
            key,
            func.count(number),
            func.count(number).filter(done, ~dropped),
            func.count(number).filter(dropped),
            func.count(number).filter(~done, ~dropped),
        )
    )
    query = query.where(asked.during(Repair.reported_at)).group_by(key)
    first = LEVEL.desc() if by == "floor" else func.count(number).desc()
    return tally(asked.inside(query.order_by(first, key), Repair))


def _list(asked: Asked, by: str, key: Any) -> str | None:
    return list_url("RepairView.list", **days_of(asked, key, "reported_at")) if by == "month" else None


def _pictures(asked: Asked, by: str, names: Sequence[Any], rows: Sequence[Sequence[int]]) -> list[Picture]:
    if by == "month":
        return [Bars(_l("Repairs by month and kind"), asked.months, _by_kind(asked), stacked=True)]
    found = _crossed(asked, _key(by))
    if by == "floor":
        return [grid(_l("Repairs by floor and month"), found, asked.months, floor_name)]
    found = {kind: found[kind] for kind in names}
    bars = Bars(_l("Repairs by kind"), names, [Series(_l("Reported"), [row[0] for row in rows])], lying=True)
    return [bars, grid(_l("Month by month"), found, asked.months)]


def _by_kind(asked: Asked) -> list[Series]:
    """The kinds with most repairs by name, the others together: no picture has more colours than people tell apart."""
    found = _crossed(asked, RepairKind.name)
    order = sorted(found, key=lambda kind: -sum(found[kind].values()))
    series = [Series(kind, _figures(asked, found[kind])) for kind in order[:MOST_COLOURS]]
    others = [_figures(asked, found[kind]) for kind in order[MOST_COLOURS:]]
    if others:
        series.append(Series(_l("Others"), [sum(column) for column in zip(*others, strict=True)]))
    return series


def _figures(asked: Asked, months: dict[Any, int]) -> list[int]:
    return [months.get(month, 0) for month in asked.months]


def _crossed(asked: Asked, key: Any) -> Crossed:
    """key -> month -> repairs."""
    query = _placed(select(key, MONTH, func.count(Repair.id))).where(asked.during(Repair.reported_at))
    return cross(asked.inside(query.group_by(key, MONTH).order_by(LEVEL.desc(), key, MONTH), Repair))
