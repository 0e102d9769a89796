"""Months and hours as both databases reckon them: a moment belongs to its day at the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, DateTime, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from app.kit.columns import DESK_TIME


class month_of(FunctionElement[str]):  # noqa: N801 - reads like the SQL function it stands for
    """The month of a date or moment column as "2026-03"."""

    type = String()
    inherit_cache = True
    name = "month_of"


@compiles(month_of)
def _postgresql(element: Any, compiler: Any, **more: Any) -> str:
    (column,) = element.clauses
    shift = " + interval '8 hours'" if is_moment(column) else ""
    return f"to_char({compiler.process(column, **more)}{shift}, 'YYYY-MM')"


@compiles(month_of, "sqlite")
def _sqlite(element: Any, compiler: Any, **more: Any) -> str:
    (column,) = element.clauses
    shift = ", '+8 hours'" if is_moment(column) else ""
    return f"strftime('%Y-%m', {compiler.process(column, **more)}{shift})"


def is_moment(column: ColumnElement[Any]) -> bool:
    """The column holds moments, not days."""
    bare = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    return isinstance(bare, DateTime) or bare is DateTime


def within(column: Any, first: dt.date, last: dt.date) -> ColumnElement[bool]:
    """WHERE for the days `first` to `last`, both included."""
    if not is_moment(column.expression if hasattr(column, "expression") else column):
        return column.between(first, last)
    return column.between(
        dt.datetime.combine(first, dt.time.min, tzinfo=DESK_TIME),
        dt.datetime.combine(last, dt.time.max, tzinfo=DESK_TIME),
    )


def months(first: dt.date, last: dt.date) -> Iterator[str]:
    """ "2026-01", "2026-02" … from the month of `first` to that of `last`."""
    month = first.replace(day=1)
    while month <= last:
        yield f"{month:%Y-%m}"
        month = next_month(month)


def next_month(day: dt.date, ahead: int = 1) -> dt.date:
    """The first day of the month that lies `ahead` months after that of `day`; back with a negative number."""
    number = day.year * 12 + day.month - 1 + ahead
    return dt.date(number // 12, number % 12 + 1, 1)


def span(month: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of "2026-03"."""
    first = dt.date.fromisoformat(f"{month}-01")
    return first, next_month(first) - dt.timedelta(days=1)
