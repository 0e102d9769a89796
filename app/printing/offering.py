"""The Print menus: which forms a record offers its reader, and which registers a list."""

from __future__ import annotations

from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from app.kit.columns import today
from app.kit.fields import DayField, Filled
from app.kit.labels import _l
from app.kit.pages import Link
from app.printing import forms, rules
from app.printing.forms import Form
from app.security import gate

DAYS = (("from", _l("From")), ("to", _l("To")))


def of_record(record: Any) -> list[Link]:
    """The forms that can be printed from a record's page."""
    return [
        Link(
            form.title(),
            url_for("PrintView.print_form", key=form.key, pk=record.id, about=form.about(type(record))),
            "post",
        )
        for form in rules.offered(record)
    ]


def of_list(model: type) -> list[Link]:
    """The registers that can be printed from a list, each asking for its days."""
    return [
        Link(form.title(), url_for("PrintView.print_list", key=form.key), "post", "primary", asks=DAYS, form=days(form))
        for form in forms.for_list(model)
        if gate.may("print", form.permission)
    ]


def days(form: Form) -> BaseForm:
    """From which day to which: this month, or this year, until somebody says otherwise."""
    asked = BaseForm(
        {name: DayField(label, [Filled()], id=f"{form.key}-{name}") for name, label in DAYS},
    )
    first, last = form.declared()[0].first_day(), today()
    asked.process(MultiDict(), data={"from": first, "to": last})
    for field in asked:
        field.masked = ""
    return asked
