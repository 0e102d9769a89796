"""篇七: repairs, violations and arrears in the tenant's file, walked over HTTP."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from app.archive.models import Document
from app.arrears.models import Due, Violation
from app.demo import makers
from app.kit.columns import today
from app.kit.session import db
from app.repairs.models import Repair

Login = Callable[..., FlaskClient]


def page(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def post(client: FlaskClient, url: str, **form: Any) -> None:
    answer = client.post(url, data=form)
    assert answer.status_code == 302, answer.get_data(as_text=True)[-3000:]


@pytest.mark.parametrize("name", ["给排水/漏水", "电气照明"])
def test_p07_03_a_repair_order_goes_from_the_call_to_the_tenants_file(
    login: Login, site: Any, cast: Any, name: str
) -> None:
    """Called in, dispatched, done, printed in two copies, rated, visited, closed: a paper of the file and a due."""
    file, kind = makers.make_file(makers.make_unit("2806", site=site)), makers.make_repair_kind(name)
    clerk, technician, supervisor = login("clerk"), login("technician"), login("supervisor")
    form = {"unit": file.unit_id, "kind": kind.id, "fault": "水槽漏水", "channel": "telephone", "charge": "paid"}
    post(clerk, "/repairs/add", **form, reporter="林晚", phone="19900001234")
    repair = db.session.scalars(select(Repair)).one()
    url = f"/repairs/{repair.id}"
    post(clerk, f"{url}/move/dispatch", assignee=cast["technician"].id)
    post(technician, f"{url}/move/accept")
    post(technician, f"{url}/move/finish", outcome="更换软管")
    post(
        clerk, "/repair-costs/add", repair=repair.id, what="软管", quantity="2", price_cents="18.50", is_chargeable="y"
    )
    printed = clerk.post(f"/print/repair_order/{repair.id}")
    sheets = ["".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(printed.data)).pages]
    assert len(sheets) == 2 and all(repair.number in sheet and "¥37.00" in sheet for sheet in sheets)
    post(clerk, f"{url}/move/rate", overall="5")
    db.session.refresh(repair)
    assert repair.needs_visit == (name == "给排水/漏水")
    if repair.needs_visit:
        listed = page(clerk, f"{url}")
        assert "/visits/" in listed
        from app.visits.models import Visit

        visit = db.session.scalars(select(Visit).where(Visit.repair_id == repair.id)).one()
        post(clerk, f"/visits/{visit.id}/move/finish", result="satisfied", opinion="满意")
    post(supervisor, f"{url}/move/close")
    paper = db.session.scalars(select(Document).where(Document.source == "Repair")).one()
    assert (paper.file_id, paper.paper_class) == (file.id, "repair")
    shown = page(clerk, f"/files/{file.id}")
    assert repair.number in shown and paper.title in shown
    due = db.session.scalars(select(Due)).one()
    assert (due.repair_id, due.amount_cents) == (repair.id, 3700)


def test_p07_02_violations_and_arrears_stand_in_the_file(login: Login, site: Any) -> None:
    """Both warn at the head of the file's page until they are over, then lie in it as papers."""
    file = makers.make_file(makers.make_unit("2807", site=site))
    clerk, supervisor = login("clerk"), login("supervisor")
    post(supervisor, "/dues/add", unit=file.unit_id, kind="property_fee", amount_cents="15,939.00", due_on=today())
    post(clerk, "/violations/add", unit=file.unit_id, what="fire_exit", found_on=today(), description="堵塞消防通道")
    due, violation = db.session.scalars(select(Due)).one(), db.session.scalars(select(Violation)).one()
    shown = page(clerk, f"/files/{file.id}")
    assert "The tenant owes 15,939.00 yuan" in shown and "Violations that are not closed: 1" in shown
    assert due.number in shown and violation.number in shown
    post(clerk, f"/violations/{violation.id}/move/notify", demand="清空", rectify_by_on=today())
    post(clerk, f"/violations/{violation.id}/move/rectify", rectified_on=today())
    post(supervisor, f"/violations/{violation.id}/move/close", deduction_cents="")
    post(clerk, "/due-payments/add", due=due.id, amount_cents="15939", method="transfer", receipt="银行回单")
    papers = db.session.scalars(select(Document).where(Document.file_id == file.id)).all()
    assert sorted(paper.source for paper in papers) == ["Due", "Violation"]
    assert {paper.paper_class for paper in papers} == {"violation"}
    shown = page(clerk, f"/files/{file.id}")
    assert "The tenant owes" not in shown and "Violations that are not closed" not in shown
