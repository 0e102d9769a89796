"""The fields of our forms: what people type on one side, what a column stores on the other."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, DateField, Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import DateTimeLocalInput, TelInput, TextInput

from app.kit.columns import DESK_TIME
from app.kit.labels import _l
from app.kit.reading import FIRST_YEAR, LARGEST_INTEGER, LAST_YEAR, read_day, read_number
from app.kit.widgets import Options, RemoteOptions


class Filled:
    """The field must not be left empty. One that was not sent at all keeps what it holds."""

    field_flags = {"required": True}

    def __call__(self, _form: Any, field: Any) -> None:
        typed = field.raw_data[0] if field.raw_data else field.data
        if typed is None or not str(typed).strip():
            field.errors[:] = []
            raise StopValidation(_l("Please fill this in."))


class MayBeEmpty:
    """An empty field is right and is not looked at further."""

    field_flags = {"optional": True}

    def __call__(self, _form: Any, field: Any) -> None:
        if not field.raw_data or not str(field.raw_data[0]).strip():
            field.errors[:] = []
            raise StopValidation()


class NotLonger:
    """At most so many characters, and none that a database refuses or nobody can see."""

    def __init__(self, length: int | None) -> None:
        self.length = length
        self.field_flags = {"maxlength": length} if length else {}

    def __call__(self, _form: Any, field: Any) -> None:
        data = field.data or ""
        if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in data):
            raise StopValidation(_l("This contains a character that cannot be stored."))
        if self.length and len(data) > self.length:
            raise StopValidation(_l("At most %(count)s characters.", count=self.length))


class TextField(StringField):
    """One line; spaces around it are dropped."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if valuelist:
            self.data = str(valuelist[0]).strip()


class LongTextField(TextAreaField):
    """Several lines; line ends as the database should hold them."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if valuelist:
            self.data = str(valuelist[0]).replace("\r\n", "\n").strip()


class SourceField(LongTextField):
    """A text that a program reads, e.g. YAML: many lines, each letter as it is, nothing for people to translate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args, render_kw={"rows": 28, "class": "code", "spellcheck": "false", "translate": "no"}, **kwargs
        )


class TickField(BooleanField):
    """A check box that may stay empty (FAB makes every one of them required)."""


class _TypedField(Field):
    """What was typed comes back as typed when it could not be understood."""

    widget: Any = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.say(self.data)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if not valuelist:
            return
        typed = unicodedata.normalize("NFKC", str(valuelist[0])).strip()
        self.data = None
        if typed:
            self.data = self.read(typed)

    def say(self, data: Any) -> str:
        return str(data)

    def read(self, typed: str) -> Any:
        raise NotImplementedError


