"""Which days are worked: China's public holidays and make-up days, and what the estate says otherwise.

The public calendar comes from `chinesecalendar`; the State Council announces a year in the autumn before. A year it
does not know yet has its weekends off, and the days entered on screen (`calendar_day`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import chinese_calendar
from sqlalchemy import select

from app.estate.models import CalendarDay
from app.kit.columns import DESK_TIME
from app.kit.session import db

SATURDAY = 5
LONGEST_SPAN = 400


def is_working(day: dt.date) -> bool:
    """Whether the desk's firm works on that day."""
    return _is_working(day, _said_otherwise(day, day))


def add_working_days(moment: dt.datetime, days: int) -> dt.datetime:
    """The same time of day so many working days later, aware; the day of `moment` itself does not count."""
    local = moment.astimezone(DESK_TIME)
    said = _said_otherwise(local.date(), local.date() + dt.timedelta(days=days * 3 + 30))
    day, left = local.date(), days
    while left > 0:
        day += dt.timedelta(days=1)
        left -= _is_working(day, said)
    return local.replace(year=day.year, month=day.month, day=day.day).astimezone(dt.UTC)


def working_days_between(first: dt.date, last: dt.date) -> int:
    """How many working days lie after `first`, up to and including `last`; at most the days of a year."""
    said, span = _said_otherwise(first, last), min((last - first).days, LONGEST_SPAN)
    return sum(_is_working(first + dt.timedelta(days=step), said) for step in range(1, span + 1))


def _is_working(day: dt.date, said: Mapping[dt.date, bool]) -> bool:
    if day in said:
        return said[day]
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY


def _said_otherwise(first: dt.date, last: dt.date) -> dict[dt.date, bool]:
    rows = select(CalendarDay.day_on, CalendarDay.kind).where(CalendarDay.day_on.between(first, last))
    return {day: kind == "work" for day, kind in db.session.execute(rows)}
