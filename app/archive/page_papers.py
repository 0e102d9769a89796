"""The papers on a file's page: the checklist by section, each paper as far as its reader may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.archive import papers, scans
from app.archive.models import COPY_KINDS, Document, File
from app.kit.addresses import address
from app.kit.columns import today
from app.kit.language import say
from app.security import gate


@dataclass
class PaperLine:
    """One class of paper on the checklist with the papers that are there."""

    key: str
    name: str
    required: bool
    sensitive: bool
    papers: list[Paper] = field(default_factory=list)


@dataclass
class Paper:
    """A paper as its reader may see it; `tone` warns of an expired or soon expiring one."""

    id: int
    title: Any
    issued_on: dt.date | None
    valid_until: dt.date | None
    copy_kind: Any
    pages: int
    sealed: bool
    scans: list[tuple[int, Any, str]]
    may_download: bool
    is_replaced: bool
    tone: str
    url: str


def sections(file: File, drawn: list[Paper]) -> list[tuple[str, list[PaperLine]]]:
    """The scheme's sections (P10.02), each with its classes of paper and what of the papers drawn is there (P7.02)."""
    by_key = {paper.id: paper for paper in drawn}
    by_section: dict[str, list[PaperLine]] = {}
    for paper, documents in papers.checklist(file):
        line = PaperLine(
            key=paper["key"],
            name=say(paper["name"]),
            required=bool(paper.get("required")),
            sensitive=bool(paper.get("sensitive")),
            papers=[by_key[d.id] for d in documents],
        )
        by_section.setdefault(paper["section"], []).append(line)
    return [(say(s["name"]), by_section.get(s["key"], [])) for s in file.scheme.body["sections"]]


def of_papers(file: File, documents: Iterable[Document]) -> list[Paper]:
    """The file's papers as its page draws them."""
    replaced = {document.replaces_id for document in file.documents}
    return [_of_paper(document, document.id in replaced) for document in documents]


def _of_paper(document: Document, is_replaced: bool) -> Paper:
    sealed = gate.is_sealed(document)
    return Paper(
        id=document.id,
        title=gate.value(document, "title"),
        issued_on=document.issued_on,
        valid_until=document.valid_until,
        copy_kind=COPY_KINDS[document.copy_kind],
        pages=document.pages,
        sealed=sealed,
        scans=[] if sealed else _scans(document),
        may_download=not sealed and not gate.is_sealed(document, gate.DOWNLOAD),
        is_replaced=is_replaced,
        tone=tone(document.valid_until),
        url=address("DocumentView.show", pk=document.id),
    )


def _scans(document: Document) -> list[tuple[int, Any, str]]:
    if not document.scans or not scans.is_shown(document):
        return []
    return [(scan.id, gate.value(scan, "original_name"), scan.sha256) for scan in document.scans]


def tone(valid_until: dt.date | None) -> str:
    if valid_until is None:
        return ""
    if valid_until < today():
        return "bad"
    return "warn" if valid_until <= today() + dt.timedelta(days=60) else ""
