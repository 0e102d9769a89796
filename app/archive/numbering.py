"""Numbers of papers that follow the number of their file, e.g. a contract's (P11.06)."""

from __future__ import annotations

from app.archive.models import Document, File
from app.kit.errors import RuleError
from app.kit.labels import _l


def is_numbered(document: Document) -> bool:
    """The scheme numbers papers of this class after their file."""
    return _follows(document.file, document.paper_class)


def _follows(file: File, paper_class: str) -> bool:
    return any(paper["key"] == paper_class and paper.get("numbered") for paper in file.scheme.body["papers"])


def settle(document: Document) -> None:
    """A paper that is numbered after its file gets the next number; another one is refused beside the field."""
    if not is_numbered(document):
        return
    begin = f"{document.file.number}-"
    if document.reference and not document.reference.startswith(begin):
        raise RuleError(_l("This number begins with the file's: %(begin)s", begin=begin), field="reference")
    there = [one for one in document.file.documents if one is not document and one.reference.startswith(begin)]
    document.reference = document.reference or f"{begin}{len(there) + 1:02d}"
    if document.reference in {one.reference for one in there}:
        raise RuleError(_l("Another paper of the file has this number."), field="reference")


def follow(file: File, old: str, new: str) -> None:
    """The file has another number: so have the papers that are numbered after it."""
    for document in file.documents:
        if _follows(file, document.paper_class) and document.reference.startswith(f"{old}-"):
            document.reference = new + document.reference.removeprefix(old)
