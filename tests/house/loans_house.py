"""The full house's loans and incidents: one of each in every list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.archive.models import File
from app.estate.models import Site
from app.incidents.models import Incident, PenaltyBound
from app.kit.columns import now, today
from app.kit.session import db
from app.loans.models import Loan, LoanLine, LoanReminder, LoanReturn


def furnish(site: Site, file: File, mark: str, number: int, clerk: Any, keeper: Any) -> list[Any]:
    """One of each, not yet stored."""
    loan = Loan(
        site_id=site.id, number=f"{mark}借{number}", borrower_id=clerk.id, file=file, purpose=f"{mark}用{number}",
        days=3, chain="supervisor manager", state="out", due_on=today(), handed_out_at=now(),
        handed_out_by_id=keeper.id, borrower_signature=f"M1 1L{number % 300} 98.9",
        keeper_signature=f"M1 1L{number % 300} 97.9",
    )  # fmt: skip
    line = LoanLine(site_id=site.id, loan=loan, file=file, position=1, pages=1, state="out")
    incident = Incident(
        site_id=site.id, number=f"{mark}故{number}", kind="damage", file=file, found_on=today(),
        accountable_id=clerk.id, what_happened=f"{mark}损{number}",
    )  # fmt: skip
    back = LoanReturn(
        site_id=site.id, loan=loan, line=line, returned_at=now(), received_by_id=keeper.id, pages=1,
        condition="damaged", incident=incident,
    )  # fmt: skip
    reminder = LoanReminder(site_id=site.id, loan=loan, kind="due", reminded_at=now())
    bounds = db.session.scalar(select(PenaltyBound).where(PenaltyBound.site_id == site.id))  # one a site
    bounds = bounds or PenaltyBound(site_id=site.id)
    return [loan, line, incident, back, reminder, bounds]
