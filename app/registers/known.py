"""The registers as this process knows them: read from the table, and read anew when another process changed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import ScalarSelect, String, case, cast, event, func, select
from sqlalchemy.orm import ORMExecuteState, Session

from app.archive.schemes import digest_of
from app.kit.session import db
from app.registers import bound, finding, making
from app.registers.declaration import Declaration
from app.registers.declaring import NOTE
from app.registers.models import Entry, Register
from app.security import actor, sessions

EXTENSION = "registers"


@dataclass
class Known:
    """A register that is ready for use: its declaration, the class of its entries, and the view that shows them."""

    declared: Declaration
    model: type[Entry]
    view: Any
    id: int
    revision: int
    schemes: frozenset[str]
    is_withdrawn: bool


@dataclass
class Shelf:
    """All of them, as they were when the table had this stamp."""

    stamp: Any
    registers: dict[str, Known]


def all_of_them() -> dict[str, Known]:
    """Every register by key; asked of the table once a request, built when something changed there."""
    notes = actor.notes()
    shelf: Shelf | None = current_app.extensions.get(EXTENSION)
    if NOTE in notes and shelf is not None:
        return shelf.registers
    stamp = sessions.asked_along("registers")
    if stamp is None:
        stamp = db.session.scalar(select(stamp_of()))
    if shelf is None or shelf.stamp != stamp:
        shelf = current_app.extensions[EXTENSION] = Shelf(stamp, _read())
    for each in shelf.registers.values():
        making.use(each.declared.key, each.model)
    notes[NOTE] = True
    return shelf.registers


def find(key: str) -> Known | None:
    return all_of_them().get(key)


def model_of(key: str) -> type[Entry]:
    """The class of a register's entries; of any entry where there is no such register."""
    found = find(key)
    return found.model if found is not None else Entry


def of(record: Entry) -> Known:
    """The register that an entry is of."""
    return all_of_them()[record.register_key]


def view_of(key: str) -> Any:
    """The bound view of a register, or None."""
    found = find(key)
    return found.view if found is not None else None


def views_for(model: type) -> list[type]:
    """The registers whose entries stand on the pages of records of `model`."""
    return [type(each.view) for each in all_of_them().values() if model in each.view.shown_with()]


def offered() -> Iterator[Known]:
    """Those that still take entries, in the order of their names."""
    for each in all_of_them().values():
        if not each.is_withdrawn:
            yield each


def stamp_of(_user_key: Any = None) -> ScalarSelect[Any]:
    """All that is current, as one value that is another when anything of it is."""
    said = cast(Register.id, String) + ":" + Register.digest + ":" + Register.schemes
    said += case((Register.is_withdrawn, "-"), else_="+")
    rows = select(said.label("said")).where(Register.is_current.is_(True)).order_by(Register.key).subquery()
    return select(func.coalesce(func.aggregate_strings(rows.c.said, ";"), "")).scalar_subquery()


def _read() -> dict[str, Known]:
    """Make whatever is new; what is as it was keeps its class."""
    found = {}
    for row in db.session.scalars(select(Register).where(Register.is_current.is_(True)).order_by(Register.key)):
        declared = Declaration(row.body)
        slots = {key: row.slots[key] for key in declared.fields}
        model = making.class_of(declared, slots, digest_of([row.body, slots]), model_of)
        view = bound.view_of(declared, model, frozenset(row.schemes.split()), takes=not row.is_withdrawn)
        finding.take(declared, model, row.series)
        found[row.key] = Known(
            declared, model, view, row.id, row.revision, frozenset(row.schemes.split()), row.is_withdrawn
        )
    _let_go({each.model for each in found.values()})
    views = current_app.extensions.setdefault("record_views", {})
    for model in [model for model in views if issubclass(model, Entry)]:
        del views[model]
    views |= {each.model: each.view for each in found.values()}
    return found


def _let_go(models: set[type]) -> None:
    """Entries of a class that was replaced are loaded anew when they are asked for again."""
    for each in list(db.session.identity_map.values()):
        if isinstance(each, Entry) and type(each) not in models and not db.session.is_modified(each):
            db.session.expunge(each)


def watch() -> None:
    """From now on no entry is loaded before the registers of this moment are known, whoever asks for it."""
    if not event.contains(Session, "do_orm_execute", _know_before):
        event.listen(Session, "do_orm_execute", _know_before)


def _know_before(state: ORMExecuteState) -> None:
    mapper = state.bind_mapper
    if state.is_select and mapper is not None and mapper.base_mapper is making.MAPPER:
        all_of_them()
