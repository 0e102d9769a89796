"""Papers that somebody still has to make again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.held import Holding
from app.incidents.models import Incident
from app.kit.session import db
from app.security import audit


def held_by(user: Any) -> Iterator[Holding]:
    """The user's open tasks to make a paper again."""
    open_ones = (Incident.remaker_id == user.id, Incident.task == "to_do")
    query = select(Incident).where(*open_ones).order_by(Incident.id).options(joinedload(Incident.file))
    for one in db.session.scalars(query):
        where = f" {one.file.number}" if one.file is not None else ""
        yield Holding("task", one.id, one.site_id, f"{one.number}{where}", one.file)


def pass_on(key: int, receiver: Any, *, by: Any) -> None:
    """The task is the receiver's."""
    incident = db.session.get_one(Incident, key)
    audit.write("hand_task", incident, {"from": incident.remaker_id, "to": receiver.id}, by=by)
    incident.remaker_id = receiver.id
    db.session.flush()
