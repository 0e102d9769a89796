"""A year of the made-up tower: hundreds of repairs, complaints and visits, money and works, in the order they came."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import select

from app.customers.models import Tenancy
from app.demo import desk as desks
from app.demo import phrases, tenants, works
from app.demo.campaigns import live_campaigns
from app.demo.desk import Desk
from app.demo.fonds import live_fonds
from app.demo.handovers import live_handovers
from app.demo.loans import live_loans
from app.demo.lookups import live_lookups
from app.demo.market import live_market
from app.demo.names import Inventor
from app.demo.privacy import live_privacy
from app.demo.registers import live_registers
from app.demo.retention import live_retention
from app.demo.storage import live_storage
from app.demo.timeline import Timeline, in_hours
from app.demo.trades import live_trades
from app.deposits.models import Deposit
from app.estate.models import Site
from app.kit.columns import DESK_TIME, now
from app.kit.session import db
from app.repairs.kinds import default_kinds

DAYS = 365
# how many of each there are in a year
REPAIRS, COMPLAINTS, APPLICATIONS, DEPOSITS, VIOLATIONS, LEAVERS = 860, 225, 130, 40, 6, 7

LIVES = (
    live_lookups,
    live_storage,
    live_loans,
    live_handovers,
    live_retention,
    live_privacy,
)
LIVES_OF_TRADES = (live_campaigns, live_trades, live_market, live_registers, live_fonds)


def live(site: Site, people: dict[str, Any], days: int = DAYS) -> None:
    """Live through the last `days` days at this site; what is not over by now is what the desk has in hand."""
    default_kinds()
    live_ones = select(Tenancy).where(Tenancy.site_id == site.id, Tenancy.state == "live").order_by(Tenancy.id)
    desk = Desk(site, people, list(db.session.scalars(live_ones)), random.Random(19), Timeline(now()))
    inventor = Inventor(23)
    for count, act in (
        (REPAIRS, partial(desks.report, desk)),
        (COMPLAINTS, partial(desks.complain, desk)),
        (APPLICATIONS, partial(tenants.apply, desk)),
        (DEPOSITS, partial(works.ask_deposit, desk)),
        (VIOLATIONS, partial(tenants.break_a_rule, desk)),
        (LEAVERS, partial(tenants.leave, desk, inventor)),
    ):
        for _ in range(round(count * days / DAYS)):
            desk.timeline.at(_ago(desk, desk.chance.uniform(0, days)), act)
    for back, planned in [*_rounds(desk, days), *_letters(desk, days), *_works(desk, days, inventor)]:
        desk.timeline.at(_ago(desk, back), planned)
    for plan in LIVES if days else ():
        for back, planned in plan(desk, days):
            desk.timeline.at(_ago(desk, back), planned)
    desk.timeline.live()


def _ago(desk: Desk, days: float) -> dt.datetime:
    """So many days before the end, in the desk's hours."""
    return in_hours(desk.timeline.end - dt.timedelta(days=days))


Planned = Iterator[tuple[float, Callable[[], None]]]  # days before the end, and what happens then


def _rounds(desk: Desk, days: int) -> Planned:
    """A round of visits each quarter, the last one under way; one before the spring festival."""
    floors = sorted({tenancy.unit.floor.name for tenancy in desk.tenancies}, key=lambda name: (len(name), name))
    for place, (back, share) in enumerate(((360, 0.97), (270, 0.95), (180, 0.96), (90, 0.94), (21, 0.55))):
        begins = (desk.timeline.end - dt.timedelta(days=back)).astimezone(DESK_TIME)
        name = f"{begins.year}年第{(begins.month - 1) // 3 + 1}季度走访"
        if back <= days:
            third = " ".join(floors[place % 3 :: 3])
            yield back, partial(desks.round_of_visits, desk, name, "quarterly", third, 45, share)
    if days >= 300:
        yield 290, partial(desks.round_of_visits, desk, "春节前慰问走访", "holiday", " ".join(floors[:6]), 10, 1)


def _letters(desk: Desk, days: int) -> Planned:
    """A notice a month, and each quarter's charges."""
    for place, back in enumerate(range(days - 12, 5, -31)):
        yield back, partial(tenants.announce, desk, *phrases.NOTICES[place % len(phrases.NOTICES)])
    for back in range(days - 20, 5, -90):
        yield back, partial(tenants.charge_quarter, desk)


def _works(desk: Desk, days: int, inventor: Inventor) -> Planned:
    """Fit-outs over the year, and one in every state now; deposits on their way back."""
    early = works.ENDS[: round(len(works.ENDS) * max(0, days - 110) / (DAYS - 110))]
    for place, end in enumerate(early):
        yield 100 + (days - 110) * (1 - place / len(early)), partial(works.apply, desk, inventor, end)
    for place, end in enumerate(works.LAST if days >= 80 else ()):
        back = 5 if end in ("reviewed", "applied") else 70 - 60 * place / len(works.LAST)
        yield back, partial(works.apply, desk, inventor, end)
    for place, stops_at in enumerate(("check", "approve", "pay", "paid", "paid")):
        yield 3 + 2 * place, partial(_return_one, desk, stops_at)


def _return_one(desk: Desk, stops_at: str) -> None:
    """A small deposit that is held goes back."""
    held = (Deposit.site_id == desk.site.id, Deposit.state == "received", Deposit.kind.in_(("key", "card")))
    deposit = db.session.scalars(select(Deposit).where(*held).order_by(Deposit.id)).first()
    if deposit is not None:
        works.give_back(desk, deposit, "客户退还钥匙及门禁卡", stops_at)
