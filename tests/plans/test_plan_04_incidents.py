"""Plans 4 and 8: what is forbidden, and a breach of secrecy, are registered with who is accountable (P4.18, P8.03)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.incidents.models import Incident
from app.kit.session import db
from tests.loans.test_rules import make_file
from tests.loans.test_screens import page

Login = Callable[..., FlaskClient]


def write_down(login: Login, file: Any, kind: str, accountable: int) -> Incident:
    form = {"kind": kind, "file": file.id, "what_happened": "按制度登记", "accountable": accountable}
    assert login("clerk").post("/incidents/add", data=form).status_code == 302
    return db.session.scalars(select(Incident)).one()


@pytest.mark.parametrize("kind", ["taken", "kept_back", "moved", "destroyed", "not_handed_over"])
def test_p04_18_what_is_forbidden_is_registered_with_who_is_accountable(
    login: Login, site: Any, cast: Any, kind: str
) -> None:
    """擅自带走、留存、转移、销毁、拒绝移交: in the register, decided by somebody else than who answers for it."""
    incident = write_down(login, make_file(site), kind, cast["manager"].id)
    assert incident.number in page(login("auditor"), f"/incidents/?kind={kind}")
    at = f"/incidents/{incident.id}/move/decide"
    login("manager").post(at, data={"decision": "自己无责"})
    db.session.refresh(incident)
    assert incident.state == "open"
    assert login("director").post(at, data={"decision": "通报批评"}).status_code == 302


def test_p08_03_a_breach_of_secrecy_is_an_incident_of_the_file(login: Login, site: Any, cast: Any) -> None:
    """It stands on the file's page and waits on the manager's first page."""
    file = make_file(site)
    incident = write_down(login, file, "leak", cast["clerk"].id)
    assert incident.number in page(login("manager"), f"/files/{file.id}")
    assert "Incidents to decide on" in page(login("manager"), "/")
