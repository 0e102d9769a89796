"""Use counts for more than keeping (P3.11): how often each file was asked for, read and printed."""

from __future__ import annotations

from sqlalchemy import func, select

from app.archive.models import File
from app.kit.labels import _l
from app.kit.session import db
from app.lookups.models import LookupRequest
from app.reporting.asked import Asked
from app.reporting.counting import list_url
from app.reporting.declaring import report
from app.reporting.tables import Bars, Head, Line, Series, Table, Tile

GRANTED = LookupRequest.state.in_(("approved", "revoked"))
MOST, DRAWN = 500, 20


@report(
    _l("Use of each file"),
    group="files",
    permission="LookupRequest",
    about=_l("Look-ups file by file, the most used first, and how many files nobody asked for."),
    period="past",
)
def files_used(asked: Asked) -> Table:
    asks, granted = func.count(LookupRequest.id), func.count(LookupRequest.id).filter(GRANTED)
    query = select(LookupRequest.file_id, File.number, asks, granted, func.max(LookupRequest.created_at))
    query = query.join(File, File.id == LookupRequest.file_id).where(asked.during(LookupRequest.created_at))
    query = query.group_by(LookupRequest.file_id, File.number).order_by(asks.desc(), File.number).limit(MOST)
    rows = list(db.session.execute(asked.inside(query, LookupRequest)))
    files = int(db.session.scalar(asked.inside(select(func.count(File.id)), File)) or 0)
    lines = [
        Line([number, count, agreed, last.date() if last else None], list_url("FileView.show", pk=key))
        for key, number, count, agreed, last in rows
    ]
    drawn = rows[:DRAWN]
    return Table(
        [
            Head(_l("File")), Head(_l("Look-ups"), "number"), Head(_l("Granted"), "number"),
            Head(_l("Last asked for"), "date"),
        ],
        lines,
        [_l("Total"), sum(row[2] for row in rows), sum(row[3] for row in rows), None],
        [Bars(_l("The files most asked for"), [row[1] for row in drawn],
              [Series(_l("Look-ups"), [row[2] for row in drawn])], lying=True)],
        [Tile(_l("Files asked for"), len(rows)), Tile(_l("Files nobody asked for"), files - len(rows))],
        [_l("Look-ups count on the day they were asked for, withdrawn ones, too.")],
    )  # fmt: skip
