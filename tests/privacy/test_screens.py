"""Consents, requests and the register as each role sees them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.customers import rules as customers
from app.demo import makers
from app.estate.rules import find_site
from app.kit.session import db
from app.privacy.models import Consent, DataRequest, DataTask
from app.security.models import AuditLine
from tests.conftest import SITE
from tests.privacy import people
from tests.privacy.people import CONTACT, ID_NUMBER, NAME, ask, consent
from tests.standing import Made, Standing

Login = Callable[..., FlaskClient]


@pytest.fixture(scope="module")
def _file(standing: Standing) -> Made:
    return standing(lambda: people.a_person(find_site(SITE)))


@pytest.fixture
def file(_file: Made) -> Any:
    return _file()


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:600]
    return answer.get_data(as_text=True)


def test_a_clerk_writes_a_consent_down_from_the_file(login: Login, file: Any) -> None:
    clerk = login("clerk")
    html = page(clerk, f"/files/{file.id}/custody")
    link = re.search(rf'href="(/consents/add\?customer={file.customer_id}[^"]*)"', html)
    assert link is not None and "Nobody has consented" in html
    form = {"customer": file.customer_id, "purpose": "contacting", "verdict": "given", "way": "paper"}
    assert clerk.post("/consents/add", data=form).status_code == 302
    line = db.session.scalars(select(Consent)).one()
    shown = page(clerk, f"/consents/{line.id}")
    assert "front desk at any time" in shown and line.notice_digest in shown
    assert line.number in page(clerk, f"/files/{file.id}/custody")
    assert clerk.get(f"/consents/{line.id}/edit").status_code in (403, 404)


def test_the_words_are_told_in_the_readers_language(login: Login, file: Any, cast: Any) -> None:
    line = consent(file.customer, cast["clerk"])
    assert "您可随时到前台撤回同意" in page(login("clerk", "zh_Hans"), f"/consents/{line.id}")
    assert "您可隨時到前檯撤回同意" in page(login("clerk", "zh_Hant"), f"/consents/{line.id}")


def test_a_consent_prints_in_two_copies(login: Login, file: Any, cast: Any) -> None:
    line = consent(file.customer, cast["clerk"], "identity_scan")
    answer = login("clerk").post(f"/print/consent_notice/{line.id}")
    assert answer.status_code == 200 and answer.data.startswith(b"%PDF")


def test_pictures_without_a_consent_are_refused_in_words(login: Login, file: Any) -> None:
    paper = makers.make_document(file, "identity")
    png = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
        b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\r\xefF\xb8\x00\x00\x00\x00IEND\xaeB`\x82"
    )
    clerk = login("clerk")
    sent = {"scan": (io.BytesIO(png), "card.png")}
    html = clerk.post(f"/scans/add/{paper.id}", data=sent, follow_redirects=True).text
    assert "separate consent" in html
    db.session.expire_all()
    assert paper.scans == []


def test_a_picture_disappears_from_file_and_address_with_the_consent(login: Login, file: Any, cast: Any) -> None:
    scan = people.a_picture(file, cast["clerk"]).scans[0]
    clerk = login("clerk")
    assert f"/scans/{scan.id}" in page(clerk, f"/files/{file.id}")
    assert clerk.get(f"/scans/{scan.id}").status_code == 200
    consent(file.customer, cast["clerk"], "identity_scan", "withdrawn")
    db.session.commit()
    html = page(clerk, f"/files/{file.id}")
    assert f"/scans/{scan.id}" not in html and "without a separate consent" in html
    assert clerk.get(f"/scans/{scan.id}").status_code == 404
    assert "My tasks about data" in page(clerk, "/")
    task = db.session.scalars(select(DataTask)).one()
    assert clerk.post(f"/data-tasks/{task.id}/move/finish", data={"outcome": ""}).status_code == 302
    db.session.expire_all()
    assert task.state == "done" and not task.document.scans


def test_a_request_walks_from_desk_to_zip(login: Login, file: Any, cast: Any) -> None:
    people.known_everywhere(file, cast)
    clerk, supervisor, manager = login("clerk"), login("supervisor"), login("manager")
    form = {"customer": file.customer_id, "kind": "access", "asker": NAME, "wanted": "全部"}
    assert clerk.post("/data-requests/add", data=form).status_code == 302
    request = db.session.scalars(select(DataRequest)).one()
    url = f"/data-requests/{request.id}"
    assert "move/approve" not in page(clerk, url)
    assert supervisor.post(f"{url}/move/verify", data={"proof": ""}).status_code == 422
    assert supervisor.post(f"{url}/move/verify", data={"proof": "identity_card"}).status_code == 302
    assert "bundle" not in page(supervisor, url)
    assert manager.post(f"{url}/move/approve", data={}).status_code == 302
    told = page(supervisor, f"{url}/holdings")
    assert "Complaint" in told and NAME not in told and ID_NUMBER not in told
    assert clerk.post(f"{url}/bundle").status_code == 403
    answer = supervisor.post(f"{url}/bundle")
    assert answer.mimetype == "application/zip" and "attachment" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert ID_NUMBER in archive.read("data.json").decode()
    lines = [(line.subject_type, line.action) for line in db.session.scalars(select(AuditLine))]
    assert ("DataRequest", "export") in lines and ("Customer", "export") in lines
    assert supervisor.post(f"{url}/move/carry_out", data={}).status_code == 302
    db.session.refresh(request)
    assert request.state == "done" and supervisor.post(f"{url}/bundle").status_code == 302


def test_a_correction_asks_for_both_sides(login: Login, file: Any) -> None:
    contact, clerk = customers.current_contact(file.customer, "daily"), login("clerk")
    form = {"customer": file.customer_id, "contact": contact.id, "kind": "correct", "asker": CONTACT}
    assert clerk.post("/data-requests/add", data=form).status_code == 422
    form |= {"correct_column": "customer.representative", "correct_value": "x"}
    assert clerk.post("/data-requests/add", data=form).status_code == 422
    form |= {"correct_column": "contact.phone", "correct_value": "19900001111"}
    assert clerk.post("/data-requests/add", data=form).status_code == 302
    request = db.session.scalars(select(DataRequest)).one()
    assert "19900001111" not in page(clerk, f"/data-requests/{request.id}")


READERS = ["manager", *(pytest.param(name, marks=pytest.mark.once) for name in ("director", "auditor", "admin"))]


@pytest.mark.parametrize("name", READERS)
def test_the_register_is_read_printed_and_exported(login: Login, file: Any, name: str, words_for_paper: None) -> None:
    reader = login(name)
    html = page(reader, "/personal-data/")
    assert "Identity number" in html and "PIPL 13.2" in html and NAME not in html and "Shortened" in html
    answer = reader.get("/personal-data/export.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    assert sheet.max_row > 80
    assert reader.get("/personal-data/export.csv").data.startswith("\ufeff".encode())
    if name != "admin":
        answer = reader.post("/personal-data/print")
        assert answer.mimetype == "application/pdf"
        assert "Identity number" in answer.text and "PIPL 13.2" in answer.text and NAME not in answer.text


@pytest.mark.once
def test_the_register_is_laid_out_on_paper(login: Login, file: Any) -> None:
    assert login("manager").post("/personal-data/print").data.startswith(b"%PDF")


@pytest.mark.parametrize("name", ["clerk", "supervisor", "technician", "archivist"])
def test_who_has_no_business_with_it_sees_no_register(login: Login, name: str) -> None:
    assert login(name).get("/personal-data/").status_code == 403


def test_a_stranger_finds_nothing_of_it(login: Login, file: Any, cast: Any) -> None:
    line, request = consent(file.customer, cast["clerk"]), ask(file.customer, cast["clerk"])
    stranger = login("stranger")
    assert stranger.get(f"/consents/{line.id}").status_code == 404
    assert stranger.get(f"/data-requests/{request.id}").status_code == 404
    assert stranger.get(f"/data-requests/{request.id}/holdings").status_code == 404
    assert json.dumps(request.number) and request.number not in page(stranger, "/data-requests/")


def test_cards_count_what_waits(login: Login, file: Any, cast: Any) -> None:
    request = ask(file.customer, cast["clerk"])
    assert "Requests about data to verify" in page(login("supervisor"), "/")
    people.step(request, "verify", cast["supervisor"], proof="known")
    db.session.commit()
    assert "Requests about data to approve" in page(login("manager"), "/")
