"""Appraisal and destruction lists in the search box by their number; a destroyed file is found there no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from app.archive.models import File
from app.kit.labels import _l
from app.kit.session import db
from app.retention.models import APPRAISAL_STATES, DESTRUCTION_STATES, Appraisal, Destruction
from app.search.declared import Addition, By, Entry, Searched

OVER = ("approved", "refused", "withdrawn", "done")


def _lists(model: Any) -> Callable[[Sequence[int]], list[Entry]]:
    """The entries of a kind of list."""

    def entries(keys: Sequence[int]) -> list[Entry]:
        rows = db.session.execute(
            select(model.id, model.site_id, model.number, model.state).where(model.id.in_(keys))
        ).all()
        return [
            Entry(pk, site_id, number, numbers=[number], is_live=state not in OVER, badge=state)
            for pk, site_id, number, state in rows
        ]

    return entries


def without_destroyed(files: dict[int, Entry]) -> None:
    """What is destroyed leaves the box; lists by its state still tell of it."""
    gone = select(File.id).where(File.id.in_(list(files)), File.state == "destroyed")
    for pk in db.session.scalars(gone):
        del files[pk]


def _searched(kind: str, label: Any, model: Any, badges: dict[str, Any]) -> Searched:
    return Searched(
        kind=kind,
        label=label,
        model=model,
        permission=model.__name__,
        view=f"{model.__name__}View.show",
        entries=_lists(model),
        touched_by=[By(model, only=("number", "state", "site_id"))],
        is_numbered=True,
        badges=badges,
    )


SEARCHED = [
    _searched("appraisal", _l("Appraisal"), Appraisal, APPRAISAL_STATES),
    _searched("destruction", _l("Destruction"), Destruction, DESTRUCTION_STATES),
]
ADDED = [Addition("file", without_destroyed, [By(File, only=("state",))])]
