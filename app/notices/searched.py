"""Notices in the search box: by number, heading and unit; what they say stays out of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.estate.models import Unit
from app.kit.labels import _l
from app.kit.session import db
from app.notices.models import Notice
from app.search.declared import By, Entry, Searched


def notices(keys: Sequence[int]) -> list[Entry]:
    """What is closed ranks lower."""
    query = (
        select(Notice.id, Notice.site_id, Notice.number, Notice.title, Notice.state, Unit.number)
        .outerjoin(Unit, Notice.unit_id == Unit.id)
        .where(Notice.id.in_(keys))
    )
    return [
        Entry(
            pk, site_id, number, " · ".join(part for part in (unit, title) if part), names=[title], numbers=[number],
            also_units=[unit] if unit else [],
            is_live=state not in Notice.OVER,
        )
        for pk, site_id, number, title, state, unit in db.session.execute(query)
    ]  # fmt: skip


SEARCHED = [
    Searched(
        kind="notice",
        label=_l("Notice"),
        model=Notice,
        permission="Notice",
        view="NoticeView.show",
        entries=notices,
        weight=5,
        is_numbered=True,
        touched_by=[
            By(Notice, only=("number", "title", "state", "unit_id", "site_id")),
            By(Unit, where=Notice.unit_id, gives=Notice.id, only=("number",)),
        ],
    )
]
