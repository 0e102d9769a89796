"""篇九: confidentiality of what people tell, walked over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.kit.session import db
from app.privacy.models import DataRequest
from app.security.models import AuditLine
from tests.privacy import people
from tests.privacy.people import ID_NUMBER

Login = Callable[..., FlaskClient]
OTHER = "110101199001010005"


def test_p09_03_numbers_are_masked_on_the_way_of_a_request_too(login: Login, site: Any) -> None:
    """What is to be corrected is masked on its page, list and file; the right value is no more there once it is set."""
    file = people.a_person(site)
    clerk, supervisor, manager = login("clerk"), login("supervisor"), login("manager")
    form = {"customer": file.customer_id, "kind": "correct", "asker": "司马", "correct_column": "customer.id_number"}
    refused = clerk.post("/data-requests/add", data={**form, "correct_value": OTHER[:-1] + "1"})
    assert refused.status_code == 422
    wanted = next(OTHER[:-1] + sign for sign in "0123456789X" if _is_right(OTHER[:-1] + sign))
    assert clerk.post("/data-requests/add", data={**form, "correct_value": wanted}).status_code == 302
    request = db.session.scalars(select(DataRequest)).one()
    url = f"/data-requests/{request.id}"
    for reader in (clerk, supervisor, manager):
        assert wanted not in reader.get(url).text and wanted not in reader.get("/data-requests/").text
    assert wanted not in manager.get("/data-requests/export.csv").text
    supervisor.post(f"{url}/move/verify", data={"proof": "identity_card"})
    manager.post(f"{url}/move/approve", data={})
    assert supervisor.post(f"{url}/move/carry_out", data={}).status_code == 302
    db.session.expire_all()
    assert file.customer.id_number == wanted and request.correct_value == ""
    lines = [str(line.detail) for line in db.session.scalars(select(AuditLine))]
    assert not [line for line in lines if wanted in line or ID_NUMBER in line]


def _is_right(number: str) -> bool:
    from app.exchange import identity

    return identity.look(number)[0] is None
