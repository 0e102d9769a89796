"""What never changes: a released hold, a signed appraisal, a finished destruction. Nothing else destroys a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, attributes

from app.archive.models import Document, File
from app.kit.columns import DESK_TIME
from app.kit.session import AppendOnlyError, db
from app.retention.models import Appraisal, AppraisalItem, AppraisalMember, Destruction, DestructionItem, LegalHold

BY_THE_BOOK = "destroying_by_the_book"
RELEASE = {"state", "released_by_id", "released_by", "released_at", "release_reason"}
HOUSEKEEPING = {"version", "updated_at", "updated_by_id"}
FIXED = {"appraised", "passed", "raised", "approved", "refused", "witnessed", "done", "withdrawn"}


@contextmanager
def destroying() -> Iterator[None]:
    """Only inside of this may a file or a paper become destroyed."""
    info = db.session().info
    info[BY_THE_BOOK] = True
    try:
        yield
    finally:
        info.pop(BY_THE_BOOK, None)


def day_of(moment: dt.datetime) -> dt.date:
    """The desk's date of a moment."""
    return moment.astimezone(DESK_TIME).date()


@event.listens_for(Session, "before_flush")
def _refuse(session: Session, _context: Any, _instances: Any) -> None:
    for record in session.deleted:
        if isinstance(record, File | Document | LegalHold | Destruction | DestructionItem):
            raise AppendOnlyError(f"a {type(record).__name__} is never deleted: it is destroyed by the book")
    for record in session.dirty:
        if session.is_modified(record):
            _check(session, record)
    for record in session.new:
        _check_new(record)


def _check(session: Session, record: Any) -> None:
    if isinstance(record, File | Document) and _is_about_destruction(record) and not session.info.get(BY_THE_BOOK):
        raise AppendOnlyError("a file is destroyed by a witnessed destruction list and by nothing else")
    if isinstance(record, LegalHold) and not _changes(record) <= _free(record):
        raise AppendOnlyError("a legal hold is released once and never changes otherwise")
    if isinstance(record, Destruction) and _before(record, "state") == "done":
        raise AppendOnlyError("a finished destruction list never changes")
    if isinstance(record, DestructionItem) and _before(record.destruction, "state") in FIXED:
        raise AppendOnlyError("a destruction list that was submitted never changes")
    if isinstance(record, AppraisalItem) and _before(record.appraisal, "state") in FIXED:
        raise AppendOnlyError("an appraisal that is being signed never changes")


def _check_new(record: Any) -> None:
    parent = getattr(record, "destruction", None) if isinstance(record, DestructionItem) else None
    if isinstance(record, AppraisalItem | AppraisalMember):
        parent = record.appraisal
    if isinstance(parent, Destruction | Appraisal) and _before(parent, "state") in FIXED:
        raise AppendOnlyError("a list that is being signed or finished takes no more lines")


def _is_about_destruction(record: File | Document) -> bool:
    """The record becomes destroyed, or would come back."""
    name = "state" if isinstance(record, File) else "destroyed_on"
    history = attributes.get_history(record, name)
    values = [*history.added, *(history.deleted or ())] if history.has_changes() else []
    return "destroyed" in values if isinstance(record, File) else bool(values)


def _free(hold: LegalHold) -> set[str]:
    return RELEASE | HOUSEKEEPING if _before(hold, "state") == "held" else HOUSEKEEPING


def _changes(record: Any) -> set[str]:
    state = attributes.instance_state(record)
    return {each.key for each in state.attrs if each.history.has_changes()}


def _before(record: Any, name: str) -> Any:
    """The value as it is stored."""
    history = attributes.get_history(record, name)
    return next(iter(history.deleted or history.unchanged or ()), None)
