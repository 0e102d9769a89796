"""What the meters showed when the tenant came, and what they show now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.kit.session import db
from app.moving import checklists
from app.moving.checklists import Words
from app.moving.models import Moving, MovingItem


@dataclass(frozen=True)
class Meter:
    """One meter of a tenancy: both readings as typed, and the difference where both are numbers."""

    words: Words
    at_in: str
    at_out: str

    @property
    def used(self) -> str:
        try:
            return str(Decimal(self.at_out.replace(",", "")) - Decimal(self.at_in.replace(",", "")))
        except InvalidOperation:
            return ""


def of_tenancy(tenancy_id: int) -> list[Meter]:
    """The meters of a tenancy's moves side by side, in the checklist's order."""
    query = (
        select(Moving)
        .where(Moving.tenancy_id == tenancy_id, Moving.state != "cancelled")
        .options(selectinload(Moving.items))
        .order_by(Moving.id)
    )
    read: dict[str, dict[str, MovingItem]] = {}
    for moving in db.session.scalars(query):
        for item in _meters(moving.items):
            read.setdefault(item.key or item.title, {})[moving.kind] = item
    return [_meter(found) for found in read.values()]


def _meters(items: Sequence[MovingItem]) -> list[MovingItem]:
    return [item for item in items if item.section == "meters"]


def _meter(found: dict[str, MovingItem]) -> Meter:
    words = checklists.words_of(next(iter(found.values())))
    at_in, at_out = (found[way].reading if way in found else "" for way in ("in", "out"))
    return Meter(words, at_in, at_out)
