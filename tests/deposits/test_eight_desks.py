"""G3: 1,000 deposits refunded by eight desks at once over HTTP, with replays, double clicks and partial refunds.

`tests.deposits.desks.unguarded` switches the guards off; the same clicks then pay more than once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, text

from app.customers.models import Tenancy
from app.deposits.models import Deposit, DepositDeduction, DepositLine, DepositRefund
from app.kit.columns import now, today
from app.kit.session import db, finish_work
from tests.conftest import PASSWORD, migrate, settings
from tests.deposits import desks
from tests.deposits.desks import DESKS, Desk

pytestmark = pytest.mark.live
MANY, FEW = 1_000, 16
HELD, PART, KEPT = 100_00, 40_00, 15_00


@pytest.fixture
def house(database: str, tmp_path: Path) -> Iterator[Flask]:
    """A tenant, and eight people of each kind at the desks."""
    from app import create_app
    from app.demo import makers, tower
    from app.estate import rules as estate
    from app.security import setup

    app = create_app(settings(tmp_path, database))
    with app.app_context():
        migrate(app)
        setup.sync_permissions(app)
        cast = tower.make_cast(PASSWORD)
        site = estate.add_site("八窗大厦")
        for person in cast.values():
            estate.assign(site, person)
        makers.make_tenancy(makers.make_unit(site=site))
        finish_work()
        yield app
        db.session.remove()
        db.engine.dispose()


def desks_of(app: Flask, port: int, *names: str) -> list[Desk]:
    """Eight browsers, in turn of these people; each has logged in by itself."""
    from app.demo.makers import user
    from app.security import sessions

    cookies = [sessions.issue(user(names[place % len(names)])) for place in range(DESKS)]
    finish_work()
    return [Desk(port, f"{app.config['SESSION_COOKIE_NAME']}={cookie}") for cookie in cookies]


def approved_refunds(count: int) -> list[int]:
    """So many deposits of 100 yuan, each with an approved refund of all, of a part, or less a deduction."""
    from app.demo.makers import user

    tenancy = db.session.scalars(select(Tenancy)).one()
    there = {"site_id": tenancy.site_id, "tenancy_id": tenancy.id}
    common = {"created_at": now(), "updated_at": now(), "version": 1}
    three = {
        "asked_by_id": user("clerk").id,
        "checked_by_id": user("director").id,
        "approved_by_id": user("manager").id,
    }
    placed = there | common | {"unit_id": tenancy.unit_id}
    keys = range(1, count + 1)
    deposit = {"kind": "rent", "payable_cents": HELD, "is_owed": False, "state": "refund_approved"}
    line = {"kind": "rent", "reason": "received", "method": "cash", "amount_cents": HELD, "booked_on": today()}
    for model, rows in {
        Deposit: [placed | deposit | {"id": key, "number": f"YS-0-{key}"} for key in keys],
        DepositLine: [there | common | line | {"deposit_id": key, "receipt_number": receipt(key)} for key in keys],
        DepositRefund: [placed | three | refund_of(key) for key in keys],
        DepositDeduction: [there | common | {"refund_id": key, "amount_cents": KEPT} for key in keys if kept(key)],
    }.items():
        db.session.execute(insert(model), rows)
    finish_work()
    return list(keys)


def refund_of(key: int) -> dict[str, Any]:
    return {
        "id": key, "number": f"TK-0-{key}", "deposit_id": key, "reason": "退租", "state": "approved",
        "settled_cents": settled(key), "asked_cents": settled(key) - kept(key),
    }  # fmt: skip


def receipt(number: int) -> str:
    return f"SJ-{today().year}-{number:05d}"


def settled(key: int) -> int:
    return PART if key % 3 == 0 else HELD


def kept(key: int) -> int:
    return KEPT if key % 4 == 0 else 0


def clicks(keys: list[int], place: int) -> Iterator[tuple[int, str]]:
    """Every refund is paid by a desk, every third by another one, too; every seventh click comes twice, replayed."""
    for key in keys:
        if key % DESKS == place or (key % 3 == 0 and (key + 1) % DESKS == place):
            yield from [(key, f"desk-{place}-refund-{key}")] * (2 if key % 7 == 0 else 1)


def pay_all(app: Flask, port: int, keys: list[int]) -> list[Any]:
    def work(desk: Desk, place: int) -> Iterator[Any]:
        for key, once in clicks(keys, place):
            yield desk.post(f"/deposit-refunds/{key}/move/pay", method="transfer", once=once)

    return desks.at_once(desks_of(app, port, "clerk", "supervisor"), work)


def paid_lines() -> int:
    query = select(func.count(DepositLine.id)).where(DepositLine.reason == "refunded")
    return int(db.session.scalar(query) or 0)


@pytest.mark.timeout(600)
def test_a_thousand_deposits_are_refunded_once_by_eight_desks_at_once(
    house: Flask, database: str, tmp_path: Path
) -> None:
    keys = approved_refunds(MANY)
    with desks.serving(tmp_path, database, "guarded") as port:
        answers = pay_all(house, port, keys)
    assert len(answers) > 1.4 * MANY and {status for status, _where in answers} == {302}
    db.session.expire_all()
    paid = db.session.scalar(select(func.count(DepositRefund.id)).where(DepositRefund.state == "paid"))
    assert (paid, paid_lines()) == (MANY, MANY)
    left = {key: HELD - settled(key) for key in keys}
    total = func.sum(DepositLine.amount_cents)
    sums = db.session.execute(select(DepositLine.deposit_id, total).group_by(DepositLine.deposit_id))
    assert dict(map(tuple, sums)) == left
    back = select(func.sum(DepositLine.amount_cents)).where(DepositLine.reason == "refunded")
    assert db.session.scalar(back) == -sum(settled(key) - kept(key) for key in keys)
    states = db.session.execute(select(Deposit.state, func.count()).group_by(Deposit.state))
    partial = sum(1 for key in keys if left[key])
    assert dict(map(tuple, states)) == {"part_returned": partial, "returned": MANY - partial}


@pytest.mark.timeout(300)
def test_without_the_guards_the_same_clicks_pay_more_than_once(house: Flask, database: str, tmp_path: Path) -> None:
    """The negative control."""
    keys = approved_refunds(FEW)
    db.session.execute(text("DROP INDEX uq_deposit_line_refund_id_reason"))
    finish_work()
    with desks.serving(tmp_path, database, "unguarded") as port:
        pay_all(house, port, keys)
    assert paid_lines() > FEW
    total = func.sum(DepositLine.amount_cents)
    assert min(db.session.scalars(select(total).group_by(DepositLine.deposit_id))) < 0


@pytest.mark.timeout(300)
def test_eight_desks_receive_ask_check_approve_and_pay_at_once(house: Flask, database: str, tmp_path: Path) -> None:
    """The whole way: receipts without gaps, one refund a deposit, and nobody is two of the three."""
    from app.demo.makers import make_deposit

    tenancy = db.session.scalars(select(Tenancy)).one()
    keys = [make_deposit(tenancy, cents=HELD).id for _ in range(FEW)]
    finish_work()
    with desks.serving(tmp_path, database, "guarded") as port:
        everybody = desks_of(house, port, "clerk", "supervisor", "manager")

        def receive(desk: Desk, place: int) -> Iterator[Any]:
            for key in keys:  # three desks try to write 60 of 100 yuan: one of them is right
                if key % DESKS in (place, (place + 1) % DESKS, (place + 2) % DESKS):
                    form = {"deposit": key, "amount_cents": "60", "method": "cash", "once": f"receipt-{key}-{place}"}
                    yield from [desk.post("/deposit-lines/add", **form) for _ in range(1 + key % 2)]

        def ask(desk: Desk, place: int) -> Iterator[Any]:
            for key in keys if place % 3 == 0 else []:  # what the supervisor asks for, nobody is left to check
                yield desk.post("/deposit-refunds/add", deposit=key, reason="退租")

        for work in (receive, ask):
            desks.at_once(everybody, work)
        asked = list(db.session.scalars(select(DepositRefund.id)))
        db.session.rollback()  # outside of a request a reader holds SQLite's lock
        for name in ("check", "approve", "pay"):
            desks.at_once(everybody, lambda desk, _place, name=name: [
                desk.post(f"/deposit-refunds/{key}/move/{name}", method="cash") for key in asked
            ])  # fmt: skip
    db.session.expire_all()
    receipts = (
        select(DepositLine.receipt_number).where(DepositLine.receipt_number != "").order_by(DepositLine.receipt_number)
    )
    assert list(db.session.scalars(receipts)) == [receipt(number) for number in range(1, FEW + 1)]
    refunds = list(db.session.scalars(select(DepositRefund)))
    assert len(refunds) == FEW
    for refund in refunds:
        assert refund.state == "paid"
        assert len({refund.asked_by_id, refund.checked_by_id, refund.approved_by_id}) == 3
        assert [line.amount_cents for line in refund.deposit.lines] == [60_00, -60_00]
