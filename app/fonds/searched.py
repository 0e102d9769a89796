"""Fonds, items, transfers and batches in the search box by their number."""

from __future__ import annotations

from app.archive.numbersearch import by_number
from app.fonds.models import ArchivalItem, Fonds
from app.fonds.sets import OPENING_STATES, Opening, Transfer
from app.fonds.words import FONDS_STATES, TRANSFER_STATES
from app.kit.labels import _l

SEARCHED = [
    by_number(_l("Fonds"), Fonds, badges=FONDS_STATES, beside="title", weight=6),
    by_number(_l("Archival item"), ArchivalItem, beside="title", weight=2),
    by_number(_l("Transfer"), Transfer, badges=TRANSFER_STATES, over=("done", "void"), weight=1),
    by_number(
        _l("Opening to the public"),
        Opening,
        badges=OPENING_STATES,
        over=("published", "refused", "withdrawn"),
        weight=0,
    ),
]
