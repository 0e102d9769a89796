"""Who and what comes into a room and leaves it (进出库, P5.02)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Select, select

from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.storage.climate import bounds
from app.storage.models import StoreEntry


def enter(entry: StoreEntry, *, by: Any = None) -> StoreEntry:
    """A line of the register; whoever writes it answers for it."""
    if entry.place is None:
        raise RuleError(_l("Choose a room."), field="place")
    entry.site_id = entry.place.site_id
    entry.at = entry.at or now()
    if entry.at > now() + dt.timedelta(minutes=1):
        raise RuleError(_l("This lies in the future."), field="at")
    entry.user, entry.user_id = by, getattr(by, "id", None)
    return entry


def between(first: dt.date, last: dt.date) -> Select[tuple[StoreEntry]]:
    """The register of these days, in order."""
    begin, end = bounds(first, last)
    query = select(StoreEntry).where(StoreEntry.at >= begin, StoreEntry.at < end)
    return query.order_by(StoreEntry.site_id, StoreEntry.at, StoreEntry.id)
