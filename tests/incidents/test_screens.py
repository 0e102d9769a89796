"""Incidents on screen: written down, decided, made again, on the file's page, the first page and on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.demo import makers
from app.demo.loans_makers import make_incident
from app.incidents import board
from app.incidents.models import Incident
from app.kit.columns import today
from app.kit.session import db
from tests.visits.test_screens import text_of

Login = Callable[..., FlaskClient]


@pytest.fixture
def file(site: Any, cast: Any) -> Any:
    return makers.make_file(makers.make_unit(site=site), by=cast["archivist"])


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:600]
    return answer.get_data(as_text=True)


def test_from_the_file_to_the_decision(login: Login, file: Any, cast: Any) -> None:
    """Written down by the clerk, decided with a penalty by the manager, made again, closed."""
    clerk, manager, archivist = login("clerk"), login("manager"), login("archivist")
    assert f"/incidents/add?file={file.id}" in page(clerk, f"/files/{file.id}/custody")
    form = {"kind": "damage", "file": file.id, "what_happened": "封面被水浸湿", "accountable": cast["clerk"].id}
    assert clerk.post("/incidents/add", data=form).status_code == 302
    incident = db.session.scalars(select(Incident)).one()
    at = f"/incidents/{incident.id}"
    assert incident.number in page(clerk, f"/files/{file.id}")
    assert clerk.post(f"{at}/move/decide", data={"decision": "x"}).status_code == 403
    refused = manager.post(f"{at}/move/decide", data={"decision": "罚款", "penalty_cents": "501"})
    assert refused.status_code == 422 and "500.00" in refused.text
    assert manager.post(f"{at}/move/decide", data={"decision": "罚款", "penalty_cents": "50"}).status_code == 302
    paper = makers.make_document(file)
    db.session.commit()
    assert archivist.post(f"{at}/move/remake", data={"new_paper": paper.id}).status_code == 302
    db.session.refresh(incident)
    assert (incident.state, incident.penalty_cents, incident.new_paper_id) == ("remade", 5_000, paper.id)
    assert manager.post(f"{at}/move/close", data={"outcome": "已补齐"}).status_code == 302


def test_the_cards_count_what_their_lists_show(login: Login, file: Any, cast: Any, acting: Any) -> None:
    for kind in ("loss", "damage", "leak"):
        make_incident(file, kind, by=cast["clerk"])
    late = make_incident(file, by=cast["clerk"], remake_due_on=today().replace(year=today().year - 1))
    db.session.commit()
    with acting(cast["manager"]):
        [waiting, *_rest] = board.cards(cast["manager"])
    assert waiting.count == 4
    with acting(cast["archivist"]):
        cards = list(board.cards(cast["archivist"]))
    assert [card.count for card in cards] == [1, 2]
    shown = page(login("archivist"), cards[0].url)
    assert late.number in shown and shown.count("SG-") == shown.count(late.number)


def test_the_register_prints(login: Login, file: Any, cast: Any) -> None:
    incident = make_incident(file, by=cast["clerk"], accountable_name="保洁公司")
    db.session.commit()
    printed = login("manager").post("/print/incident_register", data={})
    assert printed.data.startswith(b"%PDF-"), printed.text[:300]
    text = text_of(printed.data)
    assert incident.number in text and "保洁公司" in text and file.number in text


def test_the_bounds_are_amended_by_the_manager_alone(login: Login, site: Any) -> None:
    form = {"site": site.id, "least_cents": "50", "most_cents": "300"}
    assert login("clerk").get("/penalty-bounds/").status_code == 403
    assert login("manager").post("/penalty-bounds/add", data=form).status_code == 302
    assert login("manager").post("/penalty-bounds/add", data=form).status_code == 422


def test_an_incident_of_another_site_is_not_there(login: Login, file: Any, cast: Any) -> None:
    incident = make_incident(file, by=cast["clerk"])
    db.session.commit()
    page(login("stranger"), f"/incidents/{incident.id}", 404)
    assert incident.number not in page(login("stranger"), "/incidents/")


def test_the_search_box_finds_it_by_its_number(login: Login, file: Any, cast: Any) -> None:
    incident = make_incident(file, by=cast["clerk"])
    db.session.commit()
    assert f"/incidents/{incident.id}" in page(login("clerk"), f"/search/?q={incident.number}")
