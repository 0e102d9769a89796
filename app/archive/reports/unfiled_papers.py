"""Papers that wait to be put into their file, by age (P7.06)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.archive.models import LIVE_STATES, Document, File
from app.archive.page import code_word
from app.estate.floors import FLOOR, floor_name, on_floors
from app.estate.models import Floor
from app.kit.columns import DESK_TIME, today
from app.kit.labels import _l
from app.kit.session import db
from app.reporting.asked import Asked, Choice
from app.reporting.counting import list_url
from app.reporting.declaring import report
from app.reporting.tables import Bars, Head, Line, Series, Table, Tile

BY = Choice("by", _l("Grouped by"), [("floor", _l("By floor")), ("class", _l("By class of paper"))])
AGES = (_l("up to 7 days"), _l("8–30 days"), _l("31–60 days"), _l("over 60 days"))
BOUNDS = (7, 30, 60)


@report(
    _l("Papers not filed yet"),
    group="files",
    permission="Document",
    about=_l("How long papers of live files have waited for the filing check."),
    choices=[BY],
)
def unfiled_papers(asked: Asked) -> Table:
    by = asked.chosen["by"]
    counted: dict[Any, list[int]] = {}
    for key, age in _waiting(asked, by):
        counted.setdefault(key, [0] * len(AGES))[age] += 1
    rows = [(_name(by, key), counts) for key, counts in counted.items()]
    sums = [sum(counts[age] for _words, counts in rows) for age in range(len(AGES))]
    return Table(
        [Head(BY.words[by == "class"][1]), *(Head(age, "number") for age in AGES), Head(_l("Total"), "number")],
        [Line([words, *counts, sum(counts)], list_url("FilingView.papers")) for words, counts in rows],
        [_l("Total"), *sums, sum(sums)],
        [Bars(_l("Papers not filed yet"), AGES, [Series(_l("Papers"), sums)])],
        [
            Tile(_l("Papers not filed yet"), sum(sums), tone="warn" if sum(sums) else ""),
            Tile(_l("over 60 days"), sums[-1], tone="bad" if sums[-1] else ""),
        ],
        [_l("Counted from the day on which the paper was written down.")],
    )


def _waiting(asked: Asked, by: str) -> Sequence[tuple[Any, int]]:
    """(key, place of its age) of every paper that waits."""
    key = FLOOR if by == "floor" else Document.paper_class
    query = (
        on_floors(select(key, Document.created_at).join(File, File.id == Document.file_id), File.unit_id)
        .where(File.state.in_(LIVE_STATES), Document.filed_on.is_(None))
        .order_by(*([Floor.level, key] if by == "floor" else [key]))
    )
    return [(each, age_of(moment)) for each, moment in db.session.execute(asked.inside(query, Document))]


def age_of(moment: dt.datetime) -> int:
    """Which of the four ages."""
    days = (today() - moment.astimezone(DESK_TIME).date()).days
    return sum(days > bound for bound in BOUNDS)


def _name(by: str, key: Any) -> Any:
    return floor_name(key) if by == "floor" else code_word(key)
