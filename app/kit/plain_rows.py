"""Rows of a list as plain values, column by column, where no value asks for a decision of its own.

What is masked, sealed or worked out of a record goes through the gate value by value (`app.kit.cells`). A list with
nothing of that kind is decided once, for its columns: the same values, thirty times as fast.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.kit.cells import spoken
from app.kit.columns import DESK_TIME
from app.kit.filters import Asked
from app.kit.kinds import is_kept_back, keys_of, kind, mapper_of, relation, target
from app.kit.labels import _l, choices, column_info
from app.kit.loading import loads
from app.kit.session import db

AT_ONCE = 1000
MOST_NAMES = 10_000
Convert = Callable[[Sequence[Any]], Sequence[Any]]


def are_enough(view: Any, names: list[str]) -> bool:
    """Every column of these may be told as it is stored, or by the name of the record it names."""
    return all(_is_plain(view, name) for name in names)


def _is_plain(view: Any, name: str) -> bool:
    if is_kept_back(view.model, name) or name in view.form_choices or getattr(view.model, "told", None):
        return False
    if relation(view.model, name) is not None:
        return len(keys_of(view.model, name)) == 1 and _says_itself(target(view.model, name))
    return name in mapper_of(view.model).columns


def _says_itself(model: type, depth: int = 3) -> bool:
    """The name of such a record is made of nothing that is kept back: `name_of` would be `str`."""
    parts = spoken(model)
    others = [target(model, name) for name in parts if relation(model, name) is not None]
    return depth > 0 and not any(is_kept_back(model, name) for name in parts) and all(
        _says_itself(other, depth - 1) for other in others
    )  # fmt: skip


def read(asked: Asked, names: list[str], *, walked: bool) -> Iterator[Sequence[Any]]:
    """Row by row; fetched and made ready in stretches."""
    model = asked.view.model
    columns = [getattr(model, keys_of(model, name)[0] if relation(model, name) is not None else name) for name in names]
    converts = [_convert(model, name) for name in names]
    query = asked.query(walked=walked).order_by(*asked.ordering()).with_only_columns(*columns)
    for rows in db.session.execute(query.execution_options(yield_per=AT_ONCE)).partitions():
        made = [convert(column) for convert, column in zip(converts, zip(*rows, strict=True), strict=True)]
        yield from zip(*made, strict=True)


def _convert(model: type, name: str) -> Convert:
    """What makes the plain values of a column: as `exports.plain` tells them."""
    of, words = kind(model, name), {key: str(said) for key, said in choices(model, name).items()}
    if of == "relation":
        return _names(target(model, name))
    if of == "several":
        return lambda column: ["、".join(words.get(one, one) for one in (each or "").split()) for each in column]
    if words:
        return lambda column: ["" if each is None else words.get(each, str(each)) for each in column]
    if column_info(model, name).get("kind") in ("money", "area"):
        return lambda column: ["" if each is None else Decimal(each) / 100 for each in column]
    return _as_stored(of)


def _as_stored(of: str) -> Convert:
    if of == "flag":
        said = {True: str(_l("yes")), False: str(_l("no")), None: ""}
        return lambda column: [said[each] for each in column]
    if of == "moment":
        return lambda column: [_at_the_desk(each) for each in column]
    return lambda column: ["" if each is None else each for each in column]


def _at_the_desk(moment: dt.datetime | None) -> Any:
    return "" if moment is None else moment.astimezone(DESK_TIME).replace(tzinfo=None)


def _names(model: Any) -> Convert:
    """The names of related records; those of a stretch are asked for at once, and known for the next."""
    known: dict[int | None, str] = {None: ""}

    def convert(keys: Sequence[Any]) -> Sequence[str]:
        missing = set(keys) - known.keys()
        if len(known) > MOST_NAMES:
            known.clear()
            known[None], missing = "", set(keys) - {None}
        if missing:
            query = select(model).where(model.id.in_(missing)).options(*loads(model, spoken(model)))
            known.update((record.id, str(record)) for record in db.session.scalars(query))
        return [known[key] for key in keys]

    return convert
