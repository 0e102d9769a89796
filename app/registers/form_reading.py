"""The form into a declaration: keys follow from names, states and fields are named by what they are called."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from opencc import OpenCC
from wtforms.form import BaseForm

from app.kit.labels import _l
from app.kit.language import CODES
from app.registers.checking import is_taken
from app.registers.declaration import OF_ENTRY, Body, Declaration
from app.registers.form_fields import KEPT, DeclarationForm
from app.registers.form_filling import SHOWN, printed

LONGEST_KEY = 38
TYPED = ("TextField", "LongTextField", "SeveralField")


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2twp")


def names(form: BaseForm, stem: str) -> dict[str, str]:
    """A name in three languages; 繁 follows from 简 where it was left empty."""
    hans, hant, en = (form[f"{stem}_{code}"].data or "" for code in CODES)
    return {"zh_Hans": hans, "zh_Hant": hant or _traditional().convert(hans), "en": en}


def kept(form: BaseForm) -> Body:
    """What the form carried along unseen."""
    try:
        found = json.loads(form[KEPT].data or "{}")
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}


def key_of(typed: str, name: str, usual: str, taken: Iterable[str], declared: Declaration | None = None) -> str:
    """The key that was typed, else one made of the English name that nothing else is called."""
    if typed:
        return typed
    stem = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:LONGEST_KEY].rstrip("_")
    stem = stem if re.match(r"[a-z].", stem) else usual
    number, found, used = 1, stem, set(taken)
    while found in used or (declared is not None and is_taken(found, declared)):
        number += 1
        found = f"{stem[: LONGEST_KEY - 3]}_{number}"
    return found


def is_empty(form: BaseForm) -> bool:
    """Nothing was typed into the row."""
    return not any(str(it.data or "").strip() for it in form if it.type in TYPED)


def body_of(form: DeclarationForm) -> Body:
    """The declaration that the form says; rows in which nothing was typed are none."""
    for table in form.tables:
        table.forms = [row for row in table if not is_empty(row)]
    top = form.top
    rest = {name: value for name, value in kept(top).items() if name not in SHOWN or name == "bound"}
    english = top["name_en"].data or ""
    body: Body = {
        "key": key_of(form.key or top["key"].data, english, "register", ()),
        "name": names(top, "name"), "entry": names(top, "entry"),
        **({"about": names(top, "about")} if top["about_zh_Hans"].data else {}),
        "read": top["read"].data.split(), "write": top["write"].data.split(),
        **({"number": top["number"].data} if top["number"].data else {}),
        **({"bound": top["bound"].data} if top["bound"].data not in ("", "nothing") or "bound" in rest else {}),
        **({"single": True} if top["single"].data else {}),
        **{name: value for name, value in rest.items() if name not in ("list", "print", "called", "bound")},
    }  # fmt: skip
    body["fields"] = _fields(form)
    if form.states.forms:
        body["states"] = _states(form)
    if form.moves.forms:
        body["moves"] = _moves(form, body)
    return _told_by_ticks(form, body, rest)


def _keyed(rows: Iterable[BaseForm], name: str, usual: str, declared: Declaration | None = None) -> Iterator[Any]:
    """(key, row): a row without a key gets one from what it is called, which it then shows."""
    found = list(rows)
    taken = {row["key"].data for row in found if row["key"].data}
    for row in found:
        row["key"].data = key = key_of(row["key"].data, row[name].data or "", usual, taken, declared)
        taken.add(key)
        yield key, row


def _fields(form: DeclarationForm) -> list[Body]:
    plain = Declaration({"fields": []})
    return [beside(_field(row, key), row) for key, row in _keyed(form.fields, "label_en", "field", plain)]


def _field(row: BaseForm, key: str) -> Body:
    kind = row["kind"].data
    field: Body = {"key": key, "label": names(row, "label"), "kind": kind}
    field |= {name: True for name in ("required", "sealed") if row[name].data}
    if not row["searched"].data:
        field["searched"] = False
    if kind in ("choice", "several"):
        field["words"] = _words(row)
    if kind == "entry" and row["register"].data:
        field["register"] = row["register"].data
    return field


def beside(said: Body, form: BaseForm) -> Body:
    """With what the form carried along, which never replaces what it shows."""
    return {**said, **{name: value for name, value in kept(form).items() if name not in said}}


def _words(row: BaseForm) -> Body:
    """The words of a choice, one a line."""
    found: Body = {}
    for number, line in enumerate((row["words"].data or "").splitlines(), 1):
        if not line.strip():
            continue
        key, said = re.match(r"(?:\s*([a-z][a-z0-9_]*)\s*=)?(.*)", line, re.ASCII).groups()  # type: ignore[union-attr]
        parts = [part.strip() for part in said.split("|")]
        if len(parts) == 2:  # 简 | English
            parts.insert(1, _traditional().convert(parts[0]))
        if len(parts) != 3 or not all(parts):
            row["words"].errors = [_l("Line %(line)s: type 简 | 繁 | English.", line=number)]
            continue
        found[key_of(key or "", parts[2], "word", found)] = dict(zip(CODES, parts, strict=True))
    return found


def _states(form: DeclarationForm) -> list[Body]:
    found = []
    for key, row in _keyed(form.states, "name_en", "state"):
        tone = {"tone": row["tone"].data} if row["tone"].data else {}
        found.append({"key": key, "name": names(row, "name"), **tone, **({"over": True} if row["over"].data else {})})
    return found


def _moves(form: DeclarationForm, body: Body) -> list[Body]:
    found = []
    for key, row in _keyed(form.moves, "name_en", "step"):
        states = {"things": body.get("states", []), "name": "name", "none": _l("There is no state %(key)s.")}
        asked = named(row["asks"], things=body["fields"], name="label", none=_l("There is no field %(key)s."))
        to = named(row["to"], **states)
        move = {
            "key": key, "name": names(row, "name"), "from": named(row["from"], **states),
            **({"to": to[0]} if to else {}),
            "roles": row["roles"].data.split(), **({"asks": asked} if asked else {}),
            **({"reason": True} if row["reason"].data else {}),
        }  # fmt: skip
        found.append(beside(move, row))
    return found


def named(it: Any, *, things: list[Body], name: str, none: Any) -> list[str]:
    """The keys of what is named in a field, by key or in any language; what is not there is said beside the field."""
    keys = {said.strip(): each["key"] for each in things for said in (*each[name].values(), each["key"])}
    found = []
    for piece in _pieces(it.data or "", keys):
        bare, mark = piece.rstrip("?？").strip(), "?" * piece.endswith(("?", "？"))
        if bare not in keys:
            it.errors = [*it.errors, str(none) % {"key": bare}]
        else:
            found.append(keys[bare] + mark)
    return list(dict.fromkeys(found))


def _pieces(typed: str, keys: Body) -> list[str]:
    """Told apart by 、 or ;, and by a comma where no name has one."""
    found = []
    for piece in (part.strip() for part in re.split(r"[、;；\n]", typed)):
        whole = piece.rstrip("?？").strip() in keys
        found += [piece] if whole else [part.strip() for part in re.split(r"[,，]", piece)]
    return [piece for piece in found if piece]


def _told_by_ticks(form: DeclarationForm, body: Body, rest: Body) -> Body:
    """Which fields are due, in the list, on paper and in the entry's name: in the order they had, new ones behind."""
    due = [row for row in form.fields if row["is_due"].data]
    for row in due[1:]:
        row["is_due"].errors = [_l("Only one day can be the one it is due.")]
    if due:
        body["due"] = due[0]["key"].data
    usual = Declaration(body)
    columns = _ticked(form, "in_list", rest.get("list") or usual.columns)
    if "list" in rest or columns != usual.columns:
        body["list"] = columns
    called = _ticked(form, "called", rest.get("called") or usual.called)
    if called and ("called" in rest or called != usual.called):
        body["called"] = called
    of_paper: Body = rest["print"] if isinstance(rest.get("print"), dict) else {}
    before = printed({**body, "print": of_paper})
    on_paper = _ticked(form, "printed", before)
    if "columns" in of_paper or on_paper != before:
        of_paper = {**of_paper, "columns": on_paper}
    return {**body, **({"print": of_paper} if of_paper else {})}


def _ticked(form: DeclarationForm, tick: str, before: Any) -> list[str]:
    ticked = [row["key"].data for row in form.fields if row[tick].data]
    before = before if isinstance(before, list) else []
    kept_there = [name for name in before if name in ticked or name in OF_ENTRY]
    return [*kept_there, *(name for name in ticked if name not in kept_there)]
