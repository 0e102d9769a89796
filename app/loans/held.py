"""What somebody has borrowed: it is given back, never handed on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.archive.held import Holding
from app.kit.session import db
from app.loans.models import Loan, LoanLine
from app.loans.returning import out_lines


def held_by(user: Any) -> Iterator[Holding]:
    """The loans that `user` has out, each with what of it is still out."""
    mine = select(Loan).where(Loan.borrower_id == user.id, Loan.state == "out").order_by(Loan.id)
    for loan in db.session.scalars(
        mine.options(selectinload(Loan.lines).joinedload(LoanLine.file), joinedload(Loan.file))
    ):
        lines = out_lines(loan)
        title = f"{loan.number} {'、'.join(line.file.number for line in lines)}"[:200]
        file = lines[0].file if len(lines) == 1 else None
        yield Holding("loan", loan.id, loan.site_id, title, file, len(lines), sum(line.pages for line in lines))
