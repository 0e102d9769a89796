"""The class of a register's entries, made of its declaration: the slots of `entry` under the fields' own names."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask_appbuilder.models.sqla import Model
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Column
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.orm import relationship

from app.archive.models import File
from app.customers.models import Customer
from app.estate.models import Unit
from app.kit.labels import _l
from app.registers.declaration import NAMED, Body, Declaration, said
from app.registers.models import Entry

LONGEST = {"text": 200, "long_text": 4000}
TARGETS: dict[str, type] = {"person": User, "file": File, "customer": Customer, "unit": Unit, "entry": Entry}
MAPPER: Any = sa_inspect(Entry)
TABLE: Any = Entry.__table__
ClassOf = Callable[[str], type]
_made: dict[tuple[str, str], type[Entry]] = {}


def class_of(declared: Declaration, slots: dict[str, str], digest: str, class_of_key: ClassOf) -> type[Entry]:
    """The class of a declaration; the same one for the same content."""
    found = _made.get((declared.key, digest))
    if found is None:
        MAPPER.polymorphic_map.pop(declared.key, None)
        found = _made[declared.key, digest] = _make(declared, slots, class_of_key)
    return found


def use(key: str, model: type[Entry]) -> None:
    """Entries of this register that are loaded from now on are of this class."""
    MAPPER.polymorphic_map[key] = sa_inspect(model)


def _make(declared: Declaration, slots: dict[str, str], class_of_key: ClassOf) -> type[Entry]:
    properties: dict[str, Any] = {}
    for key, field in declared.fields.items():
        properties |= _properties(key, field, slots[key])
    used = {each.key for each in properties.values() if isinstance(each, Column)}
    known = {column.key for column in MAPPER.columns}
    made: type[Entry] = type(
        f"Entry{uuid.uuid4().hex}", (Entry,), {"__abstract__": True, "__module__": "declared", "told": {}}
    )
    Model.registry.map_imperatively(
        made,
        inherits=Entry,
        polymorphic_identity=declared.key,
        polymorphic_load="inline",  # entries of several registers come in one statement, whole
        properties=properties,
        exclude_properties=[column.key for column in TABLE.c if column.key not in known | used],
    )
    made.__table__ = TABLE
    made.__name__ = Entry.__name__  # as the audit and the print log call it
    made.printed_as = f"Entry:{declared.key}"
    made.kept_as, made.called = f"entry_{declared.key}", declared.entry
    made.told = _told(declared, class_of_key)
    made.lies_in_file = declared.bound == "file" and declared.body.get("sealed_with_file", True)
    made.lies_with_customer = declared.bound == "customer" and declared.body.get("sealed_with_file", True)
    made.filed_as = declared.body.get("filed_as", "")
    return made


def _properties(key: str, field: Body, slot: str) -> dict[str, Any]:
    """A field as the mapper has it: a column, or a relation and its key."""
    kind = field["kind"]
    if kind not in NAMED:
        return {key: TABLE.c[slot]}
    column = TABLE.c[f"{slot}_id"]
    more: dict[str, Any] = {"remote_side": [TABLE.c.id]} if kind == "entry" else {}
    return {f"{key}_id": column, key: relationship(TARGETS[kind], foreign_keys=[column], **more)}


def _told(declared: Declaration, class_of_key: ClassOf) -> dict[str, dict[str, Any]]:
    """What the kit is told of each name: label, kind, words, seal."""
    told: dict[str, dict[str, Any]] = {}
    for key, field in declared.fields.items():
        told[key] = _info(field, class_of_key)
        if field["kind"] in NAMED:
            told[f"{key}_id"] = {"label": said(field["label"]), "sealed": bool(field.get("sealed"))}
    words = {state["key"]: said(state["name"]) for state in declared.states}
    tones = {state["key"]: state["tone"] for state in declared.states if "tone" in state}
    told["state"] = {"label": _l("State"), "choices": words, "tones": tones}
    if declared.bound != "nothing":
        usual = MAPPER.relationships[declared.bound].info["label"]
        told[declared.bound] = {"label": usual, "required": True}
    return told


def _info(field: Body, class_of_key: ClassOf) -> dict[str, Any]:
    kind = field["kind"]
    info: dict[str, Any] = {
        "label": said(field["label"]),
        "required": bool(field.get("required")),
        "sealed": bool(field.get("sealed")) or kind == "signature",
        "hint": said(field["hint"]) if "hint" in field else "",
    }
    if kind in ("money", "signature", "several"):
        info["kind"] = kind
    if "words" in field:
        info["choices"] = {key: said(names) for key, names in field["words"].items()}
        if kind == "choice" and not field.get("required"):
            info["choices"] = {"": "", **info["choices"]}
    if kind in LONGEST:
        info["length"] = LONGEST[kind]
    if "default" in field:
        info["default"] = field["default"]
    if kind == "entry":
        info["target"] = lambda: class_of_key(field["register"])
    return info
