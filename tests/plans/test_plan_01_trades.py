"""篇一 walked over HTTP: collecting, allocating, the event's sheet, the plan of follow-ups; 篇八's plan of contacts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive.models import Document, File
from app.demo import trades_makers as make
from app.estate.rules import find_site
from app.kit.columns import today
from app.kit.session import db
from app.security.models import AuditLine
from app.trades import allocating
from app.trades.blanks import BlankIssue
from app.trades.followed import EventSheet, FollowUp
from app.trades.models import Allocation, ContactSheet
from tests.conftest import SITE
from tests.standing import Made, Standing
from tests.trades.test_rules import another_rep
from tests.visits.test_screens import text_of

Login = Callable[..., FlaskClient]
DAY = dt.timedelta(days=1)
FORM: dict[str, Any] = {
    **{name: str(value) for name, value in make.PERSON.items()},
    "filled_by": "collector", "has_consent": "y", "consent_by": "林晚秋", "client_signature": make.DRAWN,
    "collector_signature": make.DRAWN,
}  # fmt: skip


@pytest.fixture(scope="module")
def _here(standing: Standing) -> Made:
    return standing(lambda: make.staff(find_site(SITE)))


@pytest.fixture
def here(_here: Made, site: Any) -> Any:
    """The site, where the clerk calls on customers, the manager allocates, and the archivist is the doctor."""
    return site


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, (url, answer.status_code, answer.get_data(as_text=True)[:400])
    return answer.get_data(as_text=True)


def press(client: FlaskClient, record: Any, name: str, status: int = 302, **said: Any) -> str:
    """Take a step of a record as its page's button does."""
    bases = {
        ContactSheet: "contact-sheets",
        EventSheet: "event-sheets",
        FollowUp: "follow-ups",
        Allocation: "allocations",
    }
    answer = client.post(f"/{bases[type(record)]}/{record.id}/move/{name}", data=said)
    assert answer.status_code == status, answer.get_data(as_text=True)[1200:2400]
    db.session.refresh(record)
    return answer.get_data(as_text=True)


def collect(login: Login, who: str = "clerk", **more: Any) -> ContactSheet:
    """The form of the first contact, filled in by somebody."""
    answer = login(who).post("/contact-sheets/add", data={**FORM, **more})
    assert answer.status_code == 302, answer.get_data(as_text=True)[1200:3000]
    return db.session.scalars(select(ContactSheet).order_by(ContactSheet.id.desc()).limit(1)).one()


def event_sheet(login: Login, customer: Any, who: str = "clerk", **more: Any) -> EventSheet:
    """The form of who came to an event, buyer unless said otherwise."""
    said = {"customer": customer.id, "event_kind": "gathering", "event_on": str(today()), "feedback": "听讲认真"}
    said |= {
        "is_buyer": "y",
        "bought": "一个疗程",
        "phone": "19900001234",
        "address": "城北区",
        "wishes": "上门",
    } | more
    answer = login(who).post("/event-sheets/add", data=said)
    assert answer.status_code == 302, answer.get_data(as_text=True)[1200:3000]
    return db.session.scalars(select(EventSheet).order_by(EventSheet.id.desc()).limit(1)).one()


def mine(sheet: EventSheet, duty: str) -> list[FollowUp]:
    query = select(FollowUp).where(FollowUp.event_sheet_id == sheet.id, FollowUp.duty == duty)
    return list(db.session.scalars(query.order_by(FollowUp.due_on)))


def test_p1_01_the_first_sheet_is_complete_before_it_is_submitted(login: Login, here: Any) -> None:
    """Submitting names what is missing; filled in by the customer or for them; then the customer's file holds it."""
    sheet, rep = collect(login, occupation="", household="", filled_by="self"), login("clerk")
    press(rep, sheet, "submit_sheet")
    told = page(rep, f"/contact-sheets/{sheet.id}")
    assert sheet.state == "draft" and "Occupation、Household" in told
    form = {**FORM, "version": sheet.version}
    assert rep.post(f"/contact-sheets/{sheet.id}/edit", data=form).status_code == 302
    press(rep, sheet, "submit_sheet")
    assert (sheet.state, sheet.filled_by) == ("submitted", "collector")
    assert "The collector, for the customer" in page(rep, f"/contact-sheets/{sheet.id}")
    assert sheet.number in page(rep, f"/files/{sheet.file_id}")
    assert rep.get(f"/contact-sheets/{sheet.id}/edit").status_code == 200
    assert rep.post(f"/contact-sheets/{sheet.id}/edit", data={**form, "version": sheet.version}).status_code == 422


