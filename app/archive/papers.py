"""The papers of a file: which ought to be there, their order, adding and amending them, and their next version."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.archive import numbering, seals, stages
from app.archive.models import LIVE_STATES, Document, File
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit

ASK_FOR_CHANGE = _l("A working copy changes with the manager's consent only: ask for a change.")


def classes(file: File) -> list[dict[str, Any]]:
    """The scheme's classes of paper, in the scheme's order."""
    papers: list[dict[str, Any]] = file.scheme.body["papers"]
    return papers


def checklist(file: File) -> list[tuple[dict[str, Any], list[Document]]]:
    """Each class of paper with what is there (P7.02)."""
    there: dict[str, list[Document]] = {}
    for document in file.documents:
        there.setdefault(document.paper_class, []).append(document)
    return [(paper, there.get(paper["key"], [])) for paper in classes(file)]


def completeness(file: File) -> int:
    """Required classes of the stages so far that are there, in per cent; 100 when nothing is required."""
    required = [documents for paper, documents in checklist(file) if stages.is_due(file, paper)]
    return 100 * sum(map(bool, required)) // len(required) if required else 100


def ordered(file: File) -> list[Document]:
    """The papers in the scheme's order: as its list says, newest first, or by date of issue (P10.04, P7.07, P11.03).

    Undated ones come last.
    """
    if file.scheme.body["order"] == "as_listed":
        places = {paper["key"]: place for place, paper in enumerate(classes(file))}
        return sorted(
            file.documents, key=lambda d: (places.get(d.paper_class, len(places)), d.issued_on or today(), d.id)
        )
    newest_first = file.scheme.body["order"] == "newest_first"
    dated = sorted((d for d in file.documents if d.issued_on), key=lambda d: (d.issued_on, d.id), reverse=newest_first)
    return dated + [d for d in file.documents if not d.issued_on]


def add_document(document: Document, *, by: Any = None) -> Document:
    """Put a paper into a file; a class the scheme does not know, or a closed file, is refused."""
    with db.session.no_autoflush:
        _settle(document)
    db.session.add(document)
    db.session.flush()
    audit.write("add_paper", document.file, {"document": document.id, "class": document.paper_class}, by=by)
    return document


def _settle(document: Document) -> None:
    """What follows from the file and its scheme."""
    file = document.file
    if file is None or file.state not in LIVE_STATES:
        raise RuleError(_l("Papers are added to a live file."), field="file")
    if document.paper_class not in {paper["key"] for paper in classes(file)}:
        raise RuleError(_l("The file's scheme has no such class of paper."), field="paper_class")
    if not document.source:  # what the desk did itself is kept in any case
        seals.refuse_shut(file)
    _refuse_replacing(document)
    document.site_id = file.site_id
    document.title = document.title or usual_title(document)
    numbering.settle(document)
    check_document(document)


def _refuse_replacing(document: Document) -> None:
    """The next version of a working copy is made with the manager's consent only (P10.08)."""
    replaced = document.replaces
    if replaced is None:
        return
    if replaced.file_id != document.file.id:
        raise RuleError(_l("The paper that is replaced lies in another file."), field="replaces")
    if replaced.copy_kind == "working":
        raise RuleError(ASK_FOR_CHANGE, field="replaces")


def next_version(paper: Document, changes: dict[str, Any], *, by: Any = None) -> Document:
    """The paper as it is from now on: a working copy with these changes; the one before stays as it was (P10.08)."""
    if paper.file.state not in LIVE_STATES:
        raise RuleError(_l("Papers are added to a live file."))
    seals.refuse_shut(paper.file)
    if paper.replaced_by:
        raise RuleError(_l("This paper has a newer version already."))
    same = ("paper_class", "title", "reference", "issuer", "issued_on", "valid_until", "pages", "ink_is_good")
    values = {name: getattr(paper, name) for name in (*same, "is_complete", "site_id")} | changes
    made = Document(file=paper.file, replaces=paper, copy_kind="working", filed_on=today(), **values)
    check_document(made)
    db.session.add(made)
    db.session.flush()
    db.session.expire(paper, ["replaced_by"])
    audit.write("new_version", paper.file, {"document": made.id, "before": paper.id}, by=by)
    return made


def usual_title(document: Document) -> str:
    """What a paper is called that has no title of its own: its class, in the archive's language."""
    names = {paper["key"]: paper["name"]["zh_Hans"] for paper in classes(document.file)}
    return str(names.get(document.paper_class, ""))


def check_document(document: Document) -> None:
    """What always holds for a paper."""
    if document.pages is not None and document.pages < 1:
        raise RuleError(_l("A paper has at least one page."), field="pages")
    if document.issued_on and document.valid_until and document.valid_until < document.issued_on:
        raise RuleError(_l("The paper expires before it was issued."), field="valid_until")


def amend_document(document: Document, *, by: Any = None) -> None:
    """Originals do not change (P10.08), working copies with consent only; nor does any paper of a filed file."""
    was = db.session.scalar(select(Document.copy_kind).where(Document.id == document.id))
    if "original" in (was, document.copy_kind):
        raise RuleError(_l("An original paper is never changed: add a working copy that replaces it."))
    if was == "working":
        raise RuleError(ASK_FOR_CHANGE)
    if document.file.state != "open":
        raise RuleError(_l("The file is filed: its papers do not change."))
    seals.refuse_shut(document.file)
    check_document(document)
    audit.write("amend_paper", document.file, {"document": document.id}, by=by)
