"""Return visits after complaints: every solved complaint is promised one."""

from __future__ import annotations

from sqlalchemy import func, select

from app.complaints.models import Complaint
from app.kit.labels import _l
from app.reporting.asked import Asked
from app.reporting.counting import list_url, share, sums, tally
from app.reporting.declaring import report
from app.reporting.months import month_of
from app.reporting.tables import Bars, Head, Line, Series, Table, Tile

PROMISED = 1.0


@report(
    _l("Return visits after complaints"),
    group="service",
    permission="Complaint",
    about=_l("Every solved complaint is promised a return visit: how many were made."),
    period="past",
)
def complaint_visits(asked: Asked) -> Table:
    month, made = month_of(Complaint.solved_at), Complaint.visited_at.is_not(None)
    query = select(month, func.count(Complaint.id), func.count(Complaint.id).filter(made))
    found = tally(asked.inside(query.where(asked.during(Complaint.solved_at)).group_by(month), Complaint))
    rows = [found.get(each, (0, 0)) for each in asked.months]
    solved, visited = sums(rows, 0, 1)
    waiting = list_url("ComplaintView.list", state="solved")
    return Table(
        [
            Head(_l("Solved in")), Head(_l("Solved"), "number"), Head(_l("Promised"), "percent"),
            Head(_l("Return visits made"), "number"),
            Head(_l("Return visits (share)"), "percent"),
            Head(_l("Return visits to make"), "number"),
        ],
        [
            Line([each, row[0], PROMISED, row[1], share(row[1], row[0]), row[0] - row[1]],
                 waiting if row[0] > row[1] else None)
            for each, row in zip(asked.months, rows, strict=True)
        ],
        [_l("Total"), solved, PROMISED, visited, share(visited, solved), solved - visited],
        [
            Bars(
                _l("Return visits by month"), asked.months,
                [Series(_l("Return visits made"), [row[1] for row in rows]),
                 Series(_l("Return visits to make"), [row[0] - row[1] for row in rows])],
                stacked=True,
            )
        ],
        [
            Tile(_l("Solved"), solved), Tile(_l("Return visits (share)"), share(visited, solved), "percent"),
            Tile(_l("Return visits to make"), solved - visited, tone="warn" if solved > visited else ""),
        ],
    )  # fmt: skip
