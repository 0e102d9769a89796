"""Return visits after repairs: each kind promises a share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.kit.labels import _l
from app.kit.session import db
from app.repairs.models import Repair, RepairKind
from app.reporting.asked import Asked
from app.reporting.counting import list_url, share, sums
from app.reporting.declaring import report
from app.reporting.tables import Bars, Head, Line, Series, Table, Tile


@report(
    _l("Return visits after repairs"),
    group="service",
    permission="Repair",
    about=_l("The share of return visits that each kind of repair promises, and what was made of it."),
    period="past",
)
def repair_visits(asked: Asked) -> Table:
    rows = _rows(asked)
    done, wanted, made = sums(rows, 2, 3, 4)
    names = [row[0] for row in rows]
    return Table(
        [
            Head(_l("Kind of repair")), Head(_l("Done"), "number"), Head(_l("Promised"), "percent"),
            Head(_l("To be visited"), "number"), Head(_l("Return visits made"), "number"),
            Head(_l("Return visits (share)"), "percent"),
            Head(_l("Return visits to make"), "number"),
        ],
        [Line(_figures(row), list_url("RepairView.list", state="rated") if row[3] > row[4] else None) for row in rows],
        [_l("Total"), done, None, wanted, made, share(made, done), max(0, wanted - made)],
        [
            Bars(
                _l("Promised and visited, share of the repairs done"), names,
                [Series(_l("Promised"), [row[1] / 100 for row in rows]),
                 Series(_l("Return visits made"), [share(row[4], row[2]) for row in rows])],
                "percent", lying=True,
            )
        ],
        [
            Tile(_l("Done"), done), Tile(_l("To be visited"), wanted), Tile(_l("Return visits made"), made),
            Tile(_l("Return visits to make"), max(0, wanted - made), tone="warn" if wanted > made else ""),
        ],
        [_l("By the day the repair was done. Which repairs are to be visited is drawn when they are done.")],
    )  # fmt: skip


def _figures(row: Any) -> list[Any]:
    name, promised, done, wanted, made = row
    return [name, done, promised / 100, wanted, made, share(made, done), max(0, wanted - made)]


def _rows(asked: Asked) -> list[tuple[str, int, int, int, int]]:
    """(kind, share promised in per cent, done, to be visited, visited), most repairs first."""
    number = func.count(Repair.id)
    wanted = number.filter(Repair.needs_visit.is_(True))
    made = number.filter(Repair.needs_visit.is_(True), Repair.visited_at.is_not(None))
    query = (
        select(RepairKind.name, RepairKind.visit_share, number, wanted, made)
        .join_from(Repair, RepairKind, RepairKind.id == Repair.kind_id)
        .where(asked.during(Repair.done_at))
        .group_by(RepairKind.id, RepairKind.name, RepairKind.visit_share)
        .order_by(number.desc(), RepairKind.name)
    )
    return [tuple(row) for row in db.session.execute(asked.inside(query, Repair))]
