"""A word is said once: a column's label stands in its `info` and is read from there everywhere."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from app.kit.language import catalogues

__all__ = ["_l", "choices", "choice_label", "column_info", "label"]

_l = catalogues.lazy_gettext  # asks them straight: a page has some hundred words


def column_info(model: type, name: str) -> dict[str, Any]:
    """The `info` of a column or relation of `model`; empty for plain properties.

    A model made of a declaration shares its columns with others: it says in `told` what its own names mean.
    """
    told: dict[str, dict[str, Any]] = getattr(model, "told", {})
    if name in told:
        return dict(told[name])
    return dict(_info(model, name))


@lru_cache(maxsize=10_000)
def _info(model: Any, name: str) -> dict[str, Any]:
    mapper = model.__mapper__
    attribute = mapper.all_orm_descriptors.get(name)
    if attribute is None:
        return getattr(getattr(model, name, None), "info", {})
    if name in mapper.columns:
        return mapper.columns[name].info
    return getattr(attribute, "info", {}) or {}


def label(model: type, name: str) -> Any:
    """The lazy label of a column, relation or `@described` property; a missing one is a bug."""
    info = column_info(model, name)
    if "label" not in info:
        raise LookupError(f"{model.__name__}.{name} has no label")
    return info["label"]


def choices(model: type, name: str) -> dict[str, Any]:
    """The words of a choice column: stored value -> lazy label."""
    return dict(column_info(model, name).get("choices", {}))


def choice_label(model: type, name: str, value: Any) -> Any:
    """What people read for a stored value of a choice column."""
    return choices(model, name).get(value, value)
