"""篇一 as far as people's own data goes: true purposes, consent, and the right to see it, walked over HTTP."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.kit.session import db
from app.privacy.models import Consent, DataRequest
from app.security.models import AuditLine
from tests.privacy import people
from tests.privacy.people import ID_NUMBER, NAME

Login = Callable[..., FlaskClient]


def text(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_nothing_is_collected_under_a_pretext(login: Login, site: Any) -> None:
    """In place of the source's pretext: the true purpose is shown, and the consent is a line with its words' digest."""
    file = people.a_person(site)
    clerk = login("clerk")
    form = {"customer": file.customer_id, "purpose": "events", "verdict": "given", "way": "paper"}
    assert clerk.post("/consents/add", data=form).status_code == 302
    line = db.session.scalars(select(Consent)).one()
    shown = text(login("clerk", "zh_Hans"), f"/consents/{line.id}")
    assert "我们不会以其他名义收集您的信息" in shown and line.notice_digest in shown
    assert clerk.post("/consents/add", data={**form, "verdict": "withdrawn"}).status_code == 302
    assert "Stop using the data" in text(clerk, "/data-tasks/")


def test_p01_21_a_person_gets_their_data_on_a_verified_request_but_no_internal_note(
    login: Login, site: Any, cast: Any
) -> None:
    """Not shown at the desk; on a request verified by one and approved by another the data leaves, notes stay."""
    file = people.a_person(site)
    people.known_everywhere(file, cast)
    db.session.commit()
    clerk, supervisor, manager = login("clerk"), login("supervisor"), login("manager")
    form = {"customer": file.customer_id, "kind": "access", "asker": NAME}
    assert clerk.post("/data-requests/add", data=form).status_code == 302
    request = db.session.scalars(select(DataRequest)).one()
    url = f"/data-requests/{request.id}"
    assert supervisor.post(f"{url}/bundle").status_code == 302  # refused: neither verified nor approved
    assert supervisor.post(f"{url}/move/verify", data={"proof": "identity_card"}).status_code == 302
    supervisor.post(f"{url}/move/approve", data={})
    db.session.refresh(request)
    assert request.state == "verified"  # who verified has no right to approve
    assert manager.post(f"{url}/move/approve", data={}).status_code == 302
    answer = supervisor.post(f"{url}/bundle")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        told = archive.read("data.json").decode()
    assert ID_NUMBER in told and NAME in told and "难缠" not in told and "常出差" not in told
    assert {kind["kind"] for kind in json.loads(told)["kinds"]} >= {"customer", "contact", "complaint", "read"}
    assert "export" in set(db.session.scalars(select(AuditLine.action)))


def test_p01_21_what_the_company_prints_names_what_was_said(login: Login, site: Any, cast: Any) -> None:
    """The consent sheet is printed by the company, in two numbered copies that are in the print log."""
    file = people.a_person(site)
    line = people.consent(file.customer, cast["clerk"])
    db.session.commit()
    assert login("clerk").post(f"/print/consent_notice/{line.id}").data.startswith(b"%PDF")
    assert text(login("archivist"), "/prints/").count("Notice and Consent on Personal Data") >= 2
