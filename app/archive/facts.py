"""What a file says on paper."""

from __future__ import annotations

from typing import Any

from app.archive import rules
from app.archive.models import Document, File
from app.customers import facts as customers
from app.estate import facts as estate
from app.printing.subjects import Facts, read, subject


def _label_printed(file: Any, form_key: str) -> None:
    if form_key == "file_label":
        rules.label_printed(file)


@subject("file", File, parts={**customers.PARTS, "documents": Document}, after_print=_label_printed)
def file_facts(file: File) -> Facts:
    """The file, its unit and tenant, and the list of its papers with running page numbers."""
    columns = ("number", "state", "opened_on", "filed_at", "closed_on", "custodian", "place", "current_name")
    documents = _documents(file)
    return {
        "file": read(file, *columns),
        "site": estate.site_facts(file.site),
        "unit": estate.unit_facts(file.unit),
        "scheme": dict(file.scheme.body["name"]),
        "sections": _sections(file),
        "documents": documents,
        "paper_count": len(file.documents),
        "page_count": sum(document.pages for document in file.documents),
        **customers.about(file.customer, [file.tenancy] if file.tenancy else []),
    }


def _sections(file: File) -> list[Facts]:
    """How many papers lie in each section of the scheme."""
    of_class = {paper["key"]: paper["section"] for paper in rules.classes(file)}
    placed = [of_class.get(document.paper_class) for document in file.documents]
    return [
        {"name": dict(section["name"]), "papers": placed.count(section["key"])}
        for section in file.scheme.body["sections"]
    ]


def _documents(file: File) -> list[Facts]:
    """GB/T 9705: dates in eight digits, the page each paper begins on, first and last of the last one."""
    rows, page = [], 1
    for position, document in enumerate(rules.ordered(file), 1):
        row = read(document, "title", "reference", "issuer", "copy_kind", "pages", "valid_until")
        day = document.issued_on.strftime("%Y%m%d") if document.issued_on else ""
        rows.append(row | {"position": position, "day": day, "page": str(page)})
        page += document.pages
    if rows and rows[-1]["pages"] > 1:
        rows[-1]["page"] += f"-{page - 1}"
    return rows
