"""Appraisal and destruction lists in the search box by their number; a destroyed file is found there no more."""

from __future__ import annotations

from sqlalchemy import select

from app.archive.models import File
from app.archive.numbersearch import by_number
from app.kit.labels import _l
from app.kit.session import db
from app.retention.models import APPRAISAL_STATES, DESTRUCTION_STATES, Appraisal, Destruction
from app.search.declared import Addition, By, Entry

OVER = ("approved", "refused", "withdrawn", "done")


def without_destroyed(files: dict[int, Entry]) -> None:
    """What is destroyed leaves the box; lists by its state still tell of it."""
    gone = select(File.id).where(File.id.in_(list(files)), File.state == "destroyed")
    for pk in db.session.scalars(gone):
        del files[pk]


SEARCHED = [
    by_number(_l("Appraisal"), Appraisal, badges=APPRAISAL_STATES, over=OVER, weight=0),
    by_number(_l("Destruction"), Destruction, badges=DESTRUCTION_STATES, over=OVER, weight=0),
]
ADDED = [Addition("file", without_destroyed, [By(File, only=("state",))])]
