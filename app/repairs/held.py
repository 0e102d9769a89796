"""The repairs a technician has in hand (P1.20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.held import Holding
from app.kit import moves
from app.kit.session import db
from app.repairs import rules
from app.repairs.models import Repair
from app.security import audit

IN_HAND = ("dispatched", "accepted", "paused")
REASON = "工作移交"


def held_by(user: Any) -> Iterator[Holding]:
    """Orders dispatched to somebody and not finished."""
    query = (
        select(Repair)
        .where(Repair.assignee_id == user.id, Repair.state.in_(IN_HAND))
        .options(joinedload(Repair.unit))
        .order_by(Repair.id)
    )
    for repair in db.session.scalars(query):
        name = " ".join(part for part in (repair.unit.number if repair.unit else "", repair.number) if part)
        yield Holding("repair", repair.id, repair.site_id, name, number=name)


def pass_on(key: int, receiver: Any, *, by: Any) -> None:
    """Another technician has it, and accepts it anew; a paused clock runs again first."""
    repair = db.session.get_one(Repair, key)
    if repair.state == "paused":
        rules.resume(repair, by=by)
        repair.state = "accepted"
    rules.pass_on(repair, by=by, assignee=receiver, reason=REASON)
    before, repair.state = repair.state, moves.find(rules.MOVES, "pass_on").target or repair.state
    audit.write("pass_on", repair, {"from": before, "to": repair.state}, by=by)
    db.session.flush()
