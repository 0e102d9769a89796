"""A year of the made-up tower's tenants: what they owe, apply for, are told; who leaves and who comes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select

from app.applications import rules as applications
from app.applications.models import Application, GoodsLine
from app.arrears import rules as arrears
from app.arrears.models import Violation
from app.customers import rules as customers
from app.customers.models import Tenancy
from app.customers.rules import current_contact
from app.demo import phrases
from app.demo.desk import Desk, pay
from app.demo.names import Inventor
from app.fitout.models import Fitout
from app.kit.columns import today
from app.kit.session import db
from app.moving import keys
from app.moving import rules as moving
from app.moving.models import Moving
from app.notices import rules as notices
from app.notices.models import Notice
from app.repairs.models import Repair

PLATES = ("京A00000", "京B00011", "京C00022", "京D00033", "京E00044")
DUE_KINDS = {"property_fee": ("物业费", 280_000, 2_600_000), "utilities": ("水电费", 30_000, 480_000)}
HANDED_OUT = {"keys": 3, "cards": 8}


# --- money owed, rules broken ---


def charge_quarter(desk: Desk) -> None:
    """Fees of a quarter for some of the tenants; most pay, a few are late, one or two still owe."""
    quarter = f"{today().year}年第{(today().month - 1) // 3 + 1}季度"
    for tenancy in desk.chance.sample(desk.tenancies, 12):
        kind = desk.chance.choice(list(DUE_KINDS))
        word, least, most = DUE_KINDS[kind]
        cents = desk.chance.randint(least // 100, most // 100) * 100
        due = arrears.charge(tenancy, kind, cents, by=desk.people["supervisor"], period=quarter, remark=word)
        if desk.chance.random() < 0.85:
            desk.then(desk.hours(24, 24 * 40), pay, due)


def break_a_rule(desk: Desk) -> None:
    """The patrol finds something."""
    violation = Violation(
        unit=desk.tenancy().unit, what=desk.chance.choice(("fire_exit", "noise", "rubbish")),
        description=desk.chance.choice(phrases.VIOLATIONS[:1] + phrases.VIOLATIONS[3:]), found_by="巡逻岗",
    )  # fmt: skip
    arrears.find_violation(violation, by=desk.people["supervisor"])
    follow_up(desk, violation, None)


def follow_up(desk: Desk, violation: Violation, deduction_cents: int | None) -> None:
    """Told, put right, closed."""
    by_when = today() + dt.timedelta(days=3)
    desk.later(2, arrears.MOVES, violation, "notify", "supervisor", demand="立即整改并书面回复", rectify_by_on=by_when)
    desk.later(desk.hours(30, 70), arrears.MOVES, violation, "rectify", "supervisor")
    desk.later(desk.hours(75, 90), arrears.MOVES, violation, "close", "manager", deduction_cents=deduction_cents)


# --- what is applied for, what is told ---


def apply(desk: Desk) -> None:
    """One of the six applications."""
    application = _application(desk)
    applications.ask(application, by=desk.people["clerk"])
    if application.kind == "goods_release":
        for title, quantity in (("办公桌椅", 6), ("电脑主机及显示器", desk.chance.randint(1, 8))):
            line = GoodsLine(application=application, title=title, quantity=quantity)
            applications.add_line(line, by=desk.people["clerk"])
    if desk.chance.random() < 0.05:
        desk.later(2, applications.MOVES, application, "refuse", "supervisor", reason="材料不齐，请补充")
        return
    given = f"B2-{desk.chance.randint(1, 199):03d}" if application.kind == "parking" else ""
    desk.later(desk.hours(0.5, 6), applications.MOVES, application, "approve", "supervisor")
    desk.later(desk.hours(8, 40), applications.MOVES, application, "finish", "clerk", given=given)


def _application(desk: Desk) -> Application:
    tenancy, chance = desk.tenancy(), desk.chance
    kind = chance.choices(list(phrases.APPLICATIONS), (3, 1, 3, 2, 10, 8))[0]
    contact = current_contact(tenancy.customer, "daily")
    is_span, begins = kind in applications.SPANS, desk.timeline.moment + dt.timedelta(days=chance.randint(0, 4))
    return Application(
        kind=kind, unit=tenancy.unit, what=phrases.APPLICATIONS[kind],
        applicant=contact.name if contact else "前台", phone=contact.phone if contact else "",
        quantity=chance.randint(1, 3) if kind in ("lock", "phone", "parking") else None,
        plate=chance.choice(PLATES) if kind in ("parking", "goods_release") else "",
        wanted_words=tenancy.customer.name if kind == "nameboard" else "",
        from_at=begins if is_span else None, until_at=begins + dt.timedelta(hours=4) if is_span else None,
        fee_cents=24_000 if kind == "overtime" else None,
    )  # fmt: skip


def announce(desk: Desk, kind: str, title: str, body: str) -> None:
    """A notice to one floor, signed for on the printed list."""
    floor = desk.tenancy().unit.floor
    draft = Notice(kind=kind, scope="floor", floor=floor, title=title, body=body)
    notice = notices.write(draft, by=desk.people["clerk"])
    desk.walk(notices.MOVES, notice, "issue", "supervisor")
    for receipt in list(notice.receipts):
        if desk.chance.random() < 0.99:
            contact = current_contact(receipt.tenancy.customer, "daily")
            who = contact.name if contact else "前台"
            desk.later(
                desk.hours(1, 240 if desk.chance.random() < 0.1 else 60),
                notices.RECEIPT_MOVES,
                receipt,
                "receive",
                "clerk",
                received_by=who,
            )


# --- who leaves, who comes ---


def leave(desk: Desk, inventor: Inventor) -> None:
    """A tenant gives notice; a month later they are gone, and soon somebody else is in the unit."""
    settled = [tenancy for tenancy in desk.tenancies if is_settled(tenancy)]
    if not settled:
        return
    tenancy = desk.chance.choice(settled)
    desk.tenancies.remove(tenancy)
    move = Moving(
        kind="out", unit=tenancy.unit, tenancy=tenancy, planned_on=today() + dt.timedelta(days=30),
        notice_given_on=today(), is_authorised=True, contact=tenancy.customer.representative or "联系人",
    )  # fmt: skip
    moving.open_moving(move, by=desk.people["clerk"])
    desk.then(24 * 29, go, move, inventor)


def is_settled(tenancy: Tenancy) -> bool:
    """Nothing is open with them."""
    repairs = select(func.count(Repair.id)).where(Repair.tenancy_id == tenancy.id, Repair.state.not_in(Repair.OVER))
    fitouts = select(func.count(Fitout.id)).where(Fitout.tenancy_id == tenancy.id)
    return not (list(arrears.in_the_way(tenancy)) or db.session.scalar(repairs) or db.session.scalar(fitouts))


def go(desk: Desk, move: Moving, inventor: Inventor) -> None:
    """Checked by three departments, then closed: the file is bound and the unit has a new empty one."""
    tenancy = move.tenancy
    if tenancy is None or not is_settled(tenancy):
        desk.then(72, go, move, inventor)
        return
    fill_in(desk, move)
    for name, who in (("property", "周敏"), ("engineering", "李工"), ("security", "王队")):
        setattr(move, f"{name}_by", who)
    moving.amend(move, by=desk.people["supervisor"])
    desk.walk(moving.MOVES, move, "check", "supervisor")
    desk.walk(moving.MOVES, move, "close", "supervisor")
    desk.then(desk.hours(24 * 8, 24 * 30), come, tenancy.unit, inventor)


def come(desk: Desk, unit: Any, inventor: Inventor) -> None:
    """A new tenant for a free unit, with keys, cards and meters on the checklist."""
    name, name_en, industry = inventor.firm()
    clerk, begins = desk.people["clerk"], today()
    customer = customers.add_customer(
        desk.site, name, by=clerk, name_en=name_en, industry=industry, licence_number=inventor.credit_code(),
        representative=inventor.person(),
    )  # fmt: skip
    customers.set_contact(customer, "daily", inventor.person(), inventor.telephone(), by=clerk)
    customers.set_contact(customer, "emergency", inventor.person(), inventor.telephone(), by=clerk)
    lease = Tenancy(
        unit=unit, customer=customer, starts_on=begins, ends_on=begins + dt.timedelta(days=730), nameboard=name[:100],
        rent_cents=desk.chance.randint(8_000, 60_000) * 100,
    )  # fmt: skip
    customers.let_in(lease, by=clerk)
    desk.tenancies.append(lease)
    move = moving.live_moving(lease, "in")
    if move is not None:
        desk.then(4, settle_in, move)


def settle_in(desk: Desk, move: Moving) -> None:
    move.contact = move.contact or "行政"
    fill_in(desk, move)
    desk.walk(moving.MOVES, move, "check", "supervisor")
    desk.walk(moving.MOVES, move, "close", "supervisor")


def fill_in(desk: Desk, move: Moving) -> None:
    """Tick every line; of keys and cards as many as there are, of meters what they show."""
    held = keys.held(move.tenancy) if move.tenancy is not None else {}
    answers = {}
    for item in move.items:
        kind = keys.KIND_OF_SECTION.get(item.section)
        count = None if kind is None else held.pop(kind, 0) if move.kind == "out" else HANDED_OUT[item.section]
        reading = f"{desk.chance.randint(100, 9000)}.{desk.chance.randint(0, 9)}" if item.section == "meters" else ""
        answers[item.id] = moving.Answer(True, count, reading, "", item.version)
    moving.tick(move, answers, by=desk.people["clerk"])
