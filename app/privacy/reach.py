"""What the console holds about one person: found from the models' foreign keys, never from a list of tables.

From the customer down: every row that names a reached row by a key belongs to them, unless it names another
customer's tenancy, file or customer itself. One contact's share of it is what names that contact, by key or by words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import JSON, ForeignKeyConstraint, String, Table, Text, cast, exists, or_, select

from app.archive.models import File
from app.customers.models import Contact, Customer
from app.kit.session import db
from app.privacy.register import all_models, attribute_of, personal, table_of
from app.search.models import SearchEntry
from app.security.models import CanonicalJson

OWNERS = {"customer_id": "customer", "tenancy_id": "tenancy", "file_id": "file"}
SHORTEST = 2  # characters of a name that is looked for in words
SOURCES = {"customer": ("name", "name_en", "representative"), "contact": ("name",)}
NUMBERS = {"customer": ("id_number",), "contact": ("phone", "email")}

Reached = dict[str, set[int]]  # table -> keys of its rows


def rows_of(customer: Customer) -> Reached:
    """Every row about the customer, their contacts and tenancies."""
    reached: Reached = {"customer": {customer.id}}
    for table in Model.metadata.sorted_tables:
        if table.name == "customer" or "id" not in table.c:
            continue
        if named := _named(table, reached):
            keys = set(db.session.scalars(select(table.c.id).where(or_(*named), *_nobody_elses(table, reached))))
            reached |= {table.name: keys} if keys else {}
    return reached


def _named(table: Table, reached: Reached) -> list[Any]:
    """The conditions under which a row names what is reached already, by its key or by what else tells it."""
    return [
        _names(key, reached[key.referred_table.name])
        for key in table.foreign_key_constraints
        if key.referred_table is not table and key.referred_table.name in reached
    ]


def _names(key: ForeignKeyConstraint, there: set[int]) -> Any:
    """The row's foreign key is that of one of these rows; a key of several columns (site and number) as a whole."""
    told = {each.column.name: each.parent for each in key.elements}
    if "id" in told:
        return told["id"].in_(there)
    same = (column == key.referred_table.c[name] for name, column in told.items())
    return exists().where(key.referred_table.c.id.in_(there), *same)


def _nobody_elses(table: Table, reached: Reached) -> Iterator[Any]:
    """The row names no other owner."""
    for name, owner in OWNERS.items():
        if name in table.c:
            yield or_(table.c[name].is_(None), table.c[name].in_(reached.get(owner, ())))


def rows_about(customer: Customer, contact: Contact | None) -> Reached:
    """Every row about the person: the customer as a whole, or what names one contact."""
    reached = rows_of(customer)
    if contact is None:
        return reached
    words = names_of(contact) | numbers_of(contact)
    about = {table: set(_naming(table, keys, contact, words)) for table, keys in reached.items()}
    return {table: keys for table, keys in about.items() if keys}


def _naming(table: str, keys: set[int], contact: Contact, words: set[str]) -> Iterator[int]:
    """Those of the rows that are the contact, name it by key, or have its words in a personal column."""
    if table == "contact":
        yield contact.id
        return
    columns = personal(table)
    for record in records(table, keys):
        names = [name for column in columns if (name := attribute_of(type(record), column)) is not None]
        said = [str(getattr(record, name) or "") for name in names]
        if getattr(record, "contact_id", None) == contact.id or any(word in text for word in words for text in said):
            yield record.id


def records(table: str, keys: Iterable[int]) -> list[Any]:
    """The records themselves, by their keys."""
    model = next(model for model in all_models() if table_of(model) == table)
    return list(db.session.scalars(select(model).where(model.id.in_(set(keys))).order_by(model.id)))


def models_of(reached: Reached) -> dict[str, Any]:
    """Table -> its model, for the tables that have rows."""
    return {table_of(model): model for model in all_models() if table_of(model) in reached}


def files_of(customer: Customer) -> list[File]:
    """The customer's files that are not destroyed."""
    query = select(File).where(File.customer_id == customer.id, File.state != "destroyed").order_by(File.id)
    return list(db.session.scalars(query))


# --- what a person is called ---


def names_of(record: Any) -> set[str]:
    """The names a person goes by; a firm's own name is nobody's."""
    is_firm = isinstance(record, Customer) and record.kind == "firm"
    columns = SOURCES[table_of(type(record))]
    said = {str(getattr(record, name) or "").strip() for name in columns if not (is_firm and name != "representative")}
    return {name for name in said if len(name) >= SHORTEST}


def numbers_of(record: Any) -> set[str]:
    """Telephones, addresses and identity numbers that nobody else has."""
    return {text for name in NUMBERS[table_of(type(record))] if (text := str(getattr(record, name) or "").strip())}


def strings_of(customer: Customer, contact: Contact | None) -> set[str]:
    """All by which the person could be told: of the customer also the contacts'."""
    people = [contact] if contact is not None else [customer, *customer.contacts]
    return {text for record in people for text in names_of(record) | numbers_of(record)}


def mentions(strings: Iterable[str]) -> list[tuple[str, str, list[int]]]:
    """Where else in the database these words stand: (table, column, keys); every plain column of every table."""
    wanted, found = sorted(strings), []
    for table in Model.metadata.sorted_tables if wanted else ():
        for column in _plain(table):
            said = cast(column, Text)
            query = select(table.c.id).where(or_(*(said.contains(word, autoescape=True) for word in wanted)))
            if keys := list(db.session.scalars(query)):
                found.append((str(table.name), str(column.name), keys))
    return found


def _plain(table: Table) -> list[Any]:
    """Columns of words; the prepared words of the search box follow their records and are no source."""
    if "id" not in table.c or table.name == SearchEntry.__tablename__:
        return []
    return [column for column in table.columns if isinstance(column.type, String | JSON | CanonicalJson)]
