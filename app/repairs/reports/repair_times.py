"""How soon repairs are done, against what their kind promises."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.kit.labels import _l
from app.kit.session import db
from app.repairs.models import Repair, RepairKind
from app.reporting.asked import Asked, Choice
from app.reporting.counting import days_of, list_url
from app.reporting.declaring import report
from app.reporting.months import month_of
from app.reporting.promises import Kept, all_of, by_key
from app.reporting.tables import Bars, Curves, Head, Line, Picture, Series, Table, Tile

BY = Choice("by", _l("Grouped by"), [("kind", _l("By kind")), ("month", _l("By month"))])
NONE = Kept()


@report(
    _l("Time to repair"),
    group="service",
    permission="Repair",
    about=_l("The share done in the time that its kind promises, and half of them within how many hours."),
    period="past",
    choices=[BY],
)
def repair_times(asked: Asked) -> Table:
    by_month = asked.chosen["by"] == "month"
    kept = _promises(asked, by_month)
    keys = asked.months if by_month else sorted(kept)
    rows = [kept.get(key, NONE) for key in keys]
    total = all_of(kept.values())
    hours = {} if by_month else dict(db.session.execute(select(RepairKind.name, RepairKind.hours)).all())
    heads = [Head(_l("Month") if by_month else _l("Kind of repair")), Head(_l("Done"), "number")]
    heads += [Head(_l("in time"), "percent"), Head(_l("Hours (median)"), "hours"), Head(_l("Overdue now"), "number")]
    return Table(
        heads if by_month else [*heads, Head(_l("Hours promised"), "number")],
        [_line(asked, key, row, hours, by_month) for key, row in zip(keys, rows, strict=True)],
        [_l("Total"), *_figures(total), *([] if by_month else [None])],
        _pictures(keys, rows, by_month),
        [
            Tile(_l("Done in time"), total.share, "percent"), Tile(_l("Hours (median)"), total.median, "hours"),
            Tile(_l("Overdue now"), total.open_late, tone="bad" if total.open_late else ""),
        ],
        [
            _l("In time: of those that are done or overdue; one not yet due counts nowhere."),
            _l("Hours in which a repair was paused do not count."),
        ],
    )  # fmt: skip


def _figures(kept: Kept) -> list[Any]:
    return [kept.done, kept.share, kept.median, kept.open_late]


def _line(asked: Asked, key: Any, kept: Kept, hours: dict[str, int], by_month: bool) -> Line:
    if by_month:
        return Line([key, *_figures(kept)], list_url("RepairView.list", **days_of(asked, key, "reported_at")))
    return Line([key, *_figures(kept), hours.get(key)])


def _promises(asked: Asked, by_month: bool) -> dict[Any, Kept]:
    key = month_of(Repair.reported_at) if by_month else RepairKind.name
    query = (
        select(key, Repair.reported_at, Repair.due_at, Repair.done_at, Repair.paused_minutes)
        .join_from(Repair, RepairKind, RepairKind.id == Repair.kind_id)
        .where(asked.during(Repair.reported_at), Repair.state != "dropped")
    )
    return by_key(tuple(row) for row in db.session.execute(asked.inside(query, Repair)))


def _pictures(keys: list[Any], rows: list[Kept], by_month: bool) -> list[Picture]:
    shares = [Series(_l("in time"), [row.share for row in rows])]
    hours = [Series(_l("Hours (median)"), [row.median for row in rows])]
    if by_month:
        return [Curves(_l("Share in time"), keys, shares, "percent"), Bars(_l("Hours (median)"), keys, hours, "hours")]
    return [
        Bars(_l("Share in time"), keys, shares, "percent", lying=True),
        Bars(_l("Hours (median)"), keys, hours, "hours", lying=True),
    ]
