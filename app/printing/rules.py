"""Printing a record: numbers, sheets, the lines of the log, all in one transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import func, select

from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.language import CODES
from app.kit.series import next_of
from app.kit.session import db
from app.kit.shown import shown
from app.printing import engine, forms, sheet
from app.printing.engine import PrintError
from app.printing.forms import Form
from app.printing.models import PrintLine
from app.printing.subjects import Facts, Subject, primitive
from app.security import actor, audit, chain, gate


@dataclass(frozen=True)
class Printed:
    """What came out: the PDF with every copy in it, and one line of the log a copy."""

    pdf: bytes
    lines: list[PrintLine]
    title: str


def print_record(form: Form, record: Any, *, by: Any, language: str = "zh_Hans") -> Printed:
    """Every copy of a form for one record. Who may is asked before; see `shows_too_much`."""
    subject = form.subject_for(type(record))
    printed = print_about(form, subject, record, record.site_id, by, language)
    gate.note_read(record, "print")
    return printed


def print_list(form: Form, records: Sequence[Any], *, by: Any, language: str = "zh_Hans") -> Printed:
    """A form over many records, e.g. a register; an empty list is not printed."""
    if not records:
        raise RuleError(_l("There is nothing to print for these days."))
    return print_about(form, form.declared()[0], list(records), records[0].site_id, by, language)


def offered(record: Any) -> list[Form]:
    """The forms that the acting user can print of this record now."""
    return [
        form
        for form in forms.for_subject(type(record))
        if gate.may("print", form.permission) and not shows_too_much(form, record)
        if form.subject_for(type(record)).fits(record, form.key)
    ]


def shows_too_much(form: Form, record: Any) -> bool:
    """The record is sealed to the reader, and the form would say what the seal keeps back."""
    return form.shows_sealed and gate.is_sealed(record, gate.PRINT)


def _printer(by: Any, language: str) -> str:
    """Who prints, in the sheet's language where nobody does."""
    if by is not None:
        return str(primitive(by))
    with force_locale(language):
        return str(_l("the system"))


def print_about(form: Form, subject: Subject, about: Any, site_id: int, by: Any, language: str) -> Printed:
    """Every copy of a form over what its subject can tell: a record, or whatever `subject.many` is."""
    numbered = number_it(form, subject, about, by, language)
    pdf = numbered.drawn()
    lines = write_lines(numbered, site_id, by, hashlib.sha256(pdf).hexdigest())
    return Printed(pdf, lines, f"{form.title()} {numbered.faces[0].serial}")


@dataclass(frozen=True)
class Numbered:
    """A print that has its numbers, and is not laid out yet."""

    form: Form
    subject: Subject
    about: Any
    language: str
    facts: Facts
    faces: Sequence[sheet.Face]
    at: dt.datetime

    def drawn(self, tell: engine.Tell | None = None) -> bytes:
        return _make(self.form, self.facts, self.faces, self.language, self.subject, tell)


def number_it(form: Form, subject: Subject, about: Any, by: Any, language: str) -> Numbered:
    """What the form says now, and the numbers of its copies; whoever prints next waits for this one's commit."""
    if language not in CODES:
        raise RuleError(_l("Forms are not printed in this language."))
    with gate.going(gate.PRINT):
        facts = subject.tell(about)
    content = content_hash(form, facts)
    key = None if subject.many else about.id
    serials, at = next_serials(form.copy_count), now()
    face = sheet.Face(
        copies=form.copy_count,
        printed_by=_printer(by, language),
        printed_at=shown(at),
        reprint=times_printed(form, subject, key, content) + 1,
        content_hash=content,
    )
    if is_confidential(form, about):
        face = replace(face, watermark=f"{face.printed_by} {face.printed_at}")
    return Numbered(form, subject, about, language, facts, _copies(form, face, serials), at)


