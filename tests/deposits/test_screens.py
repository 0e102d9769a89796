"""Deposits over HTTP: the desk's forms, who may what, what the file's page and the board say, the two sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.archive import rules as archive
from app.archive.models import File
from app.demo import makers
from app.deposits import board, ledger, refunds
from app.deposits.models import Deposit, DepositLine, DepositRefund
from app.estate.rules import find_site
from app.kit.columns import today
from app.kit.moves import walk
from app.kit.session import db
from app.printing import forms
from app.printing import rules as printing
from app.security import audit, gate
from tests.conftest import SITE
from tests.standing import Made, Standing

Login = Callable[..., FlaskClient]
YUAN = 100


@pytest.fixture(scope="module")
def _file(standing: Standing) -> Made:
    return standing(lambda: makers.make_file(makers.make_unit(site=find_site(SITE))))


@pytest.fixture
def file(_file: Made) -> File:
    found: File = _file()
    return found


def newest(model: type) -> Any:
    return db.session.scalars(select(model).order_by(model.id.desc()).limit(1)).one()  # type: ignore[attr-defined]


def said(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.get_data(as_text=True)


def receive(client: FlaskClient, deposit: Deposit, yuan: str, **more: Any) -> Any:
    form = {"deposit": deposit.id, "amount_cents": yuan, "method": "cash"} | more
    return client.post("/deposit-lines/add", data=form)


def test_the_form_of_a_receipt_knows_what_is_owed_and_by_whom(login: Login, file: File) -> None:
    deposit = makers.make_deposit(file.tenancy, received=4_000 * YUAN)
    page = said(login("clerk"), f"/deposit-lines/add?deposit={deposit.id}")
    assert 'value="6000.00"' in page and file.tenancy.customer.name in page


def test_a_deposit_is_typed_received_and_printed(login: Login, file: File) -> None:
    clerk = login("clerk")
    form = {"unit": file.unit_id, "kind": "key", "payable_cents": "500", "due_on": "2026-12-01"}
    assert clerk.post("/deposits/add", data=form).status_code == 302
    deposit = newest(Deposit)
    assert (deposit.tenancy, deposit.payable_cents) == (file.tenancy, 500 * YUAN)
    assert receive(clerk, deposit, "200").headers["Location"] == f"/deposits/{deposit.id}"
    line = newest(DepositLine)
    printed = clerk.post(f"/print/deposit_receipt/{line.id}")
    assert printed.status_code in (200, 302)
    page = said(clerk, f"/deposits/{deposit.id}")
    assert line.receipt_number in page and "500.00" in page and "200.00" in page and "300.00" in page


def test_more_than_is_owed_is_told_beside_the_field(login: Login, file: File) -> None:
    deposit = makers.make_deposit(file.tenancy)
    answer = receive(login("clerk"), deposit, "10000.01")
    assert answer.status_code == 422 and "10,000.00" in answer.get_data(as_text=True)
    assert ledger.held(deposit) == 0


def test_a_double_click_writes_one_receipt(login: Login, file: File) -> None:
    clerk, deposit = login("clerk"), makers.make_deposit(file.tenancy)
    answers = {receive(clerk, deposit, "100", once="a-key-of-the-form").headers["Location"] for _ in range(3)}
    assert len(answers) == 1 and ledger.held(deposit) == 100 * YUAN
    assert db.session.scalar(select(func.count(DepositLine.id)).where(DepositLine.deposit_id == deposit.id)) == 1


def test_three_desks_pay_a_deposit_back(login: Login, file: File) -> None:
    clerk, deposit = login("clerk"), makers.make_deposit(file.tenancy, received=10_000 * YUAN)
    form = {"deposit": deposit.id, "reason": "退租", "bank": "示例银行", "bank_account": "6222000000000000008"}
    assert clerk.post("/deposit-refunds/add", data=form).status_code == 302
    refund = newest(DepositRefund)
    kept = {"refund": refund.id, "why": "common_parts", "amount_cents": "1200", "words": "走廊石材"}
    assert clerk.post("/deposit-deductions/add", data=kept).headers["Location"] == f"/deposit-refunds/{refund.id}"
    url = f"/deposit-refunds/{refund.id}"
    assert clerk.post(f"{url}/move/check").status_code == 403
    login("supervisor").post(f"{url}/move/check")
    assert login("supervisor").post(f"{url}/move/approve").status_code == 403
    login("manager").post(f"{url}/move/approve")
    for _ in range(2):
        clerk.post(f"{url}/move/pay", data={"method": "transfer", "once": "pay-once-key"})
    db.session.refresh(refund)
    assert (refund.state, ledger.held(deposit)) == ("paid", 0)
    page = said(clerk, url)
    assert "6222000000000000008" not in page and "622" in page and "8,800.00" in page


def test_the_account_is_revealed_for_a_reason(login: Login, file: File) -> None:
    deposit = makers.make_deposit(file.tenancy, received=100)
    refund = makers.make_refund(deposit, bank_account="6222000000000000008")
    url = f"/deposit-refunds/{refund.id}/reveal/bank_account"
    assert login("clerk").post(url).status_code == 422
    assert login("clerk").post(url, data={"reason": "转账"}).get_json() == {"value": "6222000000000000008"}
    assert login("director").post(url, data={"reason": "转账"}).status_code == 403


@pytest.mark.parametrize(
    ("role", "may"),
    [("clerk", True), ("supervisor", True), ("manager", True), ("director", False), ("auditor", False)],
)
def test_who_adds_a_deposit(login: Login, file: File, role: str, may: bool) -> None:
    answer = login(role).get("/deposits/add")
    assert (answer.status_code == 200) is may


def test_the_file_page_says_what_is_held_by_kind(login: Login, file: File) -> None:
    for cents in (300 * YUAN, 400 * YUAN):
        makers.make_deposit(file.tenancy, "rent", cents, received=cents)
    page = said(login("clerk"), f"/files/{file.id}")
    assert all(words in page for words in ("300.00", "400.00", "700.00", "together", "New deposit"))


def test_a_sealed_file_says_no_amount(login: Login, file: File) -> None:
    deposit = makers.make_deposit(file.tenancy, "rent", 7_777_70, received=7_777_70)
    file.state = "filed"
    old = ledger.lines_of(deposit)[0]
    db.session.execute(DepositLine.__table__.update().values(booked_on=today() - dt.timedelta(days=1)))
    db.session.expire_all()
    clerk = login("clerk")
    for url in (f"/files/{file.id}", f"/deposits/{deposit.id}", "/deposits/", f"/deposit-lines/{old.id}"):
        assert "7,777.70" not in said(clerk, url), url


def test_a_receipt_of_a_sealed_file_is_printed_on_its_day(login: Login, file: File, cast: Any) -> None:
    file.state = "filed"
    deposit = makers.make_deposit(file.tenancy, received=100)
    line = ledger.lines_of(deposit)[0]
    db.session.flush()
    form = forms.by_key("deposit_receipt")
    assert form is not None
    assert not printing.shows_too_much(form, line)
    assert login("clerk").post(f"/print/deposit_receipt/{line.id}").status_code in (200, 302)


def test_who_has_moved_out_and_left_a_deposit_is_told_on_the_files_page(
    login: Login, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "may_leave", [])
    deposit = makers.make_deposit(file.tenancy, received=10_000 * YUAN)
    makers.make_document(file)
    archive.close(file)
    db.session.flush()
    assert "is still held" in said(login("supervisor"), f"/files/{file.id}")
    assert f"/deposits/{deposit.id}" in said(login("supervisor"), f"/files/{file.id}")


@pytest.mark.parametrize("role", ["clerk", "supervisor", "manager", "director"])
def test_every_card_counts_what_its_list_shows(login: Login, acting: Any, cast: Any, file: File, role: str) -> None:
    makers.make_deposit(file.tenancy, "key", due_on=today() - dt.timedelta(days=3), received=100)
    makers.make_deposit(file.tenancy, "card", due_on=today() + dt.timedelta(days=3))
    for kind, steps in (("rent", ()), ("permit", ("check",)), ("rent", ("check", "approve"))):
        refund = makers.make_refund(makers.make_deposit(file.tenancy, kind, received=100), by=cast["clerk"])
        for name in steps:
            by = cast["supervisor" if name == "check" else "manager"]
            walk(refunds.MOVES, refund, name, by=by, write=audit.write)
    db.session.flush()
    client = login(role)
    with acting(cast[role]):
        cards = list(board.cards(cast[role]))
        assert gate.may("list", "Deposit")
    assert {card.count for card in cards} == {1}
    for card in cards:
        assert said(client, card.url).count('data-href="/deposit') == card.count, card.url


def test_the_day_tells_what_is_due(acting: Any, cast: Any, file: File) -> None:
    deposit = makers.make_deposit(file.tenancy, due_on=today())
    with acting(cast["clerk"]):
        [event] = board.day(cast["clerk"], today())
        assert list(board.day(cast["clerk"], today() + dt.timedelta(days=1))) == []
    assert deposit.number in event.text


def test_the_settlement_says_everything_on_paper(file: File, cast: Any, text_of: Any) -> None:
    deposit = makers.make_deposit(file.tenancy, received=10_000 * YUAN, by=cast["clerk"])
    refund = makers.make_refund(deposit, by=cast["clerk"], bank_account="6222000000000000008")
    form = forms.by_key("deposit_refund")
    assert form is not None
    text = text_of(printing.print_record(form, refund, by=cast["clerk"]).pdf)
    line = ledger.lines_of(deposit)[0]
    assert line.receipt_number in text and "人民币壹万元整" in text and "6222000000000000008" not in text
    assert "第一联物业留存" in text and "第二联客户留存" in text


def test_the_receipt_says_the_amount_in_capitals_on_three_copies(file: File, cast: Any, text_of: Any) -> None:
    deposit = makers.make_deposit(file.tenancy, received=5_000 * YUAN + 5, by=cast["clerk"])
    line = ledger.lines_of(deposit)[0]
    form = forms.by_key("deposit_receipt")
    assert form is not None
    text = text_of(printing.print_record(form, line, by=cast["clerk"]).pdf)
    assert text.count("人民币伍仟元零伍分") == 3 and text.count(line.receipt_number) == 3
    assert all(label in text for label in ("存根联", "客户联", "财务联"))


def test_only_what_was_received_has_a_receipt(file: File, cast: Any) -> None:
    deposit = makers.make_deposit(file.tenancy, received=10_000 * YUAN, by=cast["clerk"])
    walk_to_paid(makers.make_refund(deposit, by=cast["clerk"]), cast)
    received, refunded = ledger.lines_of(deposit)
    assert [form.key for form in printing.offered(received)] == ["deposit_receipt"]
    assert printing.offered(refunded) == []


def walk_to_paid(refund: DepositRefund, cast: Any) -> None:
    for name, who, form in (
        ("check", "supervisor", {}),
        ("approve", "manager", {}),
        ("pay", "clerk", {"method": "cash"}),
    ):
        walk(refunds.MOVES, refund, name, by=cast[who], write=audit.write, **form)
    db.session.flush()