def test_p1_01_nothing_is_collected_without_a_truthful_notice_and_consent(login: Login, here: Any) -> None:
    """The true purpose stands on form and paper; without consent the sheet is refused; no pretext anywhere."""
    rep = login("clerk", "zh_Hans")
    assert "为销售健康产品" in page(rep, "/contact-sheets/add")
    form = {name: value for name, value in FORM.items() if name not in ("has_consent", "consent_by")}
    assert rep.post("/contact-sheets/add", data=form).status_code == 302
    sheet = db.session.scalars(select(ContactSheet)).one()
    press(rep, sheet, "submit_sheet")
    assert sheet.state == "draft" and "没有同意就不收集" in page(rep, f"/contact-sheets/{sheet.id}")
    assert rep.post(f"/print/contact_sheet/{sheet.id}").data.startswith(b"%PDF")
    pretext = ("\u7231\u5fc3\u4e4b\u8def", "\u611b\u5fc3\u4e4b\u8def")
    root = Path(__file__).resolve().parents[2]
    files = [path for name in ("app", "docs", "translations") for path in (root / name).rglob("*.*")]
    text = {path: path.read_text(encoding="utf-8", errors="ignore") for path in files if path.is_file()}
    assert len(text) > 300 and not [path for path, said in text.items() if any(word in said for word in pretext)]


def test_p1_02_only_representatives_and_heads_of_sales_begin_a_sheet(login: Login, here: Any) -> None:
    """The manager has the right on screen but not the duty: refused in words that name the duties."""
    refused = login("manager").post("/contact-sheets/add", data=FORM)
    assert refused.status_code == 422 and "Representative、Head of sales" in refused.get_data(as_text=True)
    assert login("archivist").post("/contact-sheets/add", data=FORM).status_code == 403
    assert collect(login, "clerk").collector_id != collect(login, "supervisor", name="孙二").collector_id


def test_p1_03_the_collectors_signature_is_needed_and_the_collector_stays(login: Login, here: Any, cast: Any) -> None:
    """Unsigned it is refused; signed it prints; no form offers another collector, and posting one changes nothing."""
    sheet, rep = collect(login, collector_signature=""), login("clerk")
    press(rep, sheet, "submit_sheet")
    assert sheet.state == "draft" and "signs the sheet" in page(rep, f"/contact-sheets/{sheet.id}")
    edit = f"/contact-sheets/{sheet.id}/edit"
    assert 'name="collector"' not in page(rep, edit)
    form = {**FORM, "version": sheet.version, "collector": cast["supervisor"].id}
    assert rep.post(edit, data=form).status_code == 302
    press(rep, sheet, "submit_sheet")
    assert (sheet.state, sheet.collector_id) == ("submitted", cast["clerk"].id)
    assert login("supervisor").post(edit, data={**form, "version": sheet.version}).status_code == 422
    assert rep.post(f"/print/contact_sheet/{sheet.id}").data.startswith(b"%PDF")


