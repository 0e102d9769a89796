"""How a printed copy stands today: whether the record still says what the copy says, or which copy came after it."""

from __future__ import annotations

import hmac
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import select

from app.kit.session import db
from app.printing import finding, forms, rules, screens
from app.printing.models import PrintLine
from app.printing.subjects import Subject, all_subjects, name_of_model
from app.security import actor

CURRENT, SUPERSEDED, CHANGED, OF_ITS_DAY = "current", "superseded", "changed", "of its day"


class Standing(NamedTuple):
    """`newer` is the copy that says what holds now, where there is one.

    OF_ITS_DAY: a list or a report, or a print from before records were compared; it says how things stood.
    """

    state: str
    newer: PrintLine | None = None


def of(line: PrintLine) -> Standing:
    """Told to anybody who holds the copy: nothing of the record itself is in it."""
    if not line.record_digest or line.subject_id is None:
        return Standing(OF_ITS_DAY)
    now = _digest_now(line)
    if hmac.compare_digest(now, line.record_digest):
        return Standing(CURRENT)
    newer = _newest_after(line)
    if newer is not None and hmac.compare_digest(now, newer.record_digest):
        return Standing(SUPERSEDED, newer)
    return Standing(CHANGED)


def _digest_now(line: PrintLine) -> str:
    """The record's checksum today; "" where the record is there no more."""
    with actor.as_system():
        record, subject = finding.printed(line), _subject(line)
    return rules.record_digest(line.form_key, subject, record) if record is not None and subject is not None else ""


def _subject(line: PrintLine) -> Subject | None:
    """How the copy's form reads the record; None where there is no such form any more."""
    if line.form_key == screens.RECORD:
        views = current_app.extensions["record_views"].values()
        view: Any = next((each for each in views if name_of_model(each.model) == line.subject_type), None)
        return screens.subject_of(view, {}) if view is not None else None
    return all_subjects().get(line.subject_type) if forms.by_key(line.form_key) is not None else None


def _newest_after(line: PrintLine) -> PrintLine | None:
    """The last print of the same form and record after this one, the copy of the same number."""
    query = (
        select(PrintLine)
        .where(
            PrintLine.form_key == line.form_key,
            PrintLine.subject_type == line.subject_type,
            PrintLine.subject_id == line.subject_id,
            PrintLine.copy_no == line.copy_no,
            PrintLine.id > line.id,
        )
        .order_by(PrintLine.id.desc())
    )
    return db.session.scalars(query.limit(1)).first()
