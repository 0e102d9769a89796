"""Somebody's follow-ups for the calendar on their telephone: which, when, and no names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.estate.rules import sites_of
from app.kit.session import db
from app.trades import scheme
from app.trades.followed import FollowUp


def to_come(user: Any, since: dt.date) -> Iterator[tuple[str, dt.date, str]]:
    """(key, day, words) of the user's follow-ups that are still to be made."""
    mine = (FollowUp.assignee_id == user.id, FollowUp.state == "due", FollowUp.site_id.in_(sites_of(user)))
    for one in db.session.scalars(select(FollowUp).where(*mine, FollowUp.due_on >= since).order_by(FollowUp.id)):
        yield f"follow-up-{one.id}", one.due_on, f"{one.number} · {scheme.duty_name(one.scheme_key, one.duty)}"
