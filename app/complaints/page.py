"""What the complaints room says on a file's page."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.models import File
from app.complaints.models import COMPLAINT_STATES, KINDS, TONES, Complaint
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.columns import now
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Event, Link, Panel
from app.kit.session import db
from app.security import gate

SHOWN, MOST = 5, 50


def chapter(file: File) -> Chapter:
    """The tenant's newest complaints, each an event, and the way to a new one."""
    if not gate.may("list", "Complaint"):
        return Chapter()
    found = _of(file)
    gate.foresee(found)
    late = [one for one in found if one.due_at is not None and one.due_at < now()]
    return Chapter(
        panel=_panel(found),
        events=[event(one) for one in found],
        openers=_openers(file),
        warnings=[(_l("A promise is overdue: complaint %(number)s", number=one.number), None) for one in late[:1]],
    )


def _of(file: File) -> list[Complaint]:
    if file.tenancy_id is None:
        return []
    theirs = select(Complaint).where(Complaint.tenancy_id == file.tenancy_id)
    newest = theirs.order_by(Complaint.id.desc()).limit(MOST).options(joinedload(Complaint.assignee))
    return list(db.session.scalars(newest))


def _panel(found: list[Complaint]) -> Panel:
    rows = [
        [
            Cell(one.number, "link", address("ComplaintView.show", pk=one.id)),
            cell(one, "kind"),
            cell(one, "state"),
            cell(one, "due_at"),
        ]
        for one in found[:SHOWN]
    ]
    heads = [_l("Number"), _l("Kind"), _l("State"), _l("Due")]
    return Panel(_l("Complaints"), heads, rows, _l("No complaints."), key="complaints")


def _openers(file: File) -> list[Link]:
    if file.state == "closed" or not gate.may("add", "Complaint"):
        return []
    back = address("FileView.show", pk=file.id)
    return [Link(_l("New complaint"), url_for("ComplaintView.add", unit=file.unit_id, next=back), key="c")]


def event(complaint: Complaint) -> Event:
    """What was complained of and where it stands; the words stay on the complaint's own page."""
    what = f"{KINDS[complaint.kind]} · {COMPLAINT_STATES[complaint.state]}"
    url = address("ComplaintView.show", pk=complaint.id)
    return Event(complaint.received_at, what, complaint.number, url, TONES.get(complaint.state, ""))
