"""Which related records a list fetches along, so that a row costs no statement of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy.orm import selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.kit.cells import spoken
from app.kit.kinds import relation

DEPTH = 3


def loads(model: type, names: Iterable[str], onto: Any = None, depth: int = DEPTH) -> Iterator[ORMOption]:
    """`selectinload` for the relations among `names` and for those that the related records' names are made of.

    `joinedload` made sorting a million rows 15 times slower (FAB.md).
    """
    for name in sorted(names):
        found = relation(model, name)
        if found is None or depth == 0:
            continue
        attribute = getattr(model, name)
        step = onto.selectinload(attribute) if onto is not None else selectinload(attribute)
        yield step
        target = found.mapper.class_
        yield from loads(target, spoken(target), step, depth - 1)
