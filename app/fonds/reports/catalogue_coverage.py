"""How much is in the electronic catalogue, by when all must be, and what is not (P5.08)."""

from __future__ import annotations

from app.fonds import ledgers
from app.kit.labels import _l
from app.reporting.asked import Asked
from app.reporting.counting import list_url, share
from app.reporting.declaring import report
from app.reporting.tables import Head, Line, Table, Tile

MOST = 500


@report(
    _l("Coverage of the electronic catalogue"),
    group="files",
    permission="ArchivalItem",
    about=_l("Items in the electronic catalogue out of all, notarial archives left out, and the list of what is not."),
)
def catalogue_coverage(asked: Asked) -> Table:
    """A line for each holder, then one for each item that is not in the catalogue."""
    found, holders = ledgers.coverage(asked.inside), ledgers.holders(asked.inside)
    there, every = (sum(pair[place] for pair in found.values()) for place in (0, 1))
    lines = [
        Line(
            [
                holder.name,
                "",
                *found.get(holder.id, (0, 0)),
                share(*found.get(holder.id, (0, 0))),
                holder.covered_by_on,
            ],
            None,
            "good" if len(set(found.get(holder.id, (0, 0)))) == 1 else "warn",
        )
        for holder in holders
    ]
    lines += [
        Line(
            [item.holder.name, item.number or f"#{item.id}", 0, 1, 0.0, item.holder.covered_by_on],
            list_url("ArchivalItemView.show", pk=item.id),
            "bad",
        )
        for item in ledgers.uncovered(asked.inside, MOST)
    ]
    heads = [
        Head(_l("Archive holder")), Head(_l("Not in the catalogue")), Head(_l("In the catalogue"), "number"),
        Head(_l("All"), "number"), Head(_l("Catalogue coverage"), "percent"), Head(_l("To be reached by"), "date"),
    ]  # fmt: skip
    return Table(
        heads,
        lines,
        totals=[_l("Total"), "", there, every, share(there, every), ""],
        tiles=[Tile(_l("Catalogue coverage"), share(there, every), "percent", "good" if there == every else "warn")],
    )
