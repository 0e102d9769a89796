"""The entries that somebody still has to see to, in registers that say who holds an entry (P1.20, P12.09)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import and_, or_, select

from app.archive.held import Holding
from app.kit.kinds import mapper_of
from app.kit.session import db
from app.registers import known
from app.registers.models import Entry
from app.registers.steps import put
from app.security import audit


def held_by(user: Any) -> Iterator[Holding]:
    """Every entry in the user's hands that is not over, at every site: one statement."""
    registers = [each for each in known.all_of_them().values() if "held_by" in each.declared.body]
    if not registers:
        return
    theirs = [and_(Entry.register_key == each.declared.key, _holder(each) == user.id) for each in registers]
    query = select(Entry).where(Entry.is_over.is_(False), or_(*theirs)).order_by(Entry.id)
    for entry in db.session.scalars(query):
        name = f"{known.of(entry).declared.name} {entry}"
        yield Holding("entry", entry.id, entry.site_id, name, entry.file, number=entry.number or f"#{entry.id}")


def _holder(register: known.Known) -> Any:
    """The bare column: a class's own would narrow the whole statement to its register."""
    return mapper_of(register.model).columns[f"{register.declared.body['held_by']}_id"]


def pass_on(key: int, receiver: Any, *, by: Any) -> None:
    """Another person sees to it."""
    known.all_of_them()
    entry = db.session.get_one(Entry, key)
    name = known.of(entry).declared.body["held_by"]
    before = getattr(entry, f"{name}_id")
    put(entry, name, receiver)
    audit.write("reassign", entry, {"from": before, "to": receiver.id}, by=by)
    db.session.flush()
