"""Taking a person out of what is kept: their words become blanks, figures and lines stay (PIPL 47, G20).

Money and custody lines are never edited otherwise (law 6): here only the names in them are blanked, by a statement
of its own and with a line in the audit; amounts, dates, states and keys stay as they were booked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import String, update
from sqlalchemy.types import TypeDecorator

from app.customers.models import Contact, Customer
from app.kit.errors import RuleError
from app.kit.kinds import mapper_of
from app.kit.labels import _l, column_info
from app.kit.session import db
from app.privacy import consents, pictures, reach, tasks
from app.privacy.models import DataRequest
from app.privacy.register import Entry, attribute_of, personal
from app.search.forgetting import forget
from app.security import audit

ERASED = "已删除 erased"

# What stands in the way, in words: legal hold, time of keeping; ask(customer, contact). Handed in by create_app().
may_erase: list[Callable[[Customer, Contact | None], Iterable[Any]]] = []


def in_the_way(customer: Customer, contact: Contact | None) -> list[Any]:
    """Why the person cannot be erased yet; [] when nothing is."""
    own = _of_contact(contact) if contact is not None else _of_customer(customer)
    return [*own, *(reason for ask in may_erase for reason in ask(customer, contact))]


def _of_customer(customer: Customer) -> Iterator[Any]:
    if any(tenancy.state == "live" for tenancy in customer.tenancies):
        yield _l("The tenancy is not over.")


def _of_contact(contact: Contact) -> Iterator[Any]:
    said = consents.latest(contact.customer, "contacting", contact)
    if contact.is_current and (said is None or said.verdict == "given"):
        yield _l("This contact still speaks for the tenant: name another one, or write down that the consent ended.")


def erase(request: DataRequest, *, by: Any) -> int:
    """Blank the person everywhere; how many rows were changed. RuleError while something is in the way.

    What elsewhere still names the person (a neighbour's complaint) is nobody's to blank unseen: it becomes a task.
    """
    customer, contact = request.customer, request.contact
    if why := "；".join(map(str, in_the_way(customer, contact))):
        raise RuleError(_l("The data cannot be erased yet: %(why)s", why=why))
    words = reach.strings_of(customer, contact)
    if contact is None:
        for paper in tasks.sensitive_papers(customer.id):
            pictures.remove(paper, by=by)
    changed = sum(_blank(table, keys, customer, contact, words) for table, keys in _about(customer, contact))
    forget(db.session())
    audit.write("erase_data", contact or customer, {"request": request.number, "rows": changed}, by=by)
    if left := reach.mentions(words):
        found_in = " · ".join(f"{table}.{name}: {', '.join(map(str, keys[:20]))}" for table, name, keys in left)
        tasks.look_through(request, found_in, by=by)
    return changed


def _about(customer: Customer, contact: Contact | None) -> list[tuple[str, set[int]]]:
    return [(table, keys) for table, keys in reach.rows_about(customer, contact).items() if personal(table)]


def _blank(table: str, keys: set[int], customer: Customer, contact: Contact | None, words: set[str]) -> int:
    """Blank the personal columns of these rows; how many rows changed."""
    count = 0
    for record in reach.records(table, keys):
        new = dict(_whole(record, customer, words) if contact is None else _named(record, contact, words))
        changed = {name: value for name, value in new.items() if value != (getattr(record, name) or "")}
        if changed:
            _store(record, changed)
            count += 1
    return count


def _whole(record: Any, customer: Customer, words: set[str]) -> Iterator[tuple[str, str]]:
    """Every personal column of a customer's row: empty, or without the person's words where it is kept."""
    for name, entry in _columns(record):
        if entry.kept or (entry.of_person and customer.kind == "firm"):
            yield name, without(record, name, words)
        else:
            yield name, _nothing(record, name)


def _named(record: Any, contact: Contact, words: set[str]) -> Iterator[tuple[str, str]]:
    """Of one contact's row: all of their own line, elsewhere their words and the telephone beside their name."""
    columns = dict(_columns(record))
    is_theirs = any(getattr(record, name) == contact.name for name in columns)
    for name in columns:
        is_own = record is contact or getattr(record, "contact_id", None) == contact.id
        if is_own or (is_theirs and column_info(type(record), name).get("kind") in ("phone", "signature")):
            yield name, _nothing(record, name)
        else:
            yield name, without(record, name, words)


def _columns(record: Any) -> Iterator[tuple[str, Entry]]:
    """The personal columns that hold words; a choice among given ones names nobody."""
    for column_name, entry in personal(type(record).__table__.name).items():
        column, name = type(record).__table__.c[column_name], attribute_of(type(record), column_name)
        bare = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
        if name is not None and isinstance(bare, String) and "choices" not in column_info(type(record), name):
            yield name, entry


def _nothing(record: Any, name: str) -> str:
    """Empty; a column that must say something says that it was erased."""
    return _fitting(record, name, ERASED) if column_info(type(record), name).get("required") else ""


def without(record: Any, name: str, words: Iterable[str]) -> str:
    """The text with the person's words, the longest first, taken out of it."""
    text = str(getattr(record, name) or "")
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, ERASED)
    return _fitting(record, name, text)


def _fitting(record: Any, name: str, text: str) -> str:
    length = getattr(mapper_of(type(record)).columns[name].type, "length", None)
    return text[:length] if length else text


def _store(record: Any, values: dict[str, str]) -> None:
    """As any change is stored; a line that is only ever added to by its own statement."""
    if not getattr(record, "append_only", False):
        for name, value in values.items():
            setattr(record, name, value)
        return
    table = type(record).__table__
    db.session.execute(update(table).where(table.c.id == record.id).values(values))
    db.session.expire(record)
