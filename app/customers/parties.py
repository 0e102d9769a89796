"""The customers, contacts and live tenancies of a site as an import knows them: read once, kept up while rows go in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import defer

from app.customers.models import Contact, Customer, Tenancy
from app.estate.models import Site
from app.exchange import words
from app.kit.session import db


@dataclass
class Party:
    """A customer as rows speak of them; `said` is what a row of this import has settled.

    `id_index` is the blind index of the identity number.

    One that this import has added is kept by its `key` alone once its batch is done.
    """

    name: str
    licence: str
    representative: str
    customer: Customer | None = None
    key: int | None = None
    id_index: str = ""
    said: dict[str, str] = field(default_factory=dict)

    def record(self) -> Customer | None:
        if self.customer is None and self.key is not None:
            return db.session.get(Customer, self.key)
        return self.customer


@dataclass
class Known:
    """The site's customers, contacts and live tenancies: read once. `sealed` is filled in by the archive."""

    site: Site | None
    by_licence: dict[str, Party] = field(default_factory=dict)
    by_name: dict[str, list[Party]] = field(default_factory=lambda: defaultdict(list))
    by_customer: dict[int, Party] = field(default_factory=dict)
    live: dict[int, Tenancy] = field(default_factory=dict)
    contacts: dict[tuple[int, str], Contact] = field(default_factory=dict)
    sealed_customers: set[int] = field(default_factory=set)
    sealed_tenancies: set[int] = field(default_factory=set)
    sealed_rows: int = 0
    fresh: list[Party] = field(default_factory=list)


def prepare(site: Site | None) -> Known:
    """Four statements for the whole site."""
    known = Known(site)
    if site is None:
        return known
    query = select(Customer).where(Customer.site_id == site.id).options(defer(Customer.id_number)).order_by(Customer.id)
    for customer in db.session.scalars(query):
        index = customer.id_number_index
        told = customer.name, customer.licence_number, customer.representative
        add_party(known, Party(*told, customer, id_index=index))
    for tenancy in db.session.scalars(select(Tenancy).where(Tenancy.site_id == site.id, Tenancy.state == "live")):
        known.live[tenancy.unit_id] = tenancy
    current = select(Contact).where(Contact.site_id == site.id, Contact.until_on.is_(None)).order_by(Contact.id)
    for contact in db.session.scalars(current):
        known.contacts[contact.customer_id, contact.role] = contact
    return known


def add_party(known: Known, party: Party) -> Party:
    if party.licence:
        known.by_licence.setdefault(party.licence, party)
    known.by_name[words.fold(party.name)].append(party)
    if party.customer is not None:
        known.by_customer[party.customer.id] = party
    return party


def forget(known: Known) -> None:
    """After a rolled back savepoint: drop what was made in it."""
    for party in known.fresh:
        party.customer = None
    known.fresh.clear()


def release(known: Known) -> None:
    """After a batch: keep keys instead of records."""
    for party in known.fresh:
        party.key, party.customer = party.customer.id if party.customer else None, None
    known.fresh.clear()
