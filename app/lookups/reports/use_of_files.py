"""Use of files (P10.09): look-ups asked for and granted, and sheets printed, month by month."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from app.archive.models import File
from app.estate.floors import FLOOR, LEVEL, on_floors
from app.kit.labels import _l
from app.lookups.models import LookupRequest
from app.printing.models import PrintLine
from app.reporting.asked import Asked
from app.reporting.counting import Counts, cross, days_of, grid, list_url, tally
from app.reporting.declaring import report
from app.reporting.months import month_of
from app.reporting.tables import Bars, Grid, Head, Line, Picture, Series, Table, Tile
from app.security import gate

GRANTED = LookupRequest.state.in_(("approved", "revoked"))
REFUSED = LookupRequest.state == "refused"
OPEN = LookupRequest.state.in_(("asked", "passed"))


@report(
    _l("Use of files"),
    group="files",
    permission="LookupRequest",
    about=_l("Look-ups asked for, granted and refused, and sheets printed, month by month."),
    period="past",
)
def use_of_files(asked: Asked) -> Table:
    months, looked = asked.months, _look_ups(asked)
    columns = [[looked.get(month, (0, 0, 0, 0))[place] for month in months] for place in range(4)]
    heads = [Head(word, "number") for word in (_l("Asked for"), _l("Granted"), _l("Refused"), _l("Not decided"))]
    if gate.may("list", "PrintLine"):
        columns.append(_prints(asked, months))
        heads.append(Head(_l("Sheets printed"), "number"))
    lines = [Line([month, *cells], _list(asked, month)) for month, *cells in zip(months, *columns, strict=True)]
    states = [Series(head.label, values) for head, values in zip(heads[1:4], columns[1:4], strict=True)]
    drawn: list[Picture] = [Bars(_l("Look-ups by month"), months, states, stacked=True), _grid(asked, months)]
    if len(columns) > 4:
        drawn.insert(1, Bars(_l("Sheets printed by month"), months, [Series(_l("Sheets printed"), columns[4])]))
    sums = [sum(column) for column in columns]
    return Table(
        [Head(_l("Month")), *heads],
        lines,
        [_l("Total"), *sums],
        drawn,
        [Tile(head.label, value) for head, value in zip(heads, sums, strict=True)],
        [_l("A look-up counts in the month it was asked for; withdrawn ones count as asked for only.")],
    )


def _list(asked: Asked, month: str) -> str | None:
    return list_url("LookupRequestView.list", **days_of(asked, month, "created_at"))


def _look_ups(asked: Asked) -> Counts:
    """Month -> asked for, granted, refused, not decided."""
    month, key = month_of(LookupRequest.created_at), LookupRequest.id
    counts = [func.count(key), *(func.count(key).filter(state) for state in (GRANTED, REFUSED, OPEN))]
    query = select(month, *counts).where(asked.during(LookupRequest.created_at)).group_by(month)
    return tally(asked.inside(query, LookupRequest))


def _prints(asked: Asked, months: Sequence[str]) -> list[int]:
    month = month_of(PrintLine.printed_at)
    query = select(month, func.count(PrintLine.id)).where(asked.during(PrintLine.printed_at)).group_by(month)
    found = tally(asked.inside(query, PrintLine))
    return [found.get(when, (0,))[0] for when in months]


def _grid(asked: Asked, months: Sequence[str]) -> Grid:
    """Look-ups by the floor of the file, from the top."""
    month = month_of(LookupRequest.created_at)
    query = select(FLOOR, month, func.count(LookupRequest.id)).select_from(LookupRequest).join(LookupRequest.file)
    query = on_floors(query, File.unit_id).where(asked.during(LookupRequest.created_at))
    query = query.group_by(FLOOR, month).order_by(LEVEL.desc(), FLOOR)
    return grid(_l("Look-ups by floor and month"), cross(asked.inside(query, LookupRequest)), months)
