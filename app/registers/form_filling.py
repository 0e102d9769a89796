"""A declaration into the form: each thing in its field, whatever the form does not show kept beside it."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from app.kit import once
from app.kit.language import CODES, say
from app.registers.declaration import Body, Declaration
from app.registers.form_fields import KEPT, TICKS, DeclarationForm

SHOWN = {
    "key", "name", "entry", "about", "read", "write", "number", "bound", "single", "fields", "states", "moves", "due",
}  # fmt: skip
OF_FIELD = {"key", "label", "kind", "words", "register", "required", "sealed", "searched"}
OF_MOVE = {"key", "name", "from", "to", "asks", "roles", "reason"}


def fill(form: DeclarationForm, body: Body, *, scheme: str = "") -> None:
    """The form as it is shown first."""
    shown = SHOWN - ({"bound"} if body.get("bound") == "nothing" else set())
    data = {
        **spoken("name", body["name"]), **spoken("entry", body["entry"]), **spoken("about", body.get("about", {})),
        **{name: body.get(name) for name in ("key", "number", "bound", "single")},
        "read": " ".join(body["read"]), "write": " ".join(body["write"]),
        KEPT: kept(body, shown), "scheme": scheme, once.FIELD: once.new(),
    }  # fmt: skip
    form.top.process(None, data=data)
    declared = Declaration(body)
    form.fields.fill([_field(each, declared) for each in body["fields"]])
    form.states.fill([{**each, **spoken("name", each["name"])} for each in declared.states])
    form.moves.fill([_move(each, declared) for each in declared.moves])


def spoken(stem: str, names: dict[str, str]) -> dict[str, str]:
    return {f"{stem}_{code}": names.get(code, "") for code in CODES}


def kept(body: Body, shown: set[str]) -> str:
    """What the form does not show, as one text."""
    return json.dumps({name: value for name, value in body.items() if name not in shown}, ensure_ascii=False)


def _field(field: Body, declared: Declaration) -> dict[str, Any]:
    key = field["key"]
    ticks = {
        "required": field.get("required"), "sealed": field.get("sealed"), "searched": field.get("searched", True),
        "in_list": key in declared.columns, "called": key in declared.called, "is_due": key == declared.due,
        "printed": key in printed(declared.body),
    }  # fmt: skip
    shown = {"key": key, "kind": field["kind"], "register": field.get("register", "")}
    lines = [f"{word} = {' | '.join(said[code] for code in CODES)}" for word, said in field.get("words", {}).items()]
    told = {"words": "\n".join(lines), KEPT: kept(field, OF_FIELD), **spoken("label", field["label"])}
    return {**shown, **told, **{name: bool(ticks[name]) for name in TICKS}}


def printed(body: Body) -> list[str]:
    """The columns on paper: as declared, else those of the list."""
    columns = body.get("print", {}).get("columns")
    return list(columns) if isinstance(columns, list) else Declaration(body).columns


def _move(move: Body, declared: Declaration) -> dict[str, Any]:
    states, fields = labels_of(declared.states, "name"), labels_of(declared.body["fields"], "label")
    asked = [(name.rstrip("?"), "?" * name.endswith("?")) for name in move.get("asks", [])]
    return {
        "key": move["key"], **spoken("name", move["name"]),
        "from": "、".join(states.get(name, name) for name in move["from"]),
        "to": states.get(move.get("to", ""), move.get("to", "")),
        "asks": "、".join(fields.get(name, name) + mark for name, mark in asked),
        "roles": " ".join(move["roles"]), "reason": bool(move.get("reason")),
        KEPT: kept(move, OF_MOVE),
    }  # fmt: skip


def labels_of(things: list[Body], name: str) -> dict[str, str]:
    """What each is called in the reader's language, by key; its key where two are called the same."""
    called = {each["key"]: say(each[name]) for each in things}
    often = Counter(called.values())
    return {key: key if often[said] > 1 or "、" in said else said for key, said in called.items()}
