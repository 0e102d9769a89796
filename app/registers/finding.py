"""Entries in the search box: each register is a kind of hit of its own, with its own right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from app.kit.session import db
from app.registers.declaration import Declaration, said
from app.registers.models import Entry
from app.search.declared import By, Searched, declared
from app.search.declared import Entry as Hit


def take(register: Declaration, model: type[Entry], kind: str) -> None:
    """Have the search follow a register's entries from now on; `kind` is the register's series."""
    searched = Searched(
        kind=kind,
        label=register.entry,
        model=model,
        permission=register.permission,
        view="EntryView.show",
        entries=_entries(model),
        touched_by=[By(model)] if model not in declared.touches else [],
        weight=4,
        badges={state["key"]: said(state["name"]) for state in register.states},
        is_numbered=bool(register.numbered),
        view_args={"key": register.key},
    )
    declared.take([searched], [])


def _entries(model: Any) -> Callable[[Sequence[int]], list[Hit]]:
    def entries(keys: Sequence[int]) -> list[Hit]:
        columns = (model.id, model.site_id, model.number, model.caption, model.state, model.is_over)
        rows = db.session.execute(select(*columns).where(model.id.in_(keys)))
        return [_hit(row) for row in rows]

    return entries


def _hit(row: Any) -> Hit:
    """By its number and by what it is called; what is sealed is in neither."""
    return Hit(
        row.id,
        row.site_id,
        row.number or row.caption,
        row.caption if row.number else "",
        names=[row.caption] if row.caption else [],
        numbers=[row.number] if row.number else [],
        is_live=not row.is_over,
        badge=row.state,
    )
