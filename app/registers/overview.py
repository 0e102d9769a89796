"""The list of registers, and one register's declaration told in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml
from flask import abort, url_for
from sqlalchemy import func, select

from app.archive.page import code_word
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.language import CODES
from app.kit.moves import draw
from app.kit.pages import Link
from app.kit.session import db
from app.registers import known
from app.registers.declaration import Declaration, said
from app.registers.models import Entry, Register
from app.registers.shape import EVERYONE
from app.registers.steps import moves_of
from app.security import gate
from app.security.roles import ROLES

KINDS = {
    "text": _l("One line"), "long_text": _l("Long text"), "number": _l("Number"), "money": _l("Money"),
    "date": _l("Date"), "moment": _l("Date and hour"), "flag": _l("Yes or no"), "choice": _l("One of several words"),
    "several": _l("Some of several words"), "person": _l("Person"), "file": _l("File"), "customer": _l("Customer"),
    "unit": _l("Unit"), "entry": _l("Entry of a register"), "signature": _l("Signature"),
}  # fmt: skip
BOUND = {"nothing": _l("Nothing"), "file": _l("File"), "customer": _l("Customer"), "unit": _l("Unit")}


@dataclass
class Line:
    """One register in the list of registers."""

    name: Any
    about: Any
    url: str
    entries: int
    overdue: int
    links: list[Link] = field(default_factory=list)


def groups() -> list[tuple[Any, list[Line]]]:
    """The registers that the reader may list, the house's own first, then scheme by scheme."""
    counted = counts()
    mine = [each for each in known.all_of_them().values() if gate.may("list", each.declared.permission)]
    named: dict[str, list[known.Known]] = {}
    for each in mine:
        for scheme in sorted(each.schemes) or [""]:
            named.setdefault(scheme, []).append(each)
    return [
        (code_word(scheme) if scheme else _l("Registers of the house"), [_line(each, counted) for each in registers])
        for scheme, registers in sorted(named.items())
    ]


def links() -> list[Link]:
    """What may be done from the list of registers."""
    may = gate.may("declare", "Register")
    return [Link(_l("Declare a register"), url_for("RegisterView.declare"), style="primary")] if may else []


def _line(register: known.Known, counted: dict[str, tuple[int, int]]) -> Line:
    declared = register.declared
    entries, overdue = counted.get(declared.key, (0, 0))
    about = said(declared.body["about"]) if "about" in declared.body else ""
    links = []
    if gate.may("show", "Register"):
        links.append(Link(_l("Declaration"), url_for("RegisterView.show", key=declared.key)))
    return Line(declared.name, about, register.view.url("list"), entries, overdue, links)


def counts() -> dict[str, tuple[int, int]]:
    """(entries, overdue) of each register within the reader's scope: one statement."""
    late = func.sum(func.coalesce((Entry.due_on < today()) & Entry.is_over.is_(False), False).cast(Entry.id.type))
    found: Any = select(Entry.register_key, func.count(), late)
    query = gate.scope(found, Entry).group_by(Entry.register_key)
    return {key: (int(count), int(over or 0)) for key, count, over in db.session.execute(query)}


def exported(key: str) -> str:
    """A declaration as text that declares the same register; 404 for none."""
    register = known.find(key) or abort(404)
    return text_of(register.declared.body)


def text_of(body: Any) -> str:
    return str(yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=120))


def told(declared: Declaration) -> dict[str, Any]:
    """What `registers/declared.html` draws of a declaration, stored or only tried."""
    return {
        "declared": declared,
        "facts": _facts(declared),
        "fields": [_field(each) for each in declared.body["fields"]],
        "states": [
            (said(state["name"]), _l("yes") if state.get("over") else "", state.get("tone", ""))
            for state in declared.states
        ],
        "moves": [_move(declared, each) for each in declared.moves],
        "columns": [_label(declared, name) for name in declared.columns],
        "drawn": draw(moves_of(declared)) if declared.moves else "",
    }


def page(key: str) -> dict[str, Any]:
    """A register's declaration with its versions and what may be done with it."""
    register = known.find(key) or abort(404)
    links = [Link(_l("Export"), url_for("RegisterView.export_text", key=key))]
    if gate.may("declare", "Register"):
        links.insert(0, Link(_l("New version"), url_for("RegisterView.revise", key=key), style="primary"))
    if gate.may("withdraw", "Register") and not register.is_withdrawn:
        links.append(Link(_l("Withdraw"), url_for("RegisterView.withdraw", key=key), "post", "danger"))
    versions = select(Register).where(Register.key == key).order_by(Register.revision.desc())
    return {
        **told(register.declared),
        "register": register,
        "links": links,
        "versions": list(db.session.scalars(versions)),
        "list_url": register.view.url("list") if gate.may("list", register.declared.permission) else "",
        "schemes": [code_word(scheme) for scheme in sorted(register.schemes)],
    }


def _facts(declared: Declaration) -> list[tuple[Any, Any]]:
    body = declared.body
    facts = [
        (_l("Key"), declared.key),
        (_l("Number"), declared.numbered),
        (_l("Bound to"), BOUND[declared.bound]),
        (_l("One entry each"), _l("yes") if declared.is_single else ""),
        (_l("May read"), roles(body["read"])),
        (_l("May write"), roles(body["write"])),
        (_l("Must read it"), roles(declared.roles("acknowledge"))),
    ]
    return [(name, value) for name, value in facts if value]


def _field(field_: dict[str, Any]) -> list[Any]:
    labels = field_["label"]
    marks = [_l("required") if field_.get("required") else "", _l("sealed") if field_.get("sealed") else ""]
    words = "、".join(str(said(names)) for names in field_.get("words", {}).values())
    return [
        field_["key"],
        *(labels[language] for language in CODES),
        KINDS[field_["kind"]],
        "、".join(str(mark) for mark in marks if mark),
        words or field_.get("register", ""),
    ]


def _move(declared: Declaration, move: dict[str, Any]) -> list[Any]:
    names = {state["key"]: str(said(state["name"])) for state in declared.states}
    asks = "、".join(str(_label(declared, name.rstrip("?"))) for name in move.get("asks", []))
    sources = "、".join(names[each] for each in move["from"])
    return [said(move["name"]), sources, names.get(move.get("to", ""), ""), roles(move["roles"]), asks]


def roles(names: Any) -> str:
    words = {**ROLES, EVERYONE: _l("Everybody")}
    return "、".join(str(words[name]) for name in dict.fromkeys(names))


def _label(declared: Declaration, name: str) -> Any:
    if name in declared.fields:
        return said(declared.fields[name]["label"])
    usual = {"number": _l("Number"), "state": _l("State"), "site": _l("Site"), **BOUND}
    return usual.get(name, name)
