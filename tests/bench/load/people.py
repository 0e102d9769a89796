"""Thirty accounts in a seeded house, in the proportions of a real desk, and what each of them knows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.archive.models import File
from app.customers.models import Customer, Tenancy
from app.deposits import rules as deposits
from app.deposits.models import Deposit
from app.estate import rules as estate_rules
from app.estate.models import Site, Unit
from app.kit.session import db, finish_work
from app.security import accounts
from tests.bench import estate

DESK = {"clerk": 20, "technician": 4, "supervisor": 2, "manager": 1, "director": 1, "archivist": 1, "auditor": 1}
PASSWORD = "Dreissig-Tische-am-Morgen-7"
KNOWN = 60  # units that one desk knows
PAYABLE = 10**9  # cents: more than a desk takes in

Told = dict[str, Any]


def furnish(desks: int = sum(DESK.values())) -> list[Told]:
    """Open the accounts, assign them, give each a deposit to take money for; what each one knows, as JSON holds it."""
    sites = list(db.session.scalars(select(Site).where(Site.id <= estate.SITES).order_by(Site.id)))
    people, technicians = [], []
    roles = _roles(desks)
    for at, (role, place) in enumerate(roles):
        name = f"{role}{place:02d}"
        person = accounts.open_account(name, f"窗口{at + 1:02d}", [role], PASSWORD)
        mine = [sites[at % len(sites)]] if role == "clerk" else sites
        for site in mine:
            estate_rules.assign(site, person)
        technicians += [str(person.id)] if role == "technician" else []
        told = {"username": name, "name": f"窗口{at + 1:02d}", "role": role, "place": place}
        told["of"] = sum(other == role for other, _place in roles)
        units = _units([site.id for site in mine], at)
        people.append(told | {"units": units, "deposit": _deposit(units[0][0], person), "technicians": technicians})
    finish_work()
    return people


def _roles(desks: int) -> list[tuple[str, int]]:
    """(role, place among those of the same) of so many; one of each first, then in the proportions of a real desk."""
    times = -(-desks // sum(DESK.values()))
    all_of_them = [(role, place) for role, of in DESK.items() for place in range(of * times)]
    return sorted(all_of_them, key=lambda each: each[1] / DESK[each[0]])[:desks]


def _units(sites: list[int], at: int) -> list[tuple[int, str, str]]:
    """(key, number, tenant) of units at these sites, others for each desk."""
    query = (
        select(Unit.id, Unit.number, Customer.name)
        .join(Tenancy, (Tenancy.unit_id == Unit.id) & (Tenancy.state == "live"))
        .join(Customer, Customer.id == Tenancy.customer_id)
        .join(File, (File.unit_id == Unit.id) & (File.id == Unit.id))
        .where(Unit.site_id.in_(sites), Unit.id > 1)  # the first has 500 events: nobody's usual day
        .order_by((Unit.id * 7919 + at * 104_729) % 10_007)
        .limit(KNOWN)
    )
    return [(key, number, tenant) for key, number, tenant in db.session.execute(query)]


def _deposit(unit: int, by: Any) -> int:
    tenancy = db.session.scalars(select(Tenancy).where(Tenancy.unit_id == unit, Tenancy.state == "live")).one()
    deposit = Deposit(unit=tenancy.unit, tenancy=tenancy, kind="rent", payable_cents=PAYABLE)
    deposits.demand(deposit, by=by)
    return int(deposit.id)
