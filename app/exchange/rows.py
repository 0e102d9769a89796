"""Makes rows of a sheet: below its header, without subtotals, footnotes and repeated headings, merged cells filled."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.exchange import headings, rooms, values, words
from app.exchange.fields import JOINED, Field, Row
from app.exchange.headings import Header
from app.exchange.reading import Grid, unpack
from app.kit.labels import _l

Mapping_ = Mapping[str, Mapping[int, str]]


@dataclass
class Roster:
    """All sheets of a file that hold a roster, as rows; `skipped` are (sheet, why) for the others."""

    rows: list[Row] = field(default_factory=list)
    headers: dict[str, Header] = field(default_factory=dict)
    skipped: list[tuple[str, Any]] = field(default_factory=list)


def collect(grids: Iterable[Grid], mapping: Mapping_ | None = None) -> Roster:
    """Read every sheet. `mapping` (sheet -> column -> field key, "" to ignore) corrects what was found."""
    roster, fields = Roster(), rooms.fields()
    for grid in grids:
        header = headings.find(grid, fields) if grid.rows else None
        if header is None:
            why = _l("The sheet is empty.") if not grid.rows else _l("No heading row with unit numbers was found.")
            roster.skipped.append((grid.name, why))
            continue
        correct(header, (mapping or {}).get(grid.name, {}), fields)
        roster.headers[grid.name] = header
        roster.rows += rows_of(grid, header, fields)
    for tidy in rooms.offers("tidy"):
        roster.rows = tidy(roster.rows)
    roster.rows = join_supplements(roster.rows, roster.headers)
    return roster


def correct(header: Header, wanted: Mapping[int, str], fields: Mapping[str, Field]) -> None:
    """Take over what somebody chose for a column; a field chosen twice stays with the first column."""
    for column, key in wanted.items():
        header.columns.pop(column, None)
        if key in fields:
            header.columns = {c: k for c, k in header.columns.items() if k != key}
            header.columns[column] = key
            header.sure[column] = 100


def rows_of(grid: Grid, header: Header, fields: Mapping[str, Field]) -> list[Row]:
    """The rows below the header."""
    spread = _spread(grid, header.last_row)
    titles = {key: header.titles[column] for column, key in header.columns.items()}
    constants = from_sheet_name(grid.name, header, fields)
    above: dict[str, Any] = {}
    found: list[Row] = []
    columns = {key: column for column, key in header.columns.items()}
    for number, packed in grid.packed():
        if number <= header.last_row:
            continue
        raw = unpack(packed)
        cells = _cells(raw, spread.get(number, {}), columns)
        if not cells or is_no_row(cells, raw, header, fields):
            continue
        _fill_down(cells, above, fields)
        own = {key: cell for key, cell in cells.items() if columns[key] >= len(raw) or raw[columns[key]] is not cell}
        found.append(Row(grid.name, number, packed, constants | own, titles, columns))
    return found


def _spread(grid: Grid, last_row: int) -> dict[int, dict[int, Any]]:
    """What merged cells say below their first row: row number -> column -> value."""
    starts = dict(grid.rows)
    spread: dict[int, dict[int, Any]] = defaultdict(dict)
    wanted = starts.keys()
    for top, left, bottom, right in grid.merges:
        cells = starts.get(top, [])
        if top <= last_row or bottom == top or left != right or left >= len(cells) or bottom - top > 5000:
            continue
        for number in range(top + 1, bottom + 1):
            if number in wanted:
                spread[number][left] = cells[left]
    return spread


def _cells(raw: list[Any], spread: Mapping[int, Any], columns: Mapping[str, int]) -> dict[str, Any]:
    """The row by field, merged cells filled; a repeated amount is left out."""
    cells: dict[str, Any] = {}
    for key, column in columns.items():
        value = raw[column] if column < len(raw) else None
        if value is None and column in spread and key not in rooms.said_once():
            value = spread[column]
        if value is not None and not (isinstance(value, str) and not value.strip()):
            cells[key] = value
    return cells


def is_no_row(cells: Mapping[str, Any], raw: list[Any], header: Header, fields: Mapping[str, Field]) -> bool:
    """Subtotals, footnotes and headings repeated on every page are no rows."""
    first = next((cell for cell in raw if cell is not None and str(cell).strip()), None)
    where = [
        cell for key, cell in cells.items() if fields[key].where and fields[key].kind == "text" and not fields[key].down
    ]
    if any(words.is_subtotal(cell) for cell in where) or (
        not where and any(words.is_subtotal(cell) for cell in raw[:8])
    ):
        return True
    if not where and (words.is_footnote(first) or len(cells) == 1 or not _says_something(cells, fields)):
        return True
    if where and isinstance(where[0], str) and words.is_footnote(where[0]) and len(cells) == 1:
        return True
    same = sum(1 for c, _key in header.columns.items() if c < len(raw) and _is_title(raw[c], header.parts[c]))
    return same >= 2 and same * 2 >= len(header.columns)


def _says_something(cells: Mapping[str, Any], fields: Mapping[str, Field]) -> bool:
    """More than a sum: a row without a unit must name somebody to be a row at all."""
    return any(fields[key].who and not words.is_blank(cell) for key, cell in cells.items()) or len(cells) > 3


def _is_title(cell: Any, parts: list[str]) -> bool:
    return isinstance(cell, str) and words.text(cell) in parts


def _fill_down(cells: dict[str, Any], above: dict[str, Any], fields: Mapping[str, Field]) -> None:
    """同上, and floors or buildings that are only written once."""
    for key, cell in list(cells.items()):
        if words.repeats_above(cell):
            cells[key] = above.get(key)
    for key, one in fields.items():
        if one.down and key not in cells and above.get(key) is not None:
            cells[key] = above[key]
    above.update(cells)


def from_sheet_name(name: str, header: Header, fields: Mapping[str, Field]) -> dict[str, Any]:
    """A sheet called 5F or A座 says it for all its rows, where no column does."""
    mapped = set(header.columns.values())
    folded = name.strip()
    return {
        key: folded
        for key, one in fields.items()
        if one.from_sheet and key not in mapped and re.fullmatch(one.from_sheet, folded.casefold())
    }


def join_supplements(rows: list[Row], headers: Mapping[str, Header]) -> list[Row]:
    """A sheet without names only adds to the rows of another one, e.g. deposits by unit."""
    fields = rooms.fields()
    naming = {sheet for sheet, header in headers.items() if any(fields[k].who for k in header.columns.values())}
    if not naming or len(naming) == len(headers):
        return rows
    main = {where_key(row, fields): row for row in rows if row.sheet in naming}
    for row in rows:
        target = main.get(where_key(row, fields)) if row.sheet not in naming else None
        if target is not None:
            absorb(target, row)
    return rows


def where_key(row: Row, fields: Mapping[str, Field]) -> str:
    """Which row of another sheet says the same unit: by the last of the fields that say where, zeros left off."""
    typed = [words.fold(words.text(row.cells.get(key))) for key, one in fields.items() if one.where and not one.down]
    return "|".join(one.lstrip("0") for one in typed)


def absorb(target: Row, row: Row) -> None:
    """Take over what `target` leaves blank; `row` then counts no more."""
    for key, cell in row.cells.items():
        if words.is_blank(target.cells.get(key)) and not words.is_blank(cell):
            target.put(key, cell)
            target.headings = {**target.headings, key: row.heading(key)}
    for note in row.notes:
        if note not in target.notes:
            target.remark(note)
    row.state = JOINED


def interpret(rows: Iterable[Row]) -> None:
    """Read every cell of every row that still counts."""
    fields = list(rooms.fields().values())
    for row in rows:
        if row.state == JOINED:
            continue
        cells = dict(row.cells)
        for one in fields:
            if one.left and words.repeats_left(cells.get(one.key)):
                cells[one.key] = cells.get(one.left)
                row.put(one.key, cells[one.key])
            if one.key in cells:
                values.read(row, one, cells[one.key])
