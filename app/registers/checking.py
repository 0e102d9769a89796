"""What does not fit in a declaration of a register, in words, with the path to the field that is wrong."""

from __future__ import annotations

import json
import string
from collections import Counter
from collections.abc import Iterator
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from app.archive.schemes.lines import line_of
from app.kit import misfits, yamls
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.registers.declaration import FAMILY, OF_ENTRY, Body, Declaration
from app.registers.models import LINKS, SLOTS, Entry
from app.registers.shape import SCHEMA

Where = tuple[str | int, ...]
Wrong = tuple[Where, Any]
# names that an address, a form or a step uses for something else
TAKEN = {
    "q", "page", "psize", "order", "dir", "next", "once", "key", "endpoint", "pk", "ending", "relation",
    "column", "by", "reason", "record", "csrf_token", "own", "metadata", "registry", "query", "line", "sealed",
}  # fmt: skip
NEVER_ASKED = {"name", "table", "write"}  # what the walk of a step calls its own
KEYS_TAKEN = {"new", "bring", "declared"}


def parse(text: str) -> Body:
    """A declaration's text as plain data; a RuleError names the line and the field that does not fit."""
    try:
        body = json.loads(json.dumps(yamls.read(text), default=str))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, why = (mark.line + 1 if mark else 1), getattr(error, "problem", "") or str(error)
        raise RuleError(_l("Line %(line)s is no YAML: %(why)s", line=line, why=why), field="text") from error
    for where, why in problems(body):
        path = ".".join(str(step) for step in where) or "YAML"
        told = _l("Line %(line)s, %(where)s: %(why)s", line=line_of(text, where), where=path, why=why)
        raise RuleError(told, field="text")
    return dict(body)


def problems(body: Any) -> Iterator[Wrong]:
    """Whatever does not fit: first what the schema says, then what does not fit together."""
    errors = sorted(Draft202012Validator(SCHEMA).iter_errors(body), key=lambda error: len(error.absolute_path))
    if errors:
        yield from ((tuple(error.absolute_path), misfits.told(error)) for error in errors)
        return
    declared = Declaration(body)
    if declared.key in KEYS_TAKEN:
        yield ("key",), _l("%(key)s is taken: choose another name.", key=declared.key)
    yield from _fields(declared)
    yield from _room(declared)
    yield from _steps(declared)
    yield from _names(declared)
    yield from _number(declared)


def _fields(declared: Declaration) -> Iterator[Wrong]:
    seen: set[str] = set()
    for place, field in enumerate(declared.body["fields"]):
        key, kind = field["key"], field["kind"]
        if key in seen:
            yield ("fields", place, "key"), _l("%(key)s is there twice", key=key)
        if is_taken(key, declared):
            yield ("fields", place, "key"), _l("%(key)s is taken: choose another name.", key=key)
        if (kind in ("choice", "several")) != ("words" in field):
            yield ("fields", place, "words"), _l("Words belong to a choice, and a choice needs words.")
        if (kind == "entry") != ("register" in field):
            yield ("fields", place, "register"), _l("An entry names the register that it is of.")
        if "default" in field and not _fits(field):
            yield ("fields", place, "default"), _l("This is no value of the field.")
        if field.get("sealed") and key in declared.body.get("called", []):
            yield ("fields", place, "sealed"), _l("An entry is not called by what is sealed.")
        seen.add(key)
    if declared.is_single and declared.bound == "nothing":
        yield ("single",), _l("One entry of what? Say what it is bound to.")


def is_taken(key: str, declared: Declaration) -> bool:
    """An entry, an address or a form has something of this name: `due_from` is where a list asks for a span."""
    stems = [key.removesuffix(ending) for ending in ("_id", "_from", "_to") if key.endswith(ending)]
    return key in TAKEN or hasattr(Entry, key) or key.startswith("clear_") or any(s in declared.fields for s in stems)


def _fits(field: Body) -> bool:
    kind, value = field["kind"], field["default"]
    if kind == "choice":
        return value in field["words"]
    wanted: dict[str, type] = {"text": str, "long_text": str, "number": int, "money": int, "flag": bool}
    return kind in wanted and isinstance(value, wanted[kind]) and isinstance(value, bool) == (kind == "flag")


def _room(declared: Declaration) -> Iterator[Wrong]:
    """No more fields of one kind than an entry has room for."""
    count: Counter[str] = Counter()
    for place, field in enumerate(declared.body["fields"]):
        family = FAMILY[field["kind"]]
        count[family] += 1
        most = (SLOTS.get(family) or LINKS[family])[1]
        if count[family] > most:
            yield (
                ("fields", place, "kind"),
                _l(
                    "A register holds at most %(most)s fields of this kind; %(key)s is one too many.",
                    most=most, key=field["key"],
                ),
            )  # fmt: skip


