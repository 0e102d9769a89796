"""The wrong rows as a sheet: reason, sheet and row number as in the house's file, and the row as it stood."""

from __future__ import annotations

import datetime as dt
import io
from collections import defaultdict
from typing import Any

from app.exchange.fields import WRONG, Row
from app.exchange.rules import Outcome
from app.kit.labels import _l

LEVELS = {WRONG: _l("wrong"), "warning": _l("warning")}
WIDEST = 60


def wrong_rows(outcome: Outcome) -> bytes:
    """An .xlsx with one sheet per sheet of the file; every cell is text, so nothing in it can act (G12)."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    told = by_sheet(outcome)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for place, (sheet_name, rows) in enumerate(told.items(), start=1):
        sheet = book.add_worksheet(safe_name(sheet_name, place))
        heads = [_l("Sheet"), _l("Row"), _l("Kind"), _l("Column"), _l("Reason"), *outcome.titles.get(sheet_name, [])]
        for column, head in enumerate(heads):
            sheet.write_string(0, column, plain(str(head)), bold)
        for line, cells in enumerate(rows, start=1):
            for column, cell in enumerate(cells):
                sheet.write_string(line, column, plain(cell))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 3, 12)
        sheet.set_column(4, 4, WIDEST)
    if not told:
        book.add_worksheet("-").write_string(0, 0, str(_l("No row was wrong.")))
    book.close()
    return out.getvalue()


def by_sheet(outcome: Outcome) -> dict[str, list[list[Any]]]:
    """Each wrong row once, with all its reasons; then the warned ones."""
    told: dict[str, list[list[Any]]] = defaultdict(list)
    seen: set[tuple[str, int]] = set()
    for row in sorted((r for r in outcome.rows if r.problems), key=lambda r: r.state != WRONG):
        if (row.sheet, row.number) in seen:
            continue
        seen.add((row.sheet, row.number))
        told[row.sheet].append([row.sheet, row.number, *_why(row), *row.raw])
    return told


def _why(row: Row) -> tuple[str, str, str]:
    level = WRONG if row.state == WRONG else "warning"
    columns = dict.fromkeys(problem.column for problem in row.problems if problem.column)
    return str(LEVELS[level]), "、".join(columns), "；".join(str(problem.reason) for problem in row.problems)


def plain(cell: Any) -> str:
    """A cell as text that Excel keeps: no control characters, at most 32,767 signs."""
    if cell is None:
        return ""
    words = cell.isoformat() if isinstance(cell, dt.date) else str(cell)
    return "".join(sign for sign in words if sign in "\t\n" or (ord(sign) >= 32 and not 0xD800 <= ord(sign) <= 0xDFFF))[
        :32_000
    ]


def safe_name(name: str, place: int) -> str:
    """A sheet name that Excel takes: 31 signs without []:*?/\\, unique by its place."""
    bare = "".join(sign for sign in plain(name) if sign not in "[]:*?/\\'").strip() or "Sheet"
    return f"{place} {bare}"[:31]
