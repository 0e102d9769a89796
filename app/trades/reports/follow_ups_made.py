"""Follow-ups: due, made, made in time, by telephone and at the door, by who calls or by what for (P1.13, P1.14)."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, select

from app.kit.labels import _l
from app.kit.session import db
from app.reporting.asked import Asked, Choice
from app.reporting.counting import Counts, list_url, share, sums, tally
from app.reporting.declaring import report
from app.reporting.tables import Bars, Head, Line, Series, Table, Tile
from app.trades.followed import FollowUp

BY = Choice("by", _l("Grouped by"), [("person", _l("By person")), ("purpose", _l("By what for"))])
FIRST = {"person": _l("Who calls"), "purpose": _l("What for")}


@report(
    _l("Follow-ups made"),
    group="service",
    permission="FollowUp",
    about=_l("Follow-ups due in these days: made, in time, by telephone and at the door."),
    period="past",
    choices=[BY],
)
def follow_ups_made(asked: Asked) -> Table:
    by = asked.chosen["by"]
    found = _counts(asked, by)
    rows, people = list(found.values()), _people() if by == "person" else {}
    names = [_name(by, key, people) for key in found]
    due, made, in_time, by_phone, at_door = sums(rows, 0, 1, 2, 3, 4)
    return Table(
        [
            Head(FIRST[by]), Head(_l("Due"), "number"), Head(_l("Made"), "number"), Head(_l("Made (share)"), "percent"),
            Head(_l("In time"), "number"), Head(_l("By telephone"), "number"), Head(_l("At the door"), "number"),
        ],
        [
            Line([name, *_figures(row)], list_url("FollowUpView.list", assignee=key) if people and key else None)
            for name, row, key in zip(names, rows, found, strict=True)
        ],
        [_l("Total"), *_figures((due, made, in_time, by_phone, at_door))],
        [Bars(_l("Made and still due"), names, [
            Series(_l("Made"), [row[1] for row in rows]), Series(_l("Still due"), [row[0] - row[1] for row in rows]),
        ], stacked=True, lying=True)],
        [
            Tile(_l("Due"), due), Tile(_l("Made (share)"), share(made, due), "percent"),
            Tile(_l("Made late"), made - in_time, tone="warn" if made > in_time else ""),
        ],
        [_l("Follow-ups that are left out do not count.")],
    )  # fmt: skip


def _figures(row: Any) -> list[Any]:
    due, made, in_time, by_phone, at_door = row
    return [due, made, share(made, due), in_time, by_phone, at_door]


def _counts(asked: Asked, by: str) -> Counts:
    """key -> due, made, in time, by telephone, at the door."""
    number, done = func.count(FollowUp.id), FollowUp.state == "done"
    key: Any = FollowUp.assignee_id if by == "person" else FollowUp.purpose
    figures = (
        number,
        number.filter(done),
        number.filter(done, FollowUp.done_on <= FollowUp.due_on),
        number.filter(done, FollowUp.channel == "phone"),
        number.filter(done, FollowUp.channel == "visit"),
    )
    query = select(key, *figures).where(asked.during(FollowUp.due_on), FollowUp.state != "skipped")
    return tally(asked.inside(query, FollowUp).group_by(key).order_by(number.desc(), key))


def _people() -> dict[int, str]:
    return {user.id: str(user) for user in db.session.scalars(select(User))}


def _name(by: str, key: Any, people: dict[int, str]) -> Any:
    if by == "person":
        return people.get(key) or _l("Nobody")
    return key