def _steps(declared: Declaration) -> Iterator[Wrong]:
    states = [state["key"] for state in declared.states]
    moves = [move["key"] for move in declared.moves]
    for name, keys in (("states", states), ("moves", moves)):
        for place, key in enumerate(keys):
            if key in keys[:place]:
                yield (name, place, "key"), _l("%(key)s is there twice", key=key)
    for place, move in enumerate(declared.moves):
        for at, state in enumerate(move["from"]):
            if state not in states:
                yield ("moves", place, "from", at), _l("There is no state %(key)s.", key=state)
        if move.get("to", states[0] if states else "") not in states:
            yield ("moves", place, "to"), _l("There is no state %(key)s.", key=move.get("to", ""))
        for at, name in enumerate(each.rstrip("?") for each in move.get("asks", [])):
            if name not in declared.fields:
                yield ("moves", place, "asks", at), _l("There is no field %(key)s.", key=name)
            if name in NEVER_ASKED:
                yield ("moves", place, "asks", at), _l("%(key)s is taken: choose another name.", key=name)
        for at, name in enumerate(move.get("not_who", [])):
            if name not in [*moves, "add"]:
                yield ("moves", place, "not_who", at), _l("There is no step %(key)s.", key=name)


def _names(declared: Declaration) -> Iterator[Wrong]:
    """Every field that is named is there, and is of the kind that is needed."""
    body, fields = declared.body, declared.fields
    for part, keys in (("called", body.get("called", [])), ("list", body.get("list", []))):
        for place, key in enumerate(keys):
            if key not in fields and (part == "called" or key not in OF_ENTRY):
                yield (part, place), _l("There is no field %(key)s.", key=key)
    for place, key in enumerate(body.get("print", {}).get("columns", [])):
        if key not in fields and key not in OF_ENTRY:
            yield ("print", "columns", place), _l("There is no field %(key)s.", key=key)
    for where, key, kinds in _wanted(declared):
        if key not in fields or fields[key]["kind"] not in kinds:
            yield where, _l("%(key)s must be a field of this kind: %(kinds)s.", key=key, kinds=", ".join(kinds))
    if "order" in body and not _sorts(declared, body["order"]["by"]):
        yield ("order", "by"), _l("A list is not ordered by %(key)s.", key=body["order"]["by"])
    yield from _states_named(declared)


def _sorts(declared: Declaration, key: str) -> bool:
    if key in ("number", "state", "due_on", "id"):
        return True
    field = declared.fields.get(key, {"kind": "", "sealed": True})
    return not field.get("sealed") and field["kind"] in ("text", "number", "money", "date", "moment", "flag", "choice")


def _wanted(declared: Declaration) -> Iterator[tuple[Where, str, tuple[str, ...]]]:
    """(where, field, kinds it may have) of each part that names a field."""
    body = declared.body
    if declared.due:
        yield ("due",), declared.due, ("date",)
    if "due_after" in body:
        yield ("due_after", "field"), body["due_after"]["field"], ("date",)
        yield ("due",), declared.due, ("date",)
    if "wall" in body:
        yield ("wall",), body["wall"], ("long_text",)
    if "held_by" in body:
        yield ("held_by",), body["held_by"], ("person",)
    if "version" in body.get("acknowledge", {}):
        yield ("acknowledge", "version"), body["acknowledge"]["version"], ("text", "number", "date", "choice")
    condition = body.get("condition_of_role", {})
    if condition:
        yield ("condition_of_role", "person"), condition["person"], ("person",)
        if "until" in condition:
            yield ("condition_of_role", "until"), condition["until"], ("date",)
    periodic = body.get("periodic", {})
    if periodic:
        yield ("periodic", "due"), periodic["due"], ("date",)
        if isinstance(periodic["days"], str):
            yield ("periodic", "days"), periodic["days"], ("number",)
        for place, key in enumerate(periodic.get("carry", [])):
            yield ("periodic", "carry", place), key, tuple(FAMILY)


def _states_named(declared: Declaration) -> Iterator[Wrong]:
    states, body = {state["key"] for state in declared.states}, declared.body
    named: list[tuple[Where, str]] = []
    if "condition_of_role" in body:
        named.append((("condition_of_role", "state"), body["condition_of_role"]["state"]))
    if "periodic" in body:
        named.append((("periodic", "after"), body["periodic"]["after"]))
    named += [(("acknowledge", "states"), key) for key in body.get("acknowledge", {}).get("states", [])]
    for where, key in named:
        if key not in states:
            yield where, _l("There is no state %(key)s.", key=key)


def _number(declared: Declaration) -> Iterator[Wrong]:
    """A template of `{sequence}`, `{year}` and `{site}`."""
    template = declared.numbered
    if not template:
        return
    try:
        names = {name for _text, name, _how, _way in string.Formatter().parse(template) if name is not None}
        template.format(sequence=1, year=2026, site="")
    except (ValueError, KeyError, IndexError, AttributeError):
        names = set()
    if "sequence" not in names or names - {"sequence", "year", "site"}:
        yield ("number",), _l("A number is made of {sequence}, {year} and {site}, and {sequence} must be there.")
