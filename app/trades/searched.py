"""Sheets and follow-ups in the search box: by their numbers; nobody's name."""

from __future__ import annotations

from app.archive.numbersearch import by_number
from app.kit.labels import _l
from app.trades.followed import EventSheet, FollowUp
from app.trades.models import ContactSheet

SEARCHED = [
    by_number(_l("First contact sheet"), ContactSheet, over=("allocated", "dropped")),
    by_number(_l("Event sheet"), EventSheet, over=("kept",)),
    by_number(_l("Follow-up"), FollowUp, badges={"done": _l("Done")}, over=("done", "skipped"), of_file=True),
]
