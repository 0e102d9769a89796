"""Notices: issued with a name, signed for one by one, filed; letters merged from the record."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from sqlalchemy import select

from app.archive.models import Document
from app.customers.models import Tenancy
from app.demo import makers
from app.estate.rules import find_site
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import db
from app.notices import addressed, batches, letters, rules
from app.notices.addressed import Reach
from app.notices.letters import Wording
from app.notices.models import LETTER_KINDS, NOTICE_STATES, RECEIPT_STATES, LetterTemplate, Notice, NoticeReceipt
from app.security import audit
from tests.conftest import SITE
from tests.standing import Made, Standing


@pytest.fixture
def floor(site: Any) -> Any:
    return makers.make_floor(site, "28F")


@pytest.fixture(scope="module")
def _tenants(standing: Standing) -> Made:
    def write() -> list[Tenancy]:
        floor = makers.make_floor(find_site(SITE), "28F")
        return [makers.make_tenancy(makers.make_unit(number, floor=floor)) for number in ("2801", "2802", "2803")]

    return standing(write)


@pytest.fixture
def tenants(_tenants: Made) -> list[Tenancy]:
    """Three tenants on one floor."""
    found: list[Tenancy] = _tenants()
    return found


def step(notice: Notice, name: str, by: Any = None, **said: Any) -> None:
    walk(rules.MOVES, notice, name, by=by, write=audit.write, **said)
    db.session.flush()


def sign(receipt: NoticeReceipt, name: str = "林晚", by: Any = None) -> None:
    walk(rules.RECEIPT_MOVES, receipt, "receive", by=by, write=audit.write, received_by=name)
    db.session.flush()


def papers(source: str = "NoticeReceipt") -> list[Document]:
    return list(db.session.scalars(select(Document).where(Document.source == source).order_by(Document.id)))


@pytest.mark.parametrize(("scope", "count"), [("unit", 1), ("floor", 3), ("all", 4)])
def test_a_notice_reaches_one_tenant_a_floor_or_all(
    tenants: list[Tenancy], floor: Any, site: Any, cast: Any, scope: str, count: int
) -> None:
    makers.make_tenancy(makers.make_unit("0512", site=site))
    makers.make_unit("2804", floor=floor)  # vacant
    makers.make_tenancy()  # of another site
    notice = makers.make_notice(tenants[0].unit, scope=scope, floor=floor, site=site)
    step(notice, "issue", cast["supervisor"])
    assert len(notice.receipts) == count
    assert (notice.issued_by_id, notice.issued_on) == (cast["supervisor"].id, today())
    assert notice.issued_at is not None and notice.number.startswith("HZ-")
    assert (notice.floor is None) == (scope != "floor") and (notice.unit is None) == (scope != "unit")


def test_whom_a_notice_goes_to_must_be_said(site: Any, floor: Any) -> None:
    for said in ({"scope": "unit", "unit": None}, {"scope": "floor", "site": site}, {"title": " "}):
        with pytest.raises(RuleError):
            rules.write(Notice(**{"kind": "notice", "scope": "all", "title": "题", "body": "文", "site": site, **said}))
    with pytest.raises(RuleError) as refused:
        makers.make_notice(makers.make_unit(floor=floor))
    assert refused.value.field == "unit"
    empty = makers.make_notice(scope="floor", floor=floor)
    with pytest.raises(RuleError):
        step(empty, "issue")


def test_an_issued_notice_is_never_rewritten(tenants: list[Tenancy]) -> None:
    notice = makers.make_notice(tenants[0].unit)
    rules.amend(notice)
    step(notice, "issue")
    with pytest.raises(RuleError):
        rules.amend(notice)


def test_each_answer_is_filed_and_the_last_one_closes_the_notice(tenants: list[Tenancy], floor: Any) -> None:
    notice = makers.make_notice(scope="floor", floor=floor, title="外墙清洗通知")
    step(notice, "issue")
    first, second, third = notice.receipts
    with pytest.raises(RuleError):
        step(notice, "close")
    sign(first)
    sign(second, "司徒静")
    assert (notice.state, rules.unanswered(notice)) == ("issued", 1)
    walk(rules.RECEIPT_MOVES, third, "refuse", by=None, write=audit.write, remark="须总部同意；王敏在场")
    assert (notice.state, third.state) == ("closed", "refused")
    filed = papers()
    assert [paper.file.tenancy_id for paper in filed] == [tenancy.id for tenancy in tenants]
    assert {(paper.paper_class, paper.title, paper.reference) for paper in filed} == {
        ("letter", "外墙清洗通知", notice.number)
    }


def test_what_a_tenant_did_wrong_is_filed_among_violations(tenants: list[Tenancy]) -> None:
    for kind in ("arrears", "violation", "circular"):
        notice = makers.make_notice(tenants[0].unit, kind=kind)
        step(notice, "issue")
        sign(notice.receipts[0])
    assert [paper.paper_class for paper in papers()] == ["violation", "violation", "letter"]


def test_signing_needs_a_name_and_a_signature(tenants: list[Tenancy]) -> None:
    notice = makers.make_notice(tenants[0].unit)
    step(notice, "issue")
    [receipt] = notice.receipts
    receipt.received_by = "林晚"
    with pytest.raises(RuleError) as refused:
        rules.sign(receipt)
    assert refused.value.field == "client_signature"
    with pytest.raises(RuleError):
        sign(receipt, " ")
    receipt.client_signature = "M10 10L20 20"
    rules.sign(receipt)
    assert (receipt.state, receipt.is_signed_on_paper) == ("received", False)
    assert receipt.received_at is not None
    with pytest.raises(RuleError):
        rules.sign(receipt)


def test_a_notice_taken_back_is_not_signed_any_more(tenants: list[Tenancy], floor: Any) -> None:
    notice = makers.make_notice(scope="floor", floor=floor)
    step(notice, "issue")
    sign(notice.receipts[0])
    with pytest.raises(RuleError):
        step(notice, "withdraw", reason=" ")
    step(notice, "withdraw", reason="改期")
    assert [receipt.state for receipt in notice.receipts] == ["received", "void", "void"]
    with pytest.raises(RuleError):
        sign(notice.receipts[1])


@pytest.mark.parametrize("state", NOTICE_STATES)
@pytest.mark.parametrize("name", [move.name for move in rules.MOVES])
def test_no_step_is_taken_from_a_state_it_does_not_begin_in(tenants: list[Tenancy], state: str, name: str) -> None:
    notice = makers.make_notice(tenants[0].unit)
    notice.state = state
    if state not in next(move.source for move in rules.MOVES if move.name == name):
        with pytest.raises(RuleError):
            step(notice, name, **({"reason": "误"} if name == "withdraw" else {}))
        assert notice.state == state


@pytest.mark.parametrize("state", [state for state in RECEIPT_STATES if state != "open"])
@pytest.mark.parametrize("name", ["receive", "refuse"])
def test_what_was_answered_is_not_answered_again(tenants: list[Tenancy], state: str, name: str) -> None:
    notice = makers.make_notice(tenants[0].unit)
    step(notice, "issue")
    [receipt] = notice.receipts
    receipt.state = state
    with pytest.raises(RuleError):
        walk(rules.RECEIPT_MOVES, receipt, name, by=None, write=audit.write)


# --- letters ---


@pytest.mark.parametrize("key", LETTER_KINDS)
@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant", "en"])
def test_every_shipped_letter_names_only_what_is_known(key: str, language: str) -> None:
    said = letters.shipped(key, language)
    letters.check(said, key)
    filled = letters.fill(said, dict.fromkeys(letters.PLACEHOLDERS[key], "X"))
    assert "{" not in filled.title + filled.body + filled.title_en + filled.body_en


@pytest.mark.parametrize("wrong", ["rent", "customer.id_number", "0", "", "tenancy.__class__"])
def test_a_wrong_name_in_braces_is_refused_and_named(site: Any, wrong: str) -> None:
    template = LetterTemplate(site=site, key="arrears", title="函", body=f"请付 {{amount}}，{{{wrong}}}")
    with pytest.raises(RuleError, match=re.escape(f"{{{wrong}}}")) as refused:
        letters.copy(template)
    assert refused.value.field == "body"


def test_what_a_value_says_is_never_read_as_a_name() -> None:
    said = Wording("{customer}", "", "{customer} {unit}", "")
    assert letters.fill(said, {"customer": "{unit}", "unit": "2806"}).body == "{unit} 2806"


def test_a_sites_own_wording_replaces_what_was_shipped_until_it_is_deleted(site: Any) -> None:
    own = letters.copy(LetterTemplate(site_id=site.id, key="licence"))
    assert own.body == letters.shipped("licence").body
    own.body = "请更新 {licence}"
    letters.amend(own)
    db.session.flush()
    assert letters.wording(site.id, "licence").body == "请更新 {licence}"
    assert letters.wording(makers.make_site().id, "licence") == letters.shipped("licence")
    db.session.delete(own)
    db.session.flush()
    assert letters.wording(site.id, "licence") == letters.shipped("licence")


def test_those_in_arrears_are_found_with_their_sum(tenants: list[Tenancy], site: Any) -> None:
    late = today() - dt.timedelta(days=40)
    makers.make_due(tenants[1], 1_000_000, due_on=late)
    makers.make_due(tenants[1], 583_600, due_on=late + dt.timedelta(days=10))
    makers.make_due(tenants[2], 100, due_on=today() + dt.timedelta(days=10))
    [found] = addressed.find("arrears", Reach(site))
    assert found.tenancy == tenants[1]
    assert (found.values["amount"], found.values["due_on"], found.values["count"]) == ("15,836.00", str(late), "2")
    assert found.values["amount_capitals"] == "人民币壹万伍仟捌佰叁拾陆元整"


def test_violations_and_licences_are_found(tenants: list[Tenancy], site: Any) -> None:
    makers.make_violation(tenants[0], description="通道堆放纸箱")
    soon = today() + dt.timedelta(days=20)
    file = makers.make_file(tenancy=tenants[2])
    old = makers.make_document(file, "licence", valid_until=today() - dt.timedelta(days=9))
    makers.make_document(file, "licence", valid_until=soon, replaces=old)
    [found] = addressed.find("violation", Reach(site))
    assert found.tenancy == tenants[0] and "通道堆放纸箱" in found.values["violation"]
    [found] = addressed.find("licence", Reach(site))
    assert (found.tenancy, found.values["valid_until"]) == (tenants[2], str(soon))


def test_a_reach_is_a_site_a_floor_or_units(tenants: list[Tenancy], site: Any, floor: Any) -> None:
    makers.make_tenancy(makers.make_unit("0512", site=site))
    units = addressed.numbers_in("2801、2803, 2801;")
    assert units == ("2801", "2803")
    found = [addressed.find("letter", reach) for reach in (Reach(site), Reach(site, floor), Reach(site, None, units))]
    assert [[each.values["unit"] for each in some] for some in found] == [
        ["0512", "2801", "2802", "2803"], ["2801", "2802", "2803"], ["2801", "2803"],
    ]  # fmt: skip


def test_a_batch_is_written_issued_and_kept_together(tenants: list[Tenancy], site: Any, cast: Any) -> None:
    said = letters.shipped("letter")
    batch = batches.write_to_several("letter", said, addressed.find("letter", Reach(site)), site=site)
    notices = batches.of_batch(batch)
    assert [notice.unit.number for notice in notices] == ["2801", "2802", "2803"]  # type: ignore[union-attr]
    assert "2801" in notices[0].body and "{" not in notices[0].body
    tenants[2].state = "ended"
    assert batches.issue_all(notices, by=cast["supervisor"]) == 2
    assert [notice.state for notice in notices] == ["issued", "issued", "withdrawn"]
    assert batches.issue_all(notices, by=cast["supervisor"]) == 0
    with pytest.raises(RuleError):
        batches.write_to_several("letter", said, [], site=site)
