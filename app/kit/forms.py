"""The add and edit forms, made from a model's columns: which field fits which column, and what it stores."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from sqlalchemy import BigInteger
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField
from wtforms.form import BaseForm

from app.kit import choosing, fields, once, strokes
from app.kit.cells import name_of
from app.kit.guard import gate
from app.kit.kinds import LONG_TEXT, is_kept_back, keys_of, kind, length, mapper_of, relation, relations
from app.kit.labels import _l, choices, column_info, label
from app.kit.reading import LARGEST_INTEGER
from app.kit.several import SeveralField

FIELD_OF_KIND: dict[str, type[Field]] = {
    "money": fields.MoneyField,
    "area": fields.AreaField,
    "flag": fields.TickField,
    "moment": fields.MomentField,
    "date": fields.DayField,
    "signature": strokes.SignatureField,
}
LARGEST_BIG_INTEGER = 2**63 - 1
CLEAR = "clear_"
UNSET = object()


def form_for(view: Any, names: Sequence[str], record: Any = None) -> BaseForm:
    """The form of `record`, or of a new one; `process` it with what was posted before use.

    What is masked never gets into the form: the field stays empty, says the mask in `field.masked`,
    and is left unchanged when nothing is typed; a tick `clear_<name>` empties the column.
    """
    masks = {name: mask for name in names if record is not None and (mask := mask_of(record, name))}
    made = {name: field_for(view, name, name in masks) for name in names}
    made |= {CLEAR + name: fields.TickField(_l("Clear it")) for name in masks}
    made["version" if record is not None else once.FIELD] = HiddenField()
    form = BaseForm({**made, "next": HiddenField()})
    for name in names:
        form[name].masked = masks.get(name, "")
    return form


def fill_in(form: BaseForm, view: Any, names: Sequence[str], record: Any, posted: MultiDict[str, str] | None) -> None:
    """Put the record's values (a new one's defaults) and then what was posted into the form."""
    values = {name: value_of(view.model, name, record) for name in names if not form[name].masked}
    values |= {"version": str(record.version)} if record is not None else {once.FIELD: once.new()}
    form.process(posted, data=values)
    find_choices(form, view, record)


def prefill(form: BaseForm, view: Any, names: Sequence[str], asked: MultiDict[str, str]) -> None:
    """Fill a new record's form from the address; what does not fit is left out, and so is what is kept back."""
    for name in names:
        if name in asked and not is_kept_back(view.model, name):
            field, before = form[name], form[name].data
            field.process(MultiDict({name: asked[name]}), data=before)
            if not field.validate(form):
                field.process(None, data=before)
                field.raw_data, field.errors = None, []
            find_choices(form, view, None)
    form["next"].process(MultiDict({"next": asked.get("next", "")}))


def find_choices(form: BaseForm, view: Any, record: Any) -> None:
    """Choices that depend on the record are found for it as it is being typed."""
    if view.form_choices:
        draft = draft_of(form, view, record)
        for name in [name for name in view.form_choices if name in form]:
            form[name].offer(with_empty(list(view.form_choices[name](draft)), form[name].default))


def draft_of(form: BaseForm, view: Any, record: Any = None) -> SimpleNamespace:
    """The relations chosen so far, by name."""
    typed = {field.name: field.data for field in form if isinstance(field, fields.RemoteSelect)}
    return SimpleNamespace(**({name: getattr(record, name, None) for name in relations(view.model)} | typed))


def fill_known(form: BaseForm, view: Any) -> None:
    """What follows from what is chosen goes into the fields that are still empty."""
    if (rule := view.rule("known")) is not None:
        for name, value in rule(draft_of(form, view)).items():
            if name in form and form[name].data in (None, "", form[name].default) and value not in (None, ""):
                form[name].process(None, data=value)


