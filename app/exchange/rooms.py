"""Finds what the rooms say about rosters: every `app/<room>/sheets.py`, in the order of their PLACE.

A `sheets.py` offers `PLACE` and `FIELDS`, and any of these functions; exchange itself knows no subject:

    find_site(name) -> site or None      make_site(name, *, by) -> site      sites(ids) -> [(id, name)]
    before(site, *, by)                  what must be there before rows are planned, e.g. schemes
    tidy(rows) -> rows                   join or split rows before they are looked at; a cell is changed by `row.put`
    prepare(site) -> known               what the room knows of the site, read once (site may be None)
    plan(row, known)                     compare, note changes and problems; writes nothing
    apply(row, known, *, by)             write what was planned; no flush, no commit
    forget(known)                        after a rolled back savepoint: drop what was made in it
    release(known)                       after a batch: keep keys instead of records
    notes(known) -> [words]              what to say about the whole import
"""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from app.exchange.fields import Field, Row

APP = Path(__file__).parent.parent


@cache
def found() -> tuple[ModuleType, ...]:
    """The rooms' sheets modules, lower rooms first."""
    names = sorted(path.parent.name for path in APP.glob("*/sheets.py"))
    modules = [importlib.import_module(f"app.{name}.sheets") for name in names]
    return tuple(sorted(modules, key=lambda module: module.PLACE))


@cache
def fields() -> dict[str, Field]:
    """Every field by its key, in the rooms' order."""
    return {field.key: field for module in found() for field in module.FIELDS}


def offers(name: str) -> list[Any]:
    """The functions called `name` that rooms offer."""
    return [getattr(module, name) for module in found() if hasattr(module, name)]


def the(name: str) -> Any:
    """The one function called `name`."""
    (only,) = offers(name)
    return only


@cache
def said_once() -> frozenset[str]:
    """The amounts that belong to one unit: not repeated where a row is."""
    return frozenset(field.key for field in fields().values() if field.once)


def part_of(row: Row, part: int, **cells: Any) -> Row:
    """The same row said of another unit; amounts that belong to one unit are not repeated."""
    return row.part_of(part, {**dict.fromkeys(said_once() & row.cells.keys()), **cells})