def test_p1_04_complete_sheets_go_to_the_manager_as_a_batch(login: Login, here: Any, cast: Any) -> None:
    """The list says who still has sheets in hand; one press hands all complete ones over; the first page counts."""
    rep = login("clerk")
    sheets = [collect(login, name=f"顾客{n}", phone=f"1990000{n:04d}") for n in range(3)]
    for sheet in sheets[:2]:
        press(rep, sheet, "submit_sheet")
    for who in ("clerk", "manager"):
        told = page(login(who), "/hand-in/")
        assert all(sheet.number in told for sheet in sheets) and str(cast["clerk"]) in told
    assert "My sheets to hand over" in page(rep, "/")
    assert rep.post("/hand-in/hand-over").status_code == 302
    for sheet in sheets:
        db.session.refresh(sheet)
    assert [one.state for one in sheets] == ["handed_over", "handed_over", "draft"]
    assert len({one.batch for one in sheets[:2]}) == 1 and sheets[0].handed_to_id == cast["manager"].id
    told = page(login("manager"), "/hand-in/")
    assert sheets[2].number in told and sheets[0].number not in told
    assert rep.post("/hand-in/hand-over").status_code == 422
    assert "Customers to allocate" in page(login("manager"), "/")


def test_p1_05_a_batch_is_previewed_with_the_rule_of_each_line_then_allocated(
    login: Login, here: Any, cast: Any
) -> None:
    """Who collected comes first; else by area, newcomers' share, score; by hand with a reason, in the audit."""
    rep2 = another_rep(here, areas="城北区")
    sheets = [make.make_handed_over(here, cast["clerk"], name=f"顾客{n}", area="城北区") for n in range(3)]
    db.session.commit()
    manager = login("manager")
    told = page(manager, "/allocation-desk/")
    assert told.count("Who collected the customer") == 3 and "The nearest by area" not in told
    proposed = dict(re.findall(r'name="(proposed-\d+)" value="(\d+)"', told))
    assert set(proposed.values()) == {str(cast["clerk"].id)}
    other = {f"person-{sheets[1].id}": str(rep2.id)}
    assert manager.post("/allocation-desk/settle", data={**proposed, **other}).status_code == 422
    assert db.session.scalar(select(Allocation.id)) is None
    stale = {name: str(rep2.id) for name in proposed}
    assert manager.post("/allocation-desk/settle", data=stale).status_code == 422
    form = {**proposed, **other, f"reason-{sheets[1].id}": "顾客指名"}
    assert login("clerk").post("/allocation-desk/settle", data=form).status_code == 403
    assert manager.post("/allocation-desk/settle", data=form).status_code == 302
    lines = db.session.scalars(select(Allocation).order_by(Allocation.id)).all()
    assert [(one.rule, one.holder_id) for one in lines] == [
        ("collector", cast["clerk"].id), ("by_hand", rep2.id), ("collector", cast["clerk"].id),
    ]  # fmt: skip
    details = list(db.session.scalars(select(AuditLine.detail).where(AuditLine.action == "allocate")))
    assert {"rule": "by_hand", "from": None, "to": rep2.id, "reason": "顾客指名"} in details
    assert "顾客指名" in page(login("auditor"), "/allocations/")


def test_p1_05_without_its_collector_a_customer_goes_by_the_rules_in_order(login: Login, here: Any, cast: Any) -> None:
    """The collector's duty ended: area, then the newcomers' share, then the score decide, and the preview says so."""
    near, new, best = (
        another_rep(here, name, **more)
        for name, more in (
            ("near", {"areas": "城南区", "since_on": today() - 400 * DAY}),
            ("new", {"since_on": today() - 5 * DAY}),
            ("best", {"ability": 10, "efficiency": 10, "since_on": today() - 400 * DAY}),
        )
    )
    for n, area in enumerate(("城南区", "城东区", "城西区", "城外")):
        make.make_handed_over(here, cast["clerk"], name=f"顾客{n}", area=area, address="某街 1 号")
    holder = next(one for one in make.duties.holders(here.id, make.KEY, ["rep"]) if one.user_id == cast["clerk"].id)
    form = {"version": holder.version, "until_on": str(today() - DAY), "ability": "5", "efficiency": "5"}
    db.session.commit()
    assert login("manager").post(f"/duties/{holder.id}/edit", data=form).status_code == 302
    told = page(login("manager"), "/allocation-desk/")
    proposed = dict(re.findall(r'name="(proposed-\d+)" value="(\d+)"', told))
    assert list(map(int, proposed.values())) == [near.id, new.id, best.id, best.id]
    assert "The share of newcomers" in told and "Ability, efficiency and workload" in told
    assert login("manager").post("/allocation-desk/settle", data=proposed).status_code == 302
    assert allocating.loads(here.id, make.KEY) == {near.id: 1, new.id: 1, best.id: 2}


