"""What must be on record before somebody is given a role: a pass in a register of training and exams (P12.06)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import or_, select

from app.kit.columns import today
from app.kit.labels import _l
from app.kit.session import db
from app.registers import known
from app.registers.declaration import said
from app.security.roles import ROLES


def missing(user: Any, names: set[str]) -> Iterator[Any]:
    """In words, for each role that is asked for, the entry that is not there."""
    for register in known.offered():
        condition: dict[str, Any] = register.declared.body.get("condition_of_role", {})
        for role in sorted(names & set(condition.get("roles", ()))):
            if user is None or not _is_there(register, condition, user):
                states = {state["key"]: said(state["name"]) for state in register.declared.states}
                yield _l(
                    "%(role)s: the register “%(register)s” must say “%(state)s” of this person first.",
                    role=ROLES[role], register=register.declared.name, state=states[condition["state"]],
                )  # fmt: skip


def _is_there(register: known.Known, condition: dict[str, Any], user: Any) -> bool:
    model: Any = register.model
    person = getattr(model, f"{condition['person']}_id")
    query = select(model.id).where(person == user.id, model.state == condition["state"])
    if "until" in condition:
        until = getattr(model, condition["until"])
        query = query.where(or_(until.is_(None), until >= today()))
    return db.session.scalar(query.limit(1)) is not None
