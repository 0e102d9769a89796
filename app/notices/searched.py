"""Notices in the search box: by number, heading and unit; what they say stays out of it."""

from __future__ import annotations

from app.archive.daysearch import day_records
from app.kit.labels import _l
from app.notices.models import Notice

SEARCHED = [day_records("notice", _l("Notice"), Notice, named="title")]
