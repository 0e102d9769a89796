"""The repairs a technician has in hand (P1.20)."""

from __future__ import annotations

from typing import Any

from app.archive.held import in_hand
from app.kit import moves
from app.kit.session import db
from app.repairs import rules
from app.repairs.models import Repair
from app.security import audit

IN_HAND = ("dispatched", "accepted", "paused")
REASON = "工作移交"

held_by = in_hand(Repair, Repair.assignee_id, IN_HAND)


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