def write_lines(numbered: Numbered, site_id: int, by: Any, pdf_sha256: str) -> list[PrintLine]:
    """The log: a line a copy, and what follows from the print."""
    form, subject, about = numbered.form, numbered.subject, numbered.about
    key, face = None if subject.many else about.id, numbered.faces[0]
    if subject.after_print is not None:
        subject.after_print(about, form.key)
        db.session.flush()
    shared = {
        "site_id": site_id, "form_key": form.key, "form_digest": form.digest, "subject_type": subject.key,
        "subject_id": key, "copies": form.copy_count, "language": numbered.language, "times_printed": face.reprint,
        "pdf_sha256": pdf_sha256, "content_hash": face.content_hash,
        "record_digest": "" if key is None else record_digest(form.key, subject, about),
        "printed_by_id": getattr(by, "id", None), "printed_at": numbered.at,
    }  # fmt: skip
    lines = [PrintLine(serial=each.serial, copy_no=each.copy_no, **shared) for each in numbered.faces]
    db.session.add_all(lines)
    db.session.flush()
    detail = {"form": form.key, "copies": len(lines), "first": face.serial, "subject": subject.key, "record": key}
    audit.write("print_form", lines[0], detail, by=by)
    return lines


def _copies(form: Form, face: sheet.Face, serials: Sequence[str]) -> list[sheet.Face]:
    """The face of each copy: its own number, its own label."""
    return [
        replace(
            face,
            serial=serial,
            copy_no=number,
            copy_label=form.copies[number - 1] if form.copies else None,
            address=address_of(serial),
        )
        for number, serial in enumerate(serials, 1)
    ]


def _make(
    form: Form, facts: Facts, faces: Sequence[sheet.Face], language: str, subject: Subject, tell: engine.Tell | None
) -> bytes:
    try:
        return engine.make_pdf([sheet.draw(form, facts, face, language, subject.parts) for face in faces], tell=tell)
    except PrintError as error:
        current_app.logger.error("%s cannot be printed: %s", form.key, error)
        raise RuleError(_l("The sheet cannot be printed as it should be. Please tell the administrator.")) from error


def content_hash(form: Form, facts: Facts) -> str:
    """SHA-256 over what a form says, whoever prints it and however often."""
    said = json.dumps({"form": form.key, "facts": facts}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def record_digest(form_key: str, subject: Subject, record: Any) -> str:
    """A checksum of all that the form says of the record, whoever asks: the same until something of it changes.

    Keyed: what is sealed is in it, and must not be guessed from it. What the calendar moves is left out.
    """
    with actor.as_system(), force_locale("zh_Hans"):
        facts = {name: told for name, told in subject.tell(record).items() if name not in subject.passing}
    said = json.dumps({"print of": form_key, "facts": facts}, sort_keys=True, ensure_ascii=False)
    return hmac.digest(chain.key(), said.encode(), "sha256").hex()


def next_serials(count: int) -> list[str]:
    """DY-<year>-<running number>."""
    prefix = f"DY-{today().year}-"
    first = next_of(PrintLine.serial, prefix)
    return [f"{prefix}{number:06d}" for number in range(first, first + count)]


def times_printed(form: Form, subject: Subject, key: int | None, content: str) -> int:
    """How often this form of this record was printed before; of a list, how often with the same content."""
    same = PrintLine.content_hash == content if key is None else PrintLine.subject_id == key
    query = select(func.count(PrintLine.id)).where(
        PrintLine.form_key == form.key, PrintLine.subject_type == subject.key, PrintLine.copy_no == 1, same
    )
    return int(db.session.scalar(query) or 0)


def is_confidential(form: Form, about: Any) -> bool:
    """The form says so, or what it prints is read under a grant."""
    if form.confidential:
        return True
    if not form.shows_sealed or isinstance(about, list):
        return False
    file = gate.ask_sealed(about)
    return file is not None and gate.grant_of(file) is not None


def address_of(serial: str) -> str:
    """Where the square code leads."""
    base = current_app.config.get("PUBLIC_URL") or "http://127.0.0.1:8080"
    return f"{base.rstrip('/')}/p/{serial}"
