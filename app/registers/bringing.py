"""A sheet as entries of a register: its headings are the fields' labels, each row is what the form would have got."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from app.exchange import words
from app.exchange.fields import NEW, WRONG, Problem, Row
from app.exchange.reading import Grid
from app.exchange.rules import Outcome
from app.kit import choosing, forms, kinds, saving
from app.kit.cells import name_of
from app.kit.errors import RuleError
from app.kit.labels import _l, label
from app.kit.language import CODES
from app.kit.refusals import REFUSALS
from app.kit.refusals import words as refused
from app.kit.session import attempt, db
from app.printing.subjects import in_all_languages

LOOK_AT_ROWS = 20
MOST_ROWS = 2000
PAGES = 10
YES = {"是", "有", "yes", "y", "true", "1", "√", "✓", "对", "對"}


class Undone(Exception):
    """A row was only tried."""


@dataclass
class Heading:
    """Where a sheet's headings are, and which column is which field."""

    row: int
    titles: list[str]
    columns: dict[int, str]


def heading_of(view: Any, grid: Grid) -> Heading | None:
    """The row that names the most fields of the register's form; None where none names what must be filled in."""
    known = {folded: name for name in view.add_names for folded in _names(view, name)}
    best: Heading | None = None
    for number, cells in grid.rows[:LOOK_AT_ROWS]:
        texts = [words.text(cell) for cell in cells]
        named = {at: known[words.heading(text)] for at, text in enumerate(texts) if words.heading(text) in known}
        columns = {at: name for at, name in named.items() if list(named.values()).index(name) == list(named).index(at)}
        if columns and (best is None or len(columns) > len(best.columns)):
            best = Heading(number, texts, columns)
    needed = {name for name in view.add_names if forms.is_required(view, name)}
    return best if best is not None and needed <= set(best.columns.values()) else None


def _names(view: Any, name: str) -> set[str]:
    """What a field may be headed by: its label in any language, or its key."""
    return {words.heading(said) for said in [*in_all_languages(label(view.model, name)).values(), name] if said}


def rows_of(view: Any, grids: Sequence[Grid]) -> tuple[Heading, list[Row]]:
    """The rows below the headings of the first sheet that has them; a RuleError where there is none."""
    for grid in grids:
        heading = heading_of(view, grid)
        if heading is None:
            continue
        below = [(number, cells) for number, cells in grid.rows if number > heading.row]
        rows = [_row(grid.name, heading, number, cells) for number, cells in below]
        rows = [row for row in rows if any(not words.is_blank(cell) for cell in row.cells.values())]
        if len(rows) > MOST_ROWS:
            raise RuleError(_l("At most %(most)s rows at once.", most=MOST_ROWS), field="file")
        return heading, rows
    needed = "、".join(str(label(view.model, name)) for name in view.add_names if forms.is_required(view, name))
    raise RuleError(_l("No sheet of this file has these headings: %(names)s.", names=needed), field="file")


def _row(sheet: str, heading: Heading, number: int, cells: Sequence[Any]) -> Row:
    own = {name: cells[at] if at < len(cells) and cells[at] is not None else "" for at, name in heading.columns.items()}
    return Row(sheet, number, cells, own, {name: heading.titles[at] for at, name in heading.columns.items()})


def bring(view: Any, grids: Sequence[Grid], *, dry_run: bool) -> Outcome:
    """Take the good rows in, in the caller's one transaction; tried only, nothing stays."""
    heading, rows = rows_of(view, grids)
    outcome = Outcome(rows=rows, written=not dry_run)
    for row in rows:
        outcome.titles[row.sheet] = heading.titles
        _take(view, row, dry_run=dry_run)
        outcome.new, outcome.wrong = outcome.new + (row.state == NEW), outcome.wrong + (row.state == WRONG)
    return outcome


def _take(view: Any, row: Row, *, dry_run: bool) -> None:
    """One row by the form's own rules, in a savepoint of its own."""
    form = _form(view, row)
    row.state = WRONG if row.problems else NEW
    if row.is_wrong:
        return
    try:
        with attempt(), db.session.no_autoflush:
            saving.store_new(view, form)
            if dry_run:
                raise Undone
    except Undone:
        return
    except REFUSALS as error:
        blamed, reason = refused(error, view.model)
        row.problems = [*row.problems, *(Problem(WRONG, row.heading(name), reason) for name in blamed or [""])]
        row.state = WRONG


def _form(view: Any, row: Row) -> Any:
    """The register's form with the row in it; what is wrong is noted at the row."""
    posted: MultiDict[str, str] = MultiDict()
    for name, cell in row.cells.items():
        try:
            posted[name] = _typed(view, name, cell)
        except RuleError as error:
            row.wrong(error.message, name)
    form = forms.form_for(view, view.add_names)
    forms.fill_in(form, view, view.add_names, None, posted)
    if not row.problems and not form.validate():
        row.problems = [
            Problem(WRONG, row.heading(field.name) or str(field.label.text), field.errors[0])
            for field in form
            if field.errors
        ]
    return form


def _typed(view: Any, name: str, cell: Any) -> str:
    """A cell as it would have been typed into the form."""
    of, text = kinds.kind(view.model, name), words.text(cell)
    if words.is_blank(cell):
        return ""
    if of == "relation":
        return str(_key_of(view, name, text))
    if of in ("choice", "several"):
        return _value_of(view, name, text, several=of == "several")
    if of == "flag":
        return "1" if text.strip().lower() in YES else ""
    if isinstance(cell, dt.date | dt.datetime):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.2f}" if of == "money" else f"{cell:g}"
    return text


def _key_of(view: Any, name: str, text: str) -> int:
    """The record that the cell names, among those that may be chosen."""
    target, among = kinds.target(view.model, name), view.among.get(name, choosing.everything)
    for key in _pages(target, text, among):
        record = choosing.find(target, key, among)
        if record is not None and _same(name_of(record), text):
            return key
    raise RuleError(_l("“%(text)s” is not there.", text=text[:40]))


def _pages(target: type, text: str, among: Any) -> Iterator[int]:
    for number in range(1, PAGES + 1):
        found, more = choosing.page(target, text, number, among)
        yield from (key for key, _words in found)
        if not more:
            return


def _same(one: str, other: str) -> bool:
    return words.fold(one).replace(" ", "") == words.fold(other).replace(" ", "")


def _value_of(view: Any, name: str, text: str, *, several: bool) -> str:
    """The values of the words that the cell says, in whatever language."""
    named = view.declared.fields[name]["words"]
    known = {words.fold(said[language]): key for key, said in named.items() for language in CODES}
    parts = [part for part in text.replace("，", "、").replace(",", "、").split("、") if part] if several else [text]
    values = [known.get(words.fold(part.strip()), part.strip()) for part in parts]
    if not set(values) <= set(named):
        raise RuleError(_l("“%(text)s” is none of the words.", text=text[:40]))
    return " ".join(values)
