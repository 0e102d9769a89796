"""Keeping the prepared rows in step with the records, in the same transaction.

A flush only notes which entries are touched; they are prepared once, before the commit or the next search, so that a
row of a roster that changes four records is prepared once. Statements that bypass the session's records are not seen:
`touch` tells of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import delete, event, func, inspect, select, update
from sqlalchemy.orm import Session, SessionTransaction

from app.kit import fresh
from app.search.declared import By, Searched, declared
from app.search.models import SearchEntry
from app.search.prepared import prepare

DUE = "search_due"
BATCH = 500
AT_ONCE = 5000

Key = tuple[str, By]


def watch() -> None:
    """Follow every session from now on, once a process."""
    for name, listener in (
        ("after_flush", _note), ("before_commit", _before_commit), ("after_soft_rollback", _forget),
    ):  # fmt: skip
        if not event.contains(Session, name, listener):
            event.listen(Session, name, listener)
    if _note_fresh not in fresh.followers:
        fresh.followers.append(_note_fresh)
        fresh.pauses.append(_pause)
    for model, touches in declared.touches.items():
        for _kind, by in touches:
            if by.key != "id":  # the old value is needed too, so that the entry left behind is touched
                event.listen(getattr(model, by.key), "set", _load_old_value, active_history=True)


def _load_old_value(_record: Any, _value: Any, _old: Any, _how: Any) -> None:
    """Only there to have the session know the value before."""


def touch(session: Session, kind: str, keys: Iterable[int]) -> None:
    """Have these entries prepared anew with this transaction."""
    due: dict[Key, set[int]] = session.info.setdefault(DUE, defaultdict(set))
    due[kind, By(declared.kinds[kind].model)].update(keys)


def _note(session: Session, _context: Any) -> None:
    due: dict[Key, set[int]] = session.info.setdefault(DUE, defaultdict(set))
    for record in (*session.new, *session.deleted):
        for kind, by in declared.touches.get(type(record), ()):
            due[kind, by] |= _keys(record, by)
    for record in session.dirty:
        for kind, by in declared.touches.get(type(record), ()):
            if _matters(record, by):
                due[kind, by] |= _keys(record, by)
    _settle_many(session, due)


def _note_fresh(session: Session, records: fresh.ByModel) -> None:
    """Records that no flush tells of. Who names a new one by its key is new or changed, and noted by that."""
    due: dict[Key, set[int]] = session.info.setdefault(DUE, defaultdict(set))
    for model, made in records.items():
        for kind, by in declared.touches.get(model, ()):
            if by.where is None or by.key != "id":
                due[kind, by].update(key for one in made if (key := one.__dict__.get(by.key)) is not None)
    _settle_many(session, due)


def _settle_many(session: Session, due: dict[Key, set[int]]) -> None:
    """What is due takes room: a long piece of work is prepared in between, but never inside a savepoint.

    SQLite keeps every page of the word index that changes inside one: three times the work.
    """
    if not session.in_nested_transaction() and sum(map(len, due.values())) > AT_ONCE:
        catch_up(session)


def _pause(session: Session) -> None:
    """Long work is between two savepoints, perhaps within one around all of it."""
    if sum(map(len, session.info.get(DUE, {}).values())) > AT_ONCE:
        catch_up(session)


def _matters(record: Any, by: By) -> bool:
    attributes = inspect(record).attrs
    names = by.only or attributes.keys()
    return any(attributes[name].history.has_changes() for name in names if name in attributes)


def _keys(record: Any, by: By) -> set[int]:
    """The record's key now and before this flush."""
    before = inspect(record).attrs[by.key].history.deleted or ()
    return {int(key) for key in (getattr(record, by.key), *before) if key is not None}


def _before_commit(session: Session) -> None:
    if not session.in_nested_transaction():
        session.flush()
        catch_up(session)


