"""The register of loans of some days as plain data: what the manager signs for each month."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import selectinload

from app.kit.session import db
from app.loans.facts import among
from app.loans.models import Loan, LoanLine

COLUMNS = ("number", "borrower_id", "purpose", "days", "chain", "handed_out_at", "due_on", "returned_on", "state")


def lines_of(site_id: int, first: dt.date, last: dt.date) -> list[dict[str, Any]]:
    """Each loan asked for from one day to another, with its files and what became of them, by number."""
    query = among(first, last).where(Loan.site_id == site_id).order_by(None).order_by(Loan.number)
    loans = db.session.scalars(query.options(selectinload(Loan.lines).selectinload(LoanLine.file))).unique()
    return [
        {name: getattr(loan, name) for name in COLUMNS}
        | {"files": [[line.file.number, line.pages, line.state] for line in loan.lines]}
        for loan in loans
    ]
