"""What must hold of registers whoever asks: other processes, roles, sites, seals, tokens (G6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.demo import makers
from app.kit.columns import now
from app.kit.session import db, finish_work
from app.registers import declaring, known
from app.registers.models import Entry
from app.security import gate
from tests.conftest import PASSWORD, migrate, settings
from tests.registers.conftest import BODY, named
from tests.registers.test_screens import add

Login = Callable[[str], FlaskClient]
OF_FILES: dict[str, Any] = {
    "key": "file_remarks",
    "name": named("案卷附注", "Remarks on files"),
    "entry": named("附注", "Remark"),
    "read": ["everyone"],
    "write": ["clerk", "manager"],
    "bound": "file",
    "single": True,
    "fields": [
        {"key": "open_word", "kind": "text", "label": named("一般情况", "Plain word")},
        {"key": "secret_word", "kind": "text", "sealed": True, "label": named("内部情况", "Inner word")},
        {"key": "secret_fee", "kind": "money", "sealed": True, "label": named("内部金额", "Inner amount")},
    ],
}


@pytest.fixture
def of_files(app: Any) -> Any:
    declaring.declare(OF_FILES)
    return known.find("file_remarks")


@pytest.fixture
def two_processes(database: str, tmp_path: Path) -> Iterator[tuple[Flask, Flask]]:
    """Two consoles on one database of their own."""
    from app.demo import tower
    from app.estate import rules as estate
    from app.security import setup

    first = create_app(settings(tmp_path, database))
    with first.app_context():
        migrate(first)
        setup.sync_permissions(first)
        site = estate.add_site("同一座", short_name="T")
        for person in tower.make_cast(PASSWORD).values():
            estate.assign(site, person)
        finish_work()
        db.session.remove()
    second = create_app(settings(tmp_path, database))
    yield first, second
    for each in (first, second):
        with each.app_context():
            db.session.remove()
            db.engine.dispose()


def log_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    client.post("/login", data={"username": name, "password": PASSWORD})
    return client


@pytest.mark.no_app
def test_another_process_sees_what_was_declared_here(two_processes: tuple[Flask, Flask]) -> None:
    first, second = two_processes
    here, there = log_in(first, "clerk"), log_in(second, "clerk")
    assert there.get("/registers/spot_checks/").status_code == 404
    with first.app_context():
        declaring.declare(BODY)
        finish_work()
    assert there.post("/registers/spot_checks/add", data={"topic": "另一进程写的"}).status_code == 302
    assert "另一进程写的" in here.get("/registers/spot_checks/").text
    changed = {**BODY, "fields": [*BODY["fields"], {"key": "floor", "kind": "text", "label": named("楼层", "Floor")}]}
    with second.app_context():
        declaring.declare(changed)
        finish_work()
    assert here.post("/registers/spot_checks/add", data={"topic": "新版", "floor": "九层"}).status_code == 302
    shown = there.get("/registers/spot_checks/2").text
    assert "九层" in shown and "另一进程写的" in there.get("/registers/spot_checks/1").text


def test_sealed_fields_are_never_searched_sorted_or_filtered(of_files: Any, spot_checks: Any) -> None:
    for view in (of_files.view, spot_checks.view):
        told = {*view.search_columns, *view.order_columns}
        assert not told & {"secret_word", "secret_fee", "secret"}
        assert all(gate.searchable(view.model, name) for name in told)
    with pytest.raises(Exception, match="order.by.*secret"):
        declaring.declare({**BODY, "order": {"by": "secret"}})
    with pytest.raises(Exception, match="fields.7.sealed"):
        declaring.declare({**BODY, "called": ["secret"]})


def test_a_filed_file_seals_its_entries(of_files: Any, login: Login, site: Any) -> None:
    file = makers.make_file(makers.make_unit(site=site))
    clerk, manager = login("clerk"), login("manager")
    entry = add(clerk, "file_remarks", file=file.id, open_word="常规", secret_word="只此一处", secret_fee="88.88")
    page = f"/registers/file_remarks/{entry.id}"
    assert "只此一处" in clerk.get(page).text and "88.88" in clerk.get(page).text
    assert "只此一处" in clerk.get(f"/files/{file.id}").text
    file.state, file.filed_at = "filed", now()
    db.session.flush()
    for who in (clerk, manager, login("auditor")):
        for address in (page, "/registers/file_remarks/", f"/files/{file.id}", f"{page}/edit"):
            assert "只此一处" not in who.get(address).text and "88.88" not in who.get(address).text
    exported = manager.get("/registers/file_remarks/export.csv").text
    assert "常规" in exported and "只此一处" not in exported and "88.88" not in exported
    assert clerk.get(f"{page}/edit").status_code == 403
    assert clerk.post(f"{page}/edit", data={"open_word": "改", "version": entry.version}).status_code == 403
    other = clerk.post("/registers/file_remarks/add", data={"file": file.id, "open_word": "再来"})
    assert other.status_code == 422


def test_a_single_register_takes_one_entry_a_file(of_files: Any, login: Login, site: Any) -> None:
    file = makers.make_file(makers.make_unit(site=site))
    clerk = login("clerk")
    add(clerk, "file_remarks", file=file.id, open_word="一")
    again = clerk.post("/registers/file_remarks/add", data={"file": file.id, "open_word": "二"})
    assert again.status_code == 422 and "There is one already" in again.text


def test_opening_an_entry_with_sealed_fields_is_a_line(of_files: Any, login: Login, site: Any) -> None:
    from app.security.audit import AuditLine

    file = makers.make_file(makers.make_unit(site=site))
    entry = add(login("clerk"), "file_remarks", file=file.id, secret_word="x")
    login("manager").get(f"/registers/file_remarks/{entry.id}")
    lines = db.session.query(AuditLine).filter_by(subject_type="Entry", subject_id=entry.id, action="open").all()
    assert [line.username for line in lines] == ["manager"]


def test_a_register_keeps_where_its_fields_are_stored(spot_checks: Any, login: Login) -> None:
    entry = add(login("clerk"), topic="原来的", finding="要留下的")
    before = declaring.current("spot_checks")
    assert before is not None
    fields = [field for field in BODY["fields"] if field["key"] != "finding"]
    wider = [*fields, {"key": "extra", "kind": "long_text", "label": named("补充", "More")}]
    after = declaring.declare({**BODY, "fields": list(reversed(wider))})
    assert {key: after.slots[key] for key in before.slots} == before.slots  # the dropped one keeps its place, too
    assert after.slots["extra"] not in before.slots.values()
    db.session.expire_all()
    shown = login("clerk").get(f"/registers/spot_checks/{entry.id}").text
    assert "原来的" in shown and "要留下的" not in shown
    back = declaring.declare(BODY)
    assert back.slots["finding"] == before.slots["finding"]
    assert "要留下的" in login("clerk").get(f"/registers/spot_checks/{entry.id}").text
    with pytest.raises(Exception, match="cost"):
        declaring.declare(
            {
                **BODY,
                "fields": [
                    {**field, "kind": "number"} if field["key"] == "cost" else field for field in BODY["fields"]
                ],
            }
        )


def test_a_withdrawn_register_takes_no_more(spot_checks: Any, login: Login) -> None:
    entry = add(login("clerk"), topic="还在")
    assert login("manager").post("/registers/declared/spot_checks/withdraw").status_code == 302
    assert login("clerk").get("/registers/spot_checks/add").status_code == 404
    assert "还在" in login("clerk").get(f"/registers/spot_checks/{entry.id}").text
    assert isinstance(db.session.get(Entry, entry.id), Entry)


def test_what_a_register_holds_of_a_customer_is_told_and_erased_with_them(login: Login, site: Any) -> None:
    """A person's own export names the entry by its register's words; erasing takes their words out of every field."""
    from app.demo.registers_makers import make_entry, make_registers
    from app.privacy import bundle, reach

    make_registers()
    customer = makers.make_customer("林晚秋本人", site=site, representative="林晚秋")
    customer.kind = "person"
    meeting = make_entry("meetings", site, kind="service", topic="例会", held_at=now())
    point = make_entry(
        "meeting_points", site, customer=customer, meeting=meeting, summary="林晚秋要求回电", settled="尽快"
    )
    told = {part.key: part for part in bundle.parts(customer, None)}
    part = told["entry_meeting_points"]
    assert "summary" in part.columns and any("林晚秋要求回电" in row for row in part.rows)
    assert point.id in reach.rows_of(customer)["entry"]
    from app.privacy import erasing

    columns = dict(erasing._columns(point))
    assert {"summary", "settled", "caption"} <= set(columns) and "meeting" not in columns
    assert erasing.without(point, "summary", {"林晚秋"}) == f"{erasing.ERASED}要求回电"
