"""The pages of a fonds, an item and a transfer beyond what every record shows; and what their forms offer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from app.archive import access, approvals
from app.fonds import checking, numbering, standards
from app.fonds.models import ArchivalItem
from app.fonds.sets import Opening, Transfer
from app.kit.addresses import address
from app.kit.labels import _l
from app.kit.pages import Cell, Column, Link, ListPage, Row, ShowPage
from app.kit.showing import show_page
from app.security import gate


def kind_choices(item: Any) -> list[tuple[str, Any]]:
    """The kinds of material of the fonds' scheme; of every scheme before a fonds is chosen."""
    # a list asks for the words of many: none of them is to read its fonds
    fonds = None if isinstance(item, ArchivalItem) else getattr(item, "fonds", None)
    if fonds is None:
        return [("", _l("Not classified yet")), *numbering.kind_words().items()]
    known = numbering.kinds(fonds)
    return [("", _l("Not classified yet")), *((key, numbering.kind_name(kind)) for key, kind in known.items())]


def volumes_only(query: Select[Any]) -> Select[Any]:
    return query.where(ArchivalItem.level == "volume")


def openable_only(query: Select[Any]) -> Select[Any]:
    return query.where(ArchivalItem.open_state == "may_open")


def item_page(view: Any, item: ArchivalItem) -> ShowPage:
    """The item, and which standards are in force for it (P4.15)."""
    page = show_page(view, item)
    if item.category:
        page.lists.append(_standards(item))
    return page


def _standards(item: ArchivalItem) -> ListPage:
    found = standards.in_force(item.category, item.level, item.year, item.carriers)
    rows = [Row(None, None, [Cell(each.key), Cell(each.title)]) for each in found]
    columns = [Column("key", _l("Archival standard")), Column("title", _l("Title"))]
    return ListPage(_l("Standards in force"), columns, rows, total=len(rows), empty=_l("None for this year."))


def transfer_page(view: Any, transfer: Transfer) -> ShowPage:
    """The set, what it still lacks, and the ways to take it along: all sheets as one PDF, the package."""
    page = show_page(view, transfer)
    if transfer.state in ("draft", "complete"):
        page.lists.insert(0, _problems(transfer))
    if transfer.state in ("complete", "handed", "done"):
        if gate.may("print", "Transfer"):
            page.links.append(
                Link(_l("The whole set as one PDF"), address("TransferView.whole_set", pk=transfer.id), "post")
            )
        if gate.may("export", "Transfer"):
            page.links.append(Link(_l("Package (BagIt)"), address("TransferView.package", pk=transfer.id), "post"))
    return page


def _problems(transfer: Transfer) -> ListPage:
    found = checking.problems(transfer)
    rows = [
        Row(None, None, [Cell(each.words, tone="bad" if each.stops else "warn"), Cell("、".join(each.numbers))])
        for each in found
    ]
    columns = [Column("what", _l("What is wrong")), Column("where", _l("Which"))]
    empty = _l("Nothing is twice, nothing is left out, every paper has its copy.")
    return ListPage(_l("What it still lacks"), columns, rows, total=len(rows), empty=empty)


def opening_page(view: Any, opening: Opening) -> ShowPage:
    """The batch, with who has agreed."""
    return approvals.page_of(view, opening)


def url_of_opening(line: Any) -> str:
    return address("OpeningView.show", pk=line.opening_id)


def url_of_fonds(note: Any) -> str:
    return address("FondsView.show", pk=note.fonds_id)


def known_of(draft: Any) -> dict[str, Any]:
    """What follows from the volume that an item lies in."""
    volume = getattr(draft, "volume", None)
    if volume is None:
        return {}
    return {name: getattr(volume, name) for name in ("kind", "year", "period", "body", "body_code")}


def scheme_choices(_fonds: Any) -> list[tuple[str, Any]]:
    """The schemes whose files are about fonds."""
    mine = {scheme.key for scheme in access.newest() if scheme.body.get("subject") == "fonds"}
    return [(key, name) for key, name in access.scheme_words() if key in mine]
