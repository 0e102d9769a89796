"""The steps of a register's entries, as the kit walks them: who took which is kept, and may bar the next one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.kinds import keys_of
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.registers import periodic
from app.registers.declaration import Body, Declaration, said
from app.registers.models import Entry, EntryStep
from app.registers.rules import derive

ADDED = "add"
REASON = ("reason", _l("Reason"))


def moves_of(declared: Declaration) -> list[Move]:
    """The declared steps as a table of moves."""
    return [_move(declared, step) for step in declared.moves]


def _move(declared: Declaration, step: Body) -> Move:
    asks = [(name, said(declared.fields[name.rstrip("?")]["label"])) for name in step.get("asks", [])]
    return Move(
        name=step["key"],
        source=frozenset(step["from"]),
        target=step.get("to"),
        needs=f"{declared.permission}:move_{step['key']}",
        label=said(step["name"]),
        run=_runner(declared, step),
        asks=(*asks, *([REASON] if step.get("reason") else [])),
        guard=_guard(step),
        style=step.get("style", ""),
    )


def _runner(declared: Declaration, step: Body) -> Any:
    def run(record: Entry, *, by: Any = None, reason: str = "", **answers: Any) -> None:
        if step.get("reason") and not reason.strip():
            raise RuleError(_l("Please fill this in."), field="reason")
        for name, value in answers.items():
            put(record, name, value)
        before = record.state
        record.state = step.get("to", before)
        derive(record, declared)
        db.session.add(
            EntryStep(
                site_id=record.site_id,
                entry_id=record.id,
                name=step["key"],
                from_state=before,
                to_state=record.state,
                at=now(),
                user_id=getattr(by, "id", None),
                reason=reason.strip(),
            )  # fmt: skip
        )
        db.session.flush()
        if step.get("to"):
            periodic.follow(record, declared, by=by)

    return run


def put(record: Entry, name: str, value: Any) -> None:
    """Set a field; what names a record is set with its key."""
    setattr(record, name, value)
    for key in keys_of(type(record), name):
        setattr(record, key, value.id if value is not None else None)


def _guard(step: Body) -> Any:
    barred: list[str] = step.get("not_who", [])

    def guard(record: Entry, user: Any) -> None:
        if user is not None and any(user.id == who_took(record, name) for name in barred):
            raise RuleError(_l("Whoever took the step before does not take this one."))

    return guard if barred else None


def who_took(record: Entry, name: str) -> int | None:
    """Who took a step last; "add" is whoever wrote the entry."""
    if name == ADDED:
        return record.created_by_id
    query = select(EntryStep.user_id).where(EntryStep.entry_id == record.id, EntryStep.name == name)
    return db.session.scalar(query.order_by(EntryStep.id.desc()).limit(1))


def history(record: Entry) -> list[EntryStep]:
    """What was done with an entry, in its order."""
    query = select(EntryStep).where(EntryStep.entry_id == record.id)
    return list(db.session.scalars(query.order_by(EntryStep.id)))
