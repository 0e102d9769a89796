"""Coverage of visits: planned and visited, by plan and floor."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select

from app.estate.floors import FLOOR, LEVEL, floor_name, on_floors
from app.kit.labels import _l
from app.kit.session import db
from app.reporting.asked import Asked, Choice
from app.reporting.counting import Counts, list_url, share, sums, tally
from app.reporting.declaring import report
from app.reporting.tables import Bars, Grid, Head, Line, Picture, Series, Table, Tile
from app.visits.models import VISIT_KINDS, Visit, VisitPlan

BY = Choice("by", _l("Grouped by"), [("plan", _l("By plan")), ("floor", _l("By floor")), ("kind", _l("By kind"))])
FIRST = {"plan": _l("Plan"), "floor": _l("Floor"), "kind": _l("Kind")}
NOT_CANCELLED = Visit.state != "cancelled"


@report(
    _l("Coverage of visits"),
    group="service",
    permission="Visit",
    about=_l("Visits planned and made, by plan and by floor."),
    period="past",
    choices=[BY],
)
def visit_coverage(asked: Asked) -> Table:
    by = asked.chosen["by"]
    found = _counts(asked, by)
    rows = list(found.values())
    names = [_name(by, key) for key in found]
    planned, visited, missed = sums(rows, 0, 1, 2)
    return Table(
        [
            Head(FIRST[by]), Head(_l("Planned"), "number"), Head(_l("Visited"), "number"),
            Head(_l("Visited (share)"), "percent"), Head(_l("Nobody met"), "number"),
            Head(_l("Still to visit"), "number"),
        ],
        [
            Line([name, *_figures(row)], list_url("VisitView.list", kind=key) if by == "kind" else None)
            for name, row, key in zip(names, rows, found, strict=True)
        ],
        [_l("Total"), *_figures((planned, visited, missed))],
        [*_bars(names, rows), *([_grid(asked)] if by != "kind" else [])],
        [
            Tile(_l("Planned"), planned), Tile(_l("Visited (share)"), share(visited, planned), "percent"),
            Tile(_l("Still to visit"), planned - visited, tone="warn" if planned > visited else ""),
        ],
        [_l("Visits due in these days; cancelled ones do not count.")],
    )  # fmt: skip


def _figures(row: Any) -> list[Any]:
    planned, visited, missed = row
    return [planned, visited, share(visited, planned), missed, planned - visited]


def _key(by: str) -> Any:
    return {"plan": func.coalesce(VisitPlan.name, ""), "floor": FLOOR, "kind": Visit.kind}[by]


def _name(by: str, key: Any) -> Any:
    if by == "floor":
        return floor_name(key)
    return VISIT_KINDS[key] if by == "kind" else key or _l("Without a plan")


def _placed(asked: Asked, query: Any) -> Any:
    query = query.select_from(Visit).outerjoin(VisitPlan, VisitPlan.id == Visit.plan_id)
    query = on_floors(query, Visit.unit_id).where(asked.during(Visit.due_on), NOT_CANCELLED)
    return asked.inside(query, Visit)


def _counts(asked: Asked, by: str) -> Counts:
    """key -> planned, visited, nobody met."""
    number, key = func.count(Visit.id), _key(by)
    query = select(key, number, number.filter(Visit.state == "done"), number.filter(Visit.state == "missed"))
    later = asked.last + dt.timedelta(days=366)  # what has no plan comes last
    first = func.coalesce(func.min(VisitPlan.from_on), later) if by == "plan" else LEVEL.desc()
    return tally(_placed(asked, query).group_by(key).order_by(first, key))


def _bars(names: list[Any], rows: list[tuple[int, ...]]) -> list[Picture]:
    visited = Series(_l("Visited"), [row[1] for row in rows])
    waiting = Series(_l("Still to visit"), [row[0] - row[1] for row in rows])
    return [Bars(_l("Visits planned and made"), names, [visited, waiting], stacked=True, lying=True)]


def _grid(asked: Asked) -> Grid:
    """The share visited by floor and plan."""
    number, plan = func.count(Visit.id), _key("plan")
    query = _placed(asked, select(FLOOR, plan, number, number.filter(Visit.state == "done"), func.min(Visit.due_on)))
    shares: dict[str, dict[str, float]] = {}
    plans: dict[str, Any] = {}
    for floor, name, planned, visited, due in db.session.execute(
        query.group_by(FLOOR, plan).order_by(LEVEL.desc(), FLOOR)
    ):
        shares.setdefault(floor, {})[name] = visited / planned
        plans[name] = min(due, plans.get(name, due))
    order = sorted(plans, key=lambda name: (not name, plans[name]))
    values = [[shares[floor].get(name) for name in order] for floor in shares]
    names = [_name("plan", name) for name in order]
    return Grid(_l("Visited by floor and plan"), [floor_name(each) for each in shares], names, values, "percent")
