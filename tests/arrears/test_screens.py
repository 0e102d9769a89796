"""Arrears and violations over HTTP."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from app.archive.models import File
from app.arrears.models import Due, DuePayment
from app.demo import makers
from app.kit.columns import today
from app.kit.session import db

Login = Callable[..., FlaskClient]


@pytest.fixture
def file(site: Any) -> File:
    return makers.make_file(makers.make_unit("0512", site=site))


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return answer.get_data(as_text=True)


def sheets(answer: Any) -> list[str]:
    return ["".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(answer.data)).pages]


def test_a_payment_is_added_on_the_dues_page_and_never_edited(login: Login, file: File) -> None:
    due, clerk = makers.make_due(file.tenancy, 10_000), login("clerk")
    assert f"/due-payments/add?due={due.id}" in page(clerk, f"/dues/{due.id}")
    form = {"due": due.id, "amount_cents": "40", "method": "cash", "receipt": "SJ-1"}
    assert clerk.post("/due-payments/add", data=form).headers["Location"].endswith(f"/dues/{due.id}")
    assert "60.00" in page(clerk, f"/dues/{due.id}")
    line = db.session.scalars(select(DuePayment)).one()
    assert clerk.get(f"/due-payments/{line.id}/edit").status_code == 404
    refused = clerk.post("/due-payments/add", data=form | {"amount_cents": "60.01"})
    assert refused.status_code == 422 and "more than is still owed" in refused.get_data(as_text=True)


def test_only_a_manager_waives_and_only_what_another_raised(login: Login, file: File, cast: Any) -> None:
    form = {"unit": file.unit_id, "kind": "other", "amount_cents": "100", "due_on": today()}
    assert login("clerk").post("/dues/add", data=form).status_code in (302, 403)
    assert db.session.scalars(select(Due)).all() == []
    assert login("supervisor").post("/dues/add", data=form).status_code == 302
    due = db.session.scalars(select(Due)).one()
    assert due.created_by_id == cast["supervisor"].id
    assert login("supervisor").post(f"/dues/{due.id}/move/waive", data={"reason": "减免"}).status_code == 403
    assert login("manager").post(f"/dues/{due.id}/move/waive", data={"reason": "减免"}).status_code == 302
    db.session.refresh(due)
    assert due.state == "waived"


def test_open_arrears_are_daily_work_and_settled_ones_lie_in_the_sealed_file(login: Login, file: File) -> None:
    due = makers.make_due(file.tenancy, 987_654)
    file.state = "filed"
    db.session.flush()
    clerk = login("clerk")
    assert "9,876.54" in page(clerk, f"/dues/{due.id}") and "9,876.54" in page(clerk, "/dues/")
    assert "owes 9,876.54" in page(clerk, f"/files/{file.id}")
    db.session.get_one(Due, due.id).state = "settled"
    db.session.commit()
    for url in (f"/dues/{due.id}", "/dues/", f"/files/{file.id}"):
        assert "9,876.54" not in page(clerk, url)


def test_the_arrears_notice_names_everything_owed_with_its_sum_in_capitals(login: Login, file: File) -> None:
    due = makers.make_due(file.tenancy, 1_593_900)
    other = makers.make_due(file.tenancy, 238_655, kind="utilities", period="2026-02")
    settled = makers.make_due(file.tenancy, 77_700)
    settled.state = "settled"
    db.session.flush()
    two = sheets(login("clerk", "zh_Hans").post(f"/print/arrears_notice/{due.id}"))
    assert len(two) == 2 and "第一联" in two[0] and "第二联" in two[1]
    for sheet in two:
        assert due.number in sheet and other.number in sheet and settled.number not in sheet
        assert "¥18,325.55" in sheet and "人民币壹万捌仟叁佰贰拾伍元伍角伍分" in sheet


def test_the_violation_notice_is_printed_twice(login: Login, file: File) -> None:
    one = makers.make_violation(file.tenancy, demand="立即清空", rectify_by_on=today())
    two = sheets(login("clerk", "zh_Hans").post(f"/print/violation_notice/{one.id}"))
    assert len(two) == 2 and all(one.number in sheet and "立即清空" in sheet for sheet in two)


def test_arrears_keep_a_tenant_from_moving_out(login: Login, file: File) -> None:
    makers.make_due(file.tenancy, 10_000)
    answer = login("supervisor").post(f"/files/{file.id}/move/close", follow_redirects=True)
    db.session.refresh(file)
    assert file.state == "open" and "arrears of 100.00" in answer.get_data(as_text=True)


def test_the_board_counts_what_its_list_shows(login: Login, file: File) -> None:
    makers.make_due(file.tenancy, due_on=today())
    board = page(login("clerk"), "/")
    url = f"/dues/?state=open&amp;due_on_from={today()}&amp;due_on_to={today()}"
    assert url in board
    assert page(login("clerk"), url.replace("&amp;", "&")).count("QF-") > 0


def test_a_stranger_sees_no_arrears(login: Login, file: File) -> None:
    due, one = makers.make_due(file.tenancy), makers.make_violation(file.tenancy)
    stranger = login("stranger")
    assert stranger.get(f"/dues/{due.id}").status_code == 404
    assert stranger.get(f"/violations/{one.id}").status_code == 404
    assert due.number not in page(stranger, "/dues/") and one.number not in page(stranger, "/violations/")


def test_a_violation_is_put_in_from_the_file(login: Login, file: File) -> None:
    opened = page(login("clerk"), f"/files/{file.id}")
    assert f"/violations/add?unit={file.unit_id}" in opened
    assert "瑞恒科技有限公司" in page(login("clerk"), f"/violations/add?unit={file.unit_id}")
