"""What stands on a screen, on paper: any record and any list, through the same gate, as masked and as sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.kit import listing
from app.kit.cells import cell, name_of
from app.kit.declaring import names_of, on_paper
from app.kit.errors import RuleError
from app.kit.fields import ChoiceField
from app.kit.filters import Asked, has_data, parent_of
from app.kit.kinds import FIGURES, kind, mapper_of
from app.kit.labels import _l, column_info, label
from app.kit.pages import Cell
from app.kit.shown import shown
from app.printing import rules
from app.printing.forms import Form
from app.printing.sheet import HERE, sheet_words
from app.printing.subjects import SEALED, Facts, Subject, Words, in_all_languages, name_of_model
from app.printing.widths import Head, fitted, halves
from app.security import gate

RECORD, LIST = "record", "list"
CODES = {RECORD: "HD-JL-01", LIST: "HD-LB-01"}
NAMES = {RECORD: _l("Record"), LIST: _l("List")}
WORDS = {"rows": _l("Rows"), "whole": _l("All")}
MOST_ROWS = 2000
WIDE = 258  # mm between the margins of an A4 sheet on its side
LONG = 30  # halves of a 汉字: what is longer takes the whole row of a record's sheet


@dataclass(frozen=True)
class ScreenForm(Form):
    """One of the two forms that print whatever a view shows; its page lies beside the sheet it extends."""

    @property
    def template(self) -> str:
        return f"{self.key}.html"


def print_record(view: Any, record: Any, site: Facts, site_id: int, *, by: Any, language: str) -> rules.Printed:
    """All groups of the record's page on one numbered sheet."""
    groups = view.show_fieldsets or view.fieldsets
    by_grant = _by_grant(names_of(groups), [record])
    form = _form(RECORD, view.titles.one, view.class_permission_name, by_grant, tuple(view.print_copies))
    subject = subject_of(view, site)
    printed = rules.print_about(form, subject, record, site_id, by, language)
    gate.note_read(record, "print")
    return printed


def subject_of(view: Any, site: Facts) -> Subject:
    """The records of a view, as its page shows them."""
    groups = view.show_fieldsets or view.fieldsets
    facts = lambda told: _record_facts(view, told, groups, site)  # noqa: E731
    return Subject(name_of_model(view.model), view.model, facts, passing=("site",))


def print_list(view: Any, asked: Asked, site: Facts, site_id: int, *, by: Any, language: str) -> rules.Printed:
    """The list as it is filtered and sorted, whole. Raises RuleError when it is empty or too long for paper."""
    records = listing.fetch(asked, 0, MOST_ROWS + 1)
    if not records:
        raise RuleError(_l("There is nothing to print in this list."))
    if len(records) > MOST_ROWS:
        raise RuleError(_l("At most %(number)s rows are printed at once. Please narrow the list.", number=MOST_ROWS))
    gate.foresee(records)
    form = _form(LIST, view.titles.many, view.class_permission_name, _by_grant(on_paper(view), records))
    facts = lambda told: _list_facts(asked, told, site, language)  # noqa: E731
    subject = Subject(name_of_model(view.model), view.model, facts, many=True)
    printed = rules.print_about(form, subject, records, site_id, by, language)
    gate.note_read(view.model, "print")
    return printed


def _form(key: str, titles: Any, permission: str, by_grant: bool, copies: tuple[Words, ...] = ()) -> ScreenForm:
    return ScreenForm(
        key=key, room="printing", code=CODES[key], titles=in_all_languages(titles), subject_keys=(key,),
        permission=permission, paper="A4 landscape" if key == LIST else "A4", copies=copies, shows_sealed=False,
        confidential=by_grant, words={name: in_all_languages(said) for name, said in WORDS.items()}, sample={},
        digest=_digest(key),
    )  # fmt: skip


@cache
def _digest(key: str) -> str:
    return hashlib.sha256((HERE / f"{key}.html").read_bytes()).hexdigest()


