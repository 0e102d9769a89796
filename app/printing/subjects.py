"""What can be printed: rooms declare their subjects in `<room>/facts.py`, found here and never imported by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from flask_babel import force_locale

from app.kit.cells import name_of
from app.kit.columns import today
from app.kit.labels import choices, column_info, label
from app.kit.language import CODES
from app.kit.shown import shown
from app.security import gate, masks

APP = Path(__file__).parent.parent
SEALED = {"sealed": True}

Facts = dict[str, Any]
Words = dict[str, str]


@dataclass
class Subject:
    """A kind of record as paper knows it.

    `parts` names the models behind the facts ("customer.name" is a column of parts["customer"]);
    `many` means that `facts` is given a list of records; `fits(record, form_key)` says which forms are for which;
    `among(first, last)` selects those that a register of these days holds, a year's where `yearly`;
    `passing` names the facts that the calendar moves by itself: a copy does not grow old by them;
    `size(record)` counts the rows of its lists: many make a print long work (`app.printing.long`).
    """

    key: str
    model: type
    facts: Callable[[Any], Facts]
    parts: dict[str, type] = field(default_factory=dict)
    after_print: Callable[[Any, str], None] | None = None
    many: bool = False
    more: list[Callable[[Any], Facts]] = field(default_factory=list)
    fits: Callable[[Any, str], bool] = lambda _record, _form_key: True
    among: Callable[[dt.date, dt.date], Any] | None = None
    yearly: bool = False
    passing: tuple[str, ...] = ()
    size: Callable[[Any], int] | None = None

    def first_day(self) -> dt.date:
        """Where a register begins when nobody says: with the month or with the year."""
        return today().replace(month=1, day=1) if self.yearly else today().replace(day=1)

    def tell(self, record: Any) -> Facts:
        """The facts of a record, those that upper rooms add included."""
        told = dict(self.facts(record))
        for add in self.more:
            told |= add(record)
        return told


def name_of_model(model: type) -> str:
    """How the print log names a kind of record; one that is declared as data has a name of its own."""
    return str(getattr(model, "printed_as", model.__name__))


_subjects: dict[str, Subject] = {}
_additions: list[tuple[str, Mapping[str, type], Callable[[Any], Facts]]] = []


def subject(
    key: str,
    model: type,
    *,
    parts: Mapping[str, type] | None = None,
    after_print: Callable[[Any, str], None] | None = None,
    many: bool = False,
    fits: Callable[[Any, str], bool] = lambda _record, _form_key: True,
    among: Callable[[dt.date, dt.date], Any] | None = None,
    yearly: bool = False,
    passing: tuple[str, ...] = (),
    size: Callable[[Any], int] | None = None,
) -> Callable[[Callable[[Any], Facts]], Callable[[Any], Facts]]:
    """Declare `facts(record) -> dict` of primitives; `after_print(record, form_key)` runs in the same transaction."""

    def declare(facts: Callable[[Any], Facts]) -> Callable[[Any], Facts]:
        known = {key: model, **(parts or {})}
        _subjects[key] = Subject(
            key, model, facts, known, after_print, many,
            fits=fits, among=among, yearly=yearly, passing=passing, size=size,
        )  # fmt: skip
        return facts

    return declare


def adds(
    *keys: str, parts: Mapping[str, type] | None = None
) -> Callable[[Callable[[Any], Facts]], Callable[[Any], Facts]]:
    """Declare facts that an upper room adds to a lower room's subject."""

    def declare(facts: Callable[[Any], Facts]) -> Callable[[Any], Facts]:
        _additions.extend((key, parts or {}, facts) for key in keys)
        return facts

    return declare


@cache
def all_subjects() -> dict[str, Subject]:
    """Every declared subject by its key."""
    for path in sorted(APP.glob("*/facts.py")):
        import_module(f"app.{path.parent.name}.facts")
    for key, parts, facts in _additions:
        _subjects[key].parts |= parts
        _subjects[key].more.append(facts)
    return _subjects


def read(record: Any, *names: str) -> Facts:
    """Columns, relations and properties of a record as primitives, each asked of the gate."""
    return {name: primitive(_told(record, name)) if record is not None else "" for name in names}


def _told(record: Any, name: str) -> Any:
    """As the gate tells it. Paper is never given a plain number, not even by a command."""
    value, mask = gate.value(record, name), column_info(type(record), name).get("mask")
    return masks.mask(mask, value) if mask and value and value == getattr(record, name) else value


def read_all(records: Iterable[Any], *names: str) -> list[Facts]:
    return [read(record, *names) for record in records]


def primitive(value: Any) -> Any:
    """What a form may be given: text, numbers, flags. Moments are told in the desk's time."""
    if value is gate.SEALED:
        return SEALED
    if value is None:
        return ""
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, dt.date):
        return shown(value)
    return str(name_of(value)).strip() if hasattr(value, "__mapper__") else str(value)


@cache
def column_words(model: type, name: str) -> Words:
    """The column's label in every language of the paper."""
    return in_all_languages(label(model, name))


@cache
def choice_words(model: type, name: str) -> dict[str, Words]:
    """A choice column's words: stored value -> the word in every language."""
    return {value: in_all_languages(word) for value, word in choices(model, name).items()}


@cache
def column_kind(model: type, name: str) -> str:
    """What the column says of itself: money, area, phone …; "" where it says nothing."""
    return str(column_info(model, name).get("kind", ""))


def in_all_languages(lazy: Any) -> Words:
    """A marked word in every language of the paper."""
    said = {}
    for language in CODES:
        with force_locale(language):
            said[language] = str(lazy)
    return said
