"""Which file seals a record; asked by the gate, which knows no subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from app.archive.models import SEALED_STATES, Document, File, Scan
from app.customers.models import Customer, Tenancy
from app.kit.session import db


def sealed_file_of(record: Any) -> File | None:
    """The filed, closed or destroyed file that seals `record`, or None where nothing seals it.

    A customer is sealed once each of its files is; the newest sealed one is answered.
    """
    return sealed_files_of([record])[0]


def sealed_files_of(records: Sequence[Any]) -> list[File | None]:
    """The same for many records, in their order, with at most four statements."""
    held = _fetch_along(records)  # the session itself would let go of them
    by_tenancy = _files_by(File.tenancy_id, (_tenancy_id(record) for record in records))
    by_customer = _files_by(File.customer_id, (r.id for r in records if isinstance(r, Customer)))
    answers = []
    for record in records:
        own = _own_file(record)
        if own is not None:
            answers.append(own if own.state in SEALED_STATES else None)
        elif isinstance(record, Customer):
            answers.append(_sealing(by_customer.get(record.id, [])))
        else:
            answers.append(_sealing(by_tenancy.get(_tenancy_id(record) or 0, [])))
    del held
    return answers


def _fetch_along(records: Sequence[Any]) -> list[Any]:
    """The papers and files that the records lie in, fetched at once rather than one by one."""
    scanned = {record.document_id for record in records if isinstance(record, Scan)}
    papers = list(db.session.scalars(select(Document).where(Document.id.in_(scanned)))) if scanned else []
    filed = {paper.file_id for paper in [*papers, *(r for r in records if isinstance(r, Document))]}
    files = list(db.session.scalars(select(File).where(File.id.in_(filed)))) if filed else []
    return [*papers, *files]


def _own_file(record: Any) -> File | None:
    """The file that a record of this room lies in."""
    if isinstance(record, File):
        return record
    if isinstance(record, Document):
        return record.file
    return record.document.file if isinstance(record, Scan) else None


def _tenancy_id(record: Any) -> int | None:
    if _own_file(record) is not None or isinstance(record, Customer):
        return None
    return record.id if isinstance(record, Tenancy) else getattr(record, "tenancy_id", None)


def _files_by(column: InstrumentedAttribute[int | None], keys: Iterable[int | None]) -> dict[int, list[File]]:
    """Key -> its files, newest first."""
    wanted = {key for key in keys if key}
    found: dict[int, list[File]] = {}
    if wanted:
        for file in db.session.scalars(select(File).where(column.in_(wanted)).order_by(File.id.desc())):
            found.setdefault(getattr(file, column.key), []).append(file)
    return found


def _sealing(files: list[File]) -> File | None:
    return files[0] if files and all(file.state in SEALED_STATES for file in files) else None
