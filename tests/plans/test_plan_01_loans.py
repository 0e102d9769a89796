"""Plan 1, lent out: the follow-up with its result, the same day, and what is lost or harmed (P1.15 – P1.17)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive.keeping import AccessRule
from app.demo import makers
from app.incidents.models import Incident
from app.kit.columns import today
from app.kit.session import db
from app.loans.models import Loan
from tests.loans.test_rules import make_file
from tests.loans.test_screens import page, press

Login = Callable[..., FlaskClient]


def same_day() -> None:
    """The policy as the sales plan has it: what is taken away comes back the same day."""
    away = select(AccessRule).where(
        AccessRule.scheme_key == "office_tower",
        AccessRule.mode == "take_away",
        AccessRule.seal == "none",
        AccessRule.paper_class == "",
    )
    rule = db.session.scalars(away).one()
    rule.longest_hours, rule.beyond, rule.utmost_hours = 12, "", None
    db.session.commit()


def borrow(login: Login, file: Any, **said: Any) -> Loan:
    """Asked, agreed, handed out on paper."""
    form = {"file": file.id, "purpose_kind": "check", "purpose": "核对", "days": "1", **said}
    answer = login("clerk").post("/loans/add", data=form)
    assert answer.status_code == 302, answer.text[1200:]
    loan = db.session.scalars(select(Loan).where(Loan.file_id == file.id)).one()
    press(login("supervisor"), loan, "pass_on")
    press(login("manager"), loan, "approve")
    press(login("archivist"), loan, "hand_out", is_signed_on_paper="y")
    return loan


def test_p01_15_a_form_is_borrowed_for_a_follow_up_and_comes_back_the_same_day(
    login: Login, site: Any, monkeypatch: Any
) -> None:
    """Due at the end of the day; overdue at 24:00 and not a minute before; what came of it is recorded."""
    same_day()
    file = make_file(site)
    two_days = {"file": file.id, "purpose_kind": "check", "purpose": "核对", "days": "2"}
    assert "the same day" in login("clerk").post("/loans/add", data=two_days).text
    loan = borrow(login, file, purpose_kind="follow_up", purpose="客户跟进")
    assert loan.is_same_day and loan.due_on == today()
    midnight = dt.datetime.combine(today() + dt.timedelta(days=1), dt.time(), dt.timezone(dt.timedelta(hours=8)))
    monkeypatch.setattr("app.kit.columns.clock", lambda: midnight - dt.timedelta(minutes=1))
    assert "overdue since" not in page(login("clerk"), f"/files/{file.id}")
    monkeypatch.setattr("app.kit.columns.clock", lambda: midnight)
    assert "overdue since" in page(login("clerk"), f"/files/{file.id}")
    press(login("archivist"), loan, "take_back", pages="12", is_checked="y", result="客户已签约")
    assert (loan.state, loan.result) == ("returned", "客户已签约")


def test_p01_16_a_follow_up_is_not_returned_without_its_result(login: Login, site: Any) -> None:
    """Refused beside the field; accepted with it."""
    loan = borrow(login, make_file(site), purpose_kind="follow_up")
    keeper = login("archivist")
    refused = press(keeper, loan, "take_back", 422, pages="12", is_checked="y")
    assert "without a result" in refused.text and loan.state == "out"
    press(keeper, loan, "take_back", pages="12", is_checked="y", result="无意向，半年后再访")
    assert loan.state == "returned"


def test_p01_17_loss_is_registered_with_a_penalty_in_bounds_and_made_again_at_once(login: Login, site: Any) -> None:
    """The loan's loss opens the incident; 49.99 and 500.01 yuan are refused, 200 taken; the task is due tomorrow."""
    loan = borrow(login, make_file(site))
    press(login("archivist"), loan, "lose", reason="在客户处遗失")
    incident = db.session.scalars(select(Incident)).one()
    assert (loan.state, incident.kind, incident.task) == ("lost", "loss", "to_do")
    assert today() <= incident.remake_due_on <= today() + dt.timedelta(days=1)
    manager, at = login("manager"), f"/incidents/{incident.id}"
    for cents in ("49.99", "500.01"):
        assert manager.post(f"{at}/move/decide", data={"decision": "罚款", "penalty_cents": cents}).status_code == 422
    assert manager.post(f"{at}/move/decide", data={"decision": "罚款", "penalty_cents": "200"}).status_code == 302
    paper = makers.make_document(makers.make_file(loan.file.unit, loan.file.tenancy))
    maker = login("archivist") if incident.remaker_id == makers.user("archivist").id else login("manager")
    db.session.commit()
    assert maker.post(f"{at}/move/remake", data={"new_paper": paper.id}).status_code == 302
    db.session.refresh(incident)
    assert (incident.state, incident.penalty_cents) == ("remade", 20_000)
