"""Fit-outs in the search box: by number, permit, contractor and unit; the head of works and what is built are not."""

from __future__ import annotations

from app.archive.daysearch import day_records
from app.fitout.models import Fitout
from app.kit.labels import _l

SEARCHED = [day_records("fitout", _l("Fit-out"), Fitout, named="firm", numbers=("number", "permit_number"))]
