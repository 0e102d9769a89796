"""Incidents in the search box: by their number and that of the file."""

from __future__ import annotations

from app.archive.numbersearch import by_number
from app.incidents.models import INCIDENT_STATES, Incident
from app.kit.labels import _l

SEARCHED = [by_number(_l("Incident"), Incident, badges=INCIDENT_STATES, over={"closed"}, of_file=True, weight=3)]
