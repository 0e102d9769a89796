"""Numbers and dates as people type them; a ValueError in their words for what cannot be read."""

from __future__ import annotations

import datetime as dt
import re

from app.kit.labels import _l

LARGEST_INTEGER = 2**31 - 1
FIRST_YEAR, LAST_YEAR = 1900, 2999


def read_number(typed: str, largest: int = LARGEST_INTEGER) -> int:
    """A whole number; refused where no column holds it."""
    if not re.fullmatch(r"[+-]?\d{1,19}", typed):
        raise ValueError(_l("Please type a whole number."))
    if abs(int(typed)) > largest:
        raise ValueError(_l("This number is too large."))
    return int(typed)


def read_day(typed: str) -> dt.date:
    """A date as people write it: 2025-07-01, 2025/7/1, 2025.7.1, 2025年7月1日."""
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", typed)
    try:
        day = dt.date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(_l("Please type a date like 2025-07-01."))
    return day
