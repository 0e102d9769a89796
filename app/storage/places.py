"""Rooms, cabinets, shelves, boxes, safes: what stands in what, and how a place is moved (P2.09, P10.01)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.archive.boxes import inside, trace
from app.archive.models import File
from app.estate.models import Place
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.storage.models import Certificate

DEEPEST = 20


def add(place: Place, *, by: Any = None) -> Place:
    """A new place; what it stands in is of the same site and in use."""
    place.code, place.name = place.code.strip(), place.name.strip()
    with db.session.no_autoflush:
        if place.site is None and place.parent is not None:
            place.site, place.site_id = place.parent.site, place.parent.site_id
        if place.floor is not None and place.floor.site_id != place.site.id:
            raise RuleError(_l("This floor is of another site."), field="floor")
        if place.parent is not None:
            _may_stand(place, place.parent, place.site.id)
    return place


def amend(place: Place, *, by: Any = None) -> None:
    """Code, name, kind and floor; where it stands changes by moving it."""
    if place.floor is not None and place.floor.site_id != place.site_id:
        raise RuleError(_l("This floor is of another site."), field="floor")
    if place.kind != "safe" and holds_certificates(place):
        was = db.session.scalar(select(Place.kind).where(Place.id == place.id))
        if was == "safe":
            raise RuleError(_l("Certificates lie in this safe."), field="kind")


def move_to(place: Place, *, by: Any = None, parent: Place | None = None, reason: str = "") -> None:
    """The place stands elsewhere from now on, with all that is in it; a line says from where and why."""
    if not reason.strip():
        raise RuleError(_l("Say why it is put elsewhere."), field="reason")
    if parent is not None:
        if parent.id in inside(place):
            raise RuleError(_l("A place cannot stand in itself."), field="parent")
        _may_stand(place, parent, place.site_id)
    if (parent.id if parent else None) == place.parent_id:
        raise RuleError(_l("%(what)s lies there already.", what=place.code), field="parent")
    if holds_certificates(place) and not is_in_a_safe(place if place.kind == "safe" else parent):
        raise RuleError(_l("Certificates lie in it: it stays in a safe."), field="parent")
    before = place.parent_id
    place.parent, place.parent_id = parent, parent.id if parent else None
    trace(place.site_id, before, place.parent_id, by=by, reason=reason, moved=place)


def _may_stand(place: Place, parent: Place, site_id: int) -> None:
    if parent.site_id != site_id:
        raise RuleError(_l("This place is of another site."), field="parent")
    if parent.state != "used":
        raise RuleError(_l("This place is no longer used."), field="parent")
    if place.kind == "room" and parent.kind != "room":
        raise RuleError(_l("A room stands in no cabinet, shelf or box."), field="parent")


def give_up(place: Place, *, by: Any = None, reason: str = "") -> None:
    """An empty place is no longer used."""
    if any(counts(place)):
        raise RuleError(_l("Something still lies in it."))
    if not reason.strip():
        raise RuleError(_l("Say why it is no longer used."), field="reason")


def path(place: Place | None) -> list[Place]:
    """From the room down to the place itself."""
    found: list[Place] = []
    while place is not None and len(found) < DEEPEST:
        found.insert(0, place)
        place = place.parent
    return found


def is_in_a_safe(place: Place | None) -> bool:
    return any(each.kind == "safe" for each in path(place))


def holds_certificates(place: Place) -> bool:
    query = select(Certificate.id).where(Certificate.place_id.in_(inside(place)), Certificate.state == "held")
    return db.session.scalar(query.limit(1)) is not None


def counts(place: Place) -> tuple[int, int, int]:
    """How many places stand in it, and how many files and certificates lie in it, however deep."""
    keys = inside(place)
    files = select(func.count(File.id)).where(File.place_id.in_(keys), File.state != "destroyed")
    certificates = select(func.count(Certificate.id)).where(
        Certificate.place_id.in_(keys), Certificate.state.in_(("held", "lent"))
    )
    used = select(func.count(Place.id)).where(Place.id.in_(keys), Place.id != place.id, Place.state == "used")
    ask = db.session.scalar
    return int(ask(used) or 0), int(ask(files) or 0), int(ask(certificates) or 0)


def certificates_in(place: Place) -> Sequence[Certificate]:
    """The certificates that lie in it, however deep, by number."""
    query = select(Certificate).where(Certificate.place_id.in_(inside(place)), Certificate.state.in_(("held", "lent")))
    return list(db.session.scalars(query.order_by(Certificate.number, Certificate.id)))


_WHY = (("reason", _l("Reason")),)
MOVES = [
    Move(
        "move_to", {"used"}, None, "Place:move_to", _l("Move the place"), move_to,
        asks=(("parent?", _l("Stands in")), *_WHY),
        style="primary",
    ),
    Move("give_up", {"used"}, "given_up", "Place:give_up", _l("No longer used"), give_up, asks=_WHY, style="danger"),
]  # fmt: skip
