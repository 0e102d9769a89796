"""How soon complaints are answered and solved, against what was promised."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.complaints.models import KINDS, TOPICS, URGENCIES, Complaint
from app.kit.labels import _l
from app.kit.session import db
from app.reporting.asked import Asked, Choice
from app.reporting.counting import days_of, list_url
from app.reporting.declaring import report
from app.reporting.months import month_of
from app.reporting.promises import Kept, all_of, by_key
from app.reporting.tables import Bars, Curves, Head, Line, Picture, Series, Table, Tile

BY = Choice(
    "by",
    _l("Grouped by"),
    [("month", _l("By month")), ("urgency", _l("By urgency")), ("kind", _l("By kind")), ("about", _l("By subject"))],
)
FIRST = {"month": _l("Month"), "urgency": _l("Urgency"), "kind": _l("Kind"), "about": _l("About")}
WORDS: dict[str, dict[str, Any]] = {"urgency": URGENCIES, "kind": KINDS, "about": TOPICS}
NONE = Kept()


@report(
    _l("Time to answer and to solve complaints"),
    group="service",
    permission="Complaint",
    about=_l("The share answered and solved in the time promised, and half of them within how many hours."),
    period="past",
    choices=[BY],
)
def complaint_times(asked: Asked) -> Table:
    by = asked.chosen["by"]
    answers = _promises(asked, by, Complaint.answer_due_at, Complaint.answered_at)
    ends = _promises(asked, by, Complaint.solve_due_at, Complaint.solved_at)
    keys = asked.months if by == "month" else [key for key in WORDS[by] if key in answers]
    names = [WORDS.get(by, {}).get(key, key) for key in keys]
    rows = [(answers.get(key, NONE), ends.get(key, NONE)) for key in keys]
    lines = zip(names, keys, rows, strict=True)
    total = (all_of(answers.values()), all_of(ends.values()))
    return Table(
        [
            Head(FIRST[by]), Head(_l("Answered"), "number"), Head(_l("in time"), "percent"),
            Head(_l("Hours (median)"), "hours"), Head(_l("Solved"), "number"), Head(_l("in time"), "percent"),
            Head(_l("Hours (median)"), "hours"),
        ],
        [Line([name, *_figures(*row)], _list(asked, by, key)) for name, key, row in lines],
        [_l("Total"), *_figures(*total)],
        [_shares(by, names, rows), _hours(by, names, rows)],
        [
            Tile(_l("Answered in time"), total[0].share, "percent"),
            Tile(_l("Solved in time"), total[1].share, "percent"),
            Tile(_l("Overdue now"), late := total[0].open_late + total[1].open_late, tone="bad" if late else ""),
        ],
        [_l("In time: of those that are done or overdue; one not yet due counts nowhere. By the day it was received.")],
    )  # fmt: skip


def _figures(answer: Kept, end: Kept) -> list[Any]:
    return [answer.done, answer.share, answer.median, end.done, end.share, end.median]


def _promises(asked: Asked, by: str, due: Any, done: Any) -> dict[Any, Kept]:
    closed_without = (Complaint.state == "closed") & done.is_(None)  # praise asks for no solution
    key = month_of(Complaint.received_at) if by == "month" else getattr(Complaint, by)
    query = select(key, Complaint.received_at, due, done).where(asked.during(Complaint.received_at), ~closed_without)
    return by_key(tuple(row) for row in db.session.execute(asked.inside(query, Complaint)))


def _list(asked: Asked, by: str, key: Any) -> str | None:
    days: dict[str, Any] = {"received_at_from": asked.first, "received_at_to": asked.last}
    narrowed = days_of(asked, key, "received_at") if by == "month" else {**days, by: key}
    return list_url("ComplaintView.list", **narrowed)


def _shares(by: str, names: list[Any], rows: list[tuple[Kept, Kept]]) -> Picture:
    series = [Series(word, [row[at].share for row in rows]) for at, word in enumerate((_l("Answer"), _l("Solution")))]
    if by == "month":
        return Curves(_l("Share in time"), names, series, "percent")
    return Bars(_l("Share in time"), names, series, "percent", lying=True)


def _hours(by: str, names: list[Any], rows: list[tuple[Kept, Kept]]) -> Picture:
    series = [Series(word, [row[at].median for row in rows]) for at, word in enumerate((_l("Answer"), _l("Solution")))]
    return Bars(_l("Hours (median)"), names, series, "hours", lying=by != "month")