def test_p1_06_the_work_list_is_a_grant_that_ends_with_the_allocation(login: Login, here: Any, cast: Any) -> None:
    """My customers, with telephone and next call; nobody else's; ended, the list and the sheet are gone at once."""
    another_rep(here)
    customer = make.make_customer_of(here, cast["clerk"], name="林晚秋")
    make.make_made(customer, cast["clerk"])
    line = allocating.current(customer.id, make.KEY)
    rep2 = login("rep2")
    db.session.commit()
    told = page(login("clerk"), "/my-customers/")
    assert "林晚秋" in told and make.PERSON["phone"] in told and "指导顾客服用产品" in told
    assert login("clerk").post("/print/my_customers").data.startswith(b"%PDF")
    assert "林晚秋" not in page(rep2, "/my-customers/")
    sheet = db.session.scalars(select(ContactSheet)).one()
    assert rep2.get(f"/contact-sheets/{sheet.id}").status_code == 404
    said = {"customer": customer.id, "holder": make.makers.user("rep2").id, "reason": "原代表调岗"}
    assert login("manager").post("/allocations/add", data=said).status_code == 302
    assert "林晚秋" in page(rep2, "/my-customers/") and "林晚秋" not in page(login("clerk"), "/my-customers/")
    assert rep2.get(f"/contact-sheets/{sheet.id}").status_code == 200
    now_holds = allocating.current(customer.id, make.KEY)
    press(login("manager"), now_holds, "end_allocation", reason="顾客搬迁")
    assert "林晚秋" not in page(rep2, "/my-customers/")
    assert rep2.get(f"/contact-sheets/{sheet.id}").status_code == 404
    assert rep2.get(f"/allocations/{line.id}").status_code == 404  # type: ignore[union-attr]


def test_p1_09_everybody_who_came_to_an_event_has_a_sheet_buyer_or_not(login: Login, here: Any, cast: Any) -> None:
    """联谊会、旅游、餐饮 are offered; a buyer and a non-buyer both have a sheet, told apart in the list."""
    buyer = make.make_customer_of(here, cast["clerk"], name="买家")
    other = make.make_customer_of(here, cast["clerk"], name="看客")
    db.session.commit()
    form = page(login("clerk", "zh_Hans"), "/event-sheets/add")
    assert all(word in form for word in ("联谊会", "旅游", "餐饮"))
    bought = event_sheet(login, buyer)
    came = event_sheet(login, other, is_buyer="", bought="", event_kind="trip")
    assert (bought.is_buyer, came.is_buyer, came.event_kind) == (True, False, "trip")
    for flag, seen, hidden in (("1", bought, came), ("0", came, bought)):
        told = page(login("manager"), f"/event-sheets/?is_buyer={flag}")
        assert seen.number in told and hidden.number not in told


def test_p1_10_the_event_sheet_begins_with_the_first_one_and_is_checked(login: Login, here: Any, cast: Any) -> None:
    """Telephone and address come from the first sheet; unfinished it is refused; unread it is not passed."""
    customer = make.make_customer_of(here, cast["clerk"], address="城北区新街 3 号")
    db.session.commit()
    form = page(login("clerk"), f"/event-sheets/add?customer={customer.id}")
    assert 'value="19900001234"' in form and "城北区新街 3 号" in form
    sheet = event_sheet(login, customer, feedback="", phone="", address="")
    assert (sheet.phone, sheet.address) == ("19900001234", "城北区新街 3 号") and sheet.sheet is not None
    rep, manager = login("clerk"), login("manager")
    press(rep, sheet, "make_sheet")
    assert sheet.state == "draft" and "What the customer said at the event" in page(rep, f"/event-sheets/{sheet.id}")
    edit = {"version": sheet.version, "event_kind": "gathering", "event_on": str(today()), "is_buyer": "y"}
    edit |= {"bought": "一个疗程", "phone": sheet.phone, "address": sheet.address, "feedback": "认可", "wishes": "上门"}
    assert rep.post(f"/event-sheets/{sheet.id}/edit", data=edit).status_code == 302
    press(rep, sheet, "make_sheet")
    press(rep, sheet, "hand_sheet_over")
    assert "sent back" in press(manager, sheet, "check_sheet", 422)
    press(manager, sheet, "check_sheet", is_legible="y")
    assert (sheet.state, sheet.is_legible, sheet.checked_by_id) == ("checked", True, cast["manager"].id)


