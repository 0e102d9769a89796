"""One person's export: everything the console holds about them, as JSON and Excel in a zip (PIPL 45, P1.21).

Internal notes of the house, technical columns and the names of those who worked on it are left out.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import and_, or_, select

from app.archive.models import Scheme
from app.customers.models import Contact, Customer
from app.kit.columns import DESK_TIME, now
from app.kit.exports import harmless
from app.kit.kinds import has_kept_back, mapper_of, points_to_one
from app.kit.labels import _l, choices, column_info, label
from app.kit.session import db
from app.printing.models import PrintLine
from app.privacy import reach
from app.privacy.register import personal, table_of
from app.security.audit_words import ACTIONS, SUBJECTS
from app.security.models import AuditLine

TECHNICAL = {"id", "version", "updated_at", "created_by", "updated_by"}
READS = ("open", "download", "print", "export", "reveal", "print_form")
OURS = (User, Scheme)
MOST = 5000


@dataclass(frozen=True)
class Part:
    """One kind of record: what it is called, its columns in words, and the rows."""

    key: str
    title: str
    columns: list[str]
    heads: list[str]
    rows: list[list[Any]]


def parts(customer: Customer, contact: Contact | None) -> Iterator[Part]:
    """All that is held about the person, kind by kind, in the reader's language; then who printed and read it."""
    about = reach.rows_about(customer, contact)
    models = reach.models_of(about)
    for table in sorted(about, key=lambda name: (name != "customer", name != "contact", name)):
        yield from (_part(table, model, records) for model, records in _by_class(reach.records(table, about[table])))
    yield _prints(models, about)
    yield _reads(models, about)


def _by_class(records: Iterable[Any]) -> list[tuple[Any, list[Any]]]:
    """The records of a table by their class: each register's entries are a kind of their own."""
    found: dict[Any, list[Any]] = {}
    for record in records:
        found.setdefault(type(record), []).append(record)
    return list(found.items())


def _part(table: str, model: Any, records: list[Any]) -> Part:
    names = columns_of(model)
    rows = [[said(record, name) for name in names] for record in records]
    heads = [str(label(model, name)) for name in names]
    title = getattr(model, "called", None) or SUBJECTS.get(model.__name__, model.__name__)
    return Part(getattr(model, "kept_as", table), str(title), names, heads, rows)


def columns_of(model: Any) -> list[str]:
    """What a person is told of such a record: columns and what they name, without internal notes and keys."""
    mapper, entries = mapper_of(model), personal(table_of(model))
    internal = {name for name, entry in entries.items() if entry.internal}
    plain = [
        attribute.key
        for attribute in mapper.column_attrs
        if not attribute.columns[0].foreign_keys and not attribute.columns[0].info.get("hidden")
    ]
    named = [each.key for each in mapper.relationships if points_to_one(each) and each.mapper.class_ not in OURS]
    return [name for name in named + plain if name not in TECHNICAL | internal and "label" in column_info(model, name)]


def said(record: Any, name: str) -> Any:
    """A value as people read it: choices in words, moments in the desk's time, money in yuan."""
    value, model = getattr(record, name), type(record)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(DESK_TIME):%Y-%m-%d %H:%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int):
        return f"{Decimal(value) / 100:.2f}" if column_info(model, name).get("kind") in ("money", "area") else value
    words = choices(model, name).get(value) if isinstance(value, str) else None
    return str(words if words is not None else value)


def _prints(models: dict[str, Any], about: reach.Reached) -> Part:
    """Sheets that were printed of them."""
    of = [
        and_(PrintLine.subject_type.in_((table, model.__name__)), PrintLine.subject_id.in_(about[table]))
        for table, model in models.items()
    ]
    lines = db.session.scalars(select(PrintLine).where(or_(*of)).order_by(PrintLine.id).limit(MOST))
    names = ["serial", "form_key", "copy_no", "printed_at"]
    rows = [[said(line, name) for name in names] for line in lines]
    return Part("print_line", str(SUBJECTS["PrintLine"]), names, [str(label(PrintLine, name)) for name in names], rows)


def _reads(models: dict[str, Any], about: reach.Reached) -> Part:
    """When they were opened, revealed, printed and exported; by whom is the house's own matter."""
    of = [
        and_(AuditLine.subject_type == model.__name__, AuditLine.subject_id.in_(about[table]))
        for table, model in models.items()
        if has_kept_back(model) or table in ("file", "customer")
    ]
    asked = select(AuditLine).where(AuditLine.action.in_(READS), or_(*of)).order_by(AuditLine.id.desc()).limit(MOST)
    rows = [
        [said(line, "at"), str(ACTIONS.get(line.action, line.action)), str(SUBJECTS.get(line.subject_type, ""))]
        for line in db.session.scalars(asked)
    ]
    heads = [str(label(AuditLine, name)) for name in ("at", "action", "subject_type")]
    return Part("read", str(_l("Read")), ["at", "action", "subject_type"], heads, rows)


def packed(customer: Customer, contact: Contact | None) -> bytes:
    """The zip: data.json and data.xlsx."""
    told = list(parts(customer, contact))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", as_json(told))
        archive.writestr("data.xlsx", as_xlsx(told))
    return out.getvalue()


def as_json(told: list[Part]) -> bytes:
    """{"made_at", "kinds": [{"kind", "title", "columns": {name: words}, "rows": [{name: value}]}]}."""
    kinds = [
        {
            "kind": part.key,
            "title": part.title,
            "columns": dict(zip(part.columns, part.heads, strict=True)),
            "rows": [dict(zip(part.columns, row, strict=True)) for row in part.rows],
        }
        for part in told
    ]
    made = {"made_at": f"{now().astimezone(DESK_TIME):%Y-%m-%d %H:%M}", "kinds": kinds}
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def as_xlsx(told: list[Part]) -> bytes:
    """A sheet a kind; all cells are text, so nothing in them can act (G12)."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for place, part in enumerate(told, 1):
            sheet = book.add_worksheet(f"{place} {part.key}"[:31])
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, max(len(part.heads) - 1, 0), 18)
            for at, head in enumerate(part.heads):
                sheet.write_string(0, at, head, bold)
            for number, row in enumerate(part.rows, 1):
                for at, value in enumerate(row):
                    sheet.write_string(number, at, "" if value is None else harmless(str(value)))
    return out.getvalue()
