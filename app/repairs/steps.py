"""The way a repair took: one line a step, only added to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.kit.columns import now
from app.kit.session import db
from app.repairs.models import Repair, RepairStep

MINUTE = 60


def note(repair: Repair, act: str, state: str, *, by: Any = None, opinion: str = "") -> RepairStep:
    """Write down a step, and how long the repair stood before it."""
    at = now()
    last = db.session.scalar(select(func.max(RepairStep.at)).where(RepairStep.repair_id == repair.id))
    since = (at - last).total_seconds() if last is not None else 0
    step = RepairStep(
        site_id=repair.site_id,
        repair=repair,
        act=act,
        state=state,
        user_id=getattr(by, "id", None),
        at=at,
        took_minutes=max(0, int(since // MINUTE)),
        opinion=opinion.strip()[:1000],
    )
    db.session.add(step)
    db.session.flush()
    return step
