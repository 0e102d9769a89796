"""Moved-out files as they are bound once a year: by floor in the catalogue, by box on its label (P10.06)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from app.archive.models import Document, File
from app.estate.models import Floor, Place, Unit
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db

GONE = ("closed", "destroyed")
BOXES = ("box", "cabinet")


def moved_out(first: dt.date, last: dt.date) -> Select[tuple[File]]:
    """The files closed from `first` to `last`, by building, floor and unit."""
    query = select(File).join(Unit, Unit.id == File.unit_id).join(Floor, Floor.id == Unit.floor_id)
    closed = query.where(File.state.in_(GONE), File.closed_on >= first, File.closed_on <= last)
    return closed.order_by(
        File.site_id, Unit.building_id, Floor.level, Floor.name, Unit.number, File.closed_on, File.id
    )


def counted(files: Sequence[File]) -> dict[int, tuple[int, int]]:
    """How many papers and pages each file holds, in one statement."""
    query = (
        select(Document.file_id, func.count(Document.id), func.coalesce(func.sum(Document.pages), 0))
        .where(Document.file_id.in_([file.id for file in files]))
        .group_by(Document.file_id)
    )
    return {key: (papers, pages) for key, papers, pages in db.session.execute(query)}


def kept_in(place: Place) -> list[File]:
    """The files that lie in a place or in what stands in it."""
    inside, fresh = {place.id}, {place.id}
    while fresh:
        fresh = set(db.session.scalars(select(Place.id).where(Place.parent_id.in_(fresh)))) - inside
        inside |= fresh
    query = select(File).join(Unit, Unit.id == File.unit_id).join(Floor, Floor.id == Unit.floor_id)
    files = query.where(File.place_id.in_(inside)).order_by(Floor.level, Unit.number, File.id)
    return list(db.session.scalars(files))


def put_away(file: File, *, by: Any = None, place: Place | None = None) -> None:
    """A moved-out file goes into a box, of its own floor where the box is of one."""
    if place is None or place.kind != "box" or place.site_id != file.site_id:
        raise RuleError(_l("Choose one of the site's boxes."), field="place")
    if place.floor_id not in (None, file.unit.floor_id):
        raise RuleError(_l("This box is of floor %(floor)s.", floor=place.floor), field="place")
    file.place = place
