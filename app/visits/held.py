"""The visits somebody still has to make (P1.20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.held import Holding
from app.kit.session import db
from app.security import audit
from app.visits.models import Visit

TO_COME = ("planned", "missed")


def held_by(user: Any) -> Iterator[Holding]:
    """Planned and missed visits of a visitor."""
    query = (
        select(Visit)
        .where(Visit.visitor_id == user.id, Visit.state.in_(TO_COME))
        .options(joinedload(Visit.unit))
        .order_by(Visit.id)
    )
    for visit in db.session.scalars(query):
        name = " ".join(part for part in (visit.unit.number if visit.unit else "", visit.number) if part)
        yield Holding("visit", visit.id, visit.site_id, name, number=name)


def pass_on(key: int, receiver: Any, *, by: Any) -> None:
    """Another person makes it."""
    visit = db.session.get_one(Visit, key)
    audit.write("reassign", visit, {"from": visit.visitor_id, "to": receiver.id}, by=by)
    visit.visitor, visit.visitor_id = receiver, receiver.id
    db.session.flush()
