"""FAB.md's writing traps on the real console: a refusal leaves nothing, keeps what was typed, and tells no SQL."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.archive.models import Document
from app.customers.models import Customer, Tenancy
from app.demo import makers
from app.estate.models import Place, Site
from app.kit import saving
from app.kit.session import db, finish_work
from app.security import audit
from app.security.models import AuditLine
from tests.house.full_house import statements

Login = Callable[..., FlaskClient]
INSIDE = re.compile(
    r"INSERT INTO|UPDATE \w+ SET|SELECT .* FROM|sqlite3?\.|psycopg|sqlalche|UNIQUE constraint|IntegrityError|"
    r"Traceback|\[parameters|Background on this error|DETAIL:",
    re.IGNORECASE,
)


@pytest.fixture
def tenancy(site: Any) -> Tenancy:
    made = makers.make_tenancy(makers.make_unit(site=site), makers.make_customer(site=site), remark="先前")
    finish_work()
    return made


def typed(record: Any, **more: Any) -> dict[str, Any]:
    return {"version": str(record.version), "starts_on": "", "ends_on": "", "rent_cents": "", **more}


def count(model: Any) -> int:
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def test_a_refused_edit_leaves_nothing_that_a_later_commit_would_store(login: Login, tenancy: Tenancy) -> None:
    form = typed(tenancy, starts_on="2026-01-01", ends_on="2020-01-01", remark="被拒的")
    refused = login("clerk").post(f"/tenancies/{tenancy.id}/edit", data=form)
    assert refused.status_code == 422
    assert not db.session.dirty and not db.session.new
    finish_work()
    db.session.expire_all()
    assert (tenancy.remark, tenancy.starts_on) == ("先前", None)
    form["ends_on"] = "2027-01-01"
    assert login("clerk").post(f"/tenancies/{tenancy.id}/edit", data=form).status_code == 302
    db.session.expire_all()
    assert tenancy.remark == "被拒的"


def test_without_the_savepoint_the_refused_edit_would_be_stored(
    login: Login, tenancy: Tenancy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control, as FAB does it: fill the record, ask, and let the commit come."""
    from contextlib import nullcontext

    monkeypatch.setattr(saving, "attempt", nullcontext)
    monkeypatch.setattr(db.session, "expire_all", lambda: None)
    form = typed(tenancy, starts_on="2026-01-01", ends_on="2020-01-01", remark="被拒的")
    assert login("clerk").post(f"/tenancies/{tenancy.id}/edit", data=form).status_code == 422
    monkeypatch.undo()
    db.session.expire_all()
    assert db.session.get(Tenancy, tenancy.id).remark == "被拒的"


def test_a_refused_move_leaves_nothing(login: Login, site: Any, cast: Any) -> None:
    file = makers.make_file(makers.make_unit(site=site), by=cast["archivist"])
    makers.make_document(file, ink_is_good=False)
    finish_work()
    login("archivist").post(f"/files/{file.id}/move/file")
    finish_work()
    db.session.expire_all()
    assert (file.state, file.filed_at) == ("open", None)


@pytest.mark.parametrize(
    "who, address, form",
    [
        ("admin", "/sites/add", {"name": "测试大厦", "address": "打过的字"}),
        ("admin", "/buildings/add", {"name": "双生楼", "site": "{site}"}),
        ("archivist", "/places/add", {"site": "{site}", "code": "双", "name": "打过的字", "kind": "cabinet"}),
        ("admin", "/site-users/add", {"site": "{site}", "user": "{clerk}"}),
    ],
)
def test_what_is_taken_is_told_in_words_and_the_form_keeps_what_was_typed(
    login: Login, site: Any, cast: Any, who: str, address: str, form: dict[str, str]
) -> None:
    person = login(who)
    filled = {name: value.format(site=site.id, clerk=cast["clerk"].id) for name, value in form.items()}
    person.post(address, data=filled)
    before = count(AuditLine), count(Place), count(Site)
    again = person.post(address, data=filled)
    page = again.get_data(as_text=True)
    assert again.status_code == 422 and "taken already" in page
    assert not INSIDE.search(page)
    assert all(value in page for value in filled.values())
    assert (count(AuditLine), count(Place), count(Site)) == before


@pytest.mark.parametrize(
    "name",
    [
        "长" * 5000,
        "a\x00b",
        "'; DROP TABLE customer; --",
        "\ud800".encode("utf-8", "surrogatepass"),
        "%s%n{}",
        "\u202e",
    ],
    ids=["long", "nul", "sql", "surrogate", "format", "turned"],
)
def test_strange_words_are_stored_or_refused_in_words(login: Login, site: Any, name: Any) -> None:
    answer = login("clerk").post("/customers/add", data={"kind": "firm", "name": name, "site": site.id})
    assert answer.status_code in (302, 422)
    assert not INSIDE.search(answer.get_data(as_text=True))
    assert count(Customer) == (1 if answer.status_code == 302 else 0)


