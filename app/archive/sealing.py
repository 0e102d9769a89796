"""Which file seals a record; asked by the gate, which knows no subject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm.util import identity_key

from app.archive.models import SEALED_STATES, Document, File, Scan
from app.customers.models import Contact, Customer, Tenancy
from app.kit.kinds import relation
from app.kit.session import db
from app.security import actor


def is_shut() -> ColumnElement[bool]:
    """`File.is_shut` as a condition."""
    return or_(File.state.in_(SEALED_STATES), File.seal != "none")


def sealed_file_of(record: Any) -> File | None:
    """The filed, closed or destroyed file that seals `record`, or None where nothing seals it.

    A customer is sealed once each of its files is; the newest sealed one is answered.
    """
    return sealed_files_of([record])[0]


def sealed_files_of(records: Sequence[Any]) -> list[File | None]:
    """The same for many records, in their order, with at most three statements."""
    held = _fetch_along(records)  # the session itself would let go of them
    tenancies = {_tenancy_id(record) for record in records}
    customers = {key for record in records if (key := _customer_id(record)) is not None}
    by_tenancy, by_customer = _files_by(tenancies - {None}, customers)
    answers = []
    for record in records:
        own = _own_file(record)
        if own is not None:
            answers.append(own if own.is_shut else None)
        elif (key := _customer_id(record)) is not None:
            answers.append(_sealing(by_customer.get(key, [])))
        else:
            answers.append(_sealing(by_tenancy.get(_tenancy_id(record) or 0, [])))
    del held
    return answers


def without_former_contacts(query: Select[Any]) -> Select[Any]:
    """Contacts without those of the past whose customer's files are all sealed; asked by the gate's scope.

    Whom to call now is daily work; whom one called before lies in the file.
    """
    theirs = select(File.id).where(File.customer_id == Contact.customer_id)
    is_open = theirs.where(~is_shut()).exists()
    return query.where(or_(Contact.until_on.is_(None), is_open, ~theirs.exists()))


def _fetch_along(records: Sequence[Any]) -> list[Any]:
    """The papers and files that the records lie in, fetched at once rather than one by one."""
    papers = _fetch(Document, {key for record in records if (key := _paper_id(record)) is not None})
    filed = {paper.file_id for paper in [*papers, *(r for r in records if isinstance(r, Document))]}
    filed |= {record.file_id for record in records if getattr(record, "lies_in_file", False) and record.file_id}
    return [*papers, *_fetch(File, filed)]


def _fetch(model: Any, keys: set[int]) -> list[Any]:
    """The records of those keys; none is asked for that the session holds already."""
    found = {key: db.session.identity_map.get(identity_key(model, key)) for key in keys}
    missing = [key for key, record in found.items() if record is None]
    fresh = list(db.session.scalars(select(model).where(model.id.in_(missing)))) if missing else []
    return [*fresh, *(record for record in found.values() if record is not None)]


def _paper_id(record: Any) -> int | None:
    """The key of the paper that a record is about: a scan of it, or a change of it."""
    if isinstance(record, Scan):
        return record.document_id
    return record.paper_id if _is_of_a_paper(type(record)) else None


def _is_of_a_paper(model: type) -> bool:
    """Whether `paper` is a document: a campaign's expected paper is none."""
    found = relation(model, "paper") if hasattr(model, "paper_id") else None
    return found is not None and found.mapper.class_ is Document


def _own_file(record: Any) -> File | None:
    """The file that a record lies in by itself or with its paper."""
    if isinstance(record, File):
        return record
    paper = record.document if isinstance(record, Scan) else getattr(record, "paper", record)
    return paper.file if isinstance(paper, Document) else getattr(record, "lies_in", None)


def class_of(record: Any) -> str:
    """The class of paper as which a record lies in its file; "" where it has none, as the file itself."""
    paper = record.document if isinstance(record, Scan) else getattr(record, "paper", record)
    return str(paper.paper_class if isinstance(paper, Document) else getattr(record, "filed_as", ""))


def _tenancy_id(record: Any) -> int | None:
    if _own_file(record) is not None or isinstance(record, Customer) or getattr(record, "is_daily_work", False):
        return None
    return record.id if isinstance(record, Tenancy) else getattr(record, "tenancy_id", None)


def _customer_id(record: Any) -> int | None:
    """The key of the customer with whose files a record is sealed: of the customer, or of what lies with one."""
    if isinstance(record, Customer):
        return record.id
    lies_there = getattr(record, "lies_with_customer", False) and not getattr(record, "is_daily_work", False)
    return int(record.customer_id) if lies_there and record.customer_id is not None else None


KINDS = ("tenancy", "customer")
Asked = tuple[str, str, Any]  # ("sealed", "tenancy" or "customer", key): the gate forgets it with every flush


def _files_by(tenancies: set[Any], customers: set[int]) -> tuple[dict[int, list[File]], dict[int, list[File]]]:
    """Of each tenancy and of each customer the files, newest first; asked once a request."""
    wanted: list[Asked] = [("sealed", "tenancy", key) for key in tenancies]
    wanted += [("sealed", "customer", key) for key in customers]
    notes = actor.notes()
    known: dict[Asked, list[File]] = {what: notes[what] for what in wanted if what in notes}
    fresh: dict[Asked, list[File]] = {what: [] for what in wanted if what not in known}
    if fresh:
        of_kind = {of: [key for _sealed, kind, key in fresh if kind == of] for of in KINDS}
        theirs = or_(File.tenancy_id.in_(of_kind["tenancy"]), File.customer_id.in_(of_kind["customer"]))
        for file in db.session.scalars(select(File).where(theirs).order_by(File.id.desc())):
            for what in (("sealed", "tenancy", file.tenancy_id), ("sealed", "customer", file.customer_id)):
                fresh.get(what, []).append(file)
        notes |= fresh
    known |= fresh
    return tuple({key: files for (_sealed, of, key), files in known.items() if of == kind} for kind in KINDS)  # type: ignore[return-value]


def _sealing(files: list[File]) -> File | None:
    return files[0] if files and all(file.is_shut for file in files) else None
