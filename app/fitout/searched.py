"""Fit-outs in the search box: by number, permit, contractor and unit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.estate.models import Unit
from app.fitout.models import Fitout
from app.kit.labels import _l
from app.kit.session import db
from app.search.declared import By, Entry, Searched


def fitouts(keys: Sequence[int]) -> list[Entry]:
    """What is over ranks lower; the head of works and what is built lie in the file and are not found."""
    query = (
        select(Fitout.id, Fitout.site_id, Fitout.number, Fitout.permit_number, Fitout.firm, Fitout.state, Unit.number)
        .outerjoin(Unit, Fitout.unit_id == Unit.id)
        .where(Fitout.id.in_(keys))
    )
    return [
        Entry(
            pk, site_id, number, " · ".join(part for part in (unit, firm) if part),
            names=[firm], numbers=[each for each in (number, permit) if each],
            also_units=[unit] if unit else [], is_live=state not in Fitout.OVER,
        )
        for pk, site_id, number, permit, firm, state, unit in db.session.execute(query)
    ]  # fmt: skip


SEARCHED = [
    Searched(
        kind="fitout",
        label=_l("Fit-out"),
        model=Fitout,
        permission="Fitout",
        view="FitoutView.show",
        entries=fitouts,
        weight=5,
        is_numbered=True,
        touched_by=[
            By(Fitout, only=("number", "permit_number", "firm", "state", "unit_id", "site_id")),
            By(Unit, where=Fitout.unit_id, gives=Fitout.id, only=("number",)),
        ],
    )
]
