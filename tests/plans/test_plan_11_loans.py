"""Plan 11, lent out: the slip, the ledger both ways, the check on return (P11.08)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.kit.session import db
from app.loans import rules as loans
from app.loans.models import LoanReturn
from tests.loans.test_rules import make_file
from tests.loans.test_screens import page, press
from tests.plans.test_plan_01_loans import borrow
from tests.visits.test_screens import text_of

Login = Callable[..., FlaskClient]


def test_p11_08_a_loan_has_a_slip_goes_out_and_comes_back_counted_to_its_place(login: Login, site: Any) -> None:
    """Two copies of the slip; out and back in the ledger; 核对完整无误 is ticked or it is not back; the place stays."""
    file = make_file(site)
    place = file.place_id
    loan = borrow(login, file)
    keeper = login("archivist")
    slip = keeper.post(f"/print/loan_slip/{loan.id}")
    assert text_of(slip.data).count("HD-CJ-01") >= 2
    assert "On loan to" in page(keeper, f"/files/{file.id}")
    press(keeper, loan, "take_back", 422, pages="12")
    press(keeper, loan, "take_back", 422, pages="11", is_checked="y")
    press(keeper, loan, "take_back", pages="12", is_checked="y")
    [back] = db.session.scalars(select(LoanReturn))
    assert (back.pages, back.condition, loan.is_checked) == (12, "complete", True)
    assert loan.handed_out_at < back.returned_at
    db.session.refresh(file)
    assert file.place_id == place and not list(loans.in_the_way(file.tenancy))
