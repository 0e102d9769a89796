"""Files in the search box by their number; and the live file as the page that a unit, customer or contact opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.archive.models import LIVE_STATES, File
from app.customers.models import Contact, Customer
from app.estate.models import Unit
from app.kit.labels import _l
from app.kit.session import db
from app.search.declared import Addition, By, Entry, Searched


def files(keys: Sequence[int]) -> list[Entry]:
    """A live file is found by its number, its unit or its tenant's own hit; a closed one by the tenant's name too."""
    query = (
        select(File.id, File.site_id, File.number, File.state, File.title, Unit.number, Customer.name)
        .outerjoin(Unit, File.unit_id == Unit.id)
        .outerjoin(Customer, File.customer_id == Customer.id)
        .where(File.id.in_(keys))
    )
    return [_file(*row) for row in db.session.execute(query)]


def _file(pk: int, site_id: int, number: str, state: str, title: str, unit: str | None, customer: str | None) -> Entry:
    is_live = state in LIVE_STATES
    return Entry(
        pk,
        site_id,
        number,
        " · ".join(part for part in (unit, title, customer) if part),
        numbers=[number],
        also_units=[unit] if unit else [],
        also=[*([title] if title else []), *([customer] if customer and not is_live else [])],
        is_live=is_live,
        badge="" if is_live else state,
    )


def _live_files(entries: dict[int, Entry], key: Any) -> None:
    """Have each entry open the newest live file whose `key` is the entry's record."""
    query = select(key, func.max(File.id)).where(key.in_(list(entries)), File.state.in_(LIVE_STATES)).group_by(key)
    for pk, file_id in db.session.execute(query):
        entries[pk].opens = ("file", file_id)


def open_files_of_units(units: dict[int, Entry]) -> None:
    _live_files(units, File.unit_id)


def open_files_of_customers(customers: dict[int, Entry]) -> None:
    _live_files(customers, File.customer_id)


def open_files_of_contacts(contacts: dict[int, Entry]) -> None:
    """Asked one by one inside the statement: joined, SQLite goes through all live files for a long list of keys."""
    mine = File.customer_id == Contact.customer_id
    newest = select(func.max(File.id)).where(mine, File.state.in_(LIVE_STATES)).scalar_subquery()
    for pk, file_id in db.session.execute(select(Contact.id, newest).where(Contact.id.in_(list(contacts)))):
        if file_id is not None:
            contacts[pk].opens = ("file", file_id)


SEARCHED = [
    Searched(
        kind="file",
        label=_l("File"),
        model=File,
        permission="File",
        view="FileView.show",
        entries=files,
        weight=35,
        is_numbered=True,
        badges={"closed": _l("Moved out"), "destroyed": _l("Destroyed")},
        touched_by=[
            By(File, only=("number", "state", "site_id", "unit_id", "customer_id", "title")),
            By(Unit, where=File.unit_id, gives=File.id, only=("number",)),
            By(Customer, where=File.customer_id, gives=File.id, only=("name",)),
        ],
    )
]
ADDED = [
    Addition("unit", open_files_of_units, [By(File, "unit_id", only=("state", "unit_id"))]),
    Addition("customer", open_files_of_customers, [By(File, "customer_id", only=("state", "customer_id"))]),
    Addition(
        "contact",
        open_files_of_contacts,
        [By(File, "customer_id", where=Contact.customer_id, gives=Contact.id, only=("state", "customer_id"))],
    ),
]
