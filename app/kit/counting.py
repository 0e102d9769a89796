"""How many rows of a list there are for this reader: a card's number and its list always agree."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.kit.guard import gate
from app.kit.paging import COUNT_UP_TO
from app.kit.session import db


def count(model: Any, *conditions: Any) -> int:
    """The rows of `model` under these conditions, inside the reader's scope; counted no further than lists are."""
    some = gate.scope(select(model.id).where(*conditions), model).limit(COUNT_UP_TO + 1).subquery()
    return int(db.session.scalar(select(func.count()).select_from(some)) or 0)


def all_of(model: Any, *conditions: Any) -> int:
    """The same to the last row, for what is counted in an index of its own."""
    query = select(func.count(model.id)).where(*conditions)
    return int(db.session.scalar(gate.scope(query, model)) or 0)
