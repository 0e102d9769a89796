"""A report as a file: Excel, CSV, JSON."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

from app.kit.columns import now, today
from app.kit.exports import MEDIA_TYPES, SHEET_ROWS, csv_text, harmless
from app.kit.labels import _l
from app.kit.shown import shown as told
from app.reporting.rules import Shown
from app.reporting.tables import FIGURES

FORMATS = {
    "money": "#,##0.00", "area": "#,##0.00", "percent": "0.0%", "hours": "#,##0.0", "number": "#,##0", "days": "#,##0",
}  # fmt: skip
ENDINGS = {**MEDIA_TYPES, "json": "application/json"}


def make(shown: Shown, ending: str) -> bytes:
    """The file's content; `ending` is one of ENDINGS."""
    return {"xlsx": as_xlsx, "csv": as_csv, "json": as_json}[ending](shown)


def file_name(shown: Shown, ending: str) -> str:
    return f"{shown.report.key}-{today():%Y%m%d}.{ending}"


def plain(value: Any, kind: str) -> Any:
    """A cell as a spreadsheet keeps it: hundredths become decimals, words stay words."""
    if value is None:
        return ""
    if kind in ("money", "area"):
        return Decimal(value) / 100
    return value if kind in FIGURES or hasattr(value, "isoformat") else str(value)


def rows(shown: Shown) -> list[list[Any]]:
    """Every row and the totals, as a spreadsheet keeps them."""
    table = shown.table
    lines = [line.cells for line in table.lines] + ([table.totals] if table.totals is not None else [])
    kinds = [head.kind for head in table.heads]
    return [[plain(value, kind) for value, kind in zip(line, kinds, strict=True)] for line in lines]


def as_csv(shown: Shown) -> bytes:
    """UTF-8 with the mark that makes Excel read it as such; shares are fractions of one."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(str(head.label)) for head in shown.table.heads])
    for row in rows(shown):
        writer.writerow([f"{value:.4f}" if isinstance(value, float) else csv_text(value) for value in row])
    return ("\ufeff" + out.getvalue()).encode()


def as_json(shown: Shown) -> bytes:
    """Amounts in cents, areas in hundredths of a square metre, shares as fractions of one."""
    table = shown.table
    said = {
        "report": shown.report.key,
        "title": str(shown.report.title),
        "made_at": now().isoformat(timespec="seconds"),
        "parameters": {str(name): str(value) for name, value in shown.asked.words},
        "columns": [{"label": str(head.label), "kind": head.kind} for head in table.heads],
        "rows": [list(line.cells) for line in table.lines],
        "totals": list(table.totals) if table.totals is not None else None,
        "notes": [str(note) for note in table.notes],
    }
    return json.dumps(said, ensure_ascii=False, indent=1, default=str).encode()


def as_xlsx(shown: Shown) -> bytes:
    """Title and parameters on top, then the table with figures as figures."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        Sheet(book).write(shown)
    return out.getvalue()


class Sheet:
    """The one sheet of a workbook, with one format for each kind of figure, plain and bold."""

    TOP = 4

    def __init__(self, book: Any) -> None:
        self.book, self.sheet = book, book.add_worksheet()
        self.looks: dict[tuple[str, bool], Any] = {}

    def write(self, shown: Shown) -> None:
        table, lines = shown.table, rows(shown)[: SHEET_ROWS - self.TOP - 1]
        self.sheet.write_string(0, 0, str(shown.report.title), self.book.add_format({"bold": True, "font_size": 14}))
        self.sheet.write_string(1, 0, parameters(shown))
        self.sheet.write_string(2, 0, str(_l("Made at %(time)s", time=told(now()))))
        self.sheet.freeze_panes(self.TOP + 1, 1)
        for at, head in enumerate(table.heads):
            self.cell(self.TOP, at, str(head.label), "text", True)
            self.sheet.set_column(at, at, 24 if at == 0 else 14)
        for number, line in enumerate(lines, 1):
            is_total = table.totals is not None and number == len(lines)
            for at, value in enumerate(line):
                self.cell(self.TOP + number, at, value, table.heads[at].kind, is_total)

    def cell(self, row: int, at: int, value: Any, kind: str, is_bold: bool) -> None:
        if isinstance(value, int | float | Decimal) and kind in FIGURES:
            self.sheet.write_number(row, at, value, self.look(FORMATS[kind], is_bold))
        elif hasattr(value, "isoformat"):
            self.sheet.write_datetime(row, at, value, self.look("yyyy-mm-dd", is_bold))
        elif value != "":
            self.sheet.write_string(row, at, str(value), self.look("", is_bold))

    def look(self, number: str, is_bold: bool) -> Any:
        if (number, is_bold) not in self.looks:
            said = {"bold": is_bold} | ({"num_format": number} if number else {})
            self.looks[number, is_bold] = self.book.add_format(said)
        return self.looks[number, is_bold]


def parameters(shown: Shown) -> str:
    """What was asked, in one line."""
    colon = str(_l(": "))
    return "　".join(f"{name}{colon}{value}" for name, value in shown.asked.words)
