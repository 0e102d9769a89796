"""Visits in the search box: by number. A unit's visits stand on its file's page, and each new tenant has one."""

from __future__ import annotations

from app.archive.daysearch import day_records
from app.kit.labels import _l
from app.visits.models import Visit

SEARCHED = [day_records("visit", _l("Visit"), Visit, by_unit=False, badges={"done": _l("Visited")})]
