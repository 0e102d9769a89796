"""Moves in the search box: by their number."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.estate.models import Unit
from app.kit.labels import _l
from app.kit.session import db
from app.moving.models import Moving
from app.search.declared import By, Entry, Searched


def moves(keys: Sequence[int]) -> list[Entry]:
    """By number only: whoever looks for a unit looks for its file. What is over ranks lower."""
    query = (
        select(Moving.id, Moving.site_id, Moving.number, Moving.state, Unit.number)
        .outerjoin(Unit, Moving.unit_id == Unit.id)
        .where(Moving.id.in_(keys))
    )
    return [
        Entry(
            pk, site_id, number, unit or "", numbers=[number],
            is_live=state not in Moving.OVER,
        )
        for pk, site_id, number, state, unit in db.session.execute(query)
    ]  # fmt: skip


SEARCHED = [
    Searched(
        kind="moving",
        label=_l("Move"),
        model=Moving,
        permission="Moving",
        view="MovingView.show",
        entries=moves,
        weight=5,
        is_numbered=True,
        touched_by=[
            By(Moving, only=("number", "state", "unit_id", "site_id")),
            By(Unit, where=Moving.unit_id, gives=Moving.id, only=("number",)),
        ],
    )
]