def test_p1_11_filled_in_that_day_handed_over_by_the_next_kept_by_the_doctor(
    login: Login, here: Any, cast: Any, monkeypatch: Any
) -> None:
    """On time nothing is told; a day later the sheet says which deadline it missed; the doctor keeps sheet and file."""
    customer = make.make_customer_of(here, cast["clerk"])
    db.session.commit()
    sheet = event_sheet(login, customer)
    assert sheet.late == "" and "My event sheets to complete and hand over" in page(login("clerk"), "/")
    real = make.today()
    noon = dt.datetime.combine(real + DAY, dt.time(4), dt.UTC)
    monkeypatch.setattr("app.kit.columns.clock", lambda: noon)
    assert "filled in late" in page(login("manager"), f"/event-sheets/{sheet.id}")
    monkeypatch.setattr("app.kit.columns.clock", lambda: noon + DAY)
    assert "filled in late、handed over late" in page(login("manager"), f"/event-sheets/{sheet.id}")
    rep, manager, doctor = login("clerk"), login("manager"), login("archivist")
    press(rep, sheet, "make_sheet")
    press(rep, sheet, "hand_sheet_over")
    press(manager, sheet, "check_sheet", is_legible="y")
    assert "Event sheets to keep" in page(doctor, "/")
    press(doctor, sheet, "keep_sheet")
    file = db.session.get_one(File, sheet.file_id)
    assert (sheet.state, sheet.kept_by_id, file.custodian_id) == ("kept", cast["archivist"].id, cast["archivist"].id)
    assert doctor.post(f"/print/event_sheet/{sheet.id}").data.startswith(b"%PDF")


def test_p1_12_the_follow_ups_are_planned_from_the_day_the_sheet_was_made(login: Login, here: Any, cast: Any) -> None:
    """Rep 3/30/60 and 3/15, doctor 15/30/60 and none, each with its purpose; the doctor's other calls on request."""
    buyer = make.make_customer_of(here, cast["clerk"], name="买家")
    other = make.make_customer_of(here, cast["clerk"], name="看客")
    db.session.commit()
    bought, came = event_sheet(login, buyer), event_sheet(login, other, is_buyer="", bought="")
    for sheet in (bought, came):
        press(login("clerk"), sheet, "make_sheet")
    days = {
        (sheet is bought, duty): [(one.due_on - today()).days for one in mine(sheet, duty)]
        for sheet in (bought, came)
        for duty in ("rep", "doctor")
    }
    assert days == {
        (True, "rep"): [3, 30, 60],
        (True, "doctor"): [15, 30, 60],
        (False, "rep"): [3, 15],
        (False, "doctor"): [],
    }
    assert [one.purpose for one in mine(bought, "rep")] == ["指导顾客服用产品", "询问顾客意见", "了解服用效果"]
    assert {one.assignee_id for one in mine(bought, "doctor")} == {cast["archivist"].id}
    said = {
        "customer": other.id,
        "event_sheet": came.id,
        "duty": "doctor",
        "purpose": "请医生解答疑问",
        "due_on": str(today() + DAY),
    }
    assert login("clerk").post("/follow-ups/add", data=said).status_code == 302
    asked = mine(came, "doctor")[0]
    assert (asked.assignee_id, asked.asked_by_id, asked.step) == (cast["archivist"].id, cast["clerk"].id, "")
    assert "请医生解答疑问" in page(login("archivist"), f"/files/{came.file_id}")


