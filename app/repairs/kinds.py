"""Kinds of repair: what comes with the console, and which of a kind's repairs are asked about afterwards."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.estate.numbers import next_number
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.repairs.models import Repair, RepairKind

EVERY_ONE = 100
# name, hours promised, hours of warning, share of return visits in per cent (TRADE.md: 30 of 100, leaks all)
SHIPPED = (
    ("给排水/漏水", 4, 1, EVERY_ONE),
    ("电气照明", 8, 2, 30),
    ("空调", 8, 2, 30),
    ("门窗五金", 24, 4, 30),
    ("门锁", 4, 1, 30),
    ("电梯", 2, 1, 30),
    ("网络电话", 24, 4, 30),
    ("公共区域", 24, 4, 30),
    ("其他", 48, 8, 30),
)


def default_kinds() -> list[RepairKind]:
    """The shipped kinds, added where there are none yet; answers all kinds in use."""
    if not db.session.scalar(select(func.count(RepairKind.id))):
        for name, hours, warn_hours, share in SHIPPED:
            db.session.add(RepairKind(name=name, hours=hours, warn_hours=warn_hours, visit_share=share))
        db.session.flush()
    return list(db.session.scalars(select(RepairKind).where(RepairKind.is_on).order_by(RepairKind.id)))


def keep_kind(kind: RepairKind, *, by: Any = None) -> None:
    """What always holds for a kind."""
    kind.name = (kind.name or "").strip()
    if not kind.name:
        raise RuleError(_l("A kind of repair needs a name."), field="name")
    if not 1 <= (kind.hours or 0) <= 24 * 90:
        raise RuleError(_l("A promise is 1 hour to 90 days."), field="hours")
    if not 0 <= (kind.warn_hours or 0) <= kind.hours:
        raise RuleError(_l("The warning lies within the hours promised."), field="warn_hours")
    if not 0 <= (kind.visit_share or 0) <= EVERY_ONE:
        raise RuleError(_l("A share is 0 to 100 per cent."), field="visit_share")


def is_asked_about(repair: Repair) -> bool:
    """Whether a finished repair gets a return visit, so that the kind's share holds exactly.

    Of the n-th repair of the site's kind in a year, one more than of the n-1 before: nobody picks them, and two
    finished at once count one after the other (the counter's row is locked).
    """
    share = repair.kind.visit_share
    nth = next_number(repair.site_id, f"HF{repair.kind_id}")
    return nth * share // EVERY_ONE > (nth - 1) * share // EVERY_ONE
