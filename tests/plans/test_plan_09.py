"""篇九 and the parts of 篇七 that the file's page shows, walked over HTTP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive import rules as archive
from app.customers import rules as customers
from app.demo import makers
from app.kit.columns import today
from app.kit.session import db
from app.lookups.models import LookupRequest
from app.security.models import AuditLine

Login = Callable[..., FlaskClient]
ID_NUMBER = "110101198001010002"


def text(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def granted(file: Any, people: Any) -> LookupRequest:
    from app.kit.moves import walk
    from app.lookups.rules import MOVES
    from app.security import audit

    request = makers.make_request(file, people["clerk"])
    walk(MOVES, request, "pass_on", by=people["supervisor"], write=audit.write)
    walk(MOVES, request, "approve", by=people["manager"], write=audit.write)
    return request


def test_p09_01_each_household_has_a_file_with_a_named_keeper(login: Login, site: Any, cast: Any) -> None:
    """The keeper stands on the file's page: who opened it, then who filed it; nobody types another one in."""
    file = makers.make_file(makers.make_unit(site=site), by=cast["clerk"])
    assert str(cast["clerk"]) in text(login("clerk"), f"/files/{file.id}")
    form = {"version": file.version, "custodian": cast["supervisor"].id, "place": file.place_id, "remark": "x"}
    assert login("archivist").post(f"/files/{file.id}/edit", data=form).status_code == 302
    db.session.refresh(file)
    assert file.custodian_id == cast["clerk"].id
    login("archivist").post(f"/files/{file.id}/move/file")
    db.session.refresh(file)
    assert file.custodian_id == cast["archivist"].id
    assert "keep" in set(db.session.scalars(select(AuditLine.action)))


def test_p09_02_nobody_reads_a_sealed_file_without_the_managers_approval(login: Login, site: Any, cast: Any) -> None:
    """Sealed for clerk, supervisor, manager, director and archivist alike until a grant; gone when it is revoked."""
    file = makers.make_filed_file(makers.make_unit(site=site))
    file.customer.representative = "欧阳修远"
    for name in ("clerk", "supervisor", "manager", "director", "archivist"):
        assert "欧阳修远" not in text(login(name), f"/files/{file.id}")
    request = granted(file, cast)
    assert "欧阳修远" in text(login("clerk"), f"/files/{file.id}")
    assert "欧阳修远" not in text(login("supervisor"), f"/files/{file.id}")
    login("manager").post(f"/lookups/{request.id}/move/revoke", data={"reason": "用毕"})
    assert "欧阳修远" not in text(login("clerk"), f"/files/{file.id}")


def test_p09_03_numbers_are_masked_and_each_reading_is_a_line(login: Login, site: Any, cast: Any) -> None:
    """The identity number shows three and four digits; the whole one needs a reason, and both leave a line."""
    file = makers.make_file(makers.make_unit(site=site))
    file.customer.id_number = ID_NUMBER
    customers.keep_customer(file.customer)
    clerk = login("clerk")
    shown = text(clerk, f"/customers/{file.customer_id}")
    assert ID_NUMBER not in shown
    assert "110" in shown
    assert "0002" in shown
    refused = clerk.post(f"/customers/{file.customer_id}/reveal/id_number", data={"reason": ""})
    assert refused.status_code == 422
    told = clerk.post(f"/customers/{file.customer_id}/reveal/id_number", data={"reason": "办理更名"})
    assert told.get_json()["value"] == ID_NUMBER
    actions = set(db.session.scalars(select(AuditLine.action)))
    assert {"reveal", "open"} <= actions


def test_p07_02_the_page_says_how_complete_the_file_is(login: Login, site: Any) -> None:
    """The content set is a checklist: each required class that is there raises the per cent."""
    file = makers.make_file(makers.make_unit(site=site))
    assert archive.completeness(file) == 0
    makers.make_document(file, "licence")
    expected = archive.completeness(file)
    assert 0 < expected < 100
    assert f"{expected}%" in text(login("clerk"), f"/files/{file.id}")
    for paper in archive.classes(file):
        if paper.get("required") and paper["key"] != "licence":
            makers.make_document(file, paper["key"])
    assert archive.completeness(file) == 100


def test_p07_05_a_file_with_unchecked_paper_or_ink_is_not_filed(login: Login, site: Any) -> None:
    """The filing check (no ball-pen, pencil or plain blue ink) stands before sealing."""
    file = makers.make_file(makers.make_unit(site=site))
    document = makers.make_document(file, "letter", ink_is_good=False)
    archivist = login("archivist")
    answer = archivist.post(f"/files/{file.id}/move/file", follow_redirects=True)
    assert "filing check" in answer.get_data(as_text=True)
    db.session.refresh(file)
    assert file.state == "open"
    document.ink_is_good = True
    archivist.post(f"/files/{file.id}/move/file")
    db.session.refresh(file)
    assert file.state == "filed"


def test_p07_11_an_expiring_licence_is_on_the_desks_first_page(login: Login, site: Any) -> None:
    """A licence that ends within 60 days is counted and listed on the home page; an expired one warns on the file."""
    file = makers.make_file(makers.make_unit("0917", site=site))
    makers.make_document(file, "licence", title="营业执照副本", valid_until=today() + dt.timedelta(days=20))
    home = text(login("clerk"), "/")
    assert "0917" in home
    makers.make_document(file, "lease", title="旧合同", valid_until=today() - dt.timedelta(days=1))
    assert "expired" in text(login("clerk"), f"/files/{file.id}")


def test_p07_02_former_contacts_stay_known(login: Login, site: Any) -> None:
    """A changed daily contact keeps the one before it (日常联系人变迁)."""
    file = makers.make_file(makers.make_unit(site=site))
    customers.set_contact(file.customer, "daily", "王芳", "19900001111")
    customers.set_contact(file.customer, "daily", "赵磊", "19900002222")
    shown = text(login("clerk"), f"/files/{file.id}")
    assert "赵磊" in shown
    assert "王芳" in shown
