"""The visits somebody still has to make (P1.20)."""

from __future__ import annotations

from typing import Any

from app.archive.held import in_hand
from app.kit.session import db
from app.security import audit
from app.visits.models import Visit

TO_COME = ("planned", "missed")

held_by = in_hand(Visit, Visit.visitor_id, TO_COME)


def pass_on(key: int, receiver: Any, *, by: Any) -> None:
    """Another person makes it."""
    visit = db.session.get_one(Visit, key)
    audit.write("reassign", visit, {"from": visit.visitor_id, "to": receiver.id}, by=by)
    visit.visitor, visit.visitor_id = receiver, receiver.id
    db.session.flush()
