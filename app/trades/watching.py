"""Who has which follow-ups due, overdue and done: asked of the database for the board and the first page (P1.14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.kit.session import db
from app.security import gate
from app.trades import following, scheme
from app.trades.followed import EventSheet, FollowUp


@dataclass(frozen=True)
class Standing:
    """How one person stands on a day."""

    user: Any
    overdue: int
    today: int
    done: int


def overdue(day: dt.date) -> ColumnElement[bool]:
    return (FollowUp.state == "due") & (FollowUp.due_on < day)


def due_on(day: dt.date) -> ColumnElement[bool]:
    return (FollowUp.state == "due") & (FollowUp.due_on == day)


def done_on(day: dt.date) -> ColumnElement[bool]:
    return (FollowUp.state == "done") & (FollowUp.done_on == day)


def standings(day: dt.date) -> list[Standing]:
    """A line for everybody who has something due, overdue, or done that day."""
    sums = [func.sum(case((asked(day), 1), else_=0)) for asked in (overdue, due_on, done_on)]
    query: Any = select(FollowUp.assignee_id, *sums).where(or_(overdue(day), due_on(day), done_on(day)))
    rows = db.session.execute(gate.scope(query, FollowUp).group_by(FollowUp.assignee_id)).all()
    users = _users([row[0] for row in rows if row[0] is not None])
    told = [Standing(users.get(key), *map(int, counts)) for key, *counts in rows]
    return sorted(told, key=lambda one: (one.user is None, -one.overdue, -one.today, str(one.user)))


def _users(keys: list[int]) -> dict[int, Any]:
    return {user.id: user for user in db.session.scalars(select(User).where(User.id.in_(keys)))}


def told(condition: ColumnElement[bool], most: int) -> list[FollowUp]:
    """The follow-ups under a condition, the most urgent first, with what a line names."""
    query = gate.scope(select(FollowUp).where(condition), FollowUp).order_by(FollowUp.due_on, FollowUp.id).limit(most)
    found = list(db.session.scalars(query.options(joinedload(FollowUp.customer), joinedload(FollowUp.assignee))))
    gate.foresee(found)
    return found


def one_sided() -> Select[Any]:
    """(sheet, duty) of the sets that lack a channel, as `following.lacking` says of one (P1.13)."""
    done, left = FollowUp.state == "done", func.sum(case((FollowUp.state == "due", 1), else_=0))
    wanted = []
    for key in scheme.collecting():
        for duty, needed in scheme.part(key, "follow_ups").get("channels_needed", {}).items():
            lacked = [case((_times(done, channel) == 0, 1), else_=0) for channel in needed]
            count = sum(lacked[1:], lacked[0])
            mine = and_(func.min(FollowUp.scheme_key) == key, FollowUp.duty == duty)
            wanted.append(and_(mine, count > 0, left <= count))
    some = func.sum(case((done, 1), else_=0)) > 0
    query: Any = select(FollowUp.event_sheet_id, FollowUp.duty).where(FollowUp.event_sheet_id.is_not(None))
    grouped = gate.scope(query, FollowUp).group_by(FollowUp.event_sheet_id, FollowUp.duty)
    return grouped.having(some, or_(False, *wanted))


def _times(done: ColumnElement[bool], channel: str) -> Any:
    return func.sum(case((and_(done, FollowUp.channel == channel), 1), else_=0))


def one_sided_count() -> int:
    return int(db.session.scalar(select(func.count()).select_from(one_sided().subquery())) or 0)


def one_sided_sheets(most: int) -> Iterator[tuple[EventSheet, str, list[str]]]:
    """(sheet, duty, channels that are lacking) of those sets."""
    keys = [key for key, _duty in db.session.execute(one_sided().limit(most))]
    along = (selectinload(EventSheet.follow_ups).joinedload(FollowUp.assignee), joinedload(EventSheet.customer))
    for sheet in db.session.scalars(select(EventSheet).where(EventSheet.id.in_(keys)).options(*along)):
        for duty, ways in following.lacks(sheet).items():
            yield sheet, duty, ways
