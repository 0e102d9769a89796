"""What a reader's live requests let them see: asked by the gate at every read (G4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from app.archive import approvals
from app.archive.models import File
from app.archive.sealing import class_of
from app.kit.columns import now
from app.kit.session import db
from app.lookups.models import LookupRequest
from app.security.models import AuditLine

WAYS = {"read_in_office": {"read"}, "copy": {"read", "print", "download"}}


@dataclass(frozen=True)
class Grant:
    """All live requests of one reader for one file together."""

    requests: tuple[LookupRequest, ...]

    def covers(self, record: Any, way: str = "read") -> bool:
        """One of them is for this record's class of paper, and for this way: read, print or download."""
        paper_class = class_of(record)
        return any(way in WAYS[one.mode] and _is_for(one, paper_class) for one in self.requests)

    def allows(self, way: str) -> bool:
        """One of them is for this way, whatever of the file it is for."""
        return any(way in WAYS[one.mode] for one in self.requests)

    @property
    def expires_at(self) -> dt.datetime | None:
        """When the last of them ends."""
        return max((one.expires_at for one in self.requests if one.expires_at is not None), default=None)


def _is_for(request: LookupRequest, paper_class: str) -> bool:
    """Named, or the whole file is and this class is not spared; the file itself ("") goes with the whole file only."""
    if request.classes:
        return paper_class in request.classes.split()
    return paper_class not in request.spared.split()


def live_grant(file: File, user: Any) -> Grant | None:
    """The user's live grant for this file now, or None."""
    return live_grants([file], user).get(file.id)


def live_grants(files: Sequence[File], user: Any) -> dict[int, Grant]:
    """The user's live grants for these files by the files' keys, in one statement (two where there are any)."""
    moment = now()
    found = db.session.scalars(
        select(LookupRequest)
        .join(LookupRequest.file)
        .where(
            LookupRequest.file_id.in_({file.id for file in files}),
            LookupRequest.requester_id == user.id,
            LookupRequest.state == "approved",
            LookupRequest.expires_at > moment,
            or_(LookupRequest.decided_at.is_(None), LookupRequest.decided_at <= moment),
            LookupRequest.seal == File.seal,
            File.state != "destroyed",
        )
        .order_by(LookupRequest.id)
    ).all()
    over = _outlived(found)
    by_file: dict[int, list[LookupRequest]] = {}
    for request in found:
        if request.id not in over:
            by_file.setdefault(request.file_id, []).append(request)
    return {key: Grant(tuple(requests)) for key, requests in by_file.items()}


def _outlived(requests: Iterable[LookupRequest]) -> set[int]:
    """Those whose end the audit has seen since they were approved: a clock that is set back brings none to life again.

    Asked of the connection: a statement of the session that names the audit would store its waiting lines first.
    """
    ends = {request.id: request.expires_at for request in requests}
    if not ends:
        return set()
    line, later = aliased(AuditLine), aliased(AuditLine)
    mine = (line.subject_type == LookupRequest.__name__, line.subject_id == LookupRequest.id)
    agreed = line.action.in_(approvals.VERBS.values())
    approved = select(func.max(line.id)).where(*mine, agreed).correlate(LookupRequest).scalar_subquery()
    seen = select(later.id).where(later.at >= LookupRequest.expires_at, later.id > approved).correlate(LookupRequest)
    query = select(LookupRequest.id).where(LookupRequest.id.in_(ends), seen.exists())
    return set(db.session.connection().scalars(query))
