"""The complaints somebody handles (P1.20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.held import Holding
from app.complaints import rules
from app.complaints.models import Complaint
from app.kit.session import db
from app.security import audit

IN_HAND = ("assigned", "answered")


def held_by(user: Any) -> Iterator[Holding]:
    """Complaints assigned to somebody and not solved."""
    query = (
        select(Complaint)
        .where(Complaint.assignee_id == user.id, Complaint.state.in_(IN_HAND))
        .options(joinedload(Complaint.unit))
        .order_by(Complaint.id)
    )
    for complaint in db.session.scalars(query):
        name = " ".join(part for part in (complaint.unit.number if complaint.unit else "", complaint.number) if part)
        yield Holding("complaint", complaint.id, complaint.site_id, name, number=name)


def pass_on(key: int, receiver: Any, *, by: Any) -> None:
    """Another person handles it."""
    complaint = db.session.get_one(Complaint, key)
    before = complaint.assignee_id
    rules.pass_on(complaint, by=by, assignee=receiver)
    audit.write("reassign", complaint, {"from": before, "to": receiver.id}, by=by)
    db.session.flush()