class WholeNumberField(_TypedField, IntegerField):
    """An integer the database can hold; full-width digits are read too."""

    def __init__(self, *args: Any, largest: int = LARGEST_INTEGER, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.largest = largest

    def read(self, typed: str) -> int:
        return read_number(typed, self.largest)

    def process_data(self, value: Any) -> None:
        self.data = value


class _HundredthsField(_TypedField):
    """A decimal with at most two places, stored as whole hundredths."""

    widget = TextInput()
    units = ""
    refusal: Any = ""
    largest = 10**15

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["render_kw"] = {"inputmode": "decimal", **(kwargs.get("render_kw") or {})}
        super().__init__(*args, **kwargs)

    def say(self, data: int) -> str:
        return f"{Decimal(data) / 100:.2f}"

    def read(self, typed: str) -> int:
        bare = re.sub(rf"^(?:[¥￥]|RMB|CNY)|(?:{self.units})$|\s", "", typed, flags=re.IGNORECASE)
        if not re.fullmatch(r"-?(?:\d{1,15}|\d{1,3}(?:,\d{3})+)(?:\.\d{1,2})?", bare, flags=re.ASCII):
            raise ValueError(self.refusal)
        hundredths = int(Decimal(bare.replace(",", "")) * 100)
        if abs(hundredths) > self.largest:
            raise ValueError(_l("This number is too large."))
        return hundredths


class MoneyField(_HundredthsField):
    """Yuan on the form, cents in the column: "54,000元" is 5400000."""

    units = "元|圆|圓|yuan"
    refusal = _l("Please type an amount in yuan, like 54000.00.")


class AreaField(_HundredthsField):
    """Square metres on the form, hundredths of one (dm²) in the column: "120㎡" is 12000."""

    units = "m2|平方米|平米|平方公尺"
    refusal = _l("Please type an area in square metres, like 120.50.")
    largest = LARGEST_INTEGER


class DayField(_TypedField, DateField):
    """A date; browsers send 2025-07-01."""

    def say(self, data: dt.date) -> str:
        return data.isoformat()

    def read(self, typed: str) -> dt.date:
        return read_day(typed)


class MomentField(_TypedField):
    """A moment, typed in the desk's time, stored aware."""

    widget = DateTimeLocalInput()

    def say(self, data: dt.datetime) -> str:
        return data.astimezone(DESK_TIME).strftime("%Y-%m-%dT%H:%M")

    def read(self, typed: str) -> dt.datetime:
        try:
            moment = dt.datetime.fromisoformat(typed)
            if not FIRST_YEAR <= moment.year <= LAST_YEAR:  # the zones of year 1 and 9999 reach beyond the calendar
                raise ValueError
            return (moment if moment.tzinfo else moment.replace(tzinfo=DESK_TIME)).astimezone(dt.UTC)
        except ValueError:
            raise ValueError(_l("Please type a date and a time like 2025-07-01 09:30.")) from None


class PhoneField(TextField):
    """One or several telephones: digits and what stands between them; at least three digits."""

    widget = TelInput()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        super().process_formdata(valuelist)
        typed = unicodedata.normalize("NFKC", self.data or "")
        if not typed:
            return
        if not re.fullmatch(r"[\d\s+()/,;、#*.转轉ext-]+", typed) or len(re.findall(r"\d", typed)) < 3:
            raise ValueError(_l("Please type a telephone number: digits, spaces, + and -."))
        self.data = typed


class ChoiceField(SelectField):
    """One of translated words, given as (value, words); an unknown value is refused in our words."""

    widget = Options()

    def __init__(self, *args: Any, words: Iterable[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, choices=[], **kwargs)
        self.offer(words)

    def offer(self, words: Iterable[tuple[str, Any]]) -> None:
        """Replace what can be chosen."""
        self.choices = [SelectChoice(value, said) for value, said in words]

    def pre_validate(self, form: Any) -> None:
        if self.data in (None, ""):
            return
        if all(choice.value != self.data for choice in self.iter_choices()):
            raise StopValidation(_l("Please choose one of the list."))

    @property
    def chosen_words(self) -> Any:
        """What the chosen value is called."""
        return next((choice.label for choice in self.iter_choices() if choice.value == self.data), self.data)


class RemoteSelect(Field):
    """A related record, chosen by paged server search; `data` is the record or None.

    `find(key)` answers the record if the user may choose it, else None; `first()` answers
    `([(key, words)], all_there)` of the first page; `name_of(record)` its words; `url` the search.
    """

    widget = RemoteOptions()

    def __init__(self, label: Any = None, validators: Any = None, *, find: Callable[[int], Any],
                 first: Callable[[], tuple[list[tuple[int, str]], bool]], name_of: Callable[[Any], str],
                 url: str, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(label, validators, **kwargs)
        self.find, self.first, self.name_of, self.url = find, first, name_of, url

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if not valuelist:
            return
        typed = str(valuelist[0]).strip()
        self.data = None
        if not typed:
            return
        if re.fullmatch(r"\d{1,10}", typed, flags=re.ASCII) and int(typed) <= LARGEST_INTEGER:
            self.data = self.find(int(typed))
        if self.data is None:
            raise ValueError(_l("Please choose one of the list."))

    @property
    def chosen(self) -> tuple[int, str] | None:
        """(key, words) of the chosen record."""
        return (self.data.id, self.name_of(self.data)) if self.data is not None else None

    def options(self) -> list[tuple[Any, Any, bool]]:
        """(key, words, chosen) of an empty choice, the chosen record and the first page."""
        first, all_there = self.first()
        chosen = self.chosen
        if chosen is None and self.flags.required and all_there and len(first) == 1 and not self.raw_data:
            chosen = first[0]
        others = [(key, words, chosen is not None and key == chosen[0]) for key, words in first]
        if chosen is not None and not any(is_chosen for _key, _words, is_chosen in others):
            others.insert(0, (*chosen, True))
        return [("", "", chosen is None), *others]
