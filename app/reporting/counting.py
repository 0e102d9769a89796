"""From counted rows to columns and grids, and links to the lists of what was counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import current_app, url_for

from app.kit.session import db
from app.reporting.asked import Asked
from app.reporting.months import span
from app.reporting.tables import Grid
from app.security import gate

Counts = dict[Any, tuple[int, ...]]
Crossed = dict[Any, dict[Any, int]]


def tally(query: Any) -> Counts:
    """key -> figures, from rows of (key, figure …), in their order; no figure is 0."""
    return {key: tuple(int(value or 0) for value in figures) for key, *figures in db.session.execute(query)}


def cross(query: Any) -> Crossed:
    """row -> column -> figure, from rows of (row, column, figure), in the order of the rows."""
    found: Crossed = {}
    for row, column, figure in db.session.execute(query):
        found.setdefault(row, {})[column] = int(figure or 0)
    return found


def grid(title: Any, found: Crossed, columns: Sequence[Any], name: Callable[[Any], Any] = str) -> Grid:
    """A picture of what was counted twice; rows are called by `name`."""
    values = [[found[row].get(column, 0) for column in columns] for row in found]
    return Grid(title, [name(row) for row in found], columns, values)


def share(part: float, whole: float) -> float | None:
    """A fraction of one; None of nothing."""
    return part / whole if whole else None


def sums(rows: Sequence[Sequence[Any]], *places: int) -> list[int]:
    """Totals of the columns at `places`."""
    return [sum(row[place] for row in rows) for place in places]


def list_url(endpoint: str, **filters: Any) -> str | None:
    """The list of what was counted, filtered alike; None where the reader may not open it, or there is none."""
    return url_for(endpoint, **filters) if _may_open(endpoint) else None


def _may_open(endpoint: str) -> bool:
    """Whether there is such a page, and the reader has the right that FAB's `has_access` asks for on it."""
    opens: Any = current_app.view_functions.get(endpoint)
    return opens is not None and gate.may(opens._permission_name, opens.__self__.class_permission_name)


def days_of(asked: Asked, month: str, column: str) -> Mapping[str, Any]:
    """The filters that narrow a list to the days of a month that were asked for."""
    first, last = span(month)
    return {f"{column}_from": max(first, asked.first), f"{column}_to": min(last, asked.last)}
