"""Looking at a room and its papers, every few months, until what was found is put right (P5.01, P7.10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import lazy_ngettext as _n
from sqlalchemy import func, select

from app.estate.numbers import numbered
from app.kit import yamls
from app.kit.columns import today
from app.kit.errors import RuleError, StaleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit
from app.storage.models import FINDINGS, Inspection, InspectionLine, StoreRoom

SERIES = "KC"
FILE = Path(__file__).parent / "inspections.yaml"
SECTIONS: dict[str, Any] = {"room": _l("The room"), "papers": _l("What lies in it")}

Words = dict[str, str]


@dataclass(frozen=True)
class Look:
    """What was typed into one line; `version` is the line's when it was drawn."""

    finding: str
    remark: str
    version: int


@cache
def shipped() -> list[Words]:
    """The lines in order: key, section and words in three languages."""
    found: list[Words] = yamls.read(FILE.read_text(encoding="utf-8"))
    return found


@cache
def _by_key() -> dict[str, Words]:
    return {line["key"]: line for line in shipped()}


def words_of(line: InspectionLine) -> Words:
    """The line in every language; its key where the list no longer has it."""
    return _by_key().get(line.key) or {"section": "papers", **dict.fromkeys(("zh_Hans", "zh_Hant", "en"), line.key)}


def open_inspection(inspection: Inspection, *, by: Any = None) -> Inspection:
    """A look at a place begins with the shipped list, nothing of it looked at yet."""
    place = inspection.place
    if place is None or place.state != "used":
        raise RuleError(_l("Choose a room or place that is in use."), field="place")
    inspection.site_id = place.site_id
    inspection.inspected_on = inspection.inspected_on or today()
    if inspection.inspected_on > today():
        raise RuleError(_l("This lies in the future."), field="inspected_on")
    inspection.inspector, inspection.inspector_id = by, getattr(by, "id", None)
    inspection.state = "open"
    with db.session.no_autoflush:
        inspection.lines = [
            InspectionLine(site_id=place.site_id, position=position, key=line["key"])
            for position, line in enumerate(shipped(), 1)
        ]
        inspection.number = numbered(place.site_id, SERIES)
    db.session.add(inspection)
    db.session.flush()
    audit.write("open_inspection", inspection, {"number": inspection.number}, by=by)
    return inspection


def amend(inspection: Inspection, *, by: Any = None) -> None:
    """Measures and the day it is looked at again, until it is closed."""
    if inspection.state == "closed":
        raise RuleError(_l("A closed inspection does not change."))
    _check_day(inspection)


def _check_day(inspection: Inspection) -> None:
    if inspection.follow_up_on is not None and inspection.follow_up_on < inspection.inspected_on:
        raise RuleError(_l("It is looked at again after the inspection."), field="follow_up_on")


def look(inspection: Inspection, looks: Mapping[int, Look], *, by: Any = None) -> int:
    """Keep what was typed into the list; how many lines changed."""
    if inspection.state != "open":
        raise RuleError(_l("This inspection is over."))
    changed = [line for line in inspection.lines if line.id in looks and _take(line, looks[line.id])]
    if changed:
        db.session.flush()
        audit.write("inspect", inspection, {"lines": [line.id for line in changed]}, by=by)
    return len(changed)


def _take(line: InspectionLine, seen: Look) -> bool:
    remark = seen.remark.strip()
    if (line.finding, line.remark) == (seen.finding, remark):
        return False
    if line.version != seen.version:
        raise StaleError(_l("Someone changed this meanwhile. Look at both versions, then save again."))
    if seen.finding not in FINDINGS:
        raise RuleError(_l("Say whether it is in order."))
    line.finding, line.remark = seen.finding, remark
    return True


def troubles(inspection: Inspection) -> list[InspectionLine]:
    return [line for line in inspection.lines if line.finding == "trouble"]


def finish(inspection: Inspection, *, by: Any = None) -> None:
    """Every line is looked at. Where something is not in order, measures and a day to look again are said first."""
    if left := sum(not line.finding for line in inspection.lines):
        raise RuleError(_n("%(num)s line is not looked at yet.", "%(num)s lines are not looked at yet.", left))
    if not troubles(inspection):
        _close(inspection, by)
        return
    if not inspection.measures.strip():
        raise RuleError(_l("Something is not in order: say what is done about it."), field="measures")
    if inspection.follow_up_on is None:
        raise RuleError(_l("Something is not in order: say when it is looked at again."), field="follow_up_on")
    _check_day(inspection)
    inspection.state = "follow_up"


def settle(inspection: Inspection, *, by: Any = None, outcome: str = "") -> None:
    """What was not in order was put right."""
    if not outcome.strip():
        raise RuleError(_l("Say what became of it."), field="outcome")
    inspection.outcome = outcome.strip()
    _close(inspection, by)


def _close(inspection: Inspection, by: Any) -> None:
    inspection.state, inspection.closed_on = "closed", today()
    inspection.closed_by, inspection.closed_by_id = by, getattr(by, "id", None)


def last_of(rooms: Sequence[StoreRoom]) -> dict[int, dt.date]:
    """When each room was last inspected, by the key of its place."""
    query = (
        select(Inspection.place_id, func.max(Inspection.inspected_on))
        .where(Inspection.place_id.in_([room.place_id for room in rooms]))
        .group_by(Inspection.place_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def due_on(room: StoreRoom, last: dt.date | None) -> dt.date:
    """When a room is to be inspected next: never inspected means today."""
    if last is None:
        return today()
    month = last.month - 1 + room.inspect_every
    year, month = last.year + month // 12, month % 12 + 1
    return min(dt.date(year, month, 1) + dt.timedelta(days=last.day - 1), _last_day(year, month))


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def overdue(rooms: Sequence[StoreRoom]) -> list[StoreRoom]:
    """The rooms whose inspection is due."""
    last = last_of(rooms)
    return [room for room in rooms if due_on(room, last.get(room.place_id)) <= today()]


MOVES = [
    Move(
        "finish", {"open"}, None, "Inspection:finish", _l("All is looked at"), finish, style="primary",
        leads_to=("follow_up", "closed"),
    ),
    Move(
        "settle", {"follow_up"}, None, "Inspection:finish", _l("Put right"), settle,
        asks=(("outcome", _l("What became of it")),), style="primary", leads_to=("closed",),
    ),
]  # fmt: skip