def _forget(session: Session, previous: SessionTransaction) -> None:
    """A savepoint's keys may stay: preparing what did not change costs little and changes nothing."""
    if not previous.nested:
        session.info.pop(DUE, None)


def catch_up(session: Session) -> None:
    """Prepare what is due."""
    due: dict[Key, set[int]] = session.info.pop(DUE, None) or {}
    touched: dict[str, set[int]] = defaultdict(set)
    for (kind, by), keys in due.items():
        touched[kind] |= set(_entries_of(session, by, keys))
    for kind, keys in touched.items():
        for batch in batches(sorted(keys)):
            _renew(session, kind, batch)


def _entries_of(session: Session, by: By, keys: set[int]) -> Iterator[int]:
    if by.where is None:
        yield from keys
        return
    for batch in batches(keys):
        yield from session.scalars(select(by.gives).where(by.where.in_(batch), by.gives.is_not(None)))


def batches(keys: Iterable[int], size: int = BATCH) -> Iterator[list[int]]:
    waiting = iter(keys)
    while batch := list(islice(waiting, size)):
        yield batch


def _renew(session: Session, kind: str, keys: Sequence[int]) -> None:
    """Add, change or remove the rows of these records; what is as it was is left alone."""
    one = declared.kinds[kind]
    rows = {entry.id: prepare(entry, kind, one.weight) for entry in declared.entries(kind, keys)}
    mine = (SearchEntry.kind == kind, SearchEntry.record_id.in_(keys))
    stored = select(SearchEntry.record_id, SearchEntry.id, SearchEntry.digest).where(*mine)
    there = {record_id: (pk, digest) for record_id, pk, digest in session.execute(stored)}
    gone = [there[key][0] for key in there.keys() - rows.keys()]
    if gone:
        session.execute(delete(SearchEntry.__table__).where(SearchEntry.id.in_(gone)))
    changed = [key for key in rows.keys() & there.keys() if there[key][1] != rows[key]["digest"]]
    for key in changed:
        session.execute(update(SearchEntry.__table__).where(SearchEntry.id == there[key][0]).values(rows[key]))
    if new := [rows[key] for key in sorted(rows.keys() - there.keys())]:
        columns = {name: [row[name] for row in new] for name in new[0]}
        fresh.put(session.connection(), SearchEntry.__table__, columns)


def rebuild(session: Session, save: Callable[[], None], tell: Callable[[str, int, int], None]) -> int:
    """Prepare every record anew, a batch at a time with flat memory; `save()` ends each piece of work.

    `tell(kind, done, total)`. Entries whose record is gone are removed. Answers how many there are.
    """
    session.execute(delete(SearchEntry.__table__).where(SearchEntry.kind.not_in(list(declared.ready().kinds))))
    for one in declared.kinds.values():
        _rebuild_kind(session, one, save, tell)
    save()
    return int(session.scalar(select(func.count(SearchEntry.id))) or 0)


def _rebuild_kind(session: Session, one: Searched, save: Callable[[], None], tell: Callable[..., None]) -> None:
    model: Any = one.model
    total = int(session.scalar(select(func.count(model.id))) or 0)
    last = done = 0
    while keys := list(session.scalars(select(model.id).where(model.id > last).order_by(model.id).limit(BATCH))):
        _drop_between(session, one.kind, last, keys)
        _renew(session, one.kind, keys)
        last, done = keys[-1], done + len(keys)
        save()
        session.expunge_all()
        tell(one.kind, done, total)
    beyond = (SearchEntry.kind == one.kind, SearchEntry.record_id > last)
    session.execute(delete(SearchEntry.__table__).where(*beyond))


def _drop_between(session: Session, kind: str, last: int, keys: Sequence[int]) -> None:
    """Remove entries of records that are gone, within this stretch of keys."""
    stretch = (SearchEntry.kind == kind, SearchEntry.record_id > last, SearchEntry.record_id <= keys[-1])
    session.execute(delete(SearchEntry.__table__).where(*stretch, SearchEntry.record_id.not_in(keys)))
