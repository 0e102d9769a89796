"""The filing check: paper and ink, and every page there (P7.05); what waits to be put into its file (P7.06)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select

from app.archive.models import LIVE_STATES, Document, File
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.security import audit


def has_passed(paper: Document) -> bool:
    return bool(paper.ink_is_good and paper.is_complete and (paper.is_signed or not needs_signature(paper)))


def needs_signature(paper: Document) -> bool:
    """The scheme asks for the customer's signature on papers of this class (P12.02)."""
    return any(one["key"] == paper.paper_class and one.get("signed") for one in paper.file.scheme.body["papers"])


def file_paper(
    paper: Document, *, by: Any = None, ink_is_good: bool = False, is_complete: bool = False, is_signed: bool = False
) -> None:
    """The keeper has looked at the paper and put it into the file; RuleError where it does not pass."""
    if not (paper.ink_is_good or ink_is_good):
        raise RuleError(_l("The paper or its ink does not last: have it written again."), field="ink_is_good")
    if not (paper.is_complete or is_complete):
        raise RuleError(_l("A page is missing: complete the paper first."), field="is_complete")
    if needs_signature(paper) and not (paper.is_signed or is_signed):
        raise RuleError(_l("The customer's signature is missing."), field="is_signed")
    if paper.file.state not in LIVE_STATES:
        raise RuleError(_l("Papers are added to a live file."))
    paper.is_signed = paper.is_signed or is_signed
    paper.ink_is_good = paper.is_complete = True
    paper.filed_on = today()


def file_papers(papers: Iterable[Document], *, by: Any = None) -> int:
    """Many papers that were looked at, in one go; how many."""
    chosen = list(papers)
    if not chosen:
        raise RuleError(_l("Tick the papers that you have looked at."))
    for paper in chosen:
        file_paper(paper, by=by, ink_is_good=True, is_complete=True, is_signed=paper.is_signed)
        audit.write("file_paper", paper, {"from": "waiting", "to": "filed"}, by=by)
    return len(chosen)


def settle_papers(file: File) -> None:
    """Before a file is sealed: every paper has passed the check; those that did are in it now."""
    if bad := [paper for paper in file.documents if not has_passed(paper)]:
        raise RuleError(
            _l("%(count)s papers have not passed the filing check (paper, ink, every page).", count=len(bad))
        )
    for paper in file.documents:
        paper.filed_on = paper.filed_on or today()


def waiting() -> Select[tuple[Document]]:
    """Papers of live files that are not in them yet, the oldest first; the caller scopes them."""
    query = select(Document).join(File, File.id == Document.file_id)
    return query.where(File.state.in_(LIVE_STATES), Document.filed_on.is_(None)).order_by(Document.id)


TICKS = (
    ("ink_is_good", _l("Paper and ink as required (no ball-pen, pencil or plain blue ink)")),
    ("is_complete", _l("Complete, every page there")),
    ("is_signed", _l("Signed by the customer, where it has to be")),
)
MOVES = [
    Move(
        "file_paper", {"waiting"}, None, "Document:file_paper", _l("Put into the file"), file_paper, asks=TICKS,
        style="primary", leads_to=("filed",),
    ),
]  # fmt: skip
