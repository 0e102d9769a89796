"""A field of which several words may be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation

from app.kit.labels import _l


class SeveralField(Field):
    """Some of translated words, given as (value, words), each with a box to tick; `data` is the values with spaces."""

    def __init__(self, *args: Any, words: Iterable[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(words)

    def offer(self, words: Iterable[tuple[str, Any]]) -> None:
        """Replace what can be chosen."""
        self.words = [(value, said) for value, said in words if value]

    def process_data(self, value: Any) -> None:
        self.data = value or ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = " ".join(dict.fromkeys(word for typed in valuelist for word in str(typed).split()))

    def pre_validate(self, form: Any) -> None:
        """In the order of what is offered; an unknown value is refused."""
        chosen, known = self.data.split(), [value for value, _said in self.words]
        if not set(chosen) <= set(known):
            raise StopValidation(_l("Please choose one of the list."))
        self.data = " ".join(value for value in known if value in chosen)

    def options(self) -> list[tuple[str, Any, bool]]:
        """(value, words, chosen) of each."""
        return [(value, said, value in self.data.split()) for value, said in self.words]

    @property
    def chosen_words(self) -> str:
        """What the chosen values are called."""
        return "、".join(str(said) for _value, said, is_chosen in self.options() if is_chosen)

    def _value(self) -> str:
        return str(self.data or "")