def test_p1_13_a_set_with_telephone_only_is_flagged(login: Login, here: Any, cast: Any) -> None:
    """Twice by telephone, one left: flagged; a call at the door clears it; the doctor may telephone only."""
    customer = make.make_customer_of(here, cast["clerk"])
    sheet = make.make_made(customer, cast["clerk"])
    db.session.commit()
    rep, doctor = login("clerk"), login("archivist")
    reps = mine(sheet, "rep")
    lacking = f'href="/event-sheets/{sheet.id}"'
    press(rep, reps[0], "finish_follow_up", channel="phone", result="已讲解")
    assert lacking not in page(doctor, "/follow-up-board/")
    press(rep, reps[1], "finish_follow_up", channel="phone", result="无异议")
    board = page(doctor, "/follow-up-board/")
    assert lacking in board and "At the door" in board
    assert "Follow-up sets that lack a way" in page(doctor, "/")
    press(rep, reps[2], "finish_follow_up", channel="visit", result="上门查看，效果良好")
    assert lacking not in page(doctor, "/follow-up-board/")
    for one in mine(sheet, "doctor"):
        press(doctor, one, "finish_follow_up", channel="phone", result="电话指导")
    assert lacking not in page(doctor, "/follow-up-board/")


def test_p1_14_the_doctor_sees_each_day_what_is_due_overdue_and_done(
    login: Login, here: Any, cast: Any, monkeypatch: Any
) -> None:
    """Per person, with links to the lists, guidance given on the spot, on paper; a rep sees no board of all."""
    customer = make.make_customer_of(here, cast["clerk"])
    sheet = make.make_made(customer, cast["clerk"])
    db.session.commit()
    first, second, _third = mine(sheet, "rep")
    noon = dt.datetime.combine(first.due_on, dt.time(4), dt.UTC)
    monkeypatch.setattr("app.kit.columns.clock", lambda: noon)
    doctor = login("archivist")
    board = page(doctor, "/follow-up-board/")
    assert first.number in board and second.number not in board and str(cast["clerk"]) in board
    assert "Follow-ups due today" in page(doctor, "/")
    monkeypatch.setattr("app.kit.columns.clock", lambda: noon + DAY)
    assert "My follow-ups overdue" in page(login("clerk"), "/")
    doctor = login("archivist")
    late = re.search(r'href="([^"]*/follow-ups/\?[^"]*due_on_to=[^"]*)"', page(doctor, "/follow-up-board/"))
    assert late is not None and first.number in page(doctor, late.group(1).replace("&amp;", "&"))
    press(doctor, first, "guide", guidance="请当日补访")
    assert "请当日补访" in page(login("clerk"), f"/follow-ups/{first.id}")
    assert doctor.post("/print/follow_up_day").data.startswith(b"%PDF")
    press(login("clerk"), first, "finish_follow_up", 422, channel="phone", result="")
    press(login("clerk"), first, "finish_follow_up", channel="phone", result="已补访")
    assert "已补访" in page(doctor, "/follow-up-board/")
    assert login("clerk").get("/follow-up-board/").status_code == 403


def test_p1_16_a_file_borrowed_for_a_follow_up_waits_for_its_result(login: Login, here: Any, cast: Any) -> None:
    """From the follow-up's page the loan is filled in, due the same day; returned only once the result is written."""
    from app.loans.models import Loan
    from tests.loans.test_screens import press as press_loan

    customer = make.make_customer_of(here, cast["clerk"])
    sheet = make.make_made(customer, cast["clerk"])
    db.session.commit()
    one, rep, doctor = mine(sheet, "rep")[0], login("clerk"), login("archivist")
    link = re.search(r'href="(/loans/add\?[^"]*)"', page(rep, f"/follow-ups/{one.id}"))
    assert link is not None
    form = page(rep, link.group(1).replace("&amp;", "&"))
    assert one.number in form and 'value="follow_up" selected' in form.replace(
        'selected value="follow_up"', 'value="follow_up" selected'
    )
    said = {"file": sheet.file_id, "follow_up": one.id, "purpose_kind": "follow_up", "purpose": one.number, "days": "1"}
    assert rep.post("/loans/add", data=said).status_code == 302
    loan = db.session.scalars(select(Loan)).one()
    assert (loan.follow_up_id, loan.is_same_day) == (one.id, True)
    press_loan(login("manager"), loan, "approve")
    press_loan(doctor, loan, "hand_out", is_signed_on_paper="y")
    pages = sum(line.pages for line in loan.lines)
    refused = press_loan(doctor, loan, "take_back", 422, pages=pages, is_checked="y", result="好")
    assert f"result of follow-up {one.number}" in refused.text
    press(rep, one, "finish_follow_up", channel="visit", result="已上门指导")
    press_loan(doctor, loan, "take_back", pages=pages, is_checked="y")
    assert (loan.state, loan.result) == ("returned", "已上门指导")


