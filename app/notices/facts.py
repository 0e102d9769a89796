"""What notices and their receipts say on paper, and which papers of a file run out."""

from __future__ import annotations

import datetime as dt

from app.archive import rules as archive
from app.archive.models import Document, File
from app.customers.models import Customer
from app.estate import facts as estate
from app.kit.columns import today
from app.notices.models import Notice, NoticeReceipt
from app.printing.subjects import Facts, adds, read, subject

DUE_WITHIN = dt.timedelta(days=60)
COLUMNS = (
    "number", "kind", "scope", "title", "title_en", "body", "body_en", "floor", "sign_by_on", "state",
    "issued_on", "issued_at", "issued_by",
)  # fmt: skip
PARTS: dict[str, type] = {**estate.PARTS, "receipts": NoticeReceipt, "customer": Customer}


@subject("notice", Notice, parts=PARTS)
def notice_facts(notice: Notice) -> Facts:
    """The notice, whom it goes to, and who has signed for it."""
    tenancy = notice.tenancy
    return {
        "notice": read(notice, *COLUMNS),
        "site": estate.site_facts(notice.site),
        "unit": estate.unit_facts(notice.unit),
        "customer": read(tenancy.customer if tenancy else None, "name", "name_en"),
        "receipts": [_receipt(receipt) for receipt in notice.receipts if receipt.state != "void"],
    }


def _receipt(receipt: NoticeReceipt) -> Facts:
    said = read(
        receipt, "unit", "state", "received_by", "received_at", "client_signature", "is_signed_on_paper", "remark"
    )
    return said | {"customer": receipt.tenancy.customer.name}


@adds("file", parts={"running_out": Document})
def running_out(file: File) -> Facts:
    """The papers that must be renewed: those of a class that expires, soon or already, and not replaced."""
    named = {paper["key"]: paper["name"] for paper in archive.classes(file) if paper.get("expires")}
    replaced = {document.replaces_id for document in file.documents}
    due = [
        document
        for document in file.documents
        if document.paper_class in named and document.id not in replaced
        if document.valid_until and document.valid_until <= today() + DUE_WITHIN
    ]
    rows = [
        read(document, "valid_until", "copy_kind") | {"class": dict(named[document.paper_class])}
        for document in sorted(due, key=lambda each: (each.valid_until, each.id))
    ]
    return {"running_out": rows}
