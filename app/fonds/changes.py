"""The concordance of numbers by its days."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, select

from app.fonds.models import NumberChange
from app.kit.columns import DESK_TIME


def between(first: dt.date, last: dt.date) -> Select[tuple[NumberChange]]:
    """The lines of these days, in order."""
    begin = dt.datetime.combine(first, dt.time(), tzinfo=DESK_TIME)
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), tzinfo=DESK_TIME)
    lines = select(NumberChange).where(NumberChange.changed_at >= begin, NumberChange.changed_at < end)
    return lines.order_by(NumberChange.site_id, NumberChange.id)
