"""Places in the search box by code and name; files by the numbers they had."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.archive.trails import FileNumber
from app.estate.models import PLACE_STATES, Place
from app.kit.labels import _l
from app.kit.session import db
from app.search.declared import Addition, By, Entry, Searched


def entries(keys: Sequence[int]) -> list[Entry]:
    """What it stands in helps to tell two places apart."""
    parent = aliased(Place)
    query = (
        select(Place.id, Place.site_id, Place.code, Place.name, Place.state, parent.name)
        .outerjoin(parent, parent.id == Place.parent_id)
        .where(Place.id.in_(keys))
    )
    return [
        Entry(
            pk,
            site_id,
            name,
            " · ".join(part for part in (code, inside) if part),
            numbers=[code],
            also=[name],
            is_live=state == "used",
            badge="" if state == "used" else state,
        )
        for pk, site_id, code, name, state, inside in db.session.execute(query)
    ]


def old_numbers(files: dict[int, Entry]) -> None:
    """A renumbered file is found by the numbers it had (P2.08)."""
    query = select(FileNumber.file_id, FileNumber.old).where(FileNumber.file_id.in_(list(files)))
    for pk, old in db.session.execute(query):
        files[pk].numbers = [*files[pk].numbers, old]


SEARCHED = [
    Searched(
        kind="place",
        label=_l("Place"),
        model=Place,
        permission="Place",
        view="PlaceView.show",
        entries=entries,
        weight=5,
        is_numbered=True,
        badges={"given_up": PLACE_STATES["given_up"]},
        touched_by=[By(Place, only=("code", "name", "state", "site_id", "parent_id"))],
    )
]
ADDED = [Addition("file", old_numbers, [By(FileNumber, "file_id")])]
