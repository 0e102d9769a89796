"""Moves in the search box: by their number; whoever looks for a unit looks for its file."""

from __future__ import annotations

from app.archive.daysearch import day_records
from app.kit.labels import _l
from app.moving.models import Moving

SEARCHED = [day_records("moving", _l("Move"), Moving, by_unit=False)]
