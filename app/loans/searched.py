"""Loans in the search box: by their number and that of the file; what for stays out of it."""

from __future__ import annotations

from app.archive.numbersearch import by_number
from app.kit.labels import _l
from app.loans.models import LOAN_STATES, Loan

SEARCHED = [by_number(_l("Loan"), Loan, badges=LOAN_STATES, over={"returned", "refused", "withdrawn"}, of_file=True)]
