"""Legal holds: placed by one, released by another with a reason, and while they hold nothing is destroyed or erased."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.archive.models import File
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.retention.models import LegalHold
from app.security import audit


def place(hold: LegalHold, *, by: Any) -> LegalHold:
    """From now on nothing of the file is destroyed."""
    if hold.file is None:
        raise RuleError(_l("Choose a file."), field="file")
    if hold.file.state == "destroyed":
        raise RuleError(_l("This file is destroyed."), field="file")
    if not (hold.reason or "").strip():
        raise RuleError(_l("Say why the file is held."), field="reason")
    if hold.until_on is not None and hold.until_on < today():
        raise RuleError(_l("A hold does not end in the past."), field="until_on")
    hold.site_id, hold.file_id, hold.state = hold.file.site_id, hold.file.id, "held"
    hold.placed_by_id, hold.placed_at = by.id, now()
    db.session.add(hold)
    db.session.flush()
    audit.write("hold", hold, {"file": hold.file.number, "until": str(hold.until_on or "")}, by=by)
    return hold


def release(hold: LegalHold, *, by: Any, reason: str = "") -> None:
    """Another person than who placed it ends it, and says why."""
    if not reason.strip():
        raise RuleError(_l("Say why the hold is released."), field="reason")
    hold.released_by_id, hold.released_at, hold.release_reason = by.id, now(), reason.strip()[:300]
    hold.state = "released"
    db.session.flush()


def _another(hold: LegalHold, user: Any) -> None:
    if user is not None and hold.placed_by_id == user.id:
        raise RuleError(_l("Who placed the hold does not release it."))


def holds_now() -> ColumnElement[bool]:
    """The condition on `LegalHold`: it holds today."""
    return and_(LegalHold.state == "held", or_(LegalHold.until_on.is_(None), LegalHold.until_on >= today()))


def is_held(file_id: Any) -> ColumnElement[bool]:
    """The condition: a file of that key (a column) is held today."""
    return select(LegalHold.id).where(LegalHold.file_id == file_id, holds_now()).exists()


def in_the_way(file: File) -> Iterator[Any]:
    """What of this room stands in the way of destroying or erasing anything of the file."""
    live = select(LegalHold).where(LegalHold.file_id == file.id, holds_now()).order_by(LegalHold.id)
    for hold in db.session.scalars(live):
        yield _l("a legal hold (%(why)s)", why=hold.reason)


MOVES = [
    Move(
        "release",
        {"held"},
        None,
        "LegalHold:release",
        _l("Release the hold"),
        release,
        asks=(("reason", _l("Reason")),),
        guard=_another,
        style="danger",
        leads_to=("released",),
    ),
]
