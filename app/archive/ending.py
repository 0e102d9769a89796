"""A project ends, and its file is to be handed to the keeper within the days the house has set (P11.04)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Select, exists, select

from app.archive import keepers, limits
from app.archive.keeping import Keeper, SchemeLimit
from app.archive.models import LIVE_STATES, File
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db

HAND_OVER_DAYS = "hand_over_days"


def end_project(file: File, *, by: Any = None, ended_on: dt.date | None = None) -> None:
    """The project is over; refused until the limit that the source lost is filled in."""
    if ended_on is None or ended_on > today():
        raise RuleError(_l("Say on which day it ended, today at the latest."), field="ended_on")
    limits.of(file.scheme_key, HAND_OVER_DAYS)
    file.ended_on = ended_on


def due_on(file: File) -> dt.date | None:
    """By when it must be with the appointed keeper; None where it is, or nothing is due."""
    if file.ended_on is None or file.state not in LIVE_STATES:
        return None
    keeper = keepers.current(file.site_id, file.scheme_key)
    if keeper is not None and keeper.user_id == file.custodian_id:
        return None
    days = limits.of(file.scheme_key, HAND_OVER_DAYS)
    return file.ended_on + dt.timedelta(days=days) if days is not None else None


def not_handed_over() -> Select[tuple[File]]:
    """Files of ended projects that are not with their keeper, the longest ended first; the caller scopes them."""
    at_keeper = exists().where(
        Keeper.site_id == File.site_id, Keeper.scheme_key == File.scheme_key, Keeper.until_on.is_(None),
        Keeper.user_id == File.custodian_id,
    )  # fmt: skip
    ended = (File.ended_on.is_not(None), File.state.in_(LIVE_STATES), ~at_keeper)
    return select(File).where(*ended).order_by(File.ended_on, File.id)


def days_of_schemes() -> dict[str, int]:
    """The days allowed by scheme."""
    lines = db.session.scalars(select(SchemeLimit).where(SchemeLimit.key == HAND_OVER_DAYS))
    return {line.scheme_key: line.value for line in lines if line.value is not None}


def _is_project(file: File, _user: Any) -> None:
    if file.subject != "project" or file.ended_on is not None:
        raise RuleError(_l("This is no running project."))


END_PROJECT = Move(
    "end_project", {"open", "filed"}, None, "File:end_project", _l("Project has ended"), end_project,
    guard=_is_project, asks=(("ended_on", _l("Ended on")),),
)  # fmt: skip