def field_for(view: Any, name: str, masked: bool = False, required: bool | None = None) -> Any:
    """The unbound field for a column or relation; required as the column is, where nothing else is said."""
    model, of = view.model, kind(view.model, name)
    required = is_required(view, name) and not masked if required is None else required
    wanted: list[Any] = [fields.Filled() if required else fields.MayBeEmpty()]
    common = {"label": label(model, name), "description": column_info(model, name).get("hint", "")}
    if of == "relation":
        return choosing.field_for(view, name, common, wanted)
    if of == "several":
        return SeveralField(validators=wanted, words=choices(model, name).items(), **common)
    if of == "choice" or name in view.form_choices:
        words = list(choices(model, name).items())
        default = default_of(model, name)
        return fields.ChoiceField(validators=wanted, words=with_empty(words, default), default=default, **common)
    if of == "flag":
        return fields.TickField(**common)
    if of == "text":
        return text_field(model, name)(validators=[*wanted, fields.NotLonger(length(model, name))], **common)
    if of == "number":
        is_big = isinstance(mapper_of(model).columns[name].type, BigInteger)
        largest = LARGEST_BIG_INTEGER if is_big else LARGEST_INTEGER
        return fields.WholeNumberField(validators=wanted, largest=largest, **common)
    return FIELD_OF_KIND[of](validators=wanted, **common)


def text_field(model: type, name: str) -> type[Field]:
    """One line or several, by the column's length; telephones have their own."""
    if column_info(model, name).get("kind") == "phone":
        return fields.PhoneField
    if column_info(model, name).get("kind") == "source":
        return fields.SourceField
    return fields.LongTextField if (length(model, name) or 0) >= LONG_TEXT else fields.TextField


def with_empty(words: list[tuple[str, Any]], default: Any) -> list[tuple[str, Any]]:
    """Choices with an empty one in front, where none of them is the usual one."""
    return words if default is not None or any(value == "" for value, _words in words) else [("", ""), *words]


def is_required(view: Any, name: str) -> bool:
    """The column says so, or must not be NULL. A date or number that is left out may still be filled in by a rule:
    what nobody filled in is told beside the field when it is stored."""
    model, info = view.model, column_info(view.model, name)
    if "required" in info:
        return bool(info["required"])
    if relation(model, name) is not None:
        return not any(mapper_of(model).columns[key].nullable for key in keys_of(model, name))
    if kind(model, name) == "choice":
        return "" not in info["choices"]
    column = mapper_of(model).columns[name]
    return not column.nullable and column.default is None and column.server_default is None and view.on_add is None


def default_of(model: type, name: str) -> Any:
    """The plain default of a column, None where it has none or it is made by a function."""
    if "default" in (info := column_info(model, name)):
        return info["default"]
    column = mapper_of(model).columns.get(name)
    default: Any = column.default if column is not None else None
    return default.arg if default is not None and default.is_scalar else None


def value_of(model: type, name: str, record: Any) -> Any:
    """What the field holds before anything is typed."""
    return default_of(model, name) if record is None else getattr(record, name)


def mask_of(record: Any, name: str) -> str:
    """The mask this reader sees instead of the value; "" where the value is plain or empty."""
    if relation(type(record), name) is not None or not column_info(type(record), name).get("mask"):
        return ""
    value = gate.value(record, name)
    return str(value) if value and value != getattr(record, name) else ""


def populate(form: BaseForm, names: Sequence[str], record: Any) -> None:
    """Set the columns and relations that the form holds. What is the same is not touched."""
    for name in names:
        value = stored(form, name, record)
        if value is UNSET or getattr(record, name) == value:
            continue
        setattr(record, name, value)
        for key in keys_of(type(record), name):
            setattr(record, key, value.id if value is not None else None)


def stored(form: BaseForm, name: str, record: Any) -> Any:
    """What the column gets; UNSET leaves it as it is (a new record's default)."""
    field, model = form[name], type(record)
    if field.masked and not field.data:
        return "" if form[CLEAR + name].data else UNSET
    if field.data is not None or relation(model, name) is not None:
        return field.data
    column = mapper_of(model).columns[name]
    if column.nullable:
        return None
    if kind(model, name) in ("text", "choice", "several"):
        return UNSET if record.id is None and column.default is not None else ""
    return UNSET if record.id is None else None


def words_of(field: Any) -> Any:
    """What was typed or chosen, as people read it."""
    if isinstance(field, fields.RemoteSelect):
        return name_of(field.data)
    if isinstance(field, fields.ChoiceField | SeveralField):
        return field.chosen_words
    return field.data if isinstance(field, fields.TickField) else field._value()


def typed_of(field: Any) -> list[Any]:
    """What a browser puts into the field, and the words it shows."""
    if isinstance(field, fields.RemoteSelect):
        return [field.data.id if field.data is not None else "", name_of(field.data)]
    value = field._value() if hasattr(field, "_value") else field.data
    return [value, str(words_of(field))]
