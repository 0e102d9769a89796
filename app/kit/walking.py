"""Long lists are walked along the index of their order, never gathered and sorted.

Where more rows match than are counted, a filter is only looked at while walking: a page is full soon. SQLite, which
knows nothing of how many rows a filter leaves, would gather a million of them by the filter's index and sort those.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.kit.filters import Asked
from app.kit.guard import gate
from app.kit.kinds import mapper_of
from app.kit.loading import loads
from app.kit.paging import Place
from app.kit.session import db


def read(asked: Asked, place: Place, names: list[str], *, walked: bool) -> tuple[list[Any], bool, bool]:
    """The rows of a page, and whether there are rows before and behind it."""
    if walked and (place.last or place.anchor):
        anchor = _anchor(asked, place.anchor) if place.anchor else ()
        if anchor is not None:
            return _from(asked, place, names, anchor)
    query = asked.query(walked=walked).order_by(*asked.ordering()).options(*loads(asked.view.model, names))
    found = list(db.session.scalars(query.offset(place.offset).limit(place.size + 1)))
    return found[: place.size], place.offset > 0, len(found) > place.size


def _anchor(asked: Asked, key: int) -> Any:
    """Where the row of that key stands in the order: (its value, its key); None when the reader has no such row."""
    model = asked.view.model
    column = getattr(model, asked.sorted_by[0])
    found = db.session.execute(gate.scope(select(column, model.id).where(model.id == key), model)).first()
    return tuple(found) if found is not None else None


def _from(asked: Asked, place: Place, names: list[str], anchor: Any) -> tuple[list[Any], bool, bool]:
    """The rows behind a row, before it, or the last of all: the latter two are read backwards."""
    model, (name, direction) = asked.view.model, asked.sorted_by
    backwards = place.last or bool(place.before)
    upwards = (direction == "asc") != backwards
    query = asked.query(walked=True).order_by(*asked.ordering(backwards=backwards)).options(*loads(model, names))
    found: list[Any] = []
    for part in _parts(model, name, upwards, anchor) if anchor else [None]:
        if len(found) <= place.size:
            some = query if part is None else query.where(part)
            found += db.session.scalars(some.limit(place.size + 1 - len(found)))
    more, found = len(found) > place.size, found[: place.size]
    return (found[::-1], more, not place.last) if backwards else (found, True, more)


def _parts(model: Any, name: str, upwards: bool, anchor: Any) -> Iterator[ColumnElement[bool]]:
    """What stands behind the anchor in this direction: a stretch of the index, and the rows without a value."""
    value, key = anchor
    column, behind = getattr(model, name), model.id > key if upwards else model.id < key
    if name == "id":
        yield behind
        return
    nothing_last = (db.session.get_bind().dialect.name == "postgresql") == upwards
    may_be_nothing = mapper_of(model).columns[name].nullable
    if value is None:
        yield and_(column.is_(None), behind)
        if not nothing_last:
            yield column.is_not(None)
        return
    at_least, beyond = (column >= value, column > value) if upwards else (column <= value, column < value)
    yield and_(at_least, or_(beyond, behind))
    if may_be_nothing and nothing_last:
        yield column.is_(None)
