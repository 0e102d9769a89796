"""A list as a file: streamed, as filtered and as masked as on screen, and never a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from flask import Response, g, redirect, stream_with_context

from app.kit import plain_rows
from app.kit.cells import cell
from app.kit.columns import DESK_TIME, today
from app.kit.declaring import listed
from app.kit.filters import Asked
from app.kit.guard import foresee, gate
from app.kit.labels import _l, label
from app.kit.listing import count
from app.kit.loading import loads
from app.kit.pages import Cell
from app.kit.session import db

AT_ONCE = 500
BLOCK = 64 * 1024
DANGEROUS = frozenset("=+-@\t\r\n＝＋－＠")
SHEET_ROWS = 1_048_576
LONGEST_CELL = 32_767
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


# Handed in by app/joins.py: where to go on for a file that takes too long to wait for; None where it does not
later: Callable[[Asked, str], str | None] | None = None


def answer(asked: Asked, ending: str) -> Any:
    """The file. Its read is noted first: the line is committed before the first byte is made."""
    ordered = later(asked, ending) if later is not None else None
    if ordered is not None:
        return redirect(ordered)
    gate.note_read(asked.view.model, "export")
    return sent(parts(asked, ending), ending, file_name(asked, ending))


def sent(content: Iterator[Any], ending: str, name: str) -> Response:
    response = Response(stream_with_context(content), mimetype=MEDIA_TYPES[ending])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def file_name(asked: Asked, ending: str) -> str:
    return f"{asked.view.route_base.strip('/').replace('/', '-')}-{today():%Y%m%d}.{ending}"


def parts(asked: Asked, ending: str, tell: Callable[[int], None] = lambda _done: None) -> Iterator[Any]:
    """The file, block by block; `tell` hears how many rows were fetched."""
    names = listed(asked.view) if asked.view.export_columns is None else list(asked.view.export_columns)
    heads = [str(label(asked.view.model, name)) for name in names]
    lines = told(values(asked, names, gate.user()), tell)
    made: Any = (csv_parts if ending == "csv" else xlsx_parts)(heads, lines)
    return made


def told(lines: Iterator[Sequence[Any]], tell: Callable[[int], None]) -> Iterator[Sequence[Any]]:
    for done, line in enumerate(lines, 1):
        if done % AT_ONCE == 0:
            tell(done)
        yield line


def values(asked: Asked, names: list[str], reader: Any) -> Iterator[Sequence[Any]]:
    """Row by row, fetched in chunks: memory and statements stay the same however many rows there are."""
    db.session.add(reader)  # Flask ended the view's session before the first byte: the gate asks about its reader anew
    g.pop("writing", None)  # the audit line is committed: from here on we only read, and hold no lock
    view, walked = asked.view, count(asked) is None
    if plain_rows.are_enough(view, names):
        yield from plain_rows.read(asked, names, walked=walked)
        return
    query = asked.query(walked=walked).order_by(*asked.ordering()).options(*loads(view.model, names))
    for records in db.session.scalars(query.execution_options(yield_per=AT_ONCE)).partitions():
        foresee(records)
        for record in records:
            yield [plain(cell(record, name)) for name in names]


def plain(it: Cell) -> Any:
    """A cell as a spreadsheet keeps it: figures as numbers, days as days, all else as text."""
    if it.kind == "sealed":
        return str(_l("Sealed"))
    if it.kind == "flag":
        return str(_l("yes") if it.value else _l("no"))
    if it.kind in ("money", "area") and isinstance(it.value, int):
        return Decimal(it.value) / 100
    if isinstance(it.value, dt.datetime):
        return it.value.astimezone(DESK_TIME).replace(tzinfo=None)
    if isinstance(it.value, dt.date | int | float | Decimal):
        return it.value
    return "" if it.value is None else str(it.value)


def csv_parts(heads: list[str], lines: Iterator[Sequence[Any]]) -> Iterator[str]:
    """UTF-8 with the mark that makes Excel read it as such; a line of heads, then the rows."""
    out = io.StringIO()
    writer = csv.writer(out)
    out.write("\ufeff")
    writer.writerow([harmless(head) for head in heads])
    for line in lines:
        writer.writerow([csv_text(value) for value in line])
        if out.tell() > BLOCK:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def csv_text(value: Any) -> str:
    if type(value) is str:  # nearly all of them
        return f"'{value}" if value[:1] in DANGEROUS else value
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return harmless(value) if isinstance(value, str) else str(value)


def harmless(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP: CSV injection)."""
    return f"'{text}" if text[:1] in DANGEROUS else text


def xlsx_parts(heads: list[str], lines: Iterator[Sequence[Any]]) -> Iterator[bytes]:
    """A workbook written row by row to a temporary file, then sent in blocks."""
    import xlsxwriter

    with tempfile.TemporaryFile() as file:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                   "strings_to_numbers": False}  # fmt: skip
        with xlsxwriter.Workbook(file, options) as book:
            write_sheets(book, heads, lines)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block


def write_sheets(book: Any, heads: list[str], lines: Iterator[Sequence[Any]]) -> None:
    """One sheet, and another where Excel's rows end."""
    bold, formats = book.add_format({"bold": True}), cell_formats(book)
    sheet, number = None, 0
    for line in lines:
        if sheet is None or number == SHEET_ROWS:
            sheet, number = new_sheet(book, heads, bold), 1
        for at, value in enumerate(line):
            write_cell(sheet, number, at, value, formats)
        number += 1
    if sheet is None:
        new_sheet(book, heads, bold)


def new_sheet(book: Any, heads: list[str], bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(heads) - 1, 18)
    for at, head in enumerate(heads):
        sheet.write_string(0, at, head, bold)
    return sheet


def cell_formats(book: Any) -> dict[type, Any]:
    return {
        dt.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        dt.date: book.add_format({"num_format": "yyyy-mm-dd"}),
        Decimal: book.add_format({"num_format": "#,##0.00"}),
    }


def write_cell(sheet: Any, row: int, at: int, value: Any, formats: dict[type, Any]) -> None:
    """Text is written as text whatever it looks like."""
    if isinstance(value, dt.date) and value.year >= 1900:  # Excel's calendar begins there
        sheet.write_datetime(row, at, value, formats[dt.datetime if isinstance(value, dt.datetime) else dt.date])
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, at, value, formats.get(type(value)))
    elif value != "":
        sheet.write_string(row, at, str(value)[:LONGEST_CELL])
