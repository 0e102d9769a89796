"""Applications on screen: a kind is chosen, its form is short, and each prints its own sheet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.applications import board, rules
from app.applications.models import APPLICATION_KINDS, Application, GoodsLine
from app.archive.models import File
from app.demo import makers
from app.estate.rules import find_site
from app.kit.columns import DESK_TIME, today
from app.kit.session import db
from app.printing import forms
from app.printing import rules as printing
from tests.conftest import SITE
from tests.standing import Made, Standing

Login = Callable[..., FlaskClient]
FORMS: dict[str, dict[str, str]] = {
    "lock": {"what": "换锁"},
    "phone": {"what": "新增直线"},
    "parking": {"plate": "京A·00000"},
    "nameboard": {"wanted_words": "瑞恒"},
    "overtime": {"from_at": "2026-03-07T09:00", "until_at": "2026-03-07T18:00"},
    "goods_release": {"from_at": "2026-03-07T19:00"},
}


@pytest.fixture(scope="module")
def _file(standing: Standing) -> Made:
    return standing(lambda: makers.make_file(makers.make_unit("0512", site=find_site(SITE))))


@pytest.fixture
def file(_file: Made) -> File:
    found: File = _file()
    return found


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("kind", APPLICATION_KINDS)
def test_the_form_of_a_kind_asks_only_for_its_own(login: Login, file: File, kind: str) -> None:
    clerk = login("clerk")
    html = page(clerk, f"/applications/add?kind={kind}&unit={file.unit_id}")
    asked = set(re.findall(r'name="(\w+)"', html)) & {
        "what", "quantity", "plate", "wanted_words", "from_at", "until_at", "fee_cents",
    }  # fmt: skip
    assert asked == set(rules.FIELDS[kind])
    form = {"unit": file.unit_id, "applicant": "林晚", "kind": kind, **FORMS[kind]}
    answer = clerk.post(f"/applications/add?kind={kind}", data=form)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    made = db.session.scalars(select(Application)).one()
    assert (made.kind, made.state, made.tenancy_id) == (kind, "asked", file.tenancy_id)
    assert str(made) in page(clerk, f"/applications/{made.id}")
    assert page(clerk, f"/applications/{made.id}/edit")


def test_a_form_stores_no_other_kind_than_it_is_for(login: Login, file: File) -> None:
    form = {"unit": file.unit_id, "applicant": "林晚", "kind": "parking", "what": "换锁", "plate": "京A·00000"}
    assert login("clerk").post("/applications/add?kind=lock", data=form).status_code == 422
    assert login("clerk").post("/applications/add", data={"unit": file.unit_id}).status_code == 422
    assert db.session.scalars(select(Application)).all() == []


def test_the_chooser_hands_on_what_is_known(login: Login, file: File) -> None:
    clerk = login("clerk")
    html = page(clerk, f"/files/{file.id}")
    opener = re.search(r'href="(/applications/add\?[^"]+)"', html)
    assert opener is not None
    chosen = page(clerk, opener[1].replace("&amp;", "&"))
    assert len(re.findall(rf'href="/applications/add\?kind=\w+&amp;unit={file.unit_id}', chosen)) == 6


def test_the_form_knows_who_asks(login: Login, file: File) -> None:
    from app.customers import rules as customers

    customers.set_contact(file.customer, "daily", "林晚", "19900001234")  # type: ignore[arg-type]
    html = page(login("clerk"), f"/applications/add?kind=lock&unit={file.unit_id}")
    assert 'value="林晚"' in html and 'value="19900001234"' in html


def test_goods_are_listed_on_the_releases_page_only(login: Login, file: File) -> None:
    clerk = login("clerk")
    release = makers.make_application(file.tenancy, "goods_release")
    db.session.commit()
    assert "New goods" in page(clerk, f"/applications/{release.id}")
    form = {"application": release.id, "title": "办公桌", "quantity": "6"}
    assert clerk.post("/goods-lines/add", data=form).status_code == 302
    assert "办公桌" in page(clerk, f"/applications/{release.id}")
    lock = makers.make_application(file.tenancy, "lock")
    assert "New goods" not in page(clerk, f"/applications/{lock.id}")


@pytest.mark.parametrize(("role", "status"), [("supervisor", 302), ("manager", 302), ("clerk", 403), ("director", 403)])
def test_who_decides(login: Login, file: File, role: str, status: int) -> None:
    lock = makers.make_application(file.tenancy)
    assert login(role).post(f"/applications/{lock.id}/move/approve").status_code == status


def test_the_applicant_lies_with_the_sealed_file_once_it_is_over(login: Login, file: File) -> None:
    lock = makers.make_application(file.tenancy, applicant="上官云")
    file.state = "filed"
    db.session.commit()
    clerk = login("clerk")
    assert "上官云" in page(clerk, f"/applications/{lock.id}") and "上官云" in page(clerk, "/applications/")
    lock.state = "done"
    db.session.commit()
    assert "上官云" not in page(clerk, f"/applications/{lock.id}") and "上官云" not in page(clerk, "/applications/")


def test_cards_count_what_their_lists_show_and_the_day_knows_overtime(
    login: Login, file: File, acting: Any, cast: Any
) -> None:
    makers.make_application(file.tenancy)
    approved = makers.make_application(file.tenancy, "phone")
    approved.state = "approved"
    morning = dt.datetime.combine(today(), dt.time(0, 0), tzinfo=DESK_TIME)
    makers.make_application(file.tenancy, "overtime", from_at=morning, until_at=morning + dt.timedelta(hours=2))
    db.session.commit()
    with acting(cast["supervisor"]):
        asked, to_do = board.cards(cast["supervisor"])
        days = [len(list(board.day(cast["supervisor"], today() + dt.timedelta(days=more)))) for more in (-1, 0, 1)]
    assert (asked.count, to_do.count, days) == (2, 1, [0, 1, 0])
    assert page(login("supervisor"), asked.url).count('<tr role="row" data-href="/applications/') == 2


@pytest.mark.parametrize("kind", APPLICATION_KINDS)
def test_each_kind_prints_its_own_sheet(
    file: File, cast: Any, acting: Any, text_of: Callable[[bytes], str], kind: str
) -> None:
    made = makers.make_application(file.tenancy, kind, applicant="林晚")
    if kind == "goods_release":
        rules.add_line(GoodsLine(application=made, title="办公桌", quantity=6))
    with acting(cast["clerk"]):
        assert [form.key for form in printing.offered(made)] == [f"application_{kind}"]
    form = forms.by_key(f"application_{kind}")
    assert form is not None
    printed = printing.print_record(form, made, by=cast["clerk"])
    text = text_of(printed.pdf)
    assert len(printed.lines) == 2 and made.number in text and "林晚" in text and "0512" in text
    assert ("办公桌" in text) == (kind == "goods_release")
