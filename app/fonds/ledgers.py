"""The ledgers of each holder, exact to the last item: volumes, items, metres, recordings, objects (P5.03, P5.08)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select

from app.fonds import numbering
from app.fonds.models import ArchivalItem, Fonds, Holder
from app.fonds.words import ACQUIRED
from app.kit.labels import _l
from app.kit.session import db

Narrow = Any  # (query, model) -> query: what the reader may see


@dataclass(frozen=True)
class Totals:
    """What a holder has: items that lie in volumes are counted with their volume, recordings wherever they lie."""

    volumes: int = 0
    items: int = 0
    shelf_mm: int = 0
    audio: int = 0
    video: int = 0
    photos: int = 0
    objects: int = 0
    acquired: int = 0
    deposited: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def metres(self) -> str:
        """Shelf length in metres, to the millimetre."""
        return f"{self.shelf_mm / 1000:.3f}"


def is_volume() -> ColumnElement[bool]:
    return ArchivalItem.level == "volume"


def is_single() -> ColumnElement[bool]:
    """Kept as an item: not within a volume."""
    return and_(ArchivalItem.level == "item", ArchivalItem.volume_id.is_(None))


def _columns() -> list[Any]:
    def many(condition: ColumnElement[bool]) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    def summed(column: Any) -> Any:
        return func.coalesce(func.sum(column), 0)

    kept = or_(is_volume(), is_single())
    return [
        many(is_volume()),
        many(is_single()),
        summed(ArchivalItem.shelf_mm),
        summed(ArchivalItem.audio_count),
        summed(ArchivalItem.video_count),
        summed(ArchivalItem.photo_count),
        summed(ArchivalItem.object_count),
        many(and_(kept, ArchivalItem.origin.in_(ACQUIRED))),
        many(and_(kept, ArchivalItem.origin == "deposited")),
    ]


def by_holder(narrow: Narrow) -> dict[int, Totals]:
    """The totals of each holder, in one statement."""
    query = narrow(select(ArchivalItem.holder_id, *_columns()).group_by(ArchivalItem.holder_id), ArchivalItem)
    return {int(key): Totals(*map(int, counts)) for key, *counts in db.session.execute(query)}


def by_category(narrow: Narrow) -> dict[tuple[int, str], Totals]:
    """The same in detail, by holder and category."""
    keys = (ArchivalItem.holder_id, ArchivalItem.category)
    query = narrow(select(*keys, *_columns()).group_by(*keys), ArchivalItem)
    return {(int(key), str(name)): Totals(*map(int, counts)) for key, name, *counts in db.session.execute(query)}


def holders(narrow: Narrow) -> list[Holder]:
    """The holders that the reader may see, by name."""
    return list(db.session.scalars(narrow(select(Holder), Holder).order_by(Holder.site_id, Holder.name)))


@dataclass(frozen=True)
class Gap:
    """A kind of hole in the ledgers: what is missing, how it is asked for."""

    key: str
    words: Any
    where: Any

    @property
    def condition(self) -> ColumnElement[bool]:
        where: ColumnElement[bool] = self.where()
        return where


def on_paper() -> ColumnElement[bool]:
    return ArchivalItem.carriers.contains("paper")


def _needs_pages() -> ColumnElement[bool]:
    """A volume's pages may be those of what lies in it."""
    return and_(on_paper(), ArchivalItem.pages == 0, ~ArchivalItem.contents.any())


def _needs_length() -> ColumnElement[bool]:
    return and_(or_(is_volume(), is_single()), ArchivalItem.shelf_mm == 0, on_paper())


GAPS = (
    Gap("number", _l("No archival number"), lambda: ArchivalItem.number == ""),
    Gap("title", _l("No title"), lambda: ArchivalItem.title == ""),
    Gap("category", _l("Not classified"), lambda: ArchivalItem.category == ""),
    Gap("period", _l("No retention period"), lambda: ArchivalItem.period == ""),
    Gap("year", _l("No year"), lambda: ArchivalItem.year.is_(None)),
    Gap("day", _l("No date"), lambda: and_(ArchivalItem.level == "item", ArchivalItem.day == "")),
    Gap("pages", _l("No number of pages"), _needs_pages),
    Gap("shelf", _l("No shelf length"), _needs_length),
    Gap("carriers", _l("No carrier"), lambda: ArchivalItem.carriers == ""),
    Gap(
        "photo", _l("Photographs that are not counted"),
        lambda: and_(ArchivalItem.category == "photo", ArchivalItem.photo_count == 0),
    ),
    Gap(
        "object", _l("Objects that are not counted"),
        lambda: and_(ArchivalItem.category == "object", ArchivalItem.object_count == 0),
    ),
    Gap(
        "sound", _l("Recordings that are not counted"),
        lambda: and_(
            ArchivalItem.category == "audiovisual", ArchivalItem.audio_count == 0, ArchivalItem.video_count == 0
        ),
    ),
)  # fmt: skip


def gaps(narrow: Narrow) -> Iterator[tuple[Gap, dict[int, int]]]:
    """自查: what is missing or wrong, by holder (P5.03)."""
    for gap in GAPS:
        query = select(ArchivalItem.holder_id, func.count(ArchivalItem.id)).where(gap.condition)
        found = db.session.execute(narrow(query.group_by(ArchivalItem.holder_id), ArchivalItem))
        yield gap, {int(key): int(number) for key, number in found}


def to_be_covered() -> ColumnElement[bool]:
    """All that the electronic catalogue must hold: notarial archives, and what else a scheme leaves out, are not."""
    left_out = [
        and_(Fonds.scheme_key == scheme, ArchivalItem.kind == kind) for scheme, kind in numbering.uncovered_kinds()
    ]
    return ~or_(false(), *left_out)


def coverage(narrow: Narrow) -> dict[int, tuple[int, int]]:
    """(in the electronic catalogue, all that must be), by holder (P5.08)."""
    is_there = func.coalesce(func.sum(case((ArchivalItem.title != "", 1), else_=0)), 0)
    query = _covered(select(ArchivalItem.holder_id, is_there, func.count(ArchivalItem.id)))
    rows = db.session.execute(narrow(query.group_by(ArchivalItem.holder_id), ArchivalItem))
    return {int(key): (int(there), int(every)) for key, there, every in rows}


def uncovered(narrow: Narrow, most: int) -> Sequence[ArchivalItem]:
    """The list of what is not in the electronic catalogue yet."""
    query = _covered(select(ArchivalItem)).where(ArchivalItem.title == "")
    query = narrow(query, ArchivalItem).order_by(ArchivalItem.holder_id, ArchivalItem.number, ArchivalItem.id)
    return list(db.session.scalars(query.limit(most)))


def _covered(query: Select[Any]) -> Select[Any]:
    return query.join(Fonds, ArchivalItem.fonds_id == Fonds.id).where(to_be_covered())
