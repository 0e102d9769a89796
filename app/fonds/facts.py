"""What fonds, volumes, items, transfers and batches say on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.archive.models import Document
from app.estate import facts as estate
from app.estate.models import Site
from app.fonds import changes, counting
from app.fonds.models import ArchivalItem, Fonds, FondsNote, NumberChange
from app.fonds.sets import Opening, Transfer
from app.fonds.words import CARRIERS, CATEGORIES, IN_CHINESE, SECRECY
from app.kit.session import db
from app.printing.subjects import Facts, in_all_languages, primitive, read, subject

ROW = ("number", "document_number", "responsible", "title", "day", "pages", "remark")
PARTS: dict[str, type] = {"fonds": Fonds, "site": Site, "notes": FondsNote}
OF_VOLUMES = ("volume_cover", "volume_contents", "volume_reference")


def _row(item: ArchivalItem, position: int) -> Facts:
    told = read(item, *ROW) | {"position": position, "period": IN_CHINESE[item.period], "copies": item.copies}
    told["secrecy"] = _chinese(SECRECY, item.secrecy) if item.secrecy != "none" else ""
    told["carriers"] = "、".join(_chinese(CARRIERS, each) for each in item.carriers.split())
    told["span"] = _span(item)
    told["amount"] = f"{len(item.contents)} 件 {item.pages} 页" if item.level == "volume" else f"{item.pages} 页"
    return told | {"level": "卷" if item.level == "volume" else "件"}


def _chinese(words: dict[str, Any], key: str) -> str:
    """The archive's own word: lists of the archive are in Chinese, whoever reads them."""
    said = in_all_languages(words[key])["zh_Hans"]
    return said.split()[-1] if " " in said else said


def _span(item: ArchivalItem) -> str:
    """起止日期: of a volume from the first to the last of what lies in it."""
    days = sorted(each.day for each in item.contents if each.day) or ([item.day] if item.day else [])
    if not days:
        return str(item.year or "")
    return days[0] if days[0] == days[-1] else f"{days[0]}—{days[-1]}"


def _finding_aids(fonds: Fonds, items: Sequence[ArchivalItem]) -> Facts:
    """The lists that finding aids are made of: items in groups with a cover each, volumes, volumes with contents."""
    singles = sorted(
        (item for item in items if item.level == "item" and item.volume_id is None),
        key=lambda item: (item.year or 0, item.period, item.body, item.category, item.sequence or 0, item.id),
    )
    volumes = sorted((item for item in items if item.level == "volume"), key=lambda item: (item.number, item.id))
    return {
        "fonds": read(fonds, "number", "title", "organisation", "holder", "state", "closed_on"),
        "site": estate.site_facts(fonds.site),
        "groups": [_group(key, list(rows)) for key, rows in groupby(singles, _group_key)],
        "volumes": [_volume(volume, position) for position, volume in enumerate(volumes, 1)],
        "notes": [
            read(note, "kind", "title", "said", "made_on", "author") | {"position": position}
            for position, note in enumerate(fonds.notes, 1)
        ],
        "item_count": len(singles),
        "volume_count": len(volumes),
    }


def _group_key(item: ArchivalItem) -> tuple[Any, ...]:
    return item.year, item.period, item.body, item.category


def _group(key: tuple[Any, ...], items: Sequence[ArchivalItem]) -> Facts:
    year, period, body, category = key
    return {
        "year": str(year or ""), "period": IN_CHINESE[period], "body": body, "category": _chinese(CATEGORIES, category),
        "rows": [_row(item, position) for position, item in enumerate(items, 1)],
    }  # fmt: skip


def _volume(volume: ArchivalItem, position: int) -> Facts:
    return _row(volume, position) | {
        "pages": volume.pages or sum(item.pages for item in volume.contents),
        "contents": _contents(volume),
    }


def _contents(volume: ArchivalItem) -> list[Facts]:
    """GB/T 9705: each with the page it begins on, first and last of the last one."""
    rows, page = [], 1
    for position, item in enumerate(volume.contents, 1):
        rows.append(_row(item, position) | {"page": str(page)})
        page += item.pages
    if rows and rows[-1]["pages"] > 1:
        rows[-1]["page"] += f"-{page - 1}"
    return rows


def _items(*where: Any) -> list[ArchivalItem]:
    along = (
        selectinload(ArchivalItem.contents).selectinload(ArchivalItem.document).selectinload(Document.scans),
        selectinload(ArchivalItem.document).selectinload(Document.scans),
    )
    query = select(ArchivalItem).where(*where).options(*along)
    return list(db.session.scalars(query.order_by(ArchivalItem.number, ArchivalItem.id)))


