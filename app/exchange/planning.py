"""Plans rows against what is known of a site and applies them, batch by batch, one by one where a batch fails."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from app.exchange import rooms
from app.exchange.fields import CHANGED, JOINED, NEW, SAME, VACANT, WRONG, Row
from app.exchange.rows import interpret
from app.kit import fresh
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
BATCH = 500


@dataclass
class Work:
    """Rows on their way, what each room knows of the site, and what became of them."""

    rows: list[Row]
    knowns: dict[str, Any]
    writes: bool = True
    by: Any = None
    all_or_nothing: bool = False

    @property
    def notes(self) -> list[Any]:
        """What to say about all of it."""
        return [note for room in _offering("notes") for note in room.notes(self.knowns[room_name(room)])]


def begin(rows: list[Row], site: Any, **how: Any) -> Work:
    """Read what the rooms know; `site` may be None, a site that is yet to be made."""
    knowns = {room_name(room): room.prepare(site) for room in _offering("prepare")}
    for room in _offering("tell"):
        room.tell(knowns, site)
    return Work(rows, knowns, **how)


def room_name(room: Any) -> str:
    return str(room.__name__.split(".")[-2])


def _offering(name: str) -> list[Any]:
    return [room for room in rooms.found() if hasattr(room, name)]


def through(work: Work, progress: Progress | None = None) -> Iterator[list[Row]]:
    """Take some rows at a time all the way: what they mean, what they change, and, if it `writes`, into the database.

    Yields them as they come out, and lets go of them. A row that fails leaves nothing behind and becomes a wrong one.
    """
    total, done, told = len(work.rows), 0, 0
    # A long sheet waits for a while: looking through it for rubbish again and again costs a third. What a process
    # begins with is frozen, too (`run.py`), so nothing is thawed afterwards; to ask how much that is would count it all
    if total > BATCH:
        gc.freeze()
    for wholes in _batches(work.rows):
        batch = [part for parts in wholes for part in parts]
        _plan(wholes, batch, work)
        if work.writes:
            _apply(wholes, work)
        yield batch
        done += len(batch)
        if progress is not None and (done == total or done - told >= total // 100):
            told = done
            progress(told, total)


def _plan(wholes: list[list[Row]], batch: list[Row], work: Work) -> None:
    """Give every row its state; writes nothing."""
    interpret(batch)
    for row in batch:
        if row.state != JOINED:
            _plan_row(row, work.knowns)
    for parts in wholes:
        _refuse_whole(parts)
    if work.all_or_nothing and any(row.state == WRONG for row in batch):
        work.writes = False


def _plan_row(row: Row, knowns: dict[str, Any]) -> None:
    for room in rooms.found():
        if hasattr(room, "plan"):
            room.plan(row, knowns.get(room_name(room)))
    if row.is_wrong:
        row.state = WRONG
    elif row.state != VACANT:
        row.state = NEW if row.is_new else CHANGED if row.changes else SAME


def _refuse_whole(parts: list[Row]) -> None:
    """A row of several units is taken in whole or not at all."""
    if len(parts) > 1 and any(part.state == WRONG for part in parts):
        for part in parts:
            part.state = WRONG if part.state != JOINED else JOINED


def _batches(rows: list[Row]) -> Iterator[list[list[Row]]]:
    """Some rows of the sheet at a time, each with all its parts: no border runs through one. The list is used up."""
    rows.reverse()
    batch: list[list[Row]] = []
    size = 0
    while rows:
        row = rows.pop()
        if row.part and batch and (batch[-1][0].sheet, batch[-1][0].number) == (row.sheet, row.number):
            batch[-1].append(row)
        else:
            if size >= BATCH:
                yield batch
                batch, size = [], 0
            batch.append([row])
        size += 1
    if batch:
        yield batch


def _apply(wholes: list[list[Row]], work: Work) -> None:
    """Write the good rows of a batch, one by one where they do not go in together."""
    todo = [[part for part in parts if part.state in (NEW, CHANGED, VACANT)] for parts in wholes]
    todo = [parts for parts in todo if parts]
    if todo and not _apply_batch([part for parts in todo for part in parts], work):
        for parts in todo:
            _apply_alone(parts, work)
    for parts in wholes:
        _refuse_whole(parts)
    fresh.pause(db.session())


def _apply_batch(batch: list[Row], work: Work) -> bool:
    planned = [dict(row.plan) for row in batch]
    try:
        with db.session.begin_nested(), db.session.no_autoflush:
            for row in batch:
                _apply_row(row, work)
            _flush(batch, work)
        return True
    except (RuleError, SQLAlchemyError, ValueError) as error:
        log.info("a batch of rows is tried again row by row: %s", type(error).__name__)
        _forget(batch, planned, work)
        return False


def _apply_alone(parts: list[Row], work: Work) -> None:
    """One row of the sheet with all its parts, whole or not at all."""
    planned = [dict(part.plan) for part in parts]
    at = parts[0]
    try:
        with db.session.begin_nested(), db.session.no_autoflush:
            for at in parts:
                _apply_row(at, work)
            _flush(parts, work)
    except RuleError as error:
        _forget(parts, planned, work)
        at.wrong(error.message)
    except (SQLAlchemyError, ValueError):
        _forget(parts, planned, work)
        at.wrong(_l("The database refused this row."))
    if at.is_wrong:
        for part in parts:
            part.state = WRONG


def _apply_row(row: Row, work: Work) -> None:
    for room in rooms.found():
        if hasattr(room, "apply"):
            room.apply(row, work.knowns.get(room_name(room)), by=work.by)


def _flush(batch: list[Row], work: Work) -> None:
    """Write what the rows made, then their audit lines; afterwards hold no record longer than it is needed."""
    session = db.session()
    fresh.write(session)
    session.flush()
    audit.write_all((line for row in batch for line in row.lines), by=work.by)
    for row in batch:
        row.plan, row.lines = {}, []
    for room in rooms.found():
        if hasattr(room, "release"):
            room.release(work.knowns[room_name(room)])


def _forget(batch: list[Row], planned: list[dict[str, Any]], work: Work) -> None:
    for row, plan_before in zip(batch, planned, strict=True):
        row.plan, row.lines = plan_before, []
    for room in rooms.found():
        if hasattr(room, "forget"):
            room.forget(work.knowns[room_name(room)])
