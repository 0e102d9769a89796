"""Why something was not stored, in words: beside the field where one is to blame, never the database's own text."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Table, UniqueConstraint
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from wtforms.form import BaseForm

from app.kit.errors import RuleError, StaleError
from app.kit.kinds import keys_of, mapper_of, relations
from app.kit.labels import _l, column_info
from app.kit.session import AppendOnlyError

REFUSALS = (RuleError, AppendOnlyError, StaleDataError, IntegrityError, DataError)
STALE = _l("Someone changed this meanwhile. Look at both versions, then save again.")
IN_USE = _l("This is taken already.")
EMPTY = _l("Please fill this in.")
STILL_USED = _l("Other records belong to this one, or it names one that is gone.")
DOES_NOT_FIT = _l("A value does not fit.")


class MissingError(RuleError):
    """A column that must hold something holds nothing, and no rule filled it in."""


def is_stale(error: Exception) -> bool:
    """Somebody else was faster."""
    return isinstance(error, StaleError | StaleDataError)


def words(error: Exception, model: type) -> tuple[list[str], Any]:
    """(columns to blame, reason); no columns where the whole record is refused."""
    if isinstance(error, RuleError):
        return ([error.field] if error.field else []), error.message
    if is_stale(error):
        return [], STALE
    if isinstance(error, AppendOnlyError):
        return [], _l("This can no longer be changed.")
    if isinstance(error, IntegrityError):
        return _blamed(error, model)
    return [], DOES_NOT_FIT


def tell(form: BaseForm, error: Exception, model: type) -> Any:
    """Put the reason beside the fields to blame; answers the words for the top of the form, "" when a field says it."""
    blamed, reason = words(error, model)
    shown = [name for each in blamed for name in _fields_of(form, model, each)]
    for name in dict.fromkeys(shown):
        form[name].errors = [*form[name].errors, reason]
    if shown:
        return ""
    labels = [str(column_info(model, each).get("label", "")) for each in blamed]
    named = "、".join(label for label in labels if label)
    return f"{named}: {reason}" if named and isinstance(error, IntegrityError | MissingError) else reason


def _fields_of(form: BaseForm, model: type, column: str) -> list[str]:
    """The fields that stand for a column: itself, or the relation kept in it."""
    return [name for name in (column, *_holders(model, column)) if name in form]


def demand_filled(record: Any) -> None:
    """Refuse a record with an empty column that must not be, before the database does."""
    mapper = mapper_of(type(record))
    for attribute in mapper.column_attrs:
        column = attribute.columns[0]
        is_made = column.primary_key or column is mapper.version_id_col
        has_default = column.default is not None or column.server_default is not None
        if column.nullable or is_made or has_default or getattr(record, attribute.key) is not None:
            continue
        if not any(getattr(record, name) is not None for name in _holders(type(record), attribute.key)):
            raise MissingError(EMPTY, field=attribute.key)


def _holders(model: type, column: str) -> list[str]:
    """The relations kept in a key column."""
    return [name for name in relations(model) if column in keys_of(model, name)]


def _blamed(error: IntegrityError, model: type) -> tuple[list[str], Any]:
    """What an IntegrityError is about: both engines name the constraint or its columns."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    text = str(error.orig).lower()
    if "foreign key" in text:
        return [], STILL_USED
    columns = _columns_of_constraint(error, table) or re.findall(rf"\b{table.name}\.(\w+)", text)
    known = [column for column in columns if column in table.c and column != "site_id"]
    if "unique" in text:
        return known, IN_USE
    return known, (EMPTY if re.search(r"not[ -]null", text) else DOES_NOT_FIT)


def _columns_of_constraint(error: IntegrityError, table: Table) -> list[str]:
    """PostgreSQL names the constraint; SQLite names the columns themselves."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is None or diagnosis.table_name != table.name:
        return []
    if diagnosis.column_name:
        return [diagnosis.column_name]
    unique: list[Any] = [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    for each in [*unique, *table.indexes]:
        if each.name == diagnosis.constraint_name:
            return [column.name for column in each.columns]
    return []
