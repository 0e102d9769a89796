"""Hand-overs and clearances in the search box: by their number; who leaves stays out of it."""

from __future__ import annotations

from app.archive.numbersearch import by_number
from app.handovers.models import Clearance, Handover
from app.kit.labels import _l

GIVEN_UP = {"void": _l("Given up")}
OVER = {"done", "void"}
SEARCHED = [
    by_number(_l("Hand-over"), Handover, badges=GIVEN_UP, over=OVER, beside="reason"),
    by_number(_l("Clearance"), Clearance, badges=GIVEN_UP, over=OVER),
]
