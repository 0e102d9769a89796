"""What a transfer still lacks: nothing twice or left out, every paper with its copy (P4.05, P4.06, P4.14, P4.17)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.archive.models import Document, Scan
from app.fonds import filing
from app.fonds.models import ArchivalItem
from app.fonds.sets import Transfer
from app.fonds.words import CONTAINERS
from app.kit.labels import _l
from app.kit.session import db


@dataclass(frozen=True)
class Problem:
    """Something a reader must look at; `stops` says that the list cannot be complete with it."""

    words: Any
    numbers: Sequence[str] = ()
    stops: bool = True


def scans_of(item: ArchivalItem) -> list[Scan]:
    """The digital copies of an item, each with its checksum."""
    return list(item.document.scans) if item.document is not None and item.document.destroyed_on is None else []


def problems(transfer: Transfer) -> list[Problem]:
    """Everything found, the most serious first."""
    items = items_of(transfer)
    return [*_unfiled(items), *_twice(items), *_without_copy(items), *_containers(transfer, items), *_gaps(items)]


def items_of(transfer: Transfer) -> list[ArchivalItem]:
    """The items of the list with their papers and copies, in two statements."""
    keys = [line.item_id for line in transfer.lines]
    along = selectinload(ArchivalItem.document).selectinload(Document.scans)
    query = select(ArchivalItem).where(ArchivalItem.id.in_(keys)).options(along).order_by(ArchivalItem.number)
    return list(db.session.scalars(query.execution_options(populate_existing=False)))


def _unfiled(items: Sequence[ArchivalItem]) -> Iterator[Problem]:
    left = [item for item in items if item.state != "filed"]
    if left:
        yield Problem(_l("%(count)s items are not filed yet", count=len(left)), _names(left))


def _twice(items: Sequence[ArchivalItem]) -> Iterator[Problem]:
    """The same words, author, document number and day under two numbers."""
    same = Counter(_said(item) for item in items if item.title)
    double = [item for item in items if item.title and same[_said(item)] > 1]
    if double:
        yield Problem(_l("%(count)s items are listed twice", count=len(double)), _names(double))


def _said(item: ArchivalItem) -> tuple[Any, ...]:
    return item.level, item.title, item.responsible, item.document_number, item.day, item.volume_id


def _without_copy(items: Sequence[ArchivalItem]) -> Iterator[Problem]:
    bare = [item for item in items if filing.lacks_copy(item)]
    if bare:
        yield Problem(
            _l("%(count)s paper items have neither a digital copy nor an exception", count=len(bare)), _names(bare)
        )


def _containers(transfer: Transfer, items: Sequence[ArchivalItem]) -> Iterator[Problem]:
    """Only 国家档案局监制 boxes, covers, contents lists and reference sheets (P4.17); what has no paper needs none."""
    if all("paper" not in (item.carriers or "paper").split() for item in items):
        return
    left = [words for key, words in CONTAINERS.items() if key not in transfer.containers.split()]
    if left:
        yield Problem(_l("Containers are not checked: %(what)s", what="、".join(map(str, left))))


def _gaps(items: Sequence[ArchivalItem]) -> Iterator[Problem]:
    """Running numbers that are missing: told, and explained in what the giver says."""
    missing = list(gaps(items))
    if missing:
        yield Problem(_l("%(count)s running numbers are missing", count=len(missing)), missing[:20], stops=False)


def gaps(items: Sequence[ArchivalItem]) -> Iterator[str]:
    """The numbers between the first and the last of each series that nothing has."""
    series: dict[tuple[Any, ...], dict[int, ArchivalItem]] = defaultdict(dict)
    for item in items:
        if item.sequence is not None:
            key = (item.fonds_id, item.volume_id) if item.volume_id else (
                item.fonds_id, None, item.kind, item.year, item.period, item.body_code,
            )  # fmt: skip
            series[key][item.sequence] = item
    for there in series.values():
        last = there[max(there)]
        width = 3 if last.volume_id else 4
        stem = last.number[: -len(f"{last.sequence:0{width}d}")]
        yield from (f"{stem}{number:0{width}d}" for number in range(1, max(there)) if number not in there)


def _names(items: Sequence[ArchivalItem]) -> list[str]:
    return [item.number or f"#{item.id}" for item in items[:20]]