def _by_grant(names: Iterable[str], records: Sequence[Any]) -> bool:
    """The sheet says what a seal keeps from everybody without a grant."""
    if not any(column_info(type(records[0]), name).get("sealed") for name in names):
        return False
    return any(gate.is_filed(record) and not gate.is_sealed(record) for record in records)


def _record_facts(view: Any, record: Any, groups: Any, site: Facts) -> Facts:
    told = [
        [in_all_languages(title), _paired([[_said(view.model, name), _told(cell(record, name))] for name in names])]
        for title, names in groups
        if names
    ]
    return {"site": site, "name": str(name_of(record)), "groups": told}


def _said(model: type, name: str) -> Words:
    return in_all_languages(label(model, name))


def _told(it: Cell) -> Any:
    """A cell as primitives: text, words in every language of the paper, a drawn signature, or the seal."""
    if it.kind == "sealed":
        return SEALED
    if it.kind == "flag":
        return dict(sheet_words()["yes" if it.value else "no"])
    if it.value in (None, ""):
        return ""
    if it.kind in ("choice", "badge"):
        return in_all_languages(it.value)
    if it.kind == "signature":
        return {"drawn": str(it.value)}
    return shown(it.value, it.kind)


def _paired(items: Sequence[list[Any]]) -> list[list[list[Any]]]:
    """Rows of a record's sheet: two short items, or a long one alone."""
    rows: list[list[list[Any]]] = []
    open_ = False
    for item in items:
        short = halves(item[1]) <= LONG if isinstance(item[1], str) else "drawn" not in item[1]
        if short and open_:
            rows[-1].append(item)
            open_ = False
        else:
            rows.append([item])
            open_ = short
    return rows


def _list_facts(asked: Asked, records: Sequence[Any], site: Facts, language: str) -> Facts:
    view, names = asked.view, on_paper(asked.view)
    known: dict[int, str] = {}
    rows = [[_plain(cell(record, name), language, known) for name in names] for record in records]
    heads = [Head(_said(view.model, name), _align(view.model, name)) for name in names]
    return {
        "site": site,
        "asked": _asked(asked),
        "heads": fitted(heads, rows, WIDE),
        "rows": rows,
        "count": len(rows),
    }


def _plain(it: Cell, language: str, known: dict[int, str]) -> str:
    """A cell of a list as text in the paper's language; `known` keeps the words that come in every row."""
    if it.kind not in ("choice", "badge"):
        told = _told(it)
        if told == SEALED:
            return sheet_words()["sealed"][language]
        return str(told.get(language, "✓")) if isinstance(told, dict) else str(told)
    if id(it.value) not in known:
        known[id(it.value)] = in_all_languages(it.value)[language]
    return known[id(it.value)]


def _align(model: type, name: str) -> str:
    found = kind(model, name)
    if found in FIGURES:
        return "number"
    return "middle" if found in ("date", "moment", "flag", "choice") else ""


def _asked(asked: Asked) -> list[list[Words]]:
    """What the list was narrowed by and how it is sorted: (words, value) pairs, both in every language."""
    model, told = asked.view.model, []
    parent = parent_of(asked)
    if parent is not None:
        told.append([_said(model, next(iter(asked.parents))), in_all_languages(name_of(parent))])
    told += [
        [in_all_languages(field.label.text), in_all_languages(_answer(model, field))]
        for field in asked.form
        if has_data(field)
    ]
    if asked.order:
        way = _l("downwards") if asked.direction == "desc" else _l("upwards")
        told.append([in_all_languages(_l("Sorted by")), _joined(_said(model, asked.order), in_all_languages(way))])
    return told


def _answer(model: type, field: Any) -> Any:
    """What was asked in one field of the search, as people read it."""
    if isinstance(field, ChoiceField):
        return field.chosen_words
    name = field.name.removesuffix("_from").removesuffix("_to")
    return shown(field.data, kind(model, name) if name in mapper_of(model).columns else "text")


def _joined(first: Words, second: Words) -> Words:
    return {language: f"{first[language]} {second[language]}" for language in first}
