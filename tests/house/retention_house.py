"""The full house's retention: one of each, so that every list has a row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.archive.models import File
from app.demo import makers
from app.estate.models import Site
from app.kit.columns import now, today
from app.kit.session import db
from app.retention.models import (
    Appraisal,
    AppraisalItem,
    AppraisalMember,
    Destruction,
    DestructionItem,
    LegalHold,
    RetentionRule,
)


def furnish(site: Site, file: File, mark: str, number: int) -> list[Any]:
    """One of each, not yet stored."""
    clerk, archivist, manager = makers.user("clerk"), makers.user("archivist"), makers.user("manager")
    hold = LegalHold(
        site_id=site.id, file=file, reason=f"{mark}冻{number}", placed_by_id=manager.id, placed_at=now(), state="held"
    )
    appraisal = Appraisal(
        site_id=site.id, number=f"{mark}鉴{number}", opinion=f"{mark}议{number}", drawn_by_id=archivist.id,
        drawn_on=today(), state="approved",
    )  # fmt: skip
    member = AppraisalMember(site_id=site.id, appraisal=appraisal, user_id=archivist.id)
    item = AppraisalItem(site_id=site.id, appraisal=appraisal, position=1, file=file, title=f"{mark}条{number}")
    destruction = Destruction(
        site_id=site.id, number=f"{mark}销{number}", appraisal=appraisal, venue=f"{mark}处{number}",
        drawn_by_id=archivist.id, drawn_on=today(), carrier_id=clerk.id, first_witness_id=archivist.id,
        second_witness_id=manager.id, first_signature=f"M1 1L{number % 300} 9.9",
        second_signature=f"M2 2L{number % 300} 8.8", state="draft",
    )  # fmt: skip
    line = DestructionItem(
        site_id=site.id, destruction=destruction, item=item, file=file, position=1, title=f"{mark}目{number}", year=2011
    )
    rule = db.session.scalars(select(RetentionRule)).first()
    return [hold, appraisal, member, item, destruction, line, rule]
