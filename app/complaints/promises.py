"""How soon a complaint is answered and solved: settings as records, with the usual ones put in when missing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from app.complaints.models import URGENCIES, ComplaintPromise
from app.estate.calendar import add_working_days
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db

# 2 h and 24 h; 48 h and 7 working days (published service promises of property companies)
USUAL: dict[str, dict[str, int | None]] = {
    "urgent": {"answer_hours": 2, "solve_hours": 24, "solve_days": None},
    "ordinary": {"answer_hours": 48, "solve_hours": None, "solve_days": 7},
}
LONGEST_HOURS, LONGEST_DAYS = 24 * 60, 60


def put_in() -> list[ComplaintPromise]:
    """Every urgency has its promise; what was changed on screen stays. Answers those that were missing.

    Nothing is flushed: the complaint that asks may be half written.
    """
    there = set(db.session.scalars(select(ComplaintPromise.urgency)))
    missing = [ComplaintPromise(urgency=urgency, **USUAL[urgency]) for urgency in URGENCIES if urgency not in there]
    db.session.add_all(missing)
    return missing


def promise(urgency: str) -> ComplaintPromise:
    """What is promised now for an urgency."""
    found = db.session.scalar(select(ComplaintPromise).where(ComplaintPromise.urgency == urgency))
    return found or next(one for one in put_in() if one.urgency == urgency)


def due(urgency: str, since: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """When a complaint of that moment is to be answered and to be solved."""
    promised = promise(urgency)
    answer = since + dt.timedelta(hours=promised.answer_hours)
    if promised.solve_hours is not None:
        return answer, since + dt.timedelta(hours=promised.solve_hours)
    return answer, add_working_days(since, promised.solve_days or 0)


def amend(promised: ComplaintPromise, *, by: Any = None) -> None:
    """Hours for the answer; for the solution either hours or working days. Complaints that are open keep theirs."""
    if not 1 <= (promised.answer_hours or 0) <= LONGEST_HOURS:
        raise RuleError(_l("Between 1 and %(most)s hours.", most=LONGEST_HOURS), field="answer_hours")
    if (promised.solve_hours is None) == (promised.solve_days is None):
        raise RuleError(_l("Give either hours or working days."), field="solve_hours")
    if promised.solve_hours is not None and not promised.answer_hours <= promised.solve_hours <= LONGEST_HOURS:
        raise RuleError(_l("The solution is not promised before the answer."), field="solve_hours")
    if promised.solve_days is not None and not 1 <= promised.solve_days <= LONGEST_DAYS:
        raise RuleError(_l("Between 1 and %(most)s working days.", most=LONGEST_DAYS), field="solve_days")
