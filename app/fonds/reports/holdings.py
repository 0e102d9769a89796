"""The ledgers of every holder with exact totals, in detail by category (P5.03)."""

from __future__ import annotations

from typing import Any

from app.fonds import ledgers
from app.fonds.ledgers import Totals
from app.fonds.words import CATEGORIES
from app.kit.labels import _l
from app.reporting.asked import Asked
from app.reporting.counting import list_url
from app.reporting.declaring import report
from app.reporting.tables import Bars, Head, Line, Series, Table, Tile


@report(
    _l("Ledger of holdings"),
    group="files",
    permission="ArchivalItem",
    about=_l("Volumes, items, shelf metres, recordings, photographs and objects of every holder."),
)
def holdings(asked: Asked) -> Table:
    """A line for each holder and category, and the holder's total after them."""
    holders, totals = ledgers.holders(asked.inside), ledgers.by_holder(asked.inside)
    detail = ledgers.by_category(asked.inside)
    lines, everything = [], Totals()
    for holder in holders:
        mine = totals.get(holder.id, Totals())
        everything = everything + mine
        lines += [
            Line([holder.name, CATEGORIES[key], *_figures(detail[holder.id, key])], _url(key))
            for key in CATEGORIES
            if (holder.id, key) in detail
        ]
        lines.append(Line([holder.name, _l("All"), *_figures(mine)], None, "good"))
    heads = [
        Head(_l("Archive holder")), Head(_l("Category")),
        Head(_l("Volumes 卷"), "number"), Head(_l("Items 件"), "number"),
        Head(_l("Shelf length (m)")), Head(_l("Sound recordings"), "number"), Head(_l("Films"), "number"),
        Head(_l("Photographs"), "number"), Head(_l("Objects"), "number"),
        Head(_l("Collected and donated"), "number"), Head(_l("Deposited"), "number"),
    ]  # fmt: skip
    return Table(
        heads,
        lines,
        totals=[_l("Total"), "", *_figures(everything)],
        pictures=[_picture(holders, totals)] if holders else [],
        tiles=[Tile(_l("Volumes 卷"), everything.volumes), Tile(_l("Items 件"), everything.items)],
        notes=[_l("What lies in a volume is counted with it; recordings and objects are counted wherever they lie.")],
    )


def _figures(totals: Totals) -> list[Any]:
    return [
        totals.volumes, totals.items, totals.metres, totals.audio, totals.video, totals.photos, totals.objects,
        totals.acquired, totals.deposited,
    ]  # fmt: skip


def _url(category: str) -> str | None:
    return list_url("ArchivalItemView.list", category=category) if category else None


def _picture(holders: list[Any], totals: dict[int, Totals]) -> Bars:
    found = [totals.get(holder.id, Totals()) for holder in holders]
    series = [
        Series(_l("Volumes 卷"), [each.volumes for each in found]),
        Series(_l("Items 件"), [each.items for each in found]),
    ]
    return Bars(_l("Holdings"), [holder.name for holder in holders], series, lying=True)
