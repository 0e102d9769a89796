"""An entry's page: what it holds, what was done with it, and who has read it."""

from __future__ import annotations

from typing import Any

from flask import url_for

from app.kit import showing
from app.kit.cells import cell, name_of
from app.kit.labels import _l
from app.kit.pages import Cell, Column, Link, ListPage, Row, ShowPage
from app.registers import readings, steps
from app.registers.declaration import Declaration, said
from app.registers.models import Entry, EntryStep
from app.security import gate


def page_of(view: Any, record: Entry) -> ShowPage:
    """The kit's page of a record, with the steps and the readers of the entry."""
    declared: Declaration = view.declared
    page = showing.show_page(view, record)
    if readings.may_confirm(record, declared, gate.user()):
        url = url_for("EntryView.confirm", key=declared.key, pk=record.id)
        page.moves.append(Link(_l("I have read this"), url, "post", "primary"))
    page.lists += [each for each in (_history(record, declared), _readers(record, declared)) if each is not None]
    return page


def _history(record: Entry, declared: Declaration) -> ListPage | None:
    """The steps, the last one on top; each return has its round and its reason (P6.06)."""
    taken = steps.history(record)
    if not taken:
        return None
    rows = [_step_row(step, declared, round_of(step, taken)) for step in taken]
    heads = [_l("When"), _l("Step"), _l("Round"), _l("By whom"), _l("After"), _l("Reason")]
    columns = [Column(str(place), head) for place, head in enumerate(heads)]
    return ListPage(_l("What was done"), columns, list(reversed(rows)), total=len(taken))


def round_of(step: EntryStep, taken: list[EntryStep]) -> int:
    """For the how manieth time the step was taken."""
    return sum(1 for each in taken if each.name == step.name and each.id <= step.id)


def _step_row(step: EntryStep, declared: Declaration, number: int) -> Row:
    names = {move["key"]: said(move["name"]) for move in declared.moves}
    states = {state["key"]: said(state["name"]) for state in declared.states}
    cells = [
        cell(step, "at"),
        Cell(names.get(step.name, step.name)),
        Cell(number, "number"),
        Cell(name_of(step.user)),
        Cell(states.get(step.to_state, step.to_state)),
        cell(step, "reason"),
    ]
    return Row(step.id, None, cells)


def _readers(record: Entry, declared: Declaration) -> ListPage | None:
    """Who must read it, who has, and who is missing (P2.10)."""
    if not readings.asks(record, declared):
        return None
    there, people = readings.readings(record), readings.readers(record, declared)
    read = sum(1 for person in people if person.id in there)
    rows = [Row(person.id, None, _reader(person, there.get(person.id))) for person in people]
    title = _l("Read by %(read)s of %(all)s", read=read, all=len(people))
    columns = [Column("0", _l("Who")), Column("1", _l("Has read it")), Column("2", _l("When"))]
    return ListPage(title, columns, rows, empty=_l("Nobody here has one of the roles that must read it."))


def _reader(person: Any, line: Any) -> list[Cell]:
    if line is None:
        return [Cell(str(person)), Cell(_l("missing"), "badge", tone="warn"), Cell("")]
    return [Cell(str(person)), Cell(_l("yes"), "badge", tone="good"), Cell(line.at, "moment")]


def confirm(view: Any, record: Entry) -> str:
    """The button's work; answers where to go on."""
    readings.confirm(record, view.declared, by=gate.user())
    return str(view.url("show", pk=record.id))
