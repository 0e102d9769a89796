"""What the visits room says on a file's page."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.models import File
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.columns import DESK_TIME
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Event, Link, Panel
from app.kit.session import db
from app.security import gate
from app.visits.models import VISIT_KINDS, VISIT_STATES, Visit

SHOWN, MOST = 5, 50
TONES = {"done": "good", "missed": "bad"}


def chapter(file: File) -> Chapter:
    """The tenant's newest visits, each that was made or missed an event, and the way to a new one."""
    if not gate.may("list", "Visit"):
        return Chapter()
    found = _of(file)
    gate.foresee(found)
    return Chapter(_panel(found), [_event(one) for one in found if one.state in TONES], _openers(file))


def _of(file: File) -> list[Visit]:
    if file.tenancy_id is None:
        return []
    theirs = select(Visit).where(Visit.tenancy_id == file.tenancy_id).order_by(Visit.id.desc())
    return list(db.session.scalars(theirs.limit(MOST).options(joinedload(Visit.visitor))))


def _panel(found: list[Visit]) -> Panel:
    rows = [
        [
            Cell(one.number, "link", address("VisitView.show", pk=one.id)),
            cell(one, "kind"),
            cell(one, "state"),
            Cell(one.visited_at.astimezone(DESK_TIME).date() if one.visited_at else one.due_on, "date"),
            cell(one, "result"),
        ]
        for one in found[:SHOWN]
    ]
    heads = [_l("Number"), _l("Kind"), _l("State"), _l("When"), _l("Result")]
    return Panel(_l("Visits"), heads, rows, _l("No visits."), key="visits")


def _event(visit: Visit) -> Event:
    what = f"{VISIT_KINDS[visit.kind]} · {VISIT_STATES[visit.state]}"
    url = address("VisitView.show", pk=visit.id)
    return Event(visit.visited_at or visit.due_on, what, visit.number, url, TONES[visit.state])


def _openers(file: File) -> list[Link]:
    if file.state == "closed" or not gate.may("add", "Visit"):
        return []
    back = address("FileView.show", pk=file.id)
    return [Link(_l("New visit"), url_for("VisitView.add", unit=file.unit_id, next=back), key="v")]
