"""Plan 11: certificates in the safe, under the number of their file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from app.archive import renumbering
from app.archive.models import File
from app.demo import makers, storage_makers
from app.estate.models import Place
from app.kit.session import db
from app.storage.models import Certificate
from tests.plans.test_plan_02_storage import text

Login = Callable[..., FlaskClient]


def received(login: Login, site: Any, file: File) -> Certificate:
    """Left with the keeper by the customer, on screen."""
    safe = storage_makers.make_safe(site)
    form = {"file": file.id, "kind": "house", "registered_number": "示例第1号", "holder": "示例业主", "pages": 2,
            "place": safe.id, "received_from": "林晚"}  # fmt: skip
    assert login("archivist").post("/certificates/add", data=form).status_code == 302
    return db.session.scalars(select(Certificate).where(Certificate.number == file.number)).one()


def test_p11_02_there_are_two_ledgers(login: Login, site: Any) -> None:
    """档案台账、权证档案台账: each prints its own."""
    file = makers.make_file(makers.make_unit(site=site))
    renumbering.renumber(file, number="鸿借字第001号", reason="按规则编号")
    received(login, site, file)
    archivist = login("archivist")
    files, certificates = text(archivist.post("/print/file_ledger")), text(archivist.post("/print/certificate_ledger"))
    assert "鸿借字第001号" in files and "档案台账" in files
    assert "鸿借字第001号" in certificates and "权证档案台账" in certificates and "示例第1号" in certificates
    assert "示例第1号" not in files


def test_p11_05_a_certificate_is_received_and_given_back_under_both_signatures(login: Login, site: Any) -> None:
    """登记、签字: the slip prints in two copies; it is given back only once both have signed."""
    certificate = received(login, site, makers.make_file(makers.make_unit(site=site)))
    archivist, url = login("archivist"), f"/certificates/{certificate.id}"
    assert text(archivist.post(f"/print/certificate_return/{certificate.id}")).count("权证交接单") >= 2
    one = {"returned_to": "林晚", "keeper_signature": "M3 3L4 4"}
    assert archivist.post(f"{url}/move/give_back", data=one).status_code == 422
    assert archivist.post(f"{url}/move/give_back", data=one | {"customer_signature": "M1 1L2 2"}).status_code == 302
    db.session.expire_all()
    assert certificate.state == "returned"
    assert "Given back to the customer" in archivist.get(url).get_data(as_text=True)


def test_p11_07_the_certificates_number_is_the_files_and_the_database_sees_to_it(login: Login, site: Any) -> None:
    """鸿借字第001号: another number is refused by the database; with the constraint's file renumbered it follows."""
    file = makers.make_file(makers.make_unit(site=site))
    file.scheme.body = {**file.scheme.body, "file_number": "鸿借字第{sequence:03d}号"}
    renumbering.renumber(file, number="鸿借字第001号", reason="按规则编号")
    certificate = received(login, site, file)
    assert certificate.number == "鸿借字第001号"
    wrong = sql("UPDATE certificate SET number = '鸿借字第999号' WHERE id = :id")
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(wrong, {"id": certificate.id})
        db.session.flush()
    db.session.execute(sql("CREATE TEMPORARY TABLE unguarded AS SELECT id, number FROM certificate"))
    db.session.execute(sql("UPDATE unguarded SET number = '鸿借字第999号'"))  # the control: without the key it goes
    said = {"number": "鸿借字第002号", "reason": "更正"}
    assert login("archivist").post(f"/files/{file.id}/move/renumber", data=said).status_code == 302
    db.session.expire_all()
    assert certificate.number == "鸿借字第002号"
    envelope = db.session.get(Place, certificate.place_id)
    assert envelope is not None and envelope.parent is not None and envelope.parent.kind == "safe"
    cabinet = storage_makers.make_place(site, "cabinet")
    form = {"file": file.id, "registered_number": "示例第2号", "holder": "示例业主", "pages": 1, "place": cabinet.id}
    assert login("archivist").post("/certificates/add", data=form).status_code == 422
