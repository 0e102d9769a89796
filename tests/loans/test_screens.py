"""Loans on screen: asked for from the file or the box, agreed, signed, where the paper is, taken back, on paper."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.demo.loans_makers import add_to_loan, approve_loan, make_loan, make_loan_out
from app.estate.models import Place
from app.estate.rules import find_site
from app.kit.columns import now, today
from app.kit.session import db
from app.loans import board
from app.loans.models import Loan, LoanReturn
from app.printing.models import PrintLine
from tests.conftest import SITE
from tests.loans.test_rules import make_file
from tests.standing import Made, Standing
from tests.visits.test_screens import text_of

Login = Callable[..., FlaskClient]
SIGNED = "M12.5 30L40 62.1L80 20"


@pytest.fixture(scope="module")
def _file(standing: Standing) -> Made:
    return standing(lambda: make_file(find_site(SITE)))


@pytest.fixture
def file(_file: Made) -> Any:
    return _file()


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:600]
    return answer.get_data(as_text=True)


def press(client: FlaskClient, loan: Loan, name: str, status: int = 302, **said: Any) -> Any:
    answer = client.post(f"/loans/{loan.id}/move/{name}", data=said)
    assert answer.status_code == status, answer.text[1200:]
    db.session.refresh(loan)
    return answer


def the_only() -> Loan:
    return db.session.scalars(select(Loan)).one()


def test_a_loan_goes_from_the_file_to_the_keeper_and_back(login: Login, file: Any) -> None:
    """Asked on the file's page, passed on, approved, signed on screen, out, counted, back in its place."""
    clerk, supervisor, manager, keeper = (login(who) for who in ("clerk", "supervisor", "manager", "archivist"))
    assert f"/loans/add?file={file.id}" in page(clerk, f"/files/{file.id}/custody")
    form = {"file": file.id, "purpose_kind": "check", "purpose": "核对附件", "days": "3"}
    assert clerk.post("/loans/add", data=form).status_code == 302
    loan = the_only()
    press(manager, loan, "approve")
    assert loan.state == "asked"  # not before the supervisor
    press(supervisor, loan, "pass_on")
    press(manager, loan, "approve")
    assert "Agreed" in page(clerk, f"/loans/{loan.id}")
    press(clerk, loan, "hand_out", 403)
    press(keeper, loan, "hand_out", 422)
    press(keeper, loan, "hand_out", borrower_signature=SIGNED, keeper_signature=SIGNED)
    assert (loan.state, loan.due_on) == ("out", today() + dt.timedelta(days=3))
    told = page(clerk, f"/files/{file.id}")
    assert "On loan to" in told and f"/loans/add?file={file.id}" not in told
    press(keeper, loan, "take_back", 422, pages="11", is_checked="y")
    press(keeper, loan, "take_back", pages="12", is_checked="y")
    assert loan.state == "returned"
    assert "On loan to" not in page(clerk, f"/files/{file.id}")


def test_a_box_is_borrowed_whole_from_its_own_address(login: Login, site: Any, cast: Any) -> None:
    box = Place(site_id=site.id, kind="box", code="H-02", name="二号盒")
    kept = [make_file(site) for _ in range(3)]
    db.session.add(box)
    for each in kept:
        each.place = box
    make_loan_out(kept[2], cast["archivist"], keeper=cast["manager"])
    db.session.commit()
    clerk = login("clerk")
    assert f'href="/loans/add?place={box.id}"' in page(clerk, f"/places/{box.id}")
    assert "/loans/add" not in page(login("auditor"), f"/places/{box.id}")
    assert "二号盒" in page(clerk, f"/loans/add?place={box.id}")
    form = {"place": box.id, "purpose_kind": "copying", "purpose": "装订", "days": "1"}
    assert clerk.post("/loans/add", data=form).status_code == 302
    loan = db.session.scalars(select(Loan).where(Loan.place_id == box.id)).one()
    shown = page(clerk, f"/loans/{loan.id}")
    assert all(each.number in shown for each in kept) and len(loan.lines) == 2
    assert kept[2].number in loan.left_out


def test_a_file_that_is_out_is_refused_in_words_beside_its_field(login: Login, file: Any, cast: Any) -> None:
    make_loan_out(file, cast["archivist"], keeper=cast["manager"])
    db.session.commit()
    form = {"file": file.id, "purpose_kind": "check", "purpose": "核对", "days": "1"}
    answer = login("clerk").post("/loans/add", data=form)
    assert answer.status_code == 422 and "This file is on loan." in answer.text


