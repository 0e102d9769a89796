"""The self-check of the ledgers: what is missing or wrong, by holder (P5.03)."""

from __future__ import annotations

from app.fonds import ledgers
from app.kit.labels import _l
from app.reporting.asked import Asked
from app.reporting.counting import list_url
from app.reporting.declaring import report
from app.reporting.tables import Head, Line, Table


@report(
    _l("Self-check of the ledgers"),
    group="files",
    permission="ArchivalItem",
    about=_l("Items without number, title, category, period, date, pages, shelf length or count."),
)
def holdings_gaps(asked: Asked) -> Table:
    """A line for each kind of gap, a column for each holder."""
    holders = ledgers.holders(asked.inside)
    lines, totals = [], [0] * (len(holders) + 1)
    for gap, found in ledgers.gaps(asked.inside):
        row = [found.get(holder.id, 0) for holder in holders]
        row.append(sum(row))
        totals = [before + figure for before, figure in zip(totals, row, strict=True)]
        lines.append(Line([gap.words, *row], list_url("ArchivalItemView.list"), "bad" if row[-1] else "good"))
    heads = [Head(_l("Missing in the ledger")), *(Head(holder.name, "number") for holder in holders)]
    return Table([*heads, Head(_l("Total"), "number")], lines, totals=[_l("Total"), *totals])
