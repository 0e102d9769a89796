"""Applications in the search box: by number and unit; who asked and for what stays out of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.applications.models import Application
from app.estate.models import Unit
from app.kit.labels import _l
from app.kit.session import db
from app.search.declared import By, Entry, Searched


def applications(keys: Sequence[int]) -> list[Entry]:
    """What is over ranks lower."""
    query = (
        select(Application.id, Application.site_id, Application.number, Application.state, Unit.number)
        .outerjoin(Unit, Application.unit_id == Unit.id)
        .where(Application.id.in_(keys))
    )
    return [
        Entry(
            pk, site_id, number, unit or "", numbers=[number], also_units=[unit] if unit else [],
            is_live=state not in Application.OVER,
        )
        for pk, site_id, number, state, unit in db.session.execute(query)
    ]  # fmt: skip


SEARCHED = [
    Searched(
        kind="application",
        label=_l("Application"),
        model=Application,
        permission="Application",
        view="ApplicationView.show",
        entries=applications,
        weight=5,
        is_numbered=True,
        touched_by=[
            By(Application, only=("number", "state", "unit_id", "site_id")),
            By(Unit, where=Application.unit_id, gives=Application.id, only=("number",)),
        ],
    )
]