@pytest.mark.parametrize(
    "field, value",
    [
        ("starts_on", "2026-02-30"), ("starts_on", "明天"), ("ends_on", "99999-01-01"), ("rent_cents", "很多"),
        ("rent_cents", "1e9"), ("rent_cents", "9" * 30), ("unit", "99999999999"), ("customer", "-1"),
    ],
)  # fmt: skip
def test_a_wrong_field_keeps_what_was_typed_in_all(login: Login, site: Any, field: str, value: str) -> None:
    unit, customer = makers.make_unit(site=site), makers.make_customer(site=site)
    finish_work()
    form = {"unit": unit.id, "customer": customer.id, "remark": "打过的字", "parking": "B2-017"} | {field: value}
    answer = login("clerk").post("/tenancies/add", data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "打过的字" in page and "B2-017" in page
    assert field in ("unit", "customer") or f'value="{value}"' in page
    assert count(Tenancy) == 0 and not INSIDE.search(page)


def test_when_the_audit_fails_nothing_is_stored(login: Login, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers, lines and side rows lie in the transaction of the record."""
    clerk = login("clerk")

    def broken(*_args: Any, **_more: Any) -> None:
        raise audit.AuditFailure("full")

    monkeypatch.setattr(audit, "write", broken)
    monkeypatch.setattr(saving, "audit_write", broken)
    answer = clerk.post("/customers/add", data={"kind": "firm", "name": "不留下", "site": site.id})
    monkeypatch.undo()
    assert answer.status_code == 503
    assert db.session.scalar(select(Customer).where(Customer.name == "不留下")) is None


def test_record_line_and_session_are_one_commit(login: Login, site: Any) -> None:
    clerk = login("clerk")
    with statements() as seen:
        assert clerk.post("/customers/add", data={"kind": "firm", "name": "一次", "site": site.id}).status_code == 302
    writes = [said.split()[2] for said in seen if said.startswith("INSERT")]
    assert "customer" in writes and "audit_line" in writes


def test_a_tick_box_may_stay_empty(login: Login, site: Any) -> None:
    file = makers.make_file(makers.make_unit(site=site))
    finish_work()
    form = {"file": file.id, "paper_class": "licence", "title": "未检", "copy_kind": "copy", "pages": "1"}
    assert login("clerk").post("/papers/add", data=form).status_code == 302
    paper = db.session.scalars(select(Document).where(Document.title == "未检")).one()
    assert paper.ink_is_good is False
    form |= {"version": str(paper.version), "ink_is_good": "y"}
    assert login("clerk").post(f"/papers/{paper.id}/edit", data=form).status_code == 302
    db.session.refresh(paper)
    assert paper.ink_is_good is True


def test_two_people_at_one_record_see_both_versions(login: Login, tenancy: Tenancy) -> None:
    first, second = login("clerk"), login("supervisor")
    form = typed(tenancy)
    assert first.post(f"/tenancies/{tenancy.id}/edit", data=form | {"remark": "甲改"}).status_code == 302
    late = second.post(f"/tenancies/{tenancy.id}/edit", data=form | {"remark": "乙改"})
    page = late.get_data(as_text=True)
    assert late.status_code == 409 and "甲改" in page and "乙改" in page
    db.session.refresh(tenancy)
    assert tenancy.remark == "甲改"
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert version is not None and version[1] == str(tenancy.version)
    again = typed(tenancy, remark="乙改") | {"version": version[1]}
    assert second.post(f"/tenancies/{tenancy.id}/edit", data=again).status_code == 302
    db.session.refresh(tenancy)
    assert tenancy.remark == "乙改"


@pytest.mark.parametrize("version", ["", "0", "abc", "99999999999999999999", "-1"])
def test_a_form_without_its_version_stores_nothing(login: Login, tenancy: Tenancy, version: str) -> None:
    form = typed(tenancy, remark="盲改") | {"version": version}
    assert login("clerk").post(f"/tenancies/{tenancy.id}/edit", data=form).status_code == 409
    db.session.refresh(tenancy)
    assert tenancy.remark == "先前"


def test_commands_and_jobs_write_without_a_user_and_people_with_theirs(
    app: Flask, login: Login, site: Any, cast: Any, acting: Any
) -> None:
    by_nobody = makers.make_customer("无人", site=site)
    finish_work()
    assert (by_nobody.created_by_id, by_nobody.updated_by_id) == (None, None)
    clerk = cast["clerk"].id
    login("clerk").post("/customers/add", data={"kind": "firm", "name": "有人", "site": site.id})
    by_clerk = db.session.scalars(select(Customer).where(Customer.name == "有人")).one()
    assert by_clerk.created_by_id == clerk
    form = {"version": by_nobody.version, "kind": "firm", "name": "改过", "site": site.id}
    assert login("supervisor").post(f"/customers/{by_nobody.id}/edit", data=form).status_code == 302
    db.session.refresh(by_nobody)
    assert by_nobody.created_by_id is None and by_nobody.updated_by_id not in (None, clerk)


def test_what_the_form_does_not_show_cannot_be_set(login: Login, tenancy: Tenancy) -> None:
    form = typed(
        tenancy, state="ended", site_id="999", id="999", created_by_id="1", moved_out_on="2020-01-01", remark="x"
    )
    assert login("clerk").post(f"/tenancies/{tenancy.id}/edit", data=form).status_code == 302
    db.session.refresh(tenancy)
    assert tenancy.state == "live" and tenancy.moved_out_on is None and tenancy.created_by_id is None
