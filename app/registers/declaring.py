"""Bringing a declaration in: a version of its own, and each field in the slot it always had."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, cast, func, select, update

from app.archive.schemes import digest_of
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.registers.checking import Where, problems
from app.registers.declaration import FAMILY, Body, Declaration
from app.registers.making import TABLE
from app.registers.models import LINKS, SLOTS, Register
from app.security import actor, audit

NOTE = ("registers",)  # what this request knows of the registers
MAY_BECOME = {("text", "long_text"), ("choice", "text"), ("choice", "long_text")}


class Misfit(RuleError):
    """A declaration is refused; `where` is the path to what is wrong in it."""

    def __init__(self, message: Any, where: Where) -> None:
        super().__init__(message, field="text")
        self.where = where


def current(key: str) -> Register | None:
    """The newest version of a register's declaration."""
    return db.session.scalar(select(Register).where(Register.key == key, Register.is_current.is_(True)))


def declare(body: Body, *, scheme_key: str = "", by: Any = None) -> Register:
    """Store a declaration. The same content changes nothing; another one is the next version."""
    for where, why in problems(body):
        raise Misfit(_l("%(where)s: %(why)s", where=path_of(where), why=why), where)
    declared, before = Declaration(body), current(body["key"])
    digest = digest_of(body)
    if before is not None and before.digest == digest:
        _belongs_to(before, scheme_key)
        return before
    if before is not None:
        refuse_changed_kinds(Declaration(before.body), declared)
        refuse_dropped_states(Declaration(before.body), declared)
    found = Register(key=declared.key, body=body, digest=digest, slots=slots_of(declared, before))
    found.revision, found.schemes, found.series = 1, "", ""
    if before is not None:
        found.revision, found.schemes, found.series = before.revision + 1, before.schemes, before.series
        before.is_current = False
    db.session.add(found)
    db.session.flush()
    found.series = found.series or f"R{found.id}"
    _belongs_to(found, scheme_key)
    derive_anew(declared, found.slots)
    actor.notes().pop(NOTE, None)
    audit.write("declare", found, {"revision": found.revision}, by=by)
    return found


def was_changed_since(body: Body) -> bool:
    """This very declaration is an older version of the register: the house has another one by now."""
    older = select(Register.id).where(Register.key == body["key"], Register.digest == digest_of(body))
    return db.session.scalar(older.where(Register.is_current.is_(False)).limit(1)) is not None


def path_of(where: Where) -> str:
    return ".".join(str(step) for step in where) or "YAML"


def _belongs_to(register: Register, scheme_key: str) -> None:
    names = register.schemes.split()
    if scheme_key and scheme_key not in names:
        register.schemes = " ".join([*names, scheme_key])


def withdraw(key: str, *, by: Any = None) -> Register:
    """Take no more entries; what is there stays readable."""
    found = current(key)
    if found is None:
        raise RuleError(_l("There is no register %(key)s.", key=key))
    found.is_withdrawn = True
    actor.notes().pop(NOTE, None)
    audit.write("withdraw", found, {"revision": found.revision}, by=by)
    return found


def refuse_changed_kinds(before: Declaration, after: Declaration) -> None:
    """What is stored as a date does not become money."""
    for place, (key, field) in enumerate(after.fields.items()):
        kind = before.fields.get(key, field)["kind"]
        if kind != field["kind"] and (kind, field["kind"]) not in MAY_BECOME:
            told = _l("The kind of %(key)s does not change: give the field another key.", key=key)
            raise Misfit(told, ("fields", place, "kind"))


def refuse_dropped_states(before: Declaration, after: Declaration) -> None:
    """A state that entries are in stays."""
    gone = {state["key"] for state in before.states} - {state["key"] for state in after.states}
    used = select(TABLE.c.state).where(TABLE.c.register_key == after.key, TABLE.c.state.in_(sorted(gone)))
    still = db.session.scalar(used.limit(1)) if gone else None
    if still is not None:
        raise Misfit(_l("Entries are still in the state %(key)s: it cannot be dropped.", key=still), ("states",))


def slots_of(declared: Declaration, before: Register | None) -> dict[str, str]:
    """Where each field is stored. A field keeps its slot; one that was dropped keeps it, too, while entries use it."""
    kept = dict(before.slots) if before is not None else {}
    gone = [key for key in kept if key not in declared.fields]
    kept = {key: slot for key, slot in kept.items() if key not in gone or _is_used(declared.key, slot)}
    for key, field in declared.fields.items():
        if key not in kept:
            kept[key] = _free(FAMILY[field["kind"]], set(kept.values()), key, list(declared.fields).index(key))
    return kept


def _free(family: str, used: set[str], key: str, place: int) -> str:
    most = (SLOTS.get(family) or LINKS[family])[1]
    for place in range(1, most + 1):
        if f"{family}_{place}" not in used:
            return f"{family}_{place}"
    told = _l("There is no room for %(key)s: entries still hold what dropped fields of this kind say.", key=key)
    raise Misfit(told, ("fields", place, "kind"))


def _is_used(register_key: str, slot: str) -> bool:
    column = TABLE.c[slot] if slot in TABLE.c else TABLE.c[f"{slot}_id"]
    query = select(TABLE.c.id).where(TABLE.c.register_key == register_key, column.is_not(None))
    if slot.startswith("text_"):
        query = query.where(column != "")
    return db.session.scalar(query.limit(1)) is not None


def derive_anew(declared: Declaration, slots: dict[str, str]) -> None:
    """What follows from the declaration in entries that are there: when they are due, and whether they are over."""
    due: Any = TABLE.c[slots[declared.due]] if declared.due else None
    values = {"due_on": due, "is_over": TABLE.c.state.in_(sorted(declared.over))}
    if version := declared.body.get("acknowledge", {}).get("version"):
        values["read_edition"] = func.coalesce(cast(TABLE.c[slots[version]], String), "")
    mine = update(TABLE).where(TABLE.c.register_key == declared.key)
    db.session.execute(mine.values(values), execution_options={"synchronize_session": False})
    db.session.execute(mine.where(TABLE.c.state == "").values(state=declared.first_state))


def entries_of(key: str) -> int:
    """How many entries a register has, at all sites."""
    query = select(func.count()).select_from(TABLE).where(TABLE.c.register_key == key)
    return int(db.session.scalar(query) or 0)
