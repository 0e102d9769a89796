"""The full house's changes of papers, signed registers and lines of the access policy."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.archive.keeping import AccessRule
from app.archive.models import Document
from app.estate.models import Site
from app.kit.columns import now
from app.kit.session import db
from app.lookups.models import PaperChange, RegisterReview

EMPTY = "0" * 64


def furnish(site: Site, paper: Document, mark: str, number: int, clerk: Any, manager: Any) -> list[Any]:
    """One of each, not yet stored; the policy is the house's own."""
    change = PaperChange(
        site_id=site.id, paper=paper, what=f"{mark}改{number}", why=f"{mark}由", title=f"{mark}新题{number}",
        reference=f"{mark}新号{number}", asked_by_id=clerk.id,
    )  # fmt: skip
    review = RegisterReview(
        site_id=site.id, register="lookups", month=f"{1900 + number // 12}-{number % 12 + 1:02d}", digest=EMPTY,
        signed_by_id=manager.id, signed_at=now(),
    )  # fmt: skip
    rule = db.session.scalars(select(AccessRule).order_by(AccessRule.id).limit(1)).one()
    return [change, review, rule]
