"""Plan 7, lent out: loans in a register, returned in time, the overdue list (P7.08)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive.keeping import AccessRule
from app.kit.columns import now, today
from app.kit.session import db
from app.loans import reminders
from app.loans.models import LoanReminder
from tests.loans.test_rules import make_file
from tests.loans.test_screens import page
from tests.plans.test_plan_01_loans import borrow
from tests.visits.test_screens import text_of

Login = Callable[..., FlaskClient]


def test_p07_08_borrowed_files_are_registered_due_and_listed_when_overdue(
    login: Login, site: Any, monkeypatch: Any
) -> None:
    """The days are a setting of the policy; the list, its filter, the first page and the printed register agree."""
    rule = (
        db.session.query(AccessRule)
        .filter_by(scheme_key="office_tower", mode="take_away", seal="none", paper_class="")
        .one()
    )
    rule.longest_hours, rule.beyond = 48, ""
    db.session.commit()
    file = make_file(site)
    three = {"file": file.id, "purpose_kind": "check", "purpose": "核对", "days": "3"}
    assert login("clerk").post("/loans/add", data=three).status_code == 422
    loan = borrow(login, file, days="2")
    assert loan.due_on == today() + dt.timedelta(days=2)
    keeper, late = login("archivist"), f"/loans/?state=out&due_on_to={loan.due_on}"
    register = text_of(keeper.post("/print/loan_register").data)
    assert loan.file.number in register and str(loan.due_on) in register
    moment = now() + dt.timedelta(days=3)
    monkeypatch.setattr("app.kit.columns.clock", lambda: moment)
    keeper = login("archivist")
    assert loan.number in page(keeper, late)
    assert "Loans overdue" in page(keeper, "/") and "What I borrowed is overdue" in page(login("clerk"), "/")
    again = {"file": make_file(site).id, "purpose_kind": "check", "purpose": "核对", "days": "1"}
    db.session.commit()
    refused = login("clerk").post("/loans/add", data=again)
    assert refused.status_code == 422 and loan.number in refused.text


def test_p07_08_reminders_come_once_each_around_the_due_day(login: Login, site: Any, monkeypatch: Any) -> None:
    """One day before, on the day, one and seven days after."""
    borrow(login, make_file(site), days="3")
    begin, days = now(), []
    for day in range(12):
        monkeypatch.setattr("app.kit.columns.clock", lambda: begin + dt.timedelta(days=day))  # noqa: B023
        days += [day] * sum(reminders.remind() for _ in range(2))
    assert days == [2, 3, 4, 10] and len(list(db.session.scalars(select(LoanReminder)))) == 4
