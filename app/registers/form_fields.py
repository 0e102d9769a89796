"""The form that a register is declared with: its own names, and rows for fields, states and steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wtforms import HiddenField
from wtforms.form import BaseForm

from app.archive import access
from app.kit import once
from app.kit.fields import ChoiceField, Filled, LongTextField, NotLonger, TextField, TickField
from app.kit.labels import _l
from app.kit.language import LANGUAGES
from app.kit.rows import Rows
from app.kit.several import SeveralField
from app.registers import known, overview
from app.registers.shape import EVERYONE, TONES
from app.security.roles import ROLES

SHORT = {"zh_Hans": "简", "zh_Hant": "繁", "en": "English"}
TONE_WORDS = {"": _l("Plain"), **dict(zip(TONES, (_l("Good"), _l("To be done"), _l("Bad"), _l("Quiet")), strict=True))}
TICKS = {
    "required": _l("Must be filled in"), "sealed": _l("Kept sealed"),
    "in_list": _l("In the list"), "searched": _l("Searched"),
    "printed": _l("Printed"), "called": _l("Names the entry"), "is_due": _l("Day it is due"),
}  # fmt: skip
USUAL = ("in_list", "searched", "printed")  # ticked in a new row
KEPT = "rest"  # what a declaration says that the form does not show


def names(stem: str, title: Any, longest: int = 120, *, needed: bool = True) -> dict[str, Any]:
    """A name in every language. 繁 follows from 简 where it is left empty."""
    found = {}
    for language in LANGUAGES:
        label = _l("%(what)s (%(language)s)", what=title, language=SHORT[language.code])
        must = [Filled()] if needed and language.code != "zh_Hant" else []
        found[f"{stem}_{language.code}"] = TextField(label, [*must, NotLonger(longest)])
    return found


class RegisterField(ChoiceField):
    """A register by its key; one that is not there yet may be named, too."""

    def pre_validate(self, form: Any) -> None:
        if self.data and all(choice.value != self.data for choice in self.iter_choices()):
            self.offer([*((choice.value, choice.label) for choice in self.iter_choices()), (self.data, self.data)])

    def process_data(self, value: Any) -> None:
        super().process_data(value)
        self.pre_validate(None)


def role_field(title: Any) -> Any:
    return SeveralField(title, words=[*ROLES.items(), (EVERYONE, _l("Everybody"))])


def top(key: str) -> dict[str, Any]:
    """What the register is called, who may, and what an entry belongs to."""
    fixed = {"readonly": True} if key else {}
    hint = _l("Small letters, figures and underscores; left empty, it follows from the English name.")
    found = {
        **names("name", _l("Called")),
        **names("entry", _l("One entry is called")),
        **names("about", _l("In a sentence"), needed=False),
        "key": TextField(_l("Key"), [NotLonger(40)], render_kw=fixed, description="" if key else hint),
        "number": TextField(_l("Number"), [NotLonger(50)], description=_l("For example LG-{year}-{sequence:03d}")),
        "bound": ChoiceField(_l("Bound to"), words=overview.BOUND.items()),
        "single": TickField(_l("One entry each: extra fields of a file, a customer or a unit")),
        "read": role_field(_l("May read")),
        "write": role_field(_l("May write")),
        KEPT: HiddenField(),
        once.FIELD: HiddenField(),
    }
    if not key:
        words = [("", _l("Any scheme")), *access.scheme_words()]
        found["scheme"] = ChoiceField(_l("Files of the scheme"), words=words)
    return found


def field_row() -> dict[str, Any]:
    registers = [("", ""), *((each.declared.key, each.declared.name) for each in known.offered())]
    words_hint = _l("One a line: key = 简 | 繁 | English; the key may be left out.")
    return {
        **names("label", _l("Label")),
        "kind": ChoiceField(_l("Kind"), words=overview.KINDS.items(), default="text"),
        "key": TextField(_l("Key"), [NotLonger(40)]),
        "register": RegisterField(_l("Entry of the register"), words=registers),
        "words": LongTextField(
            _l("Words to choose from"), [NotLonger(6000)], description=words_hint, render_kw={"translate": "no"}
        ),
        **{name: TickField(words, default=name in USUAL) for name, words in TICKS.items()},
        KEPT: HiddenField(),
    }


def state_row() -> dict[str, Any]:
    return {
        **names("name", _l("Called")),
        "tone": ChoiceField(_l("Colour"), words=TONE_WORDS.items()),
        "over": TickField(_l("Nothing is left to do")),
        "key": HiddenField(),
    }


def move_row() -> dict[str, Any]:
    listed, asked = _l("Several are told apart by 、"), _l("Fields, by label; ? behind what may stay empty")
    return {
        **names("name", _l("Called")),
        "from": TextField(_l("From state"), [Filled(), NotLonger(400)], description=listed),
        "to": TextField(_l("To state"), [NotLonger(200)]),
        "asks": TextField(_l("Asks for"), [NotLonger(600)], description=asked),
        "roles": role_field(_l("Who may")),
        "reason": TickField(_l("Asks for a reason")),
        "key": HiddenField(),
        KEPT: HiddenField(),
    }


@dataclass
class DeclarationForm:
    """The whole form; `key` is the register that gets a new version."""

    key: str
    top: BaseForm = field(init=False)
    fields: Rows = field(init=False)
    states: Rows = field(init=False)
    moves: Rows = field(init=False)

    def __post_init__(self) -> None:
        self.top = BaseForm(top(self.key))
        self.fields = Rows("fields", _l("Fields"), _l("Field"), _l("Add a field"), field_row)
        self.states = Rows("states", _l("States"), _l("State"), _l("Add a state"), state_row)
        self.moves = Rows("moves", _l("Steps"), _l("Step"), _l("Add a step"), move_row)

    @property
    def tables(self) -> list[Rows]:
        return [self.fields, self.states, self.moves]

    def forms(self) -> Iterator[BaseForm]:
        yield self.top
        for table in self.tables:
            yield from table

    def wrong(self) -> Iterator[tuple[Any, Any, Any]]:
        """(row's name or "", field, why) of everything that is wrong, top to bottom."""
        yield from (("", it, it.errors[0]) for it in self.top if it.errors)
        for table in self.tables:
            for place, form in enumerate(table, 1):
                yield from ((f"{table.one} {place}", it, it.errors[0]) for it in form if it.errors)
