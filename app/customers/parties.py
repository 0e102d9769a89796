"""The customers, contacts and live tenancies of a site as an import knows them: read once, kept up while rows go in."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import defer

from app.customers.models import Contact, Customer, Tenancy
from app.estate.models import Site
from app.exchange import words
from app.kit.session import db

NOT_SAID = -(1 << 63)
FACTS = ("licence", "representative", "id_index")
SAID = (
    "name", "name_en", "licence", "industry", "representative", "id_number", "daily_name", "daily_phone",
    "emergency_name", "emergency_phone", "finance_name", "finance_phone",
)  # fmt: skip
AT = {("fact", name): at for at, name in enumerate(FACTS)} | {
    ("said", key): at for at, key in enumerate(SAID, start=len(FACTS))
}


def mark(value: str) -> int:
    """What is only ever compared is kept as 64 bits: a long sheet has a hundred thousand tenants. 0 is nothing."""
    return (hash(value) or 1) if value else 0


class Party:
    """A customer as rows speak of them: three facts to know them by, and what a row of this import has settled.

    `id_index` is the blind index of the identity number. One that this import has added is kept by its `key` alone
    once its batch is done. Namesakes hang one on the other; the first knows the last.
    """

    __slots__ = ("customer", "key", "last", "marks", "namesake")

    def __init__(self, licence: str, representative: str, id_index: str, customer: Customer | None = None) -> None:
        self.customer = customer
        self.key: int | None = None
        self.namesake: Party | None = None
        self.last: Party | None = None
        self.marks = array("q", [mark(licence), mark(representative), mark(id_index), *[NOT_SAID] * len(SAID)])

    def has(self, fact: str) -> bool:
        return self.marks[AT["fact", fact]] != 0

    def differs(self, fact: str, value: str) -> bool:
        return self.marks[AT["fact", fact]] != mark(value)

    def learn(self, fact: str, value: str) -> None:
        if not self.has(fact):
            self.marks[AT["fact", fact]] = mark(value)

    def settles(self, key: str, folded: str) -> bool | None:
        """None for the first row that says a thing; afterwards whether another says the same."""
        at = AT["said", key]
        if self.marks[at] == NOT_SAID:
            self.marks[at] = mark(folded)
            return None
        return self.marks[at] == mark(folded)

    def record(self) -> Customer | None:
        if self.customer is None and self.key is not None:
            return db.session.get(Customer, self.key)
        return self.customer


@dataclass
class Known:
    """The site's customers, contacts and live tenancies: read once. `sealed` is filled in by the archive."""

    site: Site | None
    by_licence: dict[int, Party] = field(default_factory=dict)
    by_name: dict[int, Party] = field(default_factory=dict)
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
        told = customer.licence_number, customer.representative, customer.id_number_index
        add_party(known, customer.name, customer.licence_number, Party(*told, customer))
    for tenancy in db.session.scalars(select(Tenancy).where(Tenancy.site_id == site.id, Tenancy.state == "live")):
        known.live[tenancy.unit_id] = tenancy
    current = select(Contact).where(Contact.site_id == site.id, Contact.until_on.is_(None)).order_by(Contact.id)
    for contact in db.session.scalars(current):
        known.contacts[contact.customer_id, contact.role] = contact
    return known


def namesakes(known: Known, name: str) -> Iterator[Party]:
    party = known.by_name.get(mark(words.fold(name)))
    while party is not None:
        yield party
        party = party.namesake


def add_party(known: Known, name: str, licence: str, party: Party) -> Party:
    if licence:
        known.by_licence.setdefault(mark(licence), party)
    first = known.by_name.setdefault(mark(words.fold(name)), party)
    if first is not party:
        (first.last or first).namesake = first.last = party
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
