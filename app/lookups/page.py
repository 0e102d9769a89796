"""What the look-ups room says on a file's page."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.archive.models import SEALED_STATES, File
from app.kit.cells import cell
from app.kit.labels import _l
from app.kit.pages import Cell, Event, Link, Panel
from app.kit.session import db
from app.lookups.models import REQUEST_STATES, TONES, LookupRequest
from app.security import gate


def panel(file: File) -> Panel | None:
    """The file's newest requests, and the way to ask."""
    if not gate.may("list", "LookupRequest"):
        return None
    asked = select(LookupRequest).where(LookupRequest.file_id == file.id).order_by(LookupRequest.id.desc())
    newest = asked.limit(5).options(selectinload(LookupRequest.requester))
    rows = [
        [
            Cell(request.number, "link", url_for("LookupRequestView.show", pk=request.id)),
            Cell(request.requester),
            cell(request, "state"),
            Cell(request.expires_at, "moment"),
        ]
        for request in db.session.scalars(newest)
    ]
    links = []
    if file.state in SEALED_STATES and gate.may("add", "LookupRequest"):
        links.append(Link(_l("Ask to read this file"), url_for("LookupRequestView.add", file=file.id), style="primary"))
    heads = [_l("Request number"), _l("Asked by"), _l("State"), _l("Granted until")]
    return Panel(_l("Look-ups"), heads, rows, _l("Nobody has asked to read this file."), links, key="lookups")


def timeline(file: File) -> Iterable[Event]:
    """Every decided request."""
    decided = select(LookupRequest).where(LookupRequest.file_id == file.id, LookupRequest.decided_at.is_not(None))
    for request in db.session.scalars(decided):
        url = url_for("LookupRequestView.show", pk=request.id)
        what = REQUEST_STATES[request.state]
        yield Event(request.decided_at, what, request.number, url, TONES.get(request.state, ""))
