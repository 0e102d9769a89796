"""Where files lie: put into a box, put elsewhere, many at once; what lies in a place, and the lists of the boxed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, extract, func, select
from sqlalchemy.orm import joinedload

from app.archive.models import Document, File
from app.archive.trails import PlaceMove
from app.estate.models import Floor, Place, Unit
from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db

GONE = ("closed", "destroyed")
BOXES = ("box", "cabinet")
NOT_FOR_FILES = ("safe", "envelope")


def moved_out(first: dt.date, last: dt.date) -> Select[tuple[File]]:
    """The files closed from `first` to `last`, by building, floor and unit."""
    query = select(File).outerjoin(Unit, Unit.id == File.unit_id).outerjoin(Floor, Floor.id == Unit.floor_id)
    closed = query.where(File.state.in_(GONE), File.closed_on >= first, File.closed_on <= last)
    return closed.order_by(
        File.site_id, Unit.building_id, Floor.level, Floor.name, Unit.number, File.closed_on, File.id
    )


def opened(first: dt.date, last: dt.date) -> Select[tuple[File]]:
    """The files opened from `first` to `last`, destroyed ones among them, by year and number."""
    query = select(File).where(File.opened_on >= first, File.opened_on <= last)
    along = (joinedload(File.unit), joinedload(File.customer), joinedload(File.place))
    return query.order_by(File.site_id, extract("year", File.opened_on), File.number, File.id).options(*along)


def counted(files: Sequence[File]) -> dict[int, tuple[int, int]]:
    """How many papers and pages each file holds, in one statement."""
    query = (
        select(Document.file_id, func.count(Document.id), func.coalesce(func.sum(Document.pages), 0))
        .where(Document.file_id.in_([file.id for file in files]))
        .group_by(Document.file_id)
    )
    return {key: (papers, pages) for key, papers, pages in db.session.execute(query)}


def inside(place: Place) -> set[int]:
    """The keys of a place and of all that stands in it, however deep."""
    found, fresh = {place.id}, {place.id}
    while fresh:
        fresh = set(db.session.scalars(select(Place.id).where(Place.parent_id.in_(fresh)))) - found
        found |= fresh
    return found


def kept_in(place: Place) -> list[File]:
    """The files that lie in a place or in what stands in it; destroyed ones lie nowhere."""
    query = select(File).outerjoin(Unit, Unit.id == File.unit_id).outerjoin(Floor, Floor.id == Unit.floor_id)
    files = query.where(File.place_id.in_(inside(place)), File.state != "destroyed")
    along = (joinedload(File.unit), joinedload(File.customer), joinedload(File.place))
    return list(db.session.scalars(files.order_by(Floor.level, Unit.number, File.id).options(*along)))


def put_away(file: File, *, by: Any = None, place: Place | None = None) -> None:
    """A moved-out file goes into a box, of its own floor where the box is of one."""
    if place is None or place.kind != "box":
        raise RuleError(_l("Choose one of the site's boxes."), field="place")
    put(file, place, by=by)


def put_elsewhere(file: File, *, by: Any = None, place: Place | None = None, reason: str = "") -> None:
    """A file is kept in another place from now on, for a reason that is kept."""
    if place is None or place.kind in NOT_FOR_FILES:
        raise RuleError(_l("Choose a room, cabinet, shelf or box."), field="place")
    if not reason.strip():
        raise RuleError(_l("Say why it is put elsewhere."), field="reason")
    put(file, place, by=by, reason=reason)


def put(file: File, place: Place, *, by: Any = None, reason: str = "") -> None:
    """The file lies there now, and a line says so; RuleError where it cannot."""
    if place.site_id != file.site_id:
        raise RuleError(_l("Choose one of the site's boxes."), field="place")
    if place.state != "used":
        raise RuleError(_l("This place is no longer used."), field="place")
    if place.kind == "box" and place.floor_id not in (None, file.unit and file.unit.floor_id):
        raise RuleError(_l("This box is of floor %(floor)s.", floor=place.floor), field="place")
    if place.id == file.place_id:
        raise RuleError(_l("%(what)s lies there already.", what=file.number), field="place")
    before = file.place_id
    file.place, file.place_id = place, place.id
    trace(place.site_id, before, place.id, by=by, reason=reason, file=file)


def put_all(files: Iterable[File], place: Place, *, by: Any = None, reason: str = "") -> int:
    """A whole list of files into one place, all of them or none; how many."""
    chosen = list(files)
    if not chosen:
        raise RuleError(_l("Choose the files to put in."))
    for file in chosen:
        if file.state == "destroyed":
            raise RuleError(_l("This file is destroyed."))
        put(file, place, by=by, reason=reason)
    return len(chosen)


def trace(site_id: int, before: int | None, after: int | None, *, by: Any, reason: str, **what: Any) -> None:
    """The line that stays: `file` or `moved` went from one place to another."""
    line = PlaceMove(
        site_id=site_id, from_place_id=before, to_place_id=after, moved_at=now(), user_id=getattr(by, "id", None),
        reason=reason.strip()[:300], **what,
    )  # fmt: skip
    db.session.add(line)
    db.session.flush()


def to_be_boxed(place: Place, most: int) -> list[File]:
    """Moved-out files of the box's floor, or site, that lie in no box yet (P10.06)."""
    boxes = select(Place.id).where(Place.site_id == place.site_id, Place.kind == "box")
    query = select(File).outerjoin(Unit, Unit.id == File.unit_id).outerjoin(Floor, Floor.id == Unit.floor_id)
    loose = query.where(File.site_id == place.site_id, File.state == "closed", File.place_id.not_in(boxes))
    if place.floor_id is not None:
        loose = loose.where(Unit.floor_id == place.floor_id)
    along = (joinedload(File.unit), joinedload(File.customer))
    return list(db.session.scalars(loose.order_by(Floor.level, Unit.number, File.id).limit(most).options(*along)))
