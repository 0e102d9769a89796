"""Complaints as each role sees them: one short form, buttons by right, nothing told that is sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pymupdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive import rules as archive
from app.complaints import board
from app.complaints.models import Complaint, ComplaintPromise
from app.customers import rules as customers
from app.demo import makers
from app.estate.models import Unit
from app.estate.rules import find_site
from app.kit import columns
from app.kit.columns import DESK_TIME, now
from app.kit.session import db
from tests.complaints.test_rules import return_visit, solved, step, visit
from tests.conftest import SITE
from tests.standing import Made, Standing

Login = Callable[..., FlaskClient]


@pytest.fixture(scope="module")
def _unit(standing: Standing) -> Made:
    def write() -> Unit:
        file = makers.make_file(makers.make_unit("0512", site=find_site(SITE)))
        customers.set_contact(file.customer, "daily", "林晚", "19900001234")
        return file.unit

    return standing(write)


@pytest.fixture
def unit(_unit: Made) -> Unit:
    """A unit whose tenant has a daily contact."""
    found: Unit = _unit()
    return found


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:600]
    return answer.get_data(as_text=True)


def text_of(pdf: bytes) -> str:
    """As MuPDF reads it, without white space."""
    with pymupdf.open(stream=pdf) as document:
        return "".join("".join(sheet.get_text() for sheet in document).split())


def the_only() -> Complaint:
    return db.session.scalars(select(Complaint)).one()


def test_a_telephone_complaint_is_six_fields(login: Login, unit: Unit) -> None:
    form = {"unit": unit.id, "complainant": "林晚", "phone": "19900001234", "kind": "complaint", "urgency": "urgent"}
    answer = login("clerk").post("/complaints/add", data=form | {"content": "走廊灯不亮"})
    assert answer.status_code == 302
    complaint = the_only()
    assert (complaint.channel, complaint.about, complaint.state) == ("telephone", "service", "received")
    assert complaint.received_at is not None and complaint.number.startswith("TS-")
    assert complaint.tenancy is not None and complaint.tenancy.unit_id == unit.id


def test_the_form_opened_from_a_unit_knows_who_calls(login: Login, unit: Unit) -> None:
    html = page(login("clerk"), f"/complaints/add?unit={unit.id}")
    assert 'value="林晚"' in html and 'value="19900001234"' in html and "0512" in html


def test_what_is_missing_is_told_beside_its_field(login: Login, unit: Unit) -> None:
    answer = login("clerk").post("/complaints/add", data={"unit": unit.id, "complainant": "林晚", "content": " "})
    assert answer.status_code == 422 and 'id="content-error"' in answer.get_data(as_text=True)
    assert db.session.scalar(select(Complaint)) is None


def test_buttons_follow_state_and_right(login: Login, unit: Unit, cast: Any) -> None:
    complaint = solved(unit, cast)
    visit(complaint, cast["clerk"])
    url = f"/complaints/{complaint.id}"
    assert "move/close" not in page(login("clerk"), url)
    assert "move/close" in page(login("supervisor"), url)
    for reader in ("director", "archivist"):
        html = page(login(reader), url)
        assert "/move/" not in html and "/edit" not in html


def test_steps_ask_for_what_they_need(login: Login, unit: Unit, cast: Any) -> None:
    complaint = makers.make_complaint(unit)
    clerk, url = login("clerk"), f"/complaints/{complaint.id}/move"
    assert clerk.post(f"{url}/answer", data={"answer": ""}).status_code == 422
    assert clerk.post(f"{url}/assign", data={"assignee": cast["auditor"].id}).status_code == 422
    assert clerk.post(f"{url}/assign", data={"assignee": cast["clerk"].id}).status_code == 302
    assert clerk.post(f"{url}/answer", data={"answer": "已派人"}).status_code == 302
    db.session.refresh(complaint)
    assert (complaint.state, complaint.assignee_id) == ("answered", cast["clerk"].id)


def test_a_return_visit_is_not_pressed_as_a_button(login: Login, unit: Unit, cast: Any) -> None:
    complaint = solved(unit, cast)
    clerk = login("clerk")
    assert "move/visit" not in page(clerk, f"/complaints/{complaint.id}")
    clerk.post(f"/complaints/{complaint.id}/move/visit")
    db.session.refresh(complaint)
    assert complaint.state == "solved"


def test_a_visit_recorded_on_screen_takes_the_complaint_on(login: Login, unit: Unit, cast: Any) -> None:
    complaint = solved(unit, cast)
    html = page(login("clerk"), f"/complaints/{complaint.id}")
    assert "Return visit" in html and "HF-" in html
    one = return_visit(complaint)
    answer = login("clerk").post(f"/visits/{one.id}/move/finish", data={"result": "satisfied", "opinion": "修好了"})
    assert answer.status_code == 302
    db.session.refresh(complaint)
    assert complaint.state == "visited"


@pytest.mark.parametrize("role", ["clerk", "supervisor", "director", "archivist"])
def test_everybody_at_the_desk_reads_and_strangers_do_not(login: Login, unit: Unit, role: str) -> None:
    complaint = makers.make_complaint(unit)
    assert complaint.number in page(login(role), "/complaints/")
    assert complaint.content in page(login(role), f"/complaints/{complaint.id}")
    assert complaint.number not in page(login("stranger"), "/complaints/")
    page(login("stranger"), f"/complaints/{complaint.id}", 404)


def test_words_and_telephones_of_a_filed_complaint_are_sealed(login: Login, unit: Unit, cast: Any) -> None:
    complaint = solved(unit, cast, content="隔壁总在夜里搬东西")
    visit(complaint)
    step(complaint, "close", cast["manager"], verdict="A")
    clerk, url = login("clerk"), f"/complaints/{complaint.id}"
    assert "隔壁总在夜里搬东西" in page(clerk, url)
    file = archive.live_file(unit)
    assert file is not None
    file.state, file.filed_at = "filed", now()
    db.session.flush()
    html = page(login("clerk"), url)
    assert complaint.number in html and "Sealed" in html
    assert all(secret not in html for secret in ("隔壁总在夜里搬东西", "19900001234", "换了两支灯管"))
    assert login("clerk").get(f"{url}/edit").status_code == 403


def test_complaints_are_found_by_number_and_not_by_what_was_said(login: Login, unit: Unit) -> None:
    complaint = makers.make_complaint(unit)
    clerk = login("clerk")
    assert complaint.number in page(clerk, f"/search/?q={complaint.number}")
    assert complaint.number not in page(clerk, "/search/?q=走廊灯不亮")


def test_the_file_page_tells_of_complaints_and_opens_new_ones(login: Login, unit: Unit, monkeypatch: Any) -> None:
    complaint = makers.make_complaint(unit, urgency="urgent")
    file = archive.live_file(unit)
    assert file is not None
    html = page(login("clerk"), f"/files/{file.id}")
    assert complaint.number in html and f"/complaints/add?unit={unit.id}" in html
    assert complaint.content not in html
    late = now() + dt.timedelta(hours=3)
    monkeypatch.setattr(columns, "clock", lambda: late)
    assert f"complaint {complaint.number}" in page(login("clerk"), f"/files/{file.id}")
    assert f"/complaints/add?unit={unit.id}" not in page(login("director"), f"/files/{file.id}")


def test_each_card_counts_what_its_list_shows(
    login: Login, unit: Unit, cast: Any, acting: Any, monkeypatch: Any
) -> None:
    start = dt.datetime(2026, 3, 2, 9, 0, tzinfo=DESK_TIME)
    monkeypatch.setattr(columns, "clock", lambda: start)
    makers.make_complaint(unit, urgency="urgent")
    given = makers.make_complaint(unit)
    step(given, "assign", cast["supervisor"], assignee=cast["supervisor"])
    solving = makers.make_complaint(unit, urgency="urgent")
    step(solving, "answer", cast["supervisor"], answer="来了")
    monkeypatch.setattr(columns, "clock", lambda: start + dt.timedelta(days=2))
    with acting(cast["supervisor"]):
        cards = list(board.cards(cast["supervisor"]))
    supervisor = login("supervisor")
    assert sum(card.count for card in cards) >= 5
    for card in cards:
        html = page(supervisor, card.url)
        shown = {number for number in (c.number for c in db.session.scalars(select(Complaint))) if number in html}
        assert len(shown) == card.count, card.url


def test_the_manager_changes_a_promise_on_screen_and_the_clerk_does_not(login: Login, unit: Unit) -> None:
    makers.make_complaint(unit)
    promised = db.session.scalars(select(ComplaintPromise).where(ComplaintPromise.urgency == "urgent")).one()
    form = {"version": promised.version, "answer_hours": 1, "solve_hours": 12, "solve_days": ""}
    url = f"/complaint-promises/{promised.id}/edit"
    assert login("clerk").post(url, data=form).status_code == 403
    assert login("manager").post(url, data=form | {"solve_days": 3}).status_code == 422
    db.session.refresh(promised)
    assert login("manager").post(url, data=form | {"version": promised.version}).status_code == 302
    db.session.refresh(promised)
    assert (promised.answer_hours, promised.solve_hours) == (1, 12)


def test_a_list_leaves_as_a_file_without_what_was_said(login: Login, unit: Unit) -> None:
    complaint = makers.make_complaint(unit)
    assert login("clerk").get("/complaints/export.csv").status_code == 403
    text = login("supervisor").get("/complaints/export.csv").get_data(as_text=True)
    assert complaint.number in text and complaint.content not in text and "19900001234" not in text


def test_the_record_is_printed_with_what_was_promised(login: Login, unit: Unit, cast: Any) -> None:
    complaint = solved(unit, cast)
    visit(complaint)
    answer = login("clerk").post(f"/print/complaint_record/{complaint.id}")
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    text = text_of(answer.data)
    assert complaint.number in text and "换了两支灯管" in text and "林晚" in text
