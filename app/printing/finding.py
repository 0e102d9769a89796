"""Which record a print is about, inside the reader's scope."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import current_app
from sqlalchemy import Select, func, select

from app.kit.columns import DESK_TIME
from app.kit.session import db
from app.printing.forms import Form
from app.printing.models import PrintLine
from app.printing.subjects import all_subjects, name_of_model
from app.security import gate

LARGEST_KEY = 2**31 - 1


def record(form: Form, key: int, about: str | None = None) -> Any:
    """The record of that key that the form prints, or None; `about` names one of the form's subjects."""
    for subject in form.declared():
        if not subject.many and about in (None, subject.key):
            return _one(subject.model, key)
    return None


def register(form: Form, first: dt.date, last: dt.date) -> list[Any]:
    """What a register of the days `first` to `last` holds, inside the reader's scope."""
    return list(db.session.scalars(_registered(form, first, last)))


def registered(form: Form, first: dt.date, last: dt.date) -> int:
    """How many records that register holds."""
    found = _registered(form, first, last).order_by(None).subquery()
    return int(db.session.scalar(select(func.count()).select_from(found)) or 0)


def _registered(form: Form, first: dt.date, last: dt.date) -> Select[Any]:
    subject = form.declared()[0]
    query = subject.among(first, last) if subject.among is not None else _made(subject.model, first, last)
    return gate.scope(query, subject.model)


def _made(model: Any, first: dt.date, last: dt.date) -> Select[Any]:
    """The records made on these days of the desk, oldest first; where the model's `registered_by` names another
    moment, by that."""
    begin = dt.datetime.combine(first, dt.time(), tzinfo=DESK_TIME)
    end = dt.datetime.combine(last, dt.time(), tzinfo=DESK_TIME) + dt.timedelta(days=1)
    moment = getattr(model, getattr(model, "registered_by", "created_at"))
    return select(model).where(moment >= begin, moment < end).order_by(model.id)


def line(serial: str) -> PrintLine | None:
    """The print of that number, of any site: whoever asks holds the paper."""
    return db.session.scalar(select(PrintLine).where(PrintLine.serial == serial))


def printed(line_: PrintLine) -> Any:
    """What was printed, or None where the reader may not see it or it was a list."""
    subject, shown = all_subjects().get(line_.subject_type), current_app.extensions.get("record_views", {})
    named = [each for each in shown if name_of_model(each) == line_.subject_type]
    models = [subject.model] if subject is not None else named
    return _one(models[0], line_.subject_id) if models and line_.subject_id else None


def _one(model: Any, key: int) -> Any:
    if not 0 < key <= LARGEST_KEY:
        return None
    return db.session.scalar(gate.scope(select(model).where(model.id == key), model))
