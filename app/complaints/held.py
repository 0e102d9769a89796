"""The complaints somebody handles (P1.20)."""

from __future__ import annotations

from typing import Any

from app.archive.held import in_hand
from app.complaints import rules
from app.complaints.models import Complaint
from app.kit.session import db
from app.security import audit

IN_HAND = ("assigned", "answered")

held_by = in_hand(Complaint, Complaint.assignee_id, IN_HAND)


def pass_on(key: int, receiver: Any, *, by: Any) -> None:
    """Another person handles it."""
    complaint = db.session.get_one(Complaint, key)
    before = complaint.assignee_id
    rules.pass_on(complaint, by=by, assignee=receiver)
    audit.write("reassign", complaint, {"from": before, "to": receiver.id}, by=by)
    db.session.flush()
