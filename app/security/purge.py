"""Old lines leave the audit: none that must still be kept, and by a line that says so; the rest is verifiable (G5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import delete, func, select

from app.kit.columns import DESK_TIME, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit, verify
from app.security.models import AuditLine

LEAST_DAYS = 180  # GB/T 22239-2019; config.py refuses a shorter AUDIT_KEEP_DAYS, too
LINES = AuditLine.__table__


@dataclass(frozen=True)
class Purged:
    """How many lines left, and the number of the last of them."""

    lines: int
    through: int


def latest_day() -> dt.date:
    """Lines of this day and after it must be kept."""
    return today() - dt.timedelta(days=max(LEAST_DAYS, int(current_app.config["AUDIT_KEEP_DAYS"])))


def purge(before: dt.date) -> Purged:
    """Delete the lines from before a day of the desk. RuleError when they must be kept, or the chain does not hold.

    Only the beginning of the chain leaves: lines behind the first one that is kept stay, whatever their clock said.
    """
    if before > latest_day():
        raise RuleError(_l("Lines of the audit from %(day)s on must be kept.", day=latest_day().isoformat()))
    if not verify.verify().ok:
        raise RuleError(_l("The audit does not hold: nothing is purged from it before that is explained."))
    begin = dt.datetime.combine(before, dt.time(), tzinfo=DESK_TIME)
    first_kept = db.session.scalar(select(func.min(LINES.c.id)).where(LINES.c.at >= begin))
    old = LINES.c.id < first_kept if first_kept is not None else LINES.c.at < begin
    last = db.session.execute(select(LINES.c.id, LINES.c.mac).where(old).order_by(LINES.c.id.desc()).limit(1)).first()
    if last is None:
        return Purged(0, 0)
    through, seal = last
    count = db.session.scalar(select(func.count()).select_from(LINES).where(LINES.c.id <= through)) or 0
    told = {"through": through, "seal": seal, "lines": count, "before": before.isoformat()}
    audit.write(verify.PURGE, AuditLine, told)
    audit.settle(db.session())  # before the deletion, or the numbers might begin anew
    db.session.execute(delete(LINES).where(LINES.c.id <= through))
    return Purged(count, through)
