"""Corrective actions and evaluations that somebody still has in hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.archive.held import Holding
from app.kit.session import db
from app.market.survey_models import CorrectiveAction, Evaluation
from app.security import audit


def actions_held_by(user: Any) -> Iterator[Holding]:
    """The user's corrective actions that are not done."""
    mine = (CorrectiveAction.responsible_id == user.id, CorrectiveAction.state == "open")
    for one in db.session.scalars(select(CorrectiveAction).where(*mine).order_by(CorrectiveAction.id)):
        yield Holding("action", one.id, one.site_id, one.number, number=one.number)


def pass_action_on(key: int, receiver: Any, *, by: Any) -> None:
    """Another person puts it right."""
    action = db.session.get_one(CorrectiveAction, key)
    audit.write("hand_task", action, {"from": action.responsible_id, "to": receiver.id}, by=by)
    action.responsible_id = receiver.id
    db.session.flush()


def evaluations_held_by(user: Any) -> Iterator[Holding]:
    """The evaluations that the user has still to deliver."""
    mine = (Evaluation.author_id == user.id, Evaluation.state == "due")
    for one in db.session.scalars(select(Evaluation).where(*mine).order_by(Evaluation.id)):
        yield Holding("evaluation", one.id, one.site_id, one.number, number=one.number)


def pass_evaluation_on(key: int, receiver: Any, *, by: Any) -> None:
    """Another person writes it."""
    evaluation = db.session.get_one(Evaluation, key)
    audit.write("hand_task", evaluation, {"from": evaluation.author_id, "to": receiver.id}, by=by)
    evaluation.author_id = receiver.id
    db.session.flush()
