"""A report as the printing room takes it: words and text, nothing of this room's own."""

from __future__ import annotations

import re
from typing import Any

from app.reporting import page
from app.reporting.rules import Shown
from app.reporting.saying import said
from app.reporting.tables import FIGURES, Table


def told(shown: Shown) -> dict[str, Any]:
    """Title, what was asked, the pictures with their sizes, the table, the notes."""
    table = shown.table
    return {
        "title": shown.report.title,
        "words": list(shown.asked.words),
        "pictures": [(title, svg, *_size(svg)) for title, svg in shown.drawn],
        "heads": [(head.label, head.kind in FIGURES) for head in table.heads],
        "rows": [_row(table, line.cells) for line in table.lines],
        "totals": _row(table, table.totals) if table.totals is not None else None,
        "notes": page.notes(table),
    }


def _row(table: Table, cells: Any) -> list[str]:
    return [said(value, head.kind) for value, head in zip(cells, table.heads, strict=True)]


def _size(svg: str) -> tuple[float, float]:
    """Width and height of the drawing, from its frame."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert found is not None
    return float(found[1]), float(found[2])
