"""Complaints in the search box: by number and unit; who complained and what of stays out of it."""

from __future__ import annotations

from app.archive.daysearch import day_records
from app.complaints.models import Complaint
from app.kit.labels import _l

SEARCHED = [day_records("complaint", _l("Complaint"), Complaint, weight=10, badges={"closed": _l("Case closed")})]
