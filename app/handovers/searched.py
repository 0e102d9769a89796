"""Hand-overs and clearances in the search box: by their number; who leaves stays out of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import select

from app.handovers.models import Clearance, Handover
from app.kit.labels import _l
from app.kit.session import db
from app.search.declared import By, Entry, Searched


def entries(model: Any, keys: Sequence[int]) -> list[Entry]:
    """What the box reads of these records."""
    query = select(model.id, model.site_id, model.number, model.reason, model.state).where(model.id.in_(keys))
    return [
        Entry(
            row.id, row.site_id, row.number, row.reason if model is Handover else "", numbers=[row.number],
            is_live=row.state not in ("done", "void"), badge=row.state,
        )
        for row in db.session.execute(query)
    ]  # fmt: skip


def _searched(kind: str, label: Any, model: Any, view: str, badges: dict[str, Any]) -> Searched:
    return Searched(
        kind=kind,
        label=label,
        model=model,
        permission=model.__name__,
        view=view,
        entries=partial(entries, model),
        touched_by=[By(model, only=("site_id", "number", "reason", "state"))],
        weight=4,
        badges=badges,
        is_numbered=True,
    )


SEARCHED = [
    _searched("handover", _l("Hand-over"), Handover, "HandoverView.show", {"void": _l("Given up")}),
    _searched("clearance", _l("Clearance"), Clearance, "ClearanceView.show", {"void": _l("Given up")}),
]
