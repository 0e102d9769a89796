"""Counting a place: what should be there, line by line, and what is not (库检, P5.02)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_ngettext as _n
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.archive.boxes import inside, kept_in
from app.estate.models import Place
from app.estate.numbers import numbered
from app.kit.columns import today
from app.kit.errors import RuleError, StaleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit
from app.storage.inspections import Look
from app.storage.models import COUNTED, StockTake, StockTakeLine
from app.storage.places import certificates_in

SERIES = "PD"


def begin(count: StockTake, *, by: Any = None) -> StockTake:
    """The list of all files and certificates that lie in the place, lent certificates left out."""
    place = count.place
    if place is None or place.state != "used":
        raise RuleError(_l("Choose a room or place that is in use."), field="place")
    with db.session.no_autoflush:
        if under_way(place) is not None:
            raise RuleError(_l("This place is being counted already."), field="place")
        count.site_id = place.site_id
        count.begun_on, count.state = today(), "open"
        count.counter, count.counter_id = by, getattr(by, "id", None)
        count.lines = _expected(place)
        if not count.lines:
            raise RuleError(_l("Nothing lies in this place."), field="place")
        count.expected = len(count.lines)
        count.number = numbered(place.site_id, SERIES)
    db.session.add(count)
    db.session.flush()
    audit.write("begin_count", count, {"number": count.number, "expected": count.expected}, by=by)
    return count


def _expected(place: Place) -> list[StockTakeLine]:
    files = [StockTakeLine(file=file, place_id=file.place_id) for file in kept_in(place)]
    there = [one for one in certificates_in(place) if one.state == "held"]
    lines = files + [StockTakeLine(certificate=one, place_id=one.place_id) for one in there]
    for position, line in enumerate(lines, 1):
        line.site_id, line.position = place.site_id, position
    return lines


def under_way(place: Place) -> StockTake | None:
    query = select(StockTake).where(StockTake.place_id == place.id, StockTake.state == "open")
    return db.session.scalar(query)


def tick(count: StockTake, looks: Mapping[int, Look], *, by: Any = None) -> int:
    """Keep what was ticked; how many lines changed."""
    if count.state != "open":
        raise RuleError(_l("This count is over."))
    changed = [line for line in count.lines if line.id in looks and _take(line, looks[line.id])]
    if changed:
        db.session.flush()
        audit.write("count", count, {"lines": [line.id for line in changed]}, by=by)
    return len(changed)


def _take(line: StockTakeLine, seen: Look) -> bool:
    remark = seen.remark.strip()
    if (line.result, line.remark) == (seen.finding, remark):
        return False
    if line.version != seen.version:
        raise StaleError(_l("Someone changed this meanwhile. Look at both versions, then save again."))
    if seen.finding not in COUNTED:
        raise RuleError(_l("Say whether it is there."))
    line.result, line.remark = seen.finding, remark
    return True


def finish(count: StockTake, *, by: Any = None, strays: str = "") -> None:
    """Every line is counted: the result is kept, the differences stand in it."""
    if left := sum(not line.result for line in count.lines):
        raise RuleError(_n("%(num)s line is not counted yet.", "%(num)s lines are not counted yet.", left))
    count.found = sum(line.result == "found" for line in count.lines)
    count.missing = count.expected - count.found
    count.finished_on, count.strays = today(), strays.strip()


def drop(count: StockTake, *, by: Any = None, reason: str = "") -> None:
    if not reason.strip():
        raise RuleError(_l("Say why it is dropped."), field="reason")


def of_this_year() -> set[int]:
    """The keys of all places that were counted through this year, with what stands in them."""
    begun = dt.date(today().year, 1, 1)
    query = select(StockTake).where(StockTake.state == "done", StockTake.finished_on >= begun)
    counts = db.session.scalars(query.options(selectinload(StockTake.place)))
    return {key for count in counts for key in inside(count.place)}


MOVES = [
    Move(
        "finish", {"open"}, "done", "StockTake:finish", _l("All is counted"), finish,
        asks=(("strays?", _l("Found besides")),), style="primary",
    ),
    Move(
        "drop", {"open"}, "dropped", "StockTake:finish", _l("Drop"), drop, asks=(("reason", _l("Reason")),),
        style="danger",
    ),
]  # fmt: skip
