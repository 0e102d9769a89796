"""What the incidents room says on a file's page."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.archive.alarms import Alarm
from app.archive.models import File
from app.incidents.models import INCIDENT_KINDS, TONES, Incident
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Event, Link, Panel
from app.kit.session import db
from app.security import gate

SHOWN, MOST = 5, 50


def chapter(file: File) -> Chapter:
    """The file's incidents."""
    if not gate.may("list", "Incident"):
        return Chapter()
    newest = select(Incident).where(Incident.file_id == file.id).order_by(Incident.id.desc()).limit(MOST)
    found = list(db.session.scalars(newest.options(joinedload(Incident.accountable))))
    return Chapter(
        panel=_panel(file, found) if found else None,
        events=[_event(one) for one in found],
        openers=_openers(file),
    )


def _live(file: File) -> Select[int, str, str]:
    """The newest of the file's incidents that is not over."""
    mine = (Incident.file_id == file.id, Incident.state.in_(("open", "decided")))
    query = select(Incident.id, Incident.kind, Incident.number).where(*mine)
    return query.order_by(Incident.id.desc())


def _warn(key: int, kind: str, number: str) -> tuple[Any, Link]:
    return f"{INCIDENT_KINDS[kind]}: {number}", Link(_l("Look at it"), address("IncidentView.show", pk=key))


ALARM = Alarm("Incident", _live, _warn)


def _panel(file: File, found: list[Incident]) -> Panel:
    rows = [
        [
            Cell(one.number, "link", address("IncidentView.show", pk=one.id)),
            cell(one, "kind"),
            cell(one, "found_on"),
            cell(one, "state"),
        ]
        for one in found[:SHOWN]
    ]
    return Panel(_l("Incidents"), [_l("Number"), _l("Kind"), _l("Found on"), _l("State")], rows, key="incidents")


def _openers(file: File) -> list[Link]:
    if file.state == "destroyed" or not gate.may("add", "Incident"):
        return []
    back = address("FileView.show", pk=file.id)
    return [Link(_l("New incident"), url_for("IncidentView.add", file=file.id, next=back))]


def _event(one: Incident) -> Event:
    url = address("IncidentView.show", pk=one.id)
    return Event(one.found_on, INCIDENT_KINDS[one.kind], one.number, url, TONES.get(one.state, ""))
