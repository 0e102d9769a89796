"""What kind of thing a column holds: one answer for forms, filters, lists and exports."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Boolean, Date, Integer, Numeric, String
from sqlalchemy.orm import Mapper, RelationshipDirection, RelationshipProperty
from sqlalchemy.types import TypeDecorator

from app.kit.columns import Moment
from app.kit.labels import column_info

LONG_TEXT = 300
KINDS: list[tuple[type, str]] = [
    (Boolean, "flag"), (Moment, "moment"), (Date, "date"), (Integer, "number"), (Numeric, "number"), (String, "text"),
]  # fmt: skip
FIGURES = {"number", "money", "area"}
SPANS = {"date", "moment", *FIGURES}


def mapper_of(model: Any) -> Mapper[Any]:
    """SQLAlchemy's knowledge of a model."""
    found: Mapper[Any] = model.__mapper__
    return found


@cache
def keeps_back(model: Any) -> bool:
    """The model has sealed columns: its records belong to what lies in files."""
    return any(column_info(model, each.key).get("sealed") for each in mapper_of(model).column_attrs)


def relation(model: type, name: str) -> RelationshipProperty[Any] | None:
    """The relation called `name`, or None."""
    return mapper_of(model).relationships.get(name)


def relations(model: type) -> list[str]:
    """The names of all relations of `model`."""
    return [each.key for each in mapper_of(model).relationships]


def target(model: type, name: str) -> type:
    """The model of the records that a relation names; one made of a declaration is found when it is asked for."""
    found = relation(model, name)
    if found is None:
        raise LookupError(f"{model.__name__}.{name} is no relation")
    declared = column_info(model, name).get("target")
    return declared() if declared is not None else found.mapper.class_


def points_to_one(found: RelationshipProperty[Any] | None) -> bool:
    """The relation names one other record by a key of its own table."""
    return found is not None and found.direction is RelationshipDirection.MANYTOONE


def keys_of(model: type, name: str) -> list[str]:
    """The key columns behind a relation: `unit` is stored in `unit_id`. None behind lists and plain columns."""
    found = relation(model, name)
    if found is None or not points_to_one(found):
        return []
    return [mapper_of(model).get_property_by_column(column).key for column in found.local_columns]


def kind(model: Any, name: str) -> str:
    """relation choice several money area signature flag moment date number text; "other" for what is only shown."""
    return _kind(model, name)


@cache
def _kind(model: Any, name: str) -> str:
    if relation(model, name) is not None:
        return "relation"
    column = mapper_of(model).columns.get(name)
    if column is None:
        return "other"
    info = column_info(model, name)
    if info.get("kind") in ("money", "area", "signature", "several"):
        return str(info["kind"])
    if "choices" in info:
        return "choice"
    bare = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    return next((word for of, word in KINDS if isinstance(column.type, of) or isinstance(bare, of)), "other")


def length(model: type, name: str) -> int | None:
    """How many characters the column takes; None where it does not say."""
    found = column_info(model, name).get("length") or getattr(mapper_of(model).columns[name].type, "length", None)
    return int(found) if found else None


def is_kept_back(model: type, name: str) -> bool:
    """The column is masked, sealed or hidden: never searched, filtered or sorted."""
    info = column_info(model, name)
    return bool(info.get("mask") or info.get("sealed") or info.get("hidden"))


def has_kept_back(model: type) -> bool:
    """The model holds what not everybody may read: reading one of its records is a line in the audit."""
    return any(is_kept_back(model, attribute.key) for attribute in mapper_of(model).column_attrs)
