"""How many rows of a list there are for this reader: a card's number and its list always agree."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.kit.guard import gate
from app.kit.session import db


def count(model: Any, *conditions: Any) -> int:
    """The rows of `model` under these conditions, inside the reader's scope."""
    query = select(func.count(model.id)).where(*conditions)
    return int(db.session.scalar(gate.scope(query, model)) or 0)
