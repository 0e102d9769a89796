"""Loans in the search box: by their number; what for stays out of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.archive.models import File
from app.kit.labels import _l
from app.kit.session import db
from app.loans.models import LOAN_STATES, Loan
from app.search.declared import By, Entry, Searched


def entries(keys: Sequence[int]) -> list[Entry]:
    """What the box reads of these loans."""
    query = select(Loan.id, Loan.site_id, Loan.number, Loan.state, File.number.label("file"))
    rows = db.session.execute(query.outerjoin(File, Loan.file_id == File.id).where(Loan.id.in_(keys)))
    return [
        Entry(
            row.id, row.site_id, row.number, row.file or "", numbers=[row.number], also=[row.file] if row.file else [],
            is_live=row.state not in ("returned", "refused", "withdrawn"), badge=row.state,
        )
        for row in rows
    ]  # fmt: skip


SEARCHED = [
    Searched(
        kind="loan",
        label=_l("Loan"),
        model=Loan,
        permission="Loan",
        view="LoanView.show",
        entries=entries,
        touched_by=[
            By(Loan, only=("site_id", "number", "state", "file_id")),
            By(File, where=Loan.file_id, gives=Loan.id, only=("number",)),
        ],
        weight=4,
        badges=LOAN_STATES,
        is_numbered=True,
    )
]
