"""The requests to read a file that somebody still waits for: withdrawn when they leave, never handed on (P1.20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.approvals import WAITING
from app.archive.held import Holding
from app.archive.models import File
from app.kit.session import db
from app.lookups.models import LookupRequest


def requests_held_by(user: Any) -> Iterator[Holding]:
    """Requests that nobody has decided yet."""
    query = (
        select(LookupRequest)
        .where(LookupRequest.requester_id == user.id, LookupRequest.state.in_(WAITING))
        .options(joinedload(LookupRequest.file).joinedload(File.unit))
        .order_by(LookupRequest.id)
    )
    for request in db.session.scalars(query):
        name = f"{request.file.unit_number or request.file.number} {request.number}"
        yield Holding("request", request.id, request.site_id, name, request.file, number=name)