def test_who_asked_adds_a_file_and_one_comes_back_damaged(login: Login, site: Any, file: Any, cast: Any) -> None:
    loan = make_loan(file, cast["clerk"])
    other = make_file(site)
    db.session.commit()
    clerk, keeper = login("clerk"), login("archivist")
    assert f"/loan-lines/add?loan={loan.id}" in page(clerk, f"/loans/{loan.id}")
    assert clerk.post("/loan-lines/add", data={"loan": loan.id, "file": other.id}).status_code == 302
    db.session.refresh(loan)
    approve_loan(loan)
    db.session.commit()
    assert f"/loan-lines/add?loan={loan.id}" not in page(clerk, f"/loans/{loan.id}")
    press(keeper, loan, "hand_out", is_signed_on_paper="y")
    harmed, whole = loan.lines
    for line, name, said in (
        (harmed, "take_back_damaged", {"pages": "10", "reason": "缺两页"}),
        (whole, "take_back", {"pages": "12", "is_checked": "y"}),
    ):
        assert keeper.post(f"/loan-lines/{line.id}/move/{name}", data=said).status_code == 302
    db.session.refresh(loan)
    assert loan.state == "returned" and not loan.is_checked
    assert [back.condition for back in db.session.scalars(select(LoanReturn))] == ["damaged", "complete"]
    assert "SG-" in page(login("manager"), f"/files/{file.id}")


def test_the_result_is_written_by_the_borrower_while_it_is_out(login: Login, file: Any, cast: Any) -> None:
    loan = make_loan_out(file, cast["clerk"], purpose_kind="follow_up")
    db.session.commit()
    keeper = login("archivist")
    press(keeper, loan, "take_back", 422, pages="12", is_checked="y")
    form = {"version": loan.version, "result": "客户续约"}
    assert keeper.post(f"/loans/{loan.id}/edit", data=form).status_code == 422
    assert login("clerk").post(f"/loans/{loan.id}/edit", data=form).status_code == 302
    press(keeper, loan, "take_back", pages="12", is_checked="y")
    assert loan.result == "客户续约"


def test_the_slip_prints_two_copies_and_the_register_a_line_a_file(
    login: Login, site: Any, file: Any, cast: Any
) -> None:
    loan = make_loan(file, cast["clerk"])
    add_to_loan(loan, make_file(site))
    approve_loan(loan)
    db.session.commit()
    keeper = login("archivist")
    press(keeper, loan, "hand_out", borrower_signature=SIGNED, keeper_signature=SIGNED)
    slip = keeper.post(f"/print/loan_slip/{loan.id}")
    assert slip.data.startswith(b"%PDF-"), slip.text[:400]
    text = text_of(slip.data)
    assert text.count(loan.number) >= 2 and all(line.file.number in text for line in loan.lines)
    assert len({line.copy_no for line in db.session.scalars(select(PrintLine))}) == 2
    register = keeper.post("/print/loan_register")
    text = text_of(register.data)
    assert all(line.file.number in text for line in loan.lines) and str(loan.due_on) in text


def test_each_card_counts_what_its_list_shows(
    login: Login, site: Any, cast: Any, acting: Any, monkeypatch: Any
) -> None:
    loans = [make_loan_out(make_file(site), cast["clerk"], days) for days in (1, 2, 3, 9)]
    make_loan(make_file(site), cast["archivist"])
    approve_loan(make_loan(make_file(site), cast["archivist"]))
    db.session.commit()
    moment = now() + dt.timedelta(days=2)
    monkeypatch.setattr("app.kit.columns.clock", lambda: moment)
    wanted = {"clerk": [1, 1, 1, 0], "archivist": [1, 1, 1, 0, 0, 0, 1], "supervisor": [1, 0, 0, 0, 0]}
    for who, counts in wanted.items():
        with acting(cast[who]):
            cards = list(board.cards(cast[who]))
        assert [card.count for card in cards] == counts, who
        for card in cards:
            rows = set(re.findall(r'href="/loans/(\d+)"', page(login(who), card.url)))
            assert len(rows) == card.count, (who, card.url)
    assert loans[0].number in page(login("archivist"), f"/loans/?state=out&due_on_to={today() - dt.timedelta(days=1)}")


def test_a_late_file_warns_on_its_page(login: Login, file: Any, cast: Any, monkeypatch: Any) -> None:
    make_loan_out(file, cast["clerk"], 1)
    db.session.commit()
    assert "overdue since" not in page(login("manager"), f"/files/{file.id}")
    moment = now() + dt.timedelta(days=2)
    monkeypatch.setattr("app.kit.columns.clock", lambda: moment)
    assert "overdue since" in page(login("manager"), f"/files/{file.id}")


def test_a_loan_of_another_site_is_not_there(login: Login, file: Any, cast: Any) -> None:
    loan = make_loan(file, cast["clerk"])
    db.session.commit()
    page(login("stranger"), f"/loans/{loan.id}", 404)
    assert login("stranger").post("/loans/add", data={"file": file.id, "purpose": "看", "days": "1"}).status_code == 422


def test_the_search_box_finds_it_by_its_number(login: Login, file: Any, cast: Any) -> None:
    loan = make_loan(file, cast["clerk"])
    db.session.commit()
    assert f"/loans/{loan.id}" in page(login("clerk"), f"/search/?q={loan.number}")


def test_the_technician_and_the_administrator_see_no_loans(login: Login) -> None:
    for who in ("technician", "admin"):
        assert login(who).get("/loans/").status_code == 403
