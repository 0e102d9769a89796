"""What everybody may find without an account: opened items, and of them only what a catalogue says (P5.04, P5.13).

No column that could name a person is asked for; nothing but these columns leaves the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from app.fonds.models import ArchivalItem, Fonds, Holder
from app.fonds.words import UNCLASSIFIED
from app.kit.session import db

A_PAGE = 20
FARTHEST = 500
LONGEST = 60
COLUMNS = (
    ArchivalItem.id,
    ArchivalItem.number,
    ArchivalItem.title,
    ArchivalItem.year,
    ArchivalItem.category,
    ArchivalItem.opened_on,
    Fonds.title.label("fonds"),
    Holder.name.label("holder"),
)


@dataclass(frozen=True)
class Found:
    """One page of what was found."""

    rows: Sequence[Any]
    total: int
    page: int

    @property
    def has_more(self) -> bool:
        return self.page * A_PAGE < self.total


def _opened() -> Select[Any]:
    """Opened, published, not classified."""
    query: Any = select(*COLUMNS).join(Fonds, ArchivalItem.fonds_id == Fonds.id)
    query = query.join(Holder, ArchivalItem.holder_id == Holder.id)
    return query.where(
        ArchivalItem.open_state == "open",
        ArchivalItem.opened_on.is_not(None),
        ArchivalItem.secrecy.in_(UNCLASSIFIED),
        ArchivalItem.state == "filed",
    )


def search(typed: str = "", year: int | None = None, page: int = 1) -> Found:
    """Opened items whose title holds every word of `typed`, the latest opened first."""
    query = _opened()
    for word in typed.replace("\x00", "")[:LONGEST].split():
        query = query.where(ArchivalItem.title.icontains(word, autoescape=True))
    if year is not None:
        query = query.where(ArchivalItem.year == year)
    page = min(max(page, 1), FARTHEST)
    total = int(db.session.scalar(select(func.count()).select_from(query.subquery())) or 0)
    rows = query.order_by(ArchivalItem.opened_on.desc(), ArchivalItem.number, ArchivalItem.id)
    return Found(list(db.session.execute(rows.offset((page - 1) * A_PAGE).limit(A_PAGE))), total, page)


def one(key: int) -> Any:
    """One opened item, or None."""
    return db.session.execute(_opened().where(ArchivalItem.id == key)).first()
