"""What a roster says of deposits: opening lines of the ledger."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select, update

from app.customers.models import Tenancy
from app.deposits import rules
from app.deposits.models import DEPOSIT_KINDS, DepositLine
from app.estate.models import Counter, Site
from app.estate.numbers import next_number
from app.exchange.fields import VACANT, Field, Row, said
from app.kit import fresh
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.session import db

PLACE = 40
UNSYNCED = {"synchronize_session": False}
NAMES = {
    "rent": said(
        "租赁押金 租金押金 押金 房屋押金 房租押金 保证金 租赁保证金 履约保证金 租赁按金 按金 租约按金",
        "合同押金 押金/租赁 押金/租金 押金/租赁押金 rentdeposit securitydeposit deposit rentaldeposit",
    ),
    "fitout": said(
        "装修押金 装修保证金 二装押金 二次装修押金 装修按金 押金/装修 押金/装修押金 fit-outdeposit",
        "fitoutdeposit decorationdeposit renovationdeposit",
    ),
    "permit": ("证件押金", "施工证押金", "出入证押金", "押金/证件", "permit deposit"),
    "key": ("钥匙押金", "押金/钥匙", "key deposit"),
    "card": said("门禁卡押金 门禁押金 门卡押金 押金/门禁卡 accesscarddeposit carddeposit"),
}
FIELDS = [
    Field(f"deposit_{kind}", DEPOSIT_KINDS[kind], names, kind="money", once=True, sealed=True)
    for kind, names in NAMES.items()
]


@dataclass
class Numbers:
    """Numbers for a batch of opening deposits: the counter is held by the first and set once at the end."""

    site_id: int
    first: int
    given: int = 0

    def next(self) -> str:
        self.given += 1
        return f"{rules.SERIES}-{today().year}-{self.first + self.given - 1:05d}"

    def settle(self) -> None:
        """The counter goes on after the last number given."""
        mine = (Counter.site_id == self.site_id, Counter.series == rules.SERIES, Counter.year == today().year)
        last = self.first + self.given - 1
        db.session.execute(update(Counter).where(*mine).values(last=last), execution_options=UNSYNCED)


@dataclass
class Known:
    """Cents held by tenancy and kind, and where the desk has booked since the roster was brought in."""

    held: dict[tuple[int, str], int] = field(default_factory=lambda: defaultdict(int))
    moved: set[tuple[int, str]] = field(default_factory=set)
    sealed: set[int] = field(default_factory=set)
    numbers: Numbers | None = None


def prepare(site: Site | None) -> Known:
    """One statement for the whole site."""
    known = Known()
    if site is None:
        return known
    query = (
        select(DepositLine.tenancy_id, DepositLine.kind, DepositLine.reason, func.sum(DepositLine.amount_cents))
        .where(DepositLine.site_id == site.id)
        .group_by(DepositLine.tenancy_id, DepositLine.kind, DepositLine.reason)
    )
    for tenancy, kind, reason, cents in db.session.execute(query):
        known.held[tenancy, kind] += int(cents)
        if reason not in ("opening", "correction"):
            known.moved.add((tenancy, kind))
    return known


def tell(knowns: dict[str, Any], site: Site | None) -> None:
    """Amounts of a sealed tenancy are neither compared nor changed."""
    knowns["deposits"].sealed = knowns["customers"].sealed_tenancies


def plan(row: Row, known: Known) -> None:
    """Compare what the row says is held with the ledger."""
    if row.state == VACANT or row.is_wrong:
        return
    tenancy: Tenancy | None = row.plan.get("tenancy")
    wanted: dict[str, int] = {}
    for kind in NAMES:
        cents = row.get(f"deposit_{kind}", None)
        if cents is None or (tenancy is not None and tenancy.id in known.sealed):
            continue
        held = known.held[tenancy.id, kind] if tenancy is not None else 0
        if cents == held:
            continue
        if tenancy is not None and (tenancy.id, kind) in known.moved:
            row.warn(_l("The ledger has moved on since the roster: this deposit was left alone."), f"deposit_{kind}")
            continue
        wanted[kind] = cents
        row.change(DEPOSIT_KINDS[kind], f"{held / 100:,.2f}", f"{cents / 100:,.2f}")
    row.plan["deposits"] = wanted


def apply(row: Row, known: Known, *, by: Any = None) -> None:
    """Opening deposits for a new tenancy; for one that has lines, what the ledger's own rule makes of it."""
    if row.state == VACANT:
        return
    tenancy: Tenancy = row.plan["tenancy"]
    for kind, cents in row.plan["deposits"].items():
        if not row.is_new:
            release(known)
            rules.state_of_roster(tenancy, kind, cents, by=by)
            continue
        deposit = rules.opening(tenancy, kind, cents, _number(tenancy, known), fresh.new)
        line = fresh.new(
            DepositLine, site_id=tenancy.site_id, tenancy=tenancy, deposit=deposit, kind=kind, reason="opening",
            amount_cents=cents, booked_on=today(),
        )  # fmt: skip
        row.note("book", line, {"kind": kind, "reason": "opening"})


def _number(tenancy: Tenancy, known: Known) -> str:
    if known.numbers is None:
        known.numbers = Numbers(tenancy.site_id, next_number(tenancy.site_id, rules.SERIES))
    return known.numbers.next()


def release(known: Known) -> None:
    """After a batch: the counter says what was given."""
    if known.numbers is not None:
        known.numbers.settle()
        known.numbers = None


def forget(known: Known) -> None:
    """After a rolled back savepoint: its numbers were never given."""
    known.numbers = None
