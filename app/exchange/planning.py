"""Plans rows against what is known of a site, and applies them: in batches, and one by one where a batch fails."""

from __future__ import annotations

import gc
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from app.exchange import rooms
from app.exchange.fields import CHANGED, JOINED, NEW, SAME, VACANT, WRONG, Row
from app.kit import fresh
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
BATCH = 250


@dataclass
class Plan:
    """The rows with their state, and what each room knows."""

    rows: list[Row]
    knowns: dict[str, Any]
    notes: list[Any]


def plan(rows: list[Row], site: Any) -> Plan:
    """Give every row its state. Writes nothing; `site` may be None, a site that is yet to be made."""
    knowns = {room_name(room): room.prepare(site) for room in rooms.found() if hasattr(room, "prepare")}
    for room in rooms.found():
        if hasattr(room, "tell"):
            room.tell(knowns, site)
    for row in rows:
        if row.state != JOINED:
            _plan_row(row, knowns)
    _refuse_whole_rows(rows)
    notes = [note for room in rooms.found() if hasattr(room, "notes") for note in room.notes(knowns[room_name(room)])]
    return Plan(rows, knowns, notes)


def room_name(room: Any) -> str:
    return str(room.__name__.split(".")[-2])


def _plan_row(row: Row, knowns: dict[str, Any]) -> None:
    for room in rooms.found():
        if hasattr(room, "plan"):
            room.plan(row, knowns.get(room_name(room)))
    if row.is_wrong:
        row.state = WRONG
    elif row.state != VACANT:
        row.state = NEW if row.is_new else CHANGED if row.changes else SAME


def _refuse_whole_rows(rows: Iterable[Row]) -> None:
    """A row of several units is taken in whole or not at all."""
    by_place: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in rows:
        by_place[row.sheet, row.number].append(row)
    for parts in by_place.values():
        if len(parts) > 1 and any(part.state == WRONG for part in parts):
            for part in parts:
                part.state = WRONG if part.state != JOINED else JOINED


def apply(made: Plan, *, by: Any = None, progress: Progress | None = None) -> None:
    """Write the good rows. A row that fails leaves nothing behind and becomes a wrong one."""
    gc.freeze()  # the sheet stays until the end: looking through it for rubbish again and again costs a third
    try:
        _apply_all([row for row in made.rows if row.state in (NEW, CHANGED, VACANT)], made, by, progress)
    finally:
        gc.unfreeze()


def _apply_all(todo: list[Row], made: Plan, by: Any, progress: Progress | None) -> None:
    every = max(1, len(todo) // 100)
    told = 0
    done = 0
    for wholes in _batches(todo):
        batch = [part for parts in wholes for part in parts]
        if not _apply_batch(batch, made, by):
            for parts in wholes:
                _apply_alone(parts, made, by)
        done += len(batch)
        if progress is not None and done - told >= min(every, BATCH):
            told = done
            progress(told, len(todo))
    _refuse_whole_rows(todo)


def _batches(todo: list[Row]) -> Iterable[list[list[Row]]]:
    """Some rows of the sheet at a time, each with all its parts: no border runs through one."""
    by_place: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in todo:
        by_place[row.sheet, row.number].append(row)
    batch: list[list[Row]] = []
    size = 0
    for parts in by_place.values():
        if batch and size + len(parts) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(parts)
        size += len(parts)
    if batch:
        yield batch


def _apply_batch(batch: list[Row], made: Plan, by: Any) -> bool:
    planned = [dict(row.plan) for row in batch]
    try:
        with db.session.begin_nested(), db.session.no_autoflush:
            for row in batch:
                _apply_row(row, made, by)
            _flush(batch, made, by)
        return True
    except (RuleError, SQLAlchemyError, ValueError) as error:
        log.info("a batch of rows is tried again row by row: %s", type(error).__name__)
        _forget(batch, planned, made)
        return False


def _apply_alone(parts: list[Row], made: Plan, by: Any) -> None:
    """One row of the sheet with all its parts, whole or not at all."""
    planned = [dict(part.plan) for part in parts]
    at = parts[0]
    try:
        with db.session.begin_nested(), db.session.no_autoflush:
            for at in parts:
                _apply_row(at, made, by)
            _flush(parts, made, by)
    except RuleError as error:
        _forget(parts, planned, made)
        at.wrong(error.message)
    except (SQLAlchemyError, ValueError):
        _forget(parts, planned, made)
        at.wrong(_l("The database refused this row."))
    if at.is_wrong:
        for part in parts:
            part.state = WRONG


def _apply_row(row: Row, made: Plan, by: Any) -> None:
    for room in rooms.found():
        if hasattr(room, "apply"):
            room.apply(row, made.knowns.get(room_name(room)), by=by)


def _flush(batch: list[Row], made: Plan, by: Any) -> None:
    """Write what the rows made, then their audit lines; afterwards hold no record longer than it is needed."""
    session = db.session()
    fresh.write(session)
    session.flush()
    audit.write_all((line for row in batch for line in row.lines), by=by)
    for row in batch:
        row.plan, row.lines = {}, []
    for room in rooms.found():
        if hasattr(room, "release"):
            room.release(made.knowns[room_name(room)])


def _forget(batch: list[Row], planned: list[dict[str, Any]], made: Plan) -> None:
    for row, plan_before in zip(batch, planned, strict=True):
        row.plan, row.lines = plan_before, []
    for room in rooms.found():
        if hasattr(room, "forget"):
            room.forget(made.knowns[room_name(room)])
