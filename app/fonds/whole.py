"""A fonds closed by a reorganisation is one whole: nothing of it ever comes into another fonds (P4.03)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session, attributes

from app.fonds import numbering
from app.fonds.models import ArchivalItem, Fonds, NumberChange
from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db

ONE_WHOLE = _l("This fonds is closed: what lies in it is one whole and goes into no other fonds.")


def move_to(item: ArchivalItem, *, by: Any, fonds: Fonds | None = None, reason: str = "") -> None:
    """An item that lay in the wrong fonds goes into the right one, with all that lies in it; its number changes."""
    if fonds is None or fonds.id == item.fonds_id or fonds.site_id != item.site_id:
        raise RuleError(_l("Choose another fonds of this site."), field="fonds")
    if item.fonds.state == "closed":
        raise RuleError(ONE_WHOLE, field="fonds")
    if item.volume_id is not None:
        raise RuleError(_l("It lies in a volume: the volume goes as a whole."), field="fonds")
    if not reason.strip():
        raise RuleError(_l("Say why."), field="reason")
    takes(fonds, item)
    for each in (item, *item.contents):
        each.fonds, each.fonds_id = fonds, fonds.id
    renumber([item, *item.contents], by=by, reason=reason, anew=True)


def takes(fonds: Fonds, item: ArchivalItem) -> None:
    """What was made after a fonds was closed belongs to its successor's fonds."""
    if fonds.closed_on is not None and item.year is not None and item.year > fonds.closed_on.year:
        raise RuleError(_l("This fonds was closed in %(year)s.", year=fonds.closed_on.year), field="year")


def renumber(items: list[ArchivalItem], *, by: Any, reason: str, anew: bool = False) -> int:
    """The items' numbers follow their fonds; what they were is kept in the concordance. How many changed."""
    changed = 0
    for item in items:
        old = item.number
        if not old:
            continue
        if anew and item.volume is None:
            item.number = ""
            with db.session.no_autoflush:
                numbering.give_number(item)
        else:
            numbering.put_number(item, item.fonds.number)
        if item.number != old:
            changed += 1
            note_number(item.fonds, old, item.number, by=by, reason=reason, item=item)
    db.session.flush()
    return changed


def note_number(fonds: Fonds, old: str, new: str, *, by: Any, reason: str, item: ArchivalItem | None = None) -> None:
    """The line that stays."""
    line = NumberChange(
        site_id=fonds.site_id, fonds=fonds, item=item, old=old, new=new, changed_at=now(),
        user_id=getattr(by, "id", None), reason=reason.strip()[:300],
    )  # fmt: skip
    db.session.add(line)


@event.listens_for(Session, "before_flush")
def _closed_fonds_stay_whole(session: Session, _context: Any, _instances: Any) -> None:
    """Whatever way an item would leave a closed fonds: refused before anything is stored."""
    for record in session.dirty:
        if isinstance(record, ArchivalItem) and (left := _left(session, record)) is not None and left.state == "closed":
            raise RuleError(ONE_WHOLE, field="fonds")
        if isinstance(record, Fonds) and "closed" in (attributes.get_history(record, "state").deleted or ()):
            raise RuleError(_l("A closed fonds is not opened again."))
    for record in session.deleted:
        if isinstance(record, ArchivalItem) and _closed(session, record.fonds_id):
            raise RuleError(ONE_WHOLE)


def _left(session: Session, item: ArchivalItem) -> Fonds | None:
    """The fonds that the item is leaving, or None where it stays."""
    before = attributes.get_history(item, "fonds_id").deleted
    if before:
        return session.get(Fonds, before[0])
    other = attributes.get_history(item, "fonds").deleted
    return other[0] if other else None


def _closed(session: Session, key: int) -> bool:
    query = select(Fonds.state).where(Fonds.id == key)
    with session.no_autoflush:
        return session.scalar(query) == "closed"
