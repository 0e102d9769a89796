"""Incidents in the search box: by their number and that of the file."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.archive.models import File
from app.incidents.models import INCIDENT_STATES, Incident
from app.kit.labels import _l
from app.kit.session import db
from app.search.declared import By, Entry, Searched


def entries(keys: Sequence[int]) -> list[Entry]:
    """What the box reads of these incidents."""
    query = select(Incident.id, Incident.site_id, Incident.number, Incident.state, File.number.label("file"))
    rows = db.session.execute(query.outerjoin(File, Incident.file_id == File.id).where(Incident.id.in_(keys)))
    return [
        Entry(
            row.id, row.site_id, row.number, row.file or "", numbers=[row.number], also=[row.file] if row.file else [],
            is_live=row.state != "closed", badge=row.state,
        )
        for row in rows
    ]  # fmt: skip


SEARCHED = [
    Searched(
        kind="incident",
        label=_l("Incident"),
        model=Incident,
        permission="Incident",
        view="IncidentView.show",
        entries=entries,
        touched_by=[
            By(Incident, only=("site_id", "number", "state", "file_id")),
            By(File, where=Incident.file_id, gives=Incident.id, only=("number",)),
        ],
        weight=3,
        badges=INCIDENT_STATES,
        is_numbered=True,
    )
]
