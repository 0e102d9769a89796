"""An audit line's detail as a person reads it: names and codes in words, everything else as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from flask_appbuilder.models.sqla import Model

from app.kit.labels import _l, choices, label
from app.security import roles

NAMES: dict[str, Any] = {
    "number": _l("Number"), "line": _l("Line"), "columns": _l("Fields"), "column": _l("Field"), "unit": _l("Unit"),
    "on": _l("Date"), "role": _l("Kind of contact"), "replaced": _l("Contact before"), "from": _l("Before"),
    "to": _l("After"), "kind": _l("Kind"), "reason": _l("Reason"), "site": _l("Site"), "user": _l("User"),
    "key": _l("Scheme"), "revision": _l("Revision"), "document": _l("Paper"), "class": _l("Class of paper"),
    "scan": _l("Scan"), "sha256": _l("Checksum (SHA-256)"), "file": _l("File"), "hours": _l("For how many hours"),
    "roles": _l("Roles"), "one_time": _l("One-time password"), "locked": _l("Locked"), "form": _l("Form"),
    "copies": _l("Of copies"), "first": _l("Print number"), "subject": _l("Kind of record"), "record": _l("Record key"),
    "new": _l("New"), "changed": _l("Updated"), "same": _l("Unchanged"), "wrong": _l("Wrong"), "vacant": _l("Vacant"),
    "joined": _l("Joined"), "mode": _l("Way of reading"), "report": _l("Report"), "token": _l("Token"),
    "verdict": _l("Decision"), "request": _l("Request"), "rows": _l("Rows"), "before": _l("Digest of what it was"),
    "without_exam": _l("Role given without its condition"),
}  # fmt: skip
COLUMN_OF = {"from": "state", "to": "state", "form": "form_key", "subject": "subject_type"}
# Handed in by app/views.py: codes that only an upper room can put into words. name in the detail -> word of a code
words_of: dict[str, Callable[[str], Any]] = {}


def as_words(subject: str, detail: dict[str, Any]) -> str:
    """`detail` of a line about a record of the class called `subject`."""
    colon = str(_l(": "))
    pairs = (f"{NAMES.get(name, name)}{colon}{_said(subject, name, value)}" for name, value in detail.items())
    return " · ".join(pairs)


def as_roles(names: str) -> str:
    """Names of roles, with spaces between, in words."""
    return str(_l(", ")).join(str(roles.ROLES.get(name, name)) for name in names.split())


def _said(subject: str, name: str, value: Any) -> str:
    if isinstance(value, list):
        return str(_l(", ")).join(_said(subject, name, each) for each in value)
    if isinstance(value, bool):
        return str(_l("yes") if value else _l("no"))
    if not isinstance(value, str):
        return "—" if value is None else str(value)
    return str((words_of[name](value) if name in words_of else _word(subject, name, value)) or value)


@lru_cache(1000)
def _word(subject: str, name: str, value: str) -> Any:
    """The lazy word of a code; None for what is no code."""
    if name in ("roles", "from", "to") and value in roles.ROLES:
        return roles.ROLES[value]
    for model in _models(subject):
        if name in ("column", "columns"):
            return _label(model, value)
        found = _choices(model, COLUMN_OF.get(name, name)).get(value)
        if found is not None:
            return found
    return None


def _models(subject: str) -> Iterator[type]:
    """The subject's own model, then all others."""
    models = [mapper.class_ for mapper in Model.registry.mappers]
    yield from sorted(models, key=lambda model: (model.__name__ != subject, model.__name__))


def _choices(model: type, name: str) -> dict[str, Any]:
    return choices(model, name) if hasattr(model, name) else {}


def _label(model: type, name: str) -> Any:
    try:
        return label(model, name)
    except (LookupError, AttributeError):
        return None
