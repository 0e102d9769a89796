"""Lines that no deposit has yet get one, by tenant and kind, in both directions and on both databases."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select

import config
from app.customers.models import Tenancy
from app.demo import makers
from app.deposits.models import Deposit, DepositLine
from app.kit.columns import today
from app.kit.session import db, finish_work

pytestmark = pytest.mark.live
MIGRATIONS = str(config.ROOT / "migrations")
BEFORE = "7c1f0a9d2b44"


def line(tenancy: object, kind: str, reason: str, cents: int) -> DepositLine:
    return DepositLine(
        tenancy=tenancy, site_id=tenancy.site_id, kind=kind, reason=reason, amount_cents=cents, booked_on=today()  # type: ignore[attr-defined]
    )  # fmt: skip


def test_lines_of_the_roster_get_their_deposits_and_nothing_is_lost_on_the_way_down(empty_console: Flask) -> None:
    one, two = makers.make_tenancy(), makers.make_tenancy()
    makers.make_deposit(one, "card", 500, received=200)
    db.session.add_all(
        [line(one, "rent", "opening", 1_000), line(one, "rent", "correction", -100), line(one, "key", "opening", 50)]
    )
    db.session.add_all([line(two, "rent", "opening", 800), line(two, "rent", "refunded", -800)])
    finish_work()
    first, second = one.id, two.id
    before = [(each.id, each.amount_cents) for each in db.session.scalars(select(DepositLine).order_by(DepositLine.id))]
    db.session.remove()
    downgrade(directory=MIGRATIONS, revision=BEFORE)
    for _ in range(2):
        db.session.remove()
        upgrade(directory=MIGRATIONS)
        found = {
            (deposit.tenancy_id, deposit.kind): (deposit.payable_cents, deposit.held_cents, deposit.state)
            for deposit in db.session.scalars(select(Deposit))
        }
        assert found == {
            (first, "card"): (500, 200, "part"),
            (first, "rent"): (900, 900, "received"),
            (first, "key"): (50, 50, "received"),
            (second, "rent"): (800, 0, "returned"),
        }
        assert not db.session.scalars(select(DepositLine.id).where(DepositLine.deposit_id.is_(None))).all()
        lines = db.session.scalars(select(DepositLine).order_by(DepositLine.id))
        assert [(each.id, each.amount_cents) for each in lines] == before
        db.session.remove()
        downgrade(directory=MIGRATIONS, revision=BEFORE)
    upgrade(directory=MIGRATIONS)
    tenancy = db.session.get_one(Tenancy, first)
    numbers = list(db.session.scalars(select(Deposit.number).where(Deposit.site_id == tenancy.site_id)))
    assert makers.make_deposit(tenancy, "permit").number not in numbers
    assert len(set(numbers)) == 3
    db.session.rollback()
