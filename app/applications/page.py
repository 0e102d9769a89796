"""What the applications room says on a file's page."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import select

from app.applications.models import APPLICATION_KINDS, APPLICATION_STATES, Application
from app.archive.models import File
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Event, Link, Panel
from app.kit.session import db
from app.security import gate

SHOWN, MOST = 5, 50
TONES = {"asked": "warn", "approved": "warn", "done": "good", "refused": "bad"}


def chapter(file: File) -> Chapter:
    """The tenant's newest applications, and the way to a new one."""
    if file.tenancy_id is None or not gate.may("list", "Application"):
        return Chapter()
    query = select(Application).where(Application.tenancy_id == file.tenancy_id).order_by(Application.id.desc())
    found = list(db.session.scalars(query.limit(MOST)))
    gate.foresee(found)
    return Chapter(panel=_panel(found), events=[_event(each) for each in found], openers=_openers(file))


def _openers(file: File) -> list[Link]:
    if file.tenancy is None or file.tenancy.state != "live" or not gate.may("add", "Application"):
        return []
    url = url_for("ApplicationView.add", unit=file.unit_id, next=address("FileView.show", pk=file.id))
    return [Link(_l("New application"), url, key="a")]


def _panel(found: list[Application]) -> Panel:
    rows = [
        [
            Cell(each.number, "link", address("ApplicationView.show", pk=each.id)),
            cell(each, "kind"),
            Cell(each.asked_on, "date"),
            cell(each, "state"),
        ]
        for each in found[:SHOWN]
    ]
    heads = [_l("Number"), _l("Kind of application"), _l("Asked on"), _l("State")]
    return Panel(_l("Applications"), heads, rows, _l("No applications."), key="applications")


def _event(each: Application) -> Event:
    what = f"{APPLICATION_KINDS[each.kind]} · {APPLICATION_STATES[each.state]}"
    url = address("ApplicationView.show", pk=each.id)
    return Event(each.done_on or each.asked_on, what, each.number, url, TONES.get(each.state, ""))