def test_p1_08_blank_sheets_are_numbered_stock_with_a_register(login: Login, here: Any, cast: Any) -> None:
    """Issued by the manager to who may fill them in, numbered through, printed once, each accounted for."""
    manager = login("manager")
    said = {"form": "first", "site": here.id, "quantity": "3", "holder": cast["clerk"].id}
    assert login("clerk").post("/blank-sheets/add", data=said).status_code == 403
    assert manager.post("/blank-sheets/add", data=said | {"holder": cast["archivist"].id}).status_code == 422
    for _ in range(2):
        assert manager.post("/blank-sheets/add", data=said).status_code == 302
    first, second = db.session.scalars(select(BlankIssue).order_by(BlankIssue.id)).all()
    assert (first.first_no, first.last_no, second.first_no, second.last_no) == (1, 3, 4, 6)
    printed = manager.post(f"/print/blank_sheets/{second.id}").data
    assert all(number in text_of(printed) for number in second.numbers)
    assert login("clerk").post(f"/print/blank_sheets/{second.id}").status_code == 403
    url, counts = f"/blank-sheets/{second.id}/move/settle_blanks", {"used": "2", "spoilt": "0", "given_back": "0"}
    assert manager.post(url, data=counts).status_code == 422
    assert manager.post(url, data=counts | {"spoilt": "1"}).status_code == 302
    db.session.refresh(second)
    assert (second.state, second.used, second.spoilt) == ("settled", 2, 1)


def test_p8_04_relations_are_kept_by_a_calendar_and_each_result_is_filed(
    login: Login, here: Any, cast: Any, monkeypatch: Any
) -> None:
    """Greetings before each holiday and event of the year, and ad-hoc visits; what came of each lies in the file."""
    monkeypatch.setattr("app.kit.columns.clock", lambda: dt.datetime(2026, 1, 5, 4, tzinfo=dt.UTC))
    customer = make.make_customer_of(here, cast["clerk"])
    db.session.commit()
    assert login("clerk").post("/follow-up-board/occasions", data={"year": "2026"}).status_code == 403
    assert login("manager").post("/follow-up-board/occasions", data={"year": "2026"}).status_code == 302
    planned = db.session.scalars(select(FollowUp).order_by(FollowUp.due_on)).all()
    assert [one.purpose for one in planned] == ["春节问候", "中秋节问候", "公司周年活动邀请"]
    rep = login("clerk")
    said = {"customer": customer.id, "duty": "rep", "purpose": "顾客住院探望", "due_on": "2026-01-06"}
    assert rep.post("/follow-ups/add", data=said).status_code == 302
    visit = db.session.scalars(select(FollowUp).order_by(FollowUp.id.desc()).limit(1)).one()
    for one in (planned[0], visit):
        press(rep, one, "finish_follow_up", channel="visit", result="顾客致谢")
    filed = db.session.scalars(select(Document).where(Document.source == "FollowUp")).all()
    assert {paper.reference for paper in filed} == {planned[0].number, visit.number}
    told = page(rep, f"/files/{visit.file_id}")
    assert "顾客住院探望" in told
    assert "公司周年活动邀请" in told
    assert "顾客致谢" in told