def _arranged(fonds: Fonds) -> int:
    query = select(func.count(ArchivalItem.id)).where(ArchivalItem.fonds_id == fonds.id, ArchivalItem.number != "")
    return int(db.session.scalar(query) or 0)


@subject("fonds", Fonds, parts=PARTS, size=_arranged)
def fonds_facts(fonds: Fonds) -> Facts:
    """Everything arranged in the fonds, for its finding aids, and its own file 全宗卷 (P2.05, P5.06)."""
    return _finding_aids(fonds, _items(ArchivalItem.fonds_id == fonds.id, ArchivalItem.number != ""))


def _fits(item: ArchivalItem, form_key: str) -> bool:
    return (item.level == "volume") == (form_key in OF_VOLUMES)


@subject("archival_item", ArchivalItem, parts={"item": ArchivalItem, **PARTS}, fits=_fits)
def item_facts(item: ArchivalItem) -> Facts:
    """A volume with what lies in it; an item for the stamp 归档章 on its first page."""
    names = ("number", "title", "year", "body", "responsible", "day", "pages", "state", "filed_on", "remark", "place")
    told = read(item, *names) | {"period": IN_CHINESE[item.period], "category": _chinese(CATEGORIES, item.category)}
    told |= {"span": _span(item), "sequence": item.sequence or "", "amount": len(item.contents)}
    told["pages"] = item.pages or sum(each.pages for each in item.contents)
    return {
        "item": told,
        "fonds": read(item.fonds, "number", "title", "organisation", "holder"),
        "site": estate.site_facts(item.site),
        "contents": _contents(item),
    }


TRANSFER = (
    "number", "nature", "statement", "opinion", "giver", "receiver", "giver_head", "giver_handler", "receiver_head",
    "receiver_handler", "supervisor", "drawn_by", "drawn_on", "done_on", "state", "digest",
)  # fmt: skip


@subject("transfer", Transfer, parts={"transfer": Transfer, **PARTS}, size=lambda transfer: len(transfer.lines))
def transfer_facts(transfer: Transfer) -> Facts:
    """The whole set of one transfer: deed, lists, the fonds' own file and the finding aids (P4.05, P4.07, P4.09)."""
    items = _items(ArchivalItem.id.in_([line.item_id for line in transfer.lines]))
    positions = {line.item_id: line.position for line in transfer.lines}
    listed = sorted(items, key=lambda item: positions[item.id])
    handover = transfer.handover
    signed = {
        each.role: {
            "name": each.signed_name or primitive(each.user),
            "at": primitive(each.signed_at),
            "drawn": each.drawn,
        }
        for each in (handover.signatures if handover is not None else ())
    }
    return _finding_aids(transfer.fonds, items) | {
        "transfer": read(transfer, *TRANSFER) | {"handover": primitive(handover)},
        "lines": [_row(item, positions[item.id]) for item in listed],
        "electronic": [_electronic(item, n) for n, item in enumerate((i for i in listed if i.copies), 1)],
        "signed": signed,
        **counting.of_transfer(transfer, listed),
    }


def _electronic(item: ArchivalItem, position: int) -> Facts:
    return _row(item, position) | {"files": item.copies}


@subject("opening", Opening, parts={"opening": Opening, "site": Site})
def opening_facts(opening: Opening) -> Facts:
    """The list that is published with a batch: nothing that could name a person beside the titles (P5.04)."""
    rows = [
        read(line.item, "number", "title", "year") | {"position": line.position, "fonds": line.item.fonds.title}
        for line in opening.lines
    ]
    return {
        "opening": read(opening, "number", "title", "state", "published_on", "drawn_by", "digest"),
        "site": estate.site_facts(opening.site),
        "lines": rows,
    }


@subject("number_changes", NumberChange, parts={"changes": NumberChange}, many=True, yearly=True, among=changes.between)
def change_facts(found: Iterable[NumberChange]) -> Facts:
    """The concordance of old and new numbers (P5.07)."""
    lines = list(found)
    rows = [
        read(line, "old", "new", "changed_at", "user", "reason")
        | {"position": position, "what": _chinese_of(line), "title": line.item.title if line.item else line.fonds.title}
        for position, line in enumerate(lines, 1)
    ]
    return {"site": estate.site_facts(lines[0].site), "changes": rows}


def _chinese_of(line: NumberChange) -> str:
    return "档号" if line.item_id is not None else "全宗号"
