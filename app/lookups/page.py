"""What the look-ups room says on a file's page."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.models import File
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Event, Link, Panel
from app.kit.session import db
from app.lookups.models import REQUEST_STATES, TONES, LookupRequest
from app.security import gate

SHOWN, MOST = 5, 50


def chapter(file: File) -> Chapter:
    """The file's newest requests, every decided one, and the way to ask."""
    if not gate.may("list", "LookupRequest"):
        return Chapter()
    asked = select(LookupRequest).where(LookupRequest.file_id == file.id).order_by(LookupRequest.id.desc())
    requests = list(db.session.scalars(asked.limit(MOST).options(joinedload(LookupRequest.requester))))
    return Chapter(panel=_panel(file, requests), events=[_event(one) for one in requests if one.decided_at])


def _panel(file: File, requests: list[LookupRequest]) -> Panel:
    rows = [
        [
            Cell(request.number, "link", address("LookupRequestView.show", pk=request.id)),
            Cell(request.requester),
            cell(request, "state"),
            Cell(request.expires_at, "moment"),
        ]
        for request in requests[:SHOWN]
    ]
    links = []
    if file.is_shut and file.state != "destroyed" and gate.may("add", "LookupRequest"):
        links.append(Link(_l("Ask to read this file"), url_for("LookupRequestView.add", file=file.id), style="primary"))
    heads = [_l("Request number"), _l("Asked by"), _l("State"), _l("Granted until")]
    return Panel(_l("Look-ups"), heads, rows, _l("Nobody has asked to read this file."), links, key="lookups")


def _event(request: LookupRequest) -> Event:
    url = address("LookupRequestView.show", pk=request.id)
    return Event(request.decided_at, REQUEST_STATES[request.state], request.number, url, TONES.get(request.state, ""))
