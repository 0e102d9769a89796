"""Makers of records for tests and the demo: each fills in what is not said."""

from __future__ import annotations

import itertools
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from app.archive import rules as archive
from app.archive import schemes
from app.archive.models import Document, File
from app.customers import rules as customers
from app.customers.models import Customer, Tenancy
from app.deposits import refunds
from app.deposits import rules as deposits
from app.deposits.models import Deposit, DepositRefund
from app.estate import rules as estate
from app.estate.models import Floor, Site, Unit
from app.handovers import rules as handovers
from app.handovers.models import Handover
from app.kit.session import db
from app.lookups import rules as lookups
from app.lookups.models import LookupRequest

_numbers = itertools.count(1)


def user(name: str) -> User:
    """One of the cast: clerk, supervisor, manager, director, archivist, auditor, admin."""
    found = db.session.scalar(select(User).where(User.username == name))
    if found is None:
        raise LookupError(f"nobody is called {name}")
    return found


def make_site(name: str = "", **more: Any) -> Site:
    """A site; its name is made unique."""
    return estate.add_site(name or f"测试大厦{next(_numbers)}", **more)


def make_floor(site: Site | None = None, name: str = "5F") -> Floor:
    return estate.find_or_add_floor(estate.find_or_add_building(site or make_site()), name)


def make_unit(number: str = "", *, floor: Floor | None = None, site: Site | None = None, **more: Any) -> Unit:
    floor = floor or make_floor(site)
    return estate.add_unit(floor, number or f"05{next(_numbers):02d}", **{"area_dm2": 12_345, **more})


def make_customer(name: str = "瑞恒科技有限公司", *, site: Site | None = None, **more: Any) -> Customer:
    return customers.add_customer(site or make_site(), name, **more)


def make_tenancy(unit: Unit | None = None, customer: Customer | None = None, **more: Any) -> Tenancy:
    """A tenant in a unit; the unit's file opens with it."""
    make_scheme()
    unit = unit or make_unit()
    return customers.let_in(Tenancy(unit=unit, customer=customer or make_customer(site=unit.site), **more))


def make_scheme() -> None:
    """The shipped schemes, loaded once."""
    for path in schemes.shipped():
        schemes.load(path)


def make_file(unit: Unit | None = None, tenancy: Tenancy | None = None, *, by: Any = None) -> File:
    """A live file with a tenant in it, kept by `by`."""
    file = archive.live_file((tenancy or make_tenancy(unit)).unit)
    assert file is not None
    file.custodian_id = getattr(by, "id", None)
    return file


def make_document(file: File | None = None, paper_class: str = "licence", **more: Any) -> Document:
    document = Document(file=file or make_file(), paper_class=paper_class, **{"title": "", "ink_is_good": True, **more})
    return archive.add_document(document)


def make_filed_file(unit: Unit | None = None, *, by: Any = None) -> File:
    """A sealed file with one paper in it."""
    file = make_file(unit, by=by)
    make_document(file)
    archive.file_away(file, by=by)
    file.state = "filed"
    db.session.flush()
    return file


def make_request(file: File, by: User, *, hours: int = 8, purpose: str = "核对合同") -> LookupRequest:
    return lookups.ask(LookupRequest(file=file, purpose=purpose, hours=hours), by=by)


def make_handover(site: Site, giver: User, receiver: User, supervisor: User) -> Handover:
    handover = Handover(
        site_id=site.id, giver_id=giver.id, receiver_id=receiver.id, supervisor_id=supervisor.id, reason="岗位调整"
    )
    return handovers.draw_up(handover, by=giver)


def make_deposit(
    tenancy: Tenancy | None = None, kind: str = "rent", cents: int = 1_000_000, *, received: int = 0, by: Any = None,
    **more: Any,
) -> Deposit:  # fmt: skip
    """A deposit that is due, with so much of it received."""
    tenancy = tenancy or make_tenancy()
    deposit = Deposit(unit=tenancy.unit, tenancy=tenancy, kind=kind, payable_cents=cents, **more)
    deposits.demand(deposit, by=by)
    if received:
        deposits.receive(deposit, received, "transfer", by=by)
    return deposit


def make_refund(deposit: Deposit | None = None, *, by: Any = None, **more: Any) -> DepositRefund:
    """A refund that is asked for; of all that is held unless `settled_cents` says less."""
    deposit = deposit or make_deposit(received=1_000_000)
    return refunds.ask(DepositRefund(deposit=deposit, **{"reason": "退租", **more}), by=by)
