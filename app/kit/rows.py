"""Rows of a form: each a small form of its own, in the order they stand in, moved with or without script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from wtforms.form import BaseForm

MOST = 80
BLANK = "__n"  # what the script puts a row's number in for
Fields = Callable[[], dict[str, Any]]


class Rows:
    """One table of rows under `name`; `fields()` are those of one row."""

    def __init__(self, name: str, title: Any, one: Any, more: Any, fields: Fields) -> None:
        self.name, self.title, self.one, self.more, self.fields = name, title, one, more, fields
        self.forms: list[BaseForm] = []
        self.focus = ""  # the control that somebody without script goes on at

    def __iter__(self) -> Iterator[BaseForm]:
        return iter(self.forms)

    def row(self, number: int | str, sent: Any = None, data: Mapping[str, Any] | None = None) -> BaseForm:
        """One row's form, under its own prefix."""
        form = BaseForm(self.fields(), prefix=f"{self.name}-{number}")
        form.process(sent, data=dict(data or {}))
        return form

    @property
    def blank(self) -> BaseForm:
        return self.row(BLANK)

    def number(self, form: BaseForm) -> int:
        return number_of(form)

    @property
    def next(self) -> int:
        """A number that no row has."""
        return 1 + max((number_of(form) for form in self.forms), default=-1)

    def fill(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """The rows as they are stored."""
        self.forms = [self.row(number, data=data) for number, data in enumerate(rows)]

    def read(self, sent: Any) -> None:
        """The rows as they were sent, whatever their numbers."""
        found = (re.match(rf"{self.name}-(\d{{1,6}})-", name, re.ASCII) for name in sent)
        numbers = dict.fromkeys(int(each.group(1)) for each in found if each)
        self.forms = [self.row(number, sent) for number in list(numbers)[:MOST]]

    def act(self, how: str) -> bool:
        """Do what a button of the rows asks, like `add:fields` or `up:fields:3`; False for another button."""
        verb, _, rest = how.partition(":")
        name, _, number = rest.partition(":")
        if name != self.name or verb not in ("add", "up", "down", "remove"):
            return False
        if verb == "add":
            self.forms.append(self.row(self.next))
            self.focus = next(field.id for field in self.forms[-1] if field.type != "HiddenField")
        else:
            self._move(verb, number)
        return True

    def _move(self, verb: str, number: str) -> None:
        at = next((place for place, form in enumerate(self.forms) if str(number_of(form)) == number), None)
        if at is None:
            return
        form = self.forms.pop(at)
        if verb != "remove":
            self.forms.insert(max(0, at + (1 if verb == "down" else -1)), form)
            self.focus = f"{verb}-{self.name}-{number}"


def number_of(form: BaseForm) -> int:
    """The number in a row's prefix."""
    return int(form._prefix.rstrip("-").rpartition("-")[2])
