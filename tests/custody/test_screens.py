"""Who keeps a file, who may read it, and who may change it: the ways round, each tried and closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from flask_appbuilder.security.sqla.models import Role
from sqlalchemy import select

from app.archive import rules as archive
from app.archive.models import File
from app.customers import rules as customers
from app.customers.models import Tenancy
from app.demo import makers
from app.handovers import rules as handovers
from app.handovers.models import HandoverLine
from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import db
from app.lookups.models import LookupRequest
from app.lookups.rules import MOVES
from app.security import audit
from app.security.models import AuditLine

Login = Callable[..., FlaskClient]


@pytest.fixture
def file(site: Any) -> File:
    """A sealed file whose person in charge must not be read."""
    made = makers.make_filed_file(makers.make_unit(site=site))
    made.customer.representative = "欧阳修远"
    db.session.flush()
    return made


def grant(file: File, cast: Any, to: str = "clerk") -> LookupRequest:
    request = makers.make_request(file, cast[to])
    walk(MOVES, request, "pass_on", by=cast["supervisor"], write=audit.write)
    walk(MOVES, request, "approve", by=cast["manager"], write=audit.write)
    db.session.flush()
    return request


def test_nobody_unseals_a_file_by_taking_it_back_into_work(login: Login, file: File, cast: Any) -> None:
    archivist, url = login("archivist"), f"/files/{file.id}/move/reopen"
    archivist.post(url, data={"reason": "补件"})
    db.session.refresh(file)
    assert file.state == "filed"
    grant(file, cast, "archivist")
    archivist.post(url, data={"reason": " "})
    db.session.refresh(file)
    assert file.state == "filed"
    archivist.post(url, data={"reason": "补件"})
    db.session.refresh(file)
    assert file.state == "open"
    line = db.session.scalars(select(AuditLine).where(AuditLine.action == "reopen")).one()
    assert line.detail == {"from": "filed", "to": "open", "reason": "补件"}


def test_a_grant_lets_read_and_not_change(login: Login, file: File, cast: Any) -> None:
    grant(file, cast)
    clerk = login("clerk")
    assert "欧阳修远" in clerk.get(f"/files/{file.id}").get_data(as_text=True)
    for url in (f"/tenancies/{file.tenancy_id}/edit", f"/customers/{file.customer_id}/edit", f"/files/{file.id}/edit"):
        assert clerk.get(url).status_code == 403
        assert clerk.post(url, data={"version": 1}).status_code == 403


def test_a_grant_ends_with_the_role_that_reads_files(login: Login, file: File, cast: Any) -> None:
    grant(file, cast)
    cast["clerk"].roles = [db.session.scalars(select(Role).where(Role.name == "auditor")).one()]
    db.session.flush()
    assert "欧阳修远" not in login("clerk").get(f"/files/{file.id}").get_data(as_text=True)


def test_a_look_up_that_is_over_is_not_revoked(login: Login, file: File, cast: Any) -> None:
    request = grant(file, cast)
    ended = request.expires_at = now() - dt.timedelta(days=2)
    db.session.flush()
    login("manager").post(f"/lookups/{request.id}/move/revoke", data={"reason": "迟了"})
    db.session.refresh(request)
    assert (request.state, request.expires_at) == ("approved", ended)


def test_a_sealed_customer_is_not_unsealed_by_another_unit(login: Login, file: File, site: Any) -> None:
    form = {"unit": makers.make_unit(site=site).id, "customer": file.customer_id}
    refused = login("clerk").post("/tenancies/add", data=form)
    assert refused.status_code == 422
    assert (
        db.session.scalars(select(Tenancy).where(Tenancy.customer_id == file.customer_id)).one().id == file.tenancy_id
    )


def test_former_contacts_of_a_sealed_file_are_told_to_nobody(login: Login, file: File) -> None:
    customers.set_contact(file.customer, "daily", "司徒前", "19900001111")
    customers.set_contact(file.customer, "daily", "上官今", "19900002222")
    old = next(contact for contact in file.customer.contacts if contact.name == "司徒前")
    clerk = login("clerk")
    pages = [clerk.get(url).get_data(as_text=True) for url in ("/contacts/", f"/customers/{file.customer_id}")]
    assert all("上官今" in page and "司徒前" not in page for page in pages)
    assert clerk.get(f"/contacts/{old.id}").status_code == 404
    file.state = "open"
    db.session.flush()
    assert "司徒前" in login("clerk").get("/contacts/").get_data(as_text=True)


def test_nobody_hands_over_what_another_keeps(file: File, site: Any, cast: Any) -> None:
    file.custodian_id = cast["clerk"].id
    handover = makers.make_handover(site, cast["archivist"], cast["supervisor"], cast["manager"])
    with pytest.raises(RuleError, match="保管|kept"):
        handovers.add_line(HandoverLine(handover=handover, file=file))


def test_a_file_of_another_site_is_not_handed_over(cast: Any, site: Any) -> None:
    elsewhere = makers.make_filed_file(makers.make_unit(site=makers.make_site()))
    handover = makers.make_handover(site, cast["archivist"], cast["supervisor"], cast["manager"])
    with pytest.raises(RuleError):
        handovers.add_line(HandoverLine(handover=handover, file=elsewhere))


def test_an_empty_file_is_neither_filed_nor_closed(site: Any) -> None:
    makers.make_scheme()
    empty = archive.open_file(makers.make_unit(site=site))
    for act in (archive.file_away, archive.close):
        with pytest.raises(RuleError):
            act(empty)


def test_a_number_that_a_renamed_unit_used_is_passed_over(site: Any) -> None:
    first = makers.make_file(makers.make_unit("0512", site=site))
    first.unit.number = "0512A"
    db.session.flush()
    second = makers.make_file(makers.make_unit("0512", site=site, floor=first.unit.floor))
    assert (first.number, second.number) == ("0512-01", "0512-02")


def test_the_register_of_an_impossible_day_is_no_error_of_the_server(login: Login) -> None:
    assert login("clerk").post("/print/lookup_register?from=0001-01-01").status_code < 500
