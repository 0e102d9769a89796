"""Complaints by month, kind, subject or floor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.complaints.models import KINDS, TOPICS, Complaint
from app.estate.floors import FLOOR, LEVEL, floor_name, on_floors
from app.kit.labels import _l
from app.reporting.asked import Asked, Choice
from app.reporting.counting import Counts, Crossed, cross, days_of, grid, list_url, sums, tally
from app.reporting.declaring import report
from app.reporting.months import month_of
from app.reporting.tables import Bars, Head, Line, Picture, Series, Table, Tile

BY = Choice(
    "by",
    _l("Grouped by"),
    [("month", _l("By month")), ("kind", _l("By kind")), ("about", _l("By subject")), ("floor", _l("By floor"))],
)
FIRST = {"month": _l("Month"), "kind": _l("Kind"), "about": _l("About"), "floor": _l("Floor")}
WORDS: dict[str, dict[str, Any]] = {"kind": KINDS, "about": TOPICS}
MONTH = month_of(Complaint.received_at)
IS_OPEN = Complaint.state != "closed"


@report(
    _l("Complaints"),
    group="service",
    permission="Complaint",
    about=_l("How many, of what kind and about what, on which floors, and how many are still open."),
    period="past",
    choices=[BY],
)
def complaints(asked: Asked) -> Table:
    by = asked.chosen["by"]
    found = _counts(asked, by)
    keys = asked.months if by == "month" else [key for key in WORDS.get(by, found) if key in found]
    rows = [found.get(key, (0, 0, 0, 0)) for key in keys]
    names = [_name(by, key) for key in keys]
    totals = sums(rows, 0, 1, 2, 3)
    heads = (_l("Complaints"), _l("Urgent"), _l("Still open"), _l("Reopened"))
    return Table(
        [Head(FIRST[by]), *(Head(head, "number") for head in heads)],
        [Line([name, *row], _list(asked, by, key)) for name, row, key in zip(names, rows, keys, strict=True)],
        [_l("Total"), *totals],
        _pictures(asked, by, names, rows),
        [
            Tile(_l("Complaints"), totals[0]), Tile(_l("Urgent"), totals[1]),
            Tile(_l("Still open"), totals[2], tone="warn" if totals[2] else ""), Tile(_l("Reopened"), totals[3]),
        ],
        [_l("A complaint counts on the day it was received.")],
    )  # fmt: skip


def _key(by: str) -> Any:
    return {"month": MONTH, "kind": Complaint.kind, "about": Complaint.about, "floor": FLOOR}[by]


def _counts(asked: Asked, by: str) -> Counts:
    """key -> received, urgent, still open, reopened."""
    number, key = Complaint.id, _key(by)
    query = select(
        key,
        func.count(number),
        func.count(number).filter(Complaint.urgency == "urgent"),
        func.count(number).filter(IS_OPEN),
        func.count(number).filter(Complaint.reopened > 0),
    ).select_from(Complaint)
    query = on_floors(query, Complaint.unit_id).where(asked.during(Complaint.received_at)).group_by(key)
    return tally(asked.inside(query.order_by(LEVEL.desc(), key), Complaint))


def _name(by: str, key: Any) -> Any:
    return floor_name(key) if by == "floor" else WORDS.get(by, {}).get(key, key)


def _list(asked: Asked, by: str, key: Any) -> str | None:
    if by == "floor":
        return None
    days: dict[str, Any] = {"received_at_from": asked.first, "received_at_to": asked.last}
    narrowed = days_of(asked, key, "received_at") if by == "month" else {**days, by: key}
    return list_url("ComplaintView.list", **narrowed)


def _pictures(asked: Asked, by: str, names: Sequence[Any], rows: Sequence[Sequence[int]]) -> list[Picture]:
    if by == "month":
        found = _in_order("kind", _crossed(asked, Complaint.kind))
        series = [Series(KINDS[kind], [months.get(each, 0) for each in asked.months]) for kind, months in found.items()]
        return [Bars(_l("Complaints by month and kind"), asked.months, series, stacked=True)]
    if by == "floor":
        return [grid(_l("Complaints by floor and month"), _crossed(asked, FLOOR), asked.months, floor_name)]
    words = [Series(_l("Complaints"), [row[0] for row in rows])]
    bars = Bars(_l("Complaints by kind") if by == "kind" else _l("Complaints by subject"), names, words, lying=True)
    found = _in_order(by, _crossed(asked, _key(by)))
    return [bars, grid(_l("Month by month"), found, asked.months, lambda key: _name(by, key))]


def _in_order(by: str, found: Crossed) -> Crossed:
    """Kinds and subjects as they stand in every list of them."""
    return {key: found[key] for key in WORDS[by] if key in found}


def _crossed(asked: Asked, key: Any) -> Crossed:
    """key -> month -> complaints."""
    query = on_floors(select(key, MONTH, func.count(Complaint.id)).select_from(Complaint), Complaint.unit_id)
    query = query.where(asked.during(Complaint.received_at)).group_by(key, MONTH).order_by(LEVEL.desc(), key, MONTH)
    return cross(asked.inside(query, Complaint))
