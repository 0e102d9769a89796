"""Customers, their contacts and tenancies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app.customers.models import Contact, Customer, Tenancy
from app.estate.models import Site, Unit
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit, crypto, gate

# What rooms above do when somebody moves in: follow(tenancy, by=user). Handed in by create_app.
moved_in: list[Callable[..., Any]] = []
moved_out: list[Callable[..., Any]] = []  # and when somebody has left


def add_customer(site: Site, name: str, *, by: Any = None, **more: Any) -> Customer:
    """A new customer of a site. `id_number` is encrypted and indexed blindly."""
    customer = Customer(site_id=site.id, site=site, name=name, **more)
    keep_customer(customer)
    db.session.add(customer)
    db.session.flush()
    audit.write("add", customer, {}, by=by)
    return customer


def keep_customer(customer: Customer, *, by: Any = None) -> None:
    """What always holds for a customer, typed or imported."""
    if not (customer.name or "").strip():
        raise RuleError(_l("A customer needs a name."), field="name")
    customer.id_number_index = crypto.blind_index("customer.id_number", customer.id_number or "")


def let_in(tenancy: Tenancy, *, by: Any = None) -> Tenancy:
    """Let a customer into a unit, which must be free; the rooms above follow (the archive opens the file)."""
    with db.session.no_autoflush:
        _check_move_in(tenancy)
    db.session.add(tenancy)
    db.session.flush()
    audit.write("move_in", tenancy, {"unit": tenancy.unit.number}, by=by)
    for follow in moved_in:
        follow(tenancy, by=by)
    return tenancy


def _check_move_in(tenancy: Tenancy) -> None:
    unit, customer = tenancy.unit, tenancy.customer
    if unit is None or customer is None:
        raise RuleError(_l("A tenancy needs a unit and a customer."), field="unit")
    if live_tenancy(unit) is not None:
        raise RuleError(_l("This unit is let already: the tenant must move out first."), field="unit")
    if unit.site_id != customer.site_id:
        raise RuleError(_l("Unit and customer belong to different sites."), field="customer")
    if gate.is_sealed(customer):  # a new open file would unseal what the filed ones keep back
        raise RuleError(_l("This customer's file is sealed: ask to read it first."), field="customer")
    tenancy.site_id, tenancy.state = unit.site_id, "live"
    check_dates(tenancy)


def check_dates(tenancy: Tenancy, *, by: Any = None) -> None:
    """A lease ends after it begins."""
    if tenancy.starts_on and tenancy.ends_on and tenancy.ends_on < tenancy.starts_on:
        raise RuleError(_l("The lease ends before it begins."), field="ends_on")


def live_tenancy(unit: Unit) -> Tenancy | None:
    """Who is in the unit now, or None."""
    return db.session.scalar(select(Tenancy).where(Tenancy.unit_id == unit.id, Tenancy.state == "live"))


def end_tenancy(tenancy: Tenancy, *, by: Any = None, on: dt.date | None = None) -> None:
    """The customer has moved out."""
    if tenancy.state != "live":
        raise RuleError(_l("This tenancy has ended already."))
    tenancy.state, tenancy.moved_out_on = "ended", on or today()
    db.session.flush()
    audit.write("move_out", tenancy, {"on": str(tenancy.moved_out_on)}, by=by)
    for follow in moved_out:
        follow(tenancy, by=by)


def current_contact(customer: Customer, role: str) -> Contact | None:
    """The contact of that role who is not replaced."""
    return next((c for c in reversed(customer.contacts) if c.role == role and c.until_on is None), None)


def caller_of(unit: Unit | None) -> Contact | None:
    """Who usually speaks for the unit: the daily contact of its tenant; None where nobody is there or known."""
    tenancy = live_tenancy(unit) if unit is not None else None
    return current_contact(tenancy.customer, "daily") if tenancy is not None else None


def set_contact(
    customer: Customer, role: str, name: str, phone: str, *, by: Any = None, on: dt.date | None = None
) -> Contact:
    """Name the contact of a role. A changed one ends the line before it (P7.02 日常联系人变迁)."""
    old = current_contact(customer, role)
    if old is not None and (old.name, old.phone) == (name, phone):
        return old
    if not name.strip() and not phone.strip():
        raise RuleError(_l("A contact needs a name or a telephone."), field="name")
    when = on or today()
    if old is not None:
        old.until_on = when
    contact = Contact(
        site_id=customer.site_id, customer=customer, role=role, name=name, phone=phone, from_on=when if old else None
    )
    db.session.add(contact)
    db.session.flush()
    audit.write("contact", customer, {"role": role, "replaced": old.id if old else None}, by=by)
    return contact


def add_contact(contact: Contact, *, by: Any = None) -> None:
    """A contact typed in on screen: ends the one of that role before it."""
    if contact.customer is None:
        raise RuleError(_l("Choose a customer."), field="customer")
    contact.site_id = contact.customer.site_id
    others = [c for c in contact.customer.contacts if c is not contact and c.role == contact.role]
    for old in others:
        if old.until_on is None:
            old.until_on = contact.from_on = today()


def rename(customer: Customer, name: str, *, by: Any = None) -> None:
    """A customer takes a new name; labels that show the old one ask to be reprinted (P10.05)."""
    if not name.strip():
        raise RuleError(_l("A customer needs a name."), field="name")
    if name == customer.name:
        return
    before, customer.name = customer.name, name
    db.session.flush()
    names = {"from": before, "to": name} if customer.kind == "firm" else {}  # a person's name stays out of the audit
    audit.write("rename", customer, names, by=by)
