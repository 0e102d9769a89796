"""What a request asks of a list: only what the view allows is heard, and nothing is kept between requests (FAB.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from app.kit import choosing, fields
from app.kit.cells import view_of
from app.kit.columns import DESK_TIME
from app.kit.guard import gate
from app.kit.kinds import SPANS, keys_of, kind, relations, target
from app.kit.labels import _l, choices, label
from app.kit.looked_at import looked_at
from app.kit.paging import Place
from app.kit.reading import LARGEST_INTEGER

LONGEST = 200
OTHER_WAY = {"asc": "desc", "desc": "asc"}
YES_NO = [("1", _l("yes")), ("0", _l("no"))]
SPAN_FIELDS: dict[str, Any] = {
    "money": fields.MoneyField, "area": fields.AreaField, "number": fields.WholeNumberField,
    "date": fields.DayField, "moment": fields.DayField,
}  # fmt: skip


@dataclass
class Asked:
    """A list as it was asked for: checked filters, order and place."""

    view: Any
    form: BaseForm
    args: dict[str, str]
    parents: dict[str, int]
    order: str
    direction: str
    place: Place

    @classmethod
    def read(cls, view: Any, args: MultiDict[str, str]) -> Asked:
        """Unknown names are not looked at; a value that makes no sense is told beside its field and filters nothing."""
        form = search_form(view)
        form.process(args)
        form.validate()
        parents = {name: key for name in parent_relations(view) if (key := _key(args.get(name, ""))) is not None}
        order = args.get("order", "") if args.get("order") in view.order_columns else ""
        known = {*parents, *(field.name for field in form if field.raw_data and field.raw_data[0].strip())}
        known |= {"order", "dir"} if order else set()
        direction = "desc" if args.get("dir") == "desc" else "asc"
        place = Place.read(args.get("page"), args.get("psize"), after=args.get("after"), before=args.get("before"))
        known |= {"psize"} if str(place.size) == args.get("psize") else set()
        return cls(view, form, {name: args[name] for name in known if name in args}, parents, order, direction, place)

    @property
    def is_searched(self) -> bool:
        """Something narrows the list."""
        return bool(self.parents) or any(has_data(field) for field in self.form)

    def url(self, endpoint: str = "list", **changes: Any) -> str:
        """The same list with something changed. Only known arguments are repeated: `_external` and the like are not."""
        return str(self.view.url(endpoint, **{**self.args, **changes}))

    @property
    def sorted_by(self) -> tuple[str, str]:
        """The column and the direction of the order."""
        return (self.order, self.direction) if self.order else self.view.base_order

    def query(self, *, walked: bool = False) -> Select[Any]:
        """The rows asked for, inside the reader's scope, without order; `walked`: see `app.kit.walking`."""
        model = self.view.model
        query = gate.scope(select(model), model, walked=walked)
        for name, key in self.parents.items():
            query = query.where(getattr(model, keys_of(model, name)[0]) == key)
        return query.where(*conditions(self.view, self.form, self.sorted_by[0] if walked else ""))

    def ordering(self, *, backwards: bool = False) -> list[Any]:
        """As asked or as the view is usually ordered; always with the key as tie-break."""
        name, direction = self.sorted_by
        return ordering(self.view.model, name, OTHER_WAY[direction] if backwards else direction)


def ordering(model: Any, name: str, direction: str) -> list[Any]:
    """ORDER BY for one column, with the key as tie-break."""
    column = getattr(model, name)
    first = column.desc() if direction == "desc" else column.asc()
    return [first] if name == "id" else [first, model.id.desc() if direction == "desc" else model.id.asc()]


def parent_relations(view: Any) -> list[str]:
    """The relations to records whose pages list this view: they filter by key, from those pages."""
    found = []
    for name in relations(view.model):
        parent = view_of(target(view.model, name))
        if keys_of(view.model, name) and parent is not None and type(view) in parent.related():
            found.append(name)
    return found


def parent_of(asked: Asked) -> Any:
    """The record whose page the list was opened from, if the reader's scope holds it."""
    for name, key in asked.parents.items():
        return choosing.find(target(asked.view.model, name), key)
    return None


def _key(typed: str) -> int | None:
    if not typed.isascii() or not typed.isdigit():
        return None
    return min(int(typed[:12]), LARGEST_INTEGER)


def search_form(view: Any) -> BaseForm:
    """`q`, and a field (dates and figures: two) for each search column."""
    made = {}
    if searched_as_text(view):
        made["q"] = _text(_l("Search"))
    for name in view.search_columns:
        made |= _fields(view, name)
    return BaseForm(made)


def searched_as_text(view: Any) -> list[str]:
    """The search columns in which people look for words; `q` looks in all of them."""
    return [name for name in view.search_columns if kind(view.model, name) == "text" and name not in view.form_choices]


def _text(words: Any) -> Any:
    return fields.TextField(words, [fields.MayBeEmpty(), fields.NotLonger(LONGEST)])


def _fields(view: Any, name: str) -> dict[str, Any]:
    model, of, words = view.model, kind(view.model, name), label(view.model, name)
    optional = [fields.MayBeEmpty()]
    if name in view.form_choices or of == "choice":
        found = view.form_choices[name](None) if name in view.form_choices else choices(model, name).items()
        offered = [(value, said) for value, said in found if value != ""]
        return {name: fields.ChoiceField(words, optional, words=[("", _l("All")), *offered])}
    if of == "flag":
        return {name: fields.ChoiceField(words, optional, words=[("", _l("All")), *YES_NO])}
    if of in SPANS:
        made = SPAN_FIELDS[of]
        return {
            f"{name}_from": made(_l("%(what)s from", what=words), optional),
            f"{name}_to": made(_l("%(what)s to", what=words), optional),
        }
    return {name: _text(words)}


def has_data(field: Any) -> bool:
    """Something sensible was asked in this field."""
    return field.data not in (None, "") and not field.errors


def conditions(view: Any, form: BaseForm, walked_by: str = "") -> list[ColumnElement[bool]]:
    """WHERE for what was asked sensibly; where rows are walked by a column's index, no other index is chosen."""
    texts = searched_as_text(view)
    found: list[ColumnElement[bool]] = []
    if "q" in form and has_data(form["q"]):
        found += [_contains(view.model, texts, word) for word in form["q"].data.split()]
    for name in view.search_columns:
        column = getattr(view.model, name)
        column = looked_at(column) if walked_by not in ("", name) else column
        if kind(view.model, name) in SPANS:
            found += _span(column, kind(view.model, name) == "moment", form[f"{name}_from"], form[f"{name}_to"])
        elif has_data(form[name]):
            found.append(_equals(column, kind(view.model, name) == "flag", form[name].data) if name not in texts
                         else _contains(view.model, [name], form[name].data))  # fmt: skip
    return found


def _contains(model: type, names: Sequence[str], typed: str) -> ColumnElement[bool]:
    """`%` and `_` are what people typed, not wildcards."""
    return or_(*(getattr(model, name).icontains(typed, autoescape=True) for name in names))


def _equals(column: Any, is_flag: bool, typed: str) -> ColumnElement[bool]:
    return column.is_(typed == "1") if is_flag else column == typed


def _span(column: Any, is_moment: bool, begin: Any, end: Any) -> list[ColumnElement[bool]]:
    """From and to, both included; a moment belongs to its day at the desk."""
    found = []
    if has_data(begin):
        found.append(column >= (_at(begin.data, dt.time.min) if is_moment else begin.data))
    if has_data(end):
        found.append(column <= (_at(end.data, dt.time.max) if is_moment else end.data))
    return found


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, tzinfo=DESK_TIME)
