"""Prints of a great many rows: ordered as long work with a bar, kept encrypted for a day for who ordered them.

Nobody waits for the layout: the numbers and the lines of the log are committed first, then the pages are laid out. A
print that is stopped or fails meanwhile has used its number: its line says so, by having no checksum of a PDF.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Callable, Sequence
from typing import Any

from flask import url_for

from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import finish_work, reading
from app.printing import finding, forms, rules
from app.printing.forms import Form
from app.printing.subjects import Subject
from app.security import audit, gate
from app.security.locker import Locker

Progress = Callable[[int, int], None]
AT_ONCE = 500  # rows that are laid out while somebody waits: some seconds
MOST_OF_A_REGISTER = 2000  # as many as of any list: short rows
ROWS_A_PAGE = 25  # of the usual lists, for the bar
ready = Locker("prints")

# Handed in by app/joins.py: start_job("print", owner, payload) -> job
start_job: Callable[[str, Any, dict[str, Any]], Any] | None = None


def size_of(form: Form, record: Any) -> int:
    """How many rows the print lists; 0 where the subject does not count."""
    subject = form.subject_for(type(record))
    return subject.size(record) if subject.size is not None else 0


def is_long(form: Form, record: Any) -> bool:
    return start_job is not None and size_of(form, record) > AT_ONCE


def order(ordered: Sequence[Form], record: Any, language: str) -> str:
    """Have the forms printed by the worker; answers the page with the bar."""
    if start_job is None:
        raise LookupError("no jobs are kept")
    about = ordered[0].subject_for(type(record)).key
    payload = {"forms": [form.key for form in ordered], "about": about, "record": record.id, "language": language}
    return url_for("JobView.show", pk=start_job("print", gate.user(), payload).id)


def order_register(form: Form, first: dt.date, last: dt.date, language: str) -> str | None:
    """The page with the bar where a register of these days is long work; None where it is printed at once."""
    if start_job is None or finding.registered(form, first, last) <= MOST_OF_A_REGISTER:
        return None
    days = {"from": first.isoformat(), "to": last.isoformat()}
    payload = {"forms": [form.key], "days": days, "language": language}
    return url_for("JobView.show", pk=start_job("print", gate.user(), payload).id)


def run(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The job: each form in its turn, all in one PDF."""
    return _run_register(payload, progress) if "days" in payload else _run_forms(payload, progress)


def _run_register(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    form, days = _allowed(payload["forms"][0]), payload["days"]
    records = finding.register(form, dt.date.fromisoformat(days["from"]), dt.date.fromisoformat(days["to"]))
    if not records:
        raise RuleError(_l("There is nothing to print for these days."))
    many = len(records)
    numbered = _numbered(form, form.declared()[0], records, records[0].site_id, payload["language"])
    pdf = _drawn(numbered, _teller(progress, 0, many, many))
    progress(many, many)
    return _handed_over([form], numbered, [pdf])


def _run_forms(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    wanted = [_allowed(key) for key in payload["forms"]]
    record = finding.record(wanted[0], int(payload["record"]), payload["about"])
    if record is None or any(rules.shows_too_much(form, record) for form in wanted):
        raise RuleError(_l("This may not be printed any more."))
    key, each, parts = record.id, size_of(wanted[0], record), list[bytes]()
    first = None
    for place, form in enumerate(wanted):
        record = finding.record(form, key, payload["about"])
        numbered = _numbered(form, form.subject_for(type(record)), record, record.site_id, payload["language"])
        first = first or numbered
        parts.append(_drawn(numbered, _teller(progress, place * each, each, len(wanted) * each)))
    progress(len(wanted) * each, len(wanted) * each)
    assert first is not None
    return _handed_over(wanted, first, parts)


def _numbered(form: Form, subject: Subject, about: Any, site_id: int, language: str) -> rules.Numbered:
    """The numbers and the lines, committed at once."""
    numbered = rules.number_it(form, subject, about, gate.user(), language)
    rules.write_lines(numbered, site_id, gate.user(), "")
    if not subject.many:
        gate.note_read(about, "print")
    finish_work()
    return numbered


def _drawn(numbered: rules.Numbered, tell: Callable[[int], None]) -> bytes:
    """Laid out while no lock is held; its checksum is a line of the audit."""
    with reading():
        pdf = numbered.drawn(tell)
    finish_work()
    audit.write("print_ready", None, {"first": numbered.faces[0].serial, "sha256": _sha256(pdf)}, by=gate.user())
    return pdf


def _handed_over(wanted: Sequence[Form], first: rules.Numbered, parts: Sequence[bytes]) -> dict[str, Any]:
    title = f"{wanted[0].title()} {first.faces[0].serial}"
    token = ready.keep([joined(parts)], title, ("print", wanted[0].permission))
    return {"url": f"/print/ready/{token}"}  # the worker knows no address


def _allowed(key: str) -> Form:
    form = forms.by_key(key)
    if form is None or not gate.may("print", form.permission):
        raise RuleError(_l("This may not be printed any more."))
    return form


def _teller(progress: Progress, begun: int, size: int, total: int) -> Callable[[int], None]:
    """Pages as rows, so that the bar is full with the last one."""
    return lambda pages: progress(begun + min(pages * ROWS_A_PAGE, size), total)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def joined(parts: Sequence[bytes]) -> bytes:
    """Several PDFs as one."""
    import pikepdf

    if len(parts) == 1:
        return parts[0]
    whole, out = pikepdf.Pdf.new(), io.BytesIO()
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as one:
            whole.pages.extend(one.pages)
    whole.save(out)
    return out.getvalue()
