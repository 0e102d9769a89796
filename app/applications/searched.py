"""Applications in the search box: by number and unit; who asked and for what stays out of it."""

from __future__ import annotations

from app.applications.models import Application
from app.archive.daysearch import day_records
from app.kit.labels import _l

SEARCHED = [day_records("application", _l("Application"), Application)]
