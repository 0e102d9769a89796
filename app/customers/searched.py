"""Customers and their contacts in the search box; a unit's hit says who is in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from app.customers.models import Contact, Customer, Tenancy
from app.estate.models import Unit
from app.kit.labels import _l
from app.kit.session import db
from app.search.declared import Addition, By, Entry, Searched


def customers(keys: Sequence[int]) -> list[Entry]:
    """By name, English name, name board and licence. Who has moved out of everything ranks lower."""
    columns = (Customer.id, Customer.site_id, Customer.kind, Customer.name, Customer.name_en, Customer.licence_number)
    query, tenancies = select(*columns).where(Customer.id.in_(keys)), _tenancies(keys)
    return [
        _customer(Entry(pk, site_id, name, names=[name, name_en], numbers=[licence]), kind, name_en, tenancies[pk])
        for pk, site_id, kind, name, name_en, licence in db.session.execute(query)
    ]


def _tenancies(keys: Sequence[int]) -> dict[int, list[tuple[str, str, str]]]:
    """(state, unit number, name board) of each tenancy, by customer."""
    query = (
        select(Tenancy.customer_id, Tenancy.state, Unit.number, Tenancy.nameboard)
        .join(Unit, Tenancy.unit_id == Unit.id)
        .where(Tenancy.customer_id.in_(keys))
        .order_by(Unit.number, Tenancy.id)
    )
    found: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for customer_id, state, number, nameboard in db.session.execute(query):
        found[customer_id].append((state, number, nameboard))
    return found


def _customer(entry: Entry, kind: str, name_en: str, tenancies: list[tuple[str, str, str]]) -> Entry:
    live = [(number, nameboard) for state, number, nameboard in tenancies if state == "live"]
    entry.is_person = kind == "person"
    entry.is_live = bool(live) or not tenancies
    entry.badge = "" if entry.is_live else "former"
    entry.also_units = [number for number, _nameboard in live]
    entry.also = [nameboard for _number, nameboard in live if nameboard]
    shown = [*entry.also_units[:6], *(["…"] if len(live) > 6 else [])]
    entry.subtitle = " · ".join(part for part in (" ".join(shown), name_en) if part)
    return entry


def contacts(keys: Sequence[int]) -> list[Entry]:
    """By name and telephone, as long as nobody replaced them: a sealed file keeps its former contacts to itself."""
    query = (
        select(Contact.id, Contact.site_id, Contact.name, Contact.phone, Customer.id, Customer.name)
        .join(Customer, Contact.customer_id == Customer.id)
        .where(Contact.id.in_(keys), Contact.until_on.is_(None))
    )
    return [
        Entry(
            pk, site_id, name or phone, customer, names=[name], phones=[phone], is_person=True,
            opens=("customer", customer_id),
        )
        for pk, site_id, name, phone, customer_id, customer in db.session.execute(query)
    ]  # fmt: skip


def name_tenants(units: dict[int, Entry]) -> None:
    """A unit's hit begins its second line with the tenant."""
    query = (
        select(Tenancy.unit_id, Customer.name)
        .join(Customer, Tenancy.customer_id == Customer.id)
        .where(Tenancy.state == "live", Tenancy.unit_id.in_(list(units)))
    )
    for unit_id, name in db.session.execute(query):
        units[unit_id].subtitle = f"{name} · {units[unit_id].subtitle}"


SEARCHED = [
    Searched(
        kind="customer",
        label=_l("Customer"),
        model=Customer,
        permission="Customer",
        view="CustomerView.show",
        entries=customers,
        weight=30,
        badges={"former": _l("Moved out")},
        touched_by=[
            By(Customer, only=("name", "name_en", "kind", "licence_number", "site_id")),
            By(Tenancy, "customer_id", only=("state", "unit_id", "customer_id", "nameboard")),
            By(Unit, where=Tenancy.unit_id, gives=Tenancy.customer_id, only=("number",)),
        ],
    ),
    Searched(
        kind="contact",
        label=_l("Contact"),
        model=Contact,
        permission="Contact",
        view="ContactView.show",
        entries=contacts,
        weight=20,
        touched_by=[
            By(Contact, only=("name", "phone", "until_on", "customer_id", "site_id")),
            By(Customer, where=Contact.customer_id, gives=Contact.id, only=("name",)),
        ],
    ),
]
ADDED = [
    Addition(
        kind="unit",
        amend=name_tenants,
        touched_by=[
            By(Tenancy, "unit_id", only=("state", "unit_id", "customer_id")),
            By(Customer, where=Tenancy.customer_id, gives=Tenancy.unit_id, only=("name",)),
        ],
    )
]
