"""What the notices room says on a file's page."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.archive.models import File
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Event, Link, Panel
from app.kit.session import db
from app.notices.models import RECEIPT_STATES, Notice, NoticeReceipt
from app.security import gate

SHOWN, MOST = 5, 50
TONES = {"open": "warn", "received": "good", "refused": "bad"}


def chapter(file: File) -> Chapter:
    """The tenant's newest notices with their answers, and the way to write one."""
    if file.tenancy_id is None or not gate.may("list", "Notice"):
        return Chapter()
    query = (
        select(NoticeReceipt)
        .join(NoticeReceipt.notice)
        .where(NoticeReceipt.tenancy_id == file.tenancy_id, NoticeReceipt.state != "void")
        .options(contains_eager(NoticeReceipt.notice))
        .order_by(NoticeReceipt.id.desc())
    )
    receipts = list(db.session.scalars(query.limit(MOST)))
    gate.foresee(receipts)
    events = [_event(receipt) for receipt in receipts]
    return Chapter(panel=_panel(receipts), events=events, openers=_openers(file))


def _openers(file: File) -> list[Link]:
    if file.tenancy is None or file.tenancy.state != "live" or not gate.may("add", "Notice"):
        return []
    back = address("FileView.show", pk=file.id)
    return [Link(_l("New letter"), url_for("NoticeView.add", unit=file.unit_id, kind="letter", next=back), key="l")]


def _panel(receipts: list[NoticeReceipt]) -> Panel:
    rows = [
        [
            Cell(receipt.notice.title, "link", address("NoticeView.show", pk=receipt.notice_id)),
            cell(receipt.notice, "kind"),
            Cell(receipt.notice.issued_on, "date"),
            cell(receipt, "state"),
        ]
        for receipt in receipts[:SHOWN]
    ]
    heads = [_l("Heading of the notice"), _l("Kind of notice"), _l("Issued on"), _l("State")]
    return Panel(_l("Notices and letters"), heads, rows, _l("No notices."), key="notices")


def _event(receipt: NoticeReceipt) -> Event:
    notice: Notice = receipt.notice
    url = address("NoticeReceiptView.show", pk=receipt.id)
    what = f"{notice.title} · {RECEIPT_STATES[receipt.state]}"
    return Event(receipt.received_at or notice.issued_on, what, notice.number, url, TONES.get(receipt.state, ""))
