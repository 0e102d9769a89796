"""A record's values as this reader may see them: every cell asks the gate."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import current_app

from app.kit.guard import gate
from app.kit.kinds import is_kept_back, mapper_of, relation
from app.kit.labels import _l, choices, column_info
from app.kit.pages import Cell


def cell(record: Any, name: str) -> Cell:
    """One column, relation or property of `record`, through the gate, ready to be drawn."""
    model = type(record)
    value = gate.value(record, name)
    if value is gate.SEALED:
        return Cell(value, "sealed")
    info = column_info(model, name)
    if info.get("mask") and value != getattr(record, name):
        return Cell(value, "masked", reveal_url=reveal_url(record, name))
    if relation(model, name) is not None:
        return related_cell(value)
    words = words_of(record, name)
    if info.get("kind") == "several":
        return Cell("、".join(str(words.get(each, each)) for each in (value or "").split()))
    if words:
        return Cell(words.get(value, value), "badge" if name == "state" else "choice", tone=tone(info, value))
    return Cell(value, info.get("kind") or kind_of(value), tone=tone(info, value))


def words_of(record: Any, name: str) -> dict[str, Any]:
    """What the values of a choice column are called: the column's words, or those the view finds for the record."""
    view = view_of(type(record))
    found = view.form_choices.get(name) if view is not None else None
    return dict(found(record)) if found else choices(type(record), name)


def tone(info: dict[str, Any], value: Any) -> str:
    """`info["tones"]` may colour values of a column: {"filed": "good"}."""
    return str(info.get("tones", {}).get(value, ""))


def kind_of(value: Any) -> str:
    """How to draw a plain value; columns may say it themselves in `info["kind"]`."""
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, dt.datetime):
        return "moment"
    return "date" if isinstance(value, dt.date) else "text"


def related_cell(other: Any) -> Cell:
    """A related record by name, linked where the reader may open it."""
    if other is None:
        return Cell("", "text")
    if isinstance(other, list):
        return Cell("、".join(name_of(each) for each in other), "text")
    url = show_url(other)
    return Cell(name_of(other), "link" if url else "text", url)


def view_of(model: type) -> Any:
    """The RecordView that shows records of `model`, or None."""
    return current_app.extensions.get("record_views", {}).get(model)


def opener(model: type) -> Any:
    """The RecordView on whose pages the reader may open records of `model`, or None."""
    view = view_of(model)
    return view if view is not None and gate.may("show", view.class_permission_name) else None


def show_url(record: Any) -> str | None:
    """The record's page, where there is one and the reader may open it."""
    view = opener(type(record))
    return str(view.url("show", pk=record.id)) if view is not None else None


def reveal_url(record: Any, name: str) -> str | None:
    """Where a masked value is asked for with a reason; None where nobody shows the record, or the reader may not."""
    view = view_of(type(record))
    if view is None or name not in view.shown_columns() or not gate.may("reveal", view.class_permission_name):
        return None
    return str(view.url("reveal", pk=record.id, column=name))


def spoken(model: type) -> set[str]:
    """The columns and relations that `str(record)` reads, found in its code.

    Nothing else knows that a Tenancy calls itself by its unit and customer; lists load those along
    (else two statements a row), and a name made of sealed columns is not said.
    """
    code = getattr(model.__str__, "__code__", None)
    return set(code.co_names) & set(mapper_of(model).attrs.keys()) if code else set()


def name_of(record: Any) -> str:
    """`str(record)`, unless that would say what the gate keeps back; then what it is, and its key."""
    if record is None:
        return ""
    if _may_be_said(record):
        return str(record)
    view = view_of(type(record))
    return f"{view.titles.one if view else _l('Record')} {record.id}"


def _may_be_said(record: Any) -> bool:
    model = type(record)
    for name in spoken(model):
        value = getattr(record, name)
        if relation(model, name) is not None:
            if value is not None and not isinstance(value, list) and not _may_be_said(value):
                return False
        elif is_kept_back(model, name) and gate.value(record, name) != value:
            return False
    return True
