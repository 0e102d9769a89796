"""Notices and letters on screen: by role, in all languages, and on paper."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.archive.models import File
from app.demo import makers
from app.estate.rules import find_site
from app.kit import once
from app.kit.columns import today
from app.kit.moves import walk
from app.kit.session import db
from app.notices import board, rules
from app.notices.models import LetterTemplate, Notice, NoticeReceipt
from app.printing import forms
from app.printing import rules as printing
from app.security import audit
from tests.conftest import SITE
from tests.standing import Made, Standing

Login = Callable[..., FlaskClient]


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


def issued(file: File, cast: Any, **more: Any) -> Notice:
    notice = makers.make_notice(file.unit, **more)
    walk(rules.MOVES, notice, "issue", by=cast["supervisor"], write=audit.write)
    db.session.flush()
    return notice


def count(model: Any = Notice) -> int:
    return int(db.session.scalar(select(func.count(model.id))) or 0)


def test_a_wrong_placeholder_is_told_beside_the_wording_and_writes_nothing(login: Login, file: File) -> None:
    form = {"kind": "letter", "tenancy": [str(file.tenancy_id)], "title": "函", "body": "{customer}，{rent}"}
    for url in ("/letters/", "/letters/make"):
        answer = login("clerk").post(url, data=form)
        html = answer.get_data(as_text=True)
        assert answer.status_code == 422 and "{rent} is not known here" in html and "{customer}，{rent}" in html
    assert count() == 0


def test_the_letters_are_read_before_they_are_written(login: Login, file: File) -> None:
    html = page(login("clerk"), "/letters/?kind=letter&units=0512")
    assert file.current_name in html and "Nothing is written until you say so" in html and count() == 0
    form = {"kind": "letter", "title": "新函 {unit}", "body": "正文 {customer}", "tenancy": []}
    html = login("clerk").post("/letters/", data=form).get_data(as_text=True)
    assert "新函 0512" in html and count() == 0


def test_nobody_ticked_is_nobody_written_to(login: Login, file: File) -> None:
    form = {"kind": "letter", "title": "函", "body": "正文"}
    assert login("clerk").post("/letters/make", data=form).status_code == 422
    assert count() == 0


def test_a_second_press_writes_no_second_batch(login: Login, file: File) -> None:
    form = {"kind": "letter", "title": "函", "body": "正文", "tenancy": [str(file.tenancy_id)], "once": once.new()}
    clerk = login("clerk")
    first, second = (clerk.post("/letters/make", data=form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] and count() == 1


def test_another_sites_tenant_is_not_written_to(login: Login, file: File) -> None:
    form = {"kind": "letter", "title": "函", "body": "正文", "tenancy": [str(file.tenancy_id)], "site": file.site_id}
    assert login("stranger").post("/letters/make", data=form).status_code == 422
    assert file.current_name not in page(login("stranger"), "/letters/?kind=letter")
    makers.make_notice(file.unit, batch="HZP-2026-00099")
    assert login("stranger").get("/letters/HZP-2026-00099").status_code == 404


def test_the_manager_words_the_letters_without_code(login: Login, file: File, site: Any) -> None:
    manager = login("manager")
    added = manager.post("/letter-templates/add", data={"key": "letter", "site": site.id})
    template = db.session.scalars(select(LetterTemplate)).one()
    assert added.headers["Location"] == f"/letter-templates/{template.id}/edit"
    url = f"/letter-templates/{template.id}/edit"
    wrong = {"version": template.version, "title": "函", "body": "{who}"}
    answer = manager.post(url, data=wrong)
    assert answer.status_code == 422 and "{who} is not known here" in answer.get_data(as_text=True)
    assert manager.post(url, data=wrong | {"body": "敬启者 {customer}"}).status_code == 302
    assert "敬启者" in page(login("clerk"), "/letters/?kind=letter")
    assert login("clerk").post(url, data=wrong).status_code == 403


@pytest.mark.parametrize("signed", [{}, {"received_by": "林晚"}, {"client_signature": "M1 1L2 2"}])
def test_a_receipt_half_signed_is_not_signed(login: Login, file: File, cast: Any, signed: dict[str, str]) -> None:
    [receipt] = issued(file, cast).receipts
    answer = login("clerk").post(f"/notice-receipts/{receipt.id}/edit", data={"version": receipt.version, **signed})
    assert answer.status_code == 422
    db.session.refresh(receipt)
    assert receipt.state == "open" and not receipt.received_by


def test_only_the_desk_signs(login: Login, file: File, cast: Any) -> None:
    [receipt] = issued(file, cast).receipts
    for role in ("director", "archivist", "auditor", "admin"):
        answer = login(role).post(f"/notice-receipts/{receipt.id}/move/receive", data={"received_by": "林晚"})
        assert answer.status_code == 403
    assert login("stranger").get(f"/notice-receipts/{receipt.id}").status_code == 404


def test_who_signed_lies_with_the_sealed_file(login: Login, file: File, cast: Any) -> None:
    notice = issued(file, cast, body="请尽快处理此事")
    [receipt] = notice.receipts
    walk(rules.RECEIPT_MOVES, receipt, "receive", by=cast["clerk"], write=audit.write, received_by="上官云")
    clerk = login("clerk")
    assert "上官云" in page(clerk, f"/notice-receipts/{receipt.id}")
    file.state = "filed"
    db.session.commit()
    assert "上官云" not in page(clerk, f"/notice-receipts/{receipt.id}")
    assert "请尽快处理此事" not in page(clerk, f"/notices/{notice.id}")


def test_a_new_letter_from_the_file_knows_the_unit(login: Login, file: File) -> None:
    clerk = login("clerk")
    html = page(clerk, f"/files/{file.id}")
    link = re.search(r'href="(/notices/add\?[^"]+)"', html)
    assert link is not None and "New letter" in html
    assert "0512" in page(clerk, link[1].replace("&amp;", "&"))


def test_cards_count_what_their_lists_show(login: Login, file: File, cast: Any, acting: Any) -> None:
    makers.make_notice(file.unit)
    issued(file, cast, sign_by_on=today() - dt.timedelta(days=2))
    issued(file, cast, sign_by_on=today())
    with acting(cast["supervisor"]):
        late, drafts = board.cards(cast["supervisor"])
        events = list(board.day(cast["supervisor"], today()))
    assert (late.count, drafts.count, len(events)) == (1, 1, 1)
    supervisor = login("supervisor")
    assert page(supervisor, late.url).count('<tr role="row" data-href="/notice-receipts/') == 1
    assert page(supervisor, drafts.url).count('<tr role="row" data-href="/notices/') == 1


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant", "en"])
def test_the_sheet_of_receivers_prints_who_signed(
    file: File, cast: Any, text_of: Callable[[bytes], str], language: str
) -> None:
    notice = issued(file, cast)
    [receipt] = notice.receipts
    receipt.client_signature = "M10 60L40 10L90 60"
    walk(rules.RECEIPT_MOVES, receipt, "receive", by=cast["clerk"], write=audit.write, received_by="林晚")
    form = forms.by_key("notice_receipt")
    assert form is not None
    printed = printing.print_record(form, notice, by=cast["clerk"], language=language)
    text = text_of(printed.pdf)
    assert len(printed.lines) == 2 and "林晚" in text and "0512" in text and notice.number in text


def test_the_letter_prints_its_words_in_both_languages(file: File, cast: Any, text_of: Callable[[bytes], str]) -> None:
    notice = issued(file, cast, title="催缴函", title_en="Reminder", body="第一段\n第二段", body_en="First line")
    form = forms.by_key("notice_letter")
    assert form is not None
    text = text_of(printing.print_record(form, notice, by=cast["clerk"]).pdf)
    assert all(words in text for words in ("催缴函", "Reminder", "第一段", "第二段", "Firstline", "盖章处"))


def test_the_reminder_of_licences_names_those_that_run_out(
    file: File, cast: Any, acting: Any, text_of: Callable[[bytes], str]
) -> None:
    soon, later = today() + dt.timedelta(days=9), today() + dt.timedelta(days=400)
    makers.make_document(file, "licence", valid_until=soon)
    makers.make_document(file, "lease", valid_until=later)
    form = forms.by_key("licence_reminder")
    assert form is not None
    text = text_of(printing.print_record(form, file, by=cast["clerk"]).pdf)
    assert str(soon) in text and str(later) not in text and "营业执照副本" in text


def test_receipts_of_notices_are_one_a_tenant(file: File, cast: Any) -> None:
    issued(file, cast, scope="all", site=file.site)
    assert count(NoticeReceipt) == 1


@pytest.mark.parametrize("kind", ["notice", "application", "moving"])
def test_the_search_box_finds_it_by_its_number(login: Login, file: File, kind: str) -> None:
    made = {
        "notice": lambda: makers.make_notice(file.unit),
        "application": lambda: makers.make_application(file.tenancy),
        "moving": lambda: makers.make_moving(file.tenancy),
    }[kind]()
    db.session.commit()
    url = {"notice": "notices", "application": "applications", "moving": "moves"}[kind]
    for name, is_found in (("clerk", True), ("stranger", False)):
        answer = login(name).get(f"/search/?q={made.number}", follow_redirects=True).get_data(as_text=True)
        assert (f"/{url}/{made.id}" in answer) == is_found
