"""Asking for a look-up, its way through the chain of approvals, and ending it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from app.archive import access, approvals, papers
from app.archive.models import File
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.series import next_of
from app.kit.session import db
from app.lookups.models import WAYS_OF_READING, LookupRequest
from app.security import audit

NEXT_ABOVE = {"supervisor": "manager", "manager": "director"}


def ask(request: LookupRequest, *, by: Any) -> LookupRequest:
    """A new request of `by`, put before those whom the access policy names (P9.02, P10.07, P1.18)."""
    file = request.file
    _check(request, file)
    classes = request.classes.split()
    rules = access.rules_for(file, request.mode, classes)
    roles = access.chain_for(rules, request.hours)
    request.spared = "" if classes else " ".join(sorted(access.apart(file, request.mode)))
    request.seal, request.site_id, request.requester_id = file.seal, file.site_id, by.id
    approvals.begin(request, _above(roles, by))
    request.number = next_number()
    db.session.add(request)
    db.session.flush()
    audit.write("ask", request, {"file": file.number, "hours": request.hours, "mode": request.mode}, by=by)
    return request


def _check(request: LookupRequest, file: File | None) -> None:
    """What was typed makes sense for this file."""
    request.mode, request.classes = request.mode or "read_in_office", request.classes or ""
    if file is None:
        raise RuleError(_l("Choose a file."), field="file")
    if file.state == "destroyed":
        raise RuleError(_l("This file is destroyed: nothing of it can be read any more."), field="file")
    if not file.is_shut:
        raise RuleError(_l("This file is not filed yet: it can be read without a request."), field="file")
    if request.mode not in WAYS_OF_READING:
        raise RuleError(_l("A file is taken away as a loan."), field="mode")
    if not request.purpose.strip():
        raise RuleError(_l("Say what the file is needed for."), field="purpose")
    if (request.hours or 0) < 1:
        raise RuleError(_l("A look-up lasts at least one hour."), field="hours")
    if not set(request.classes.split()) <= {paper["key"] for paper in papers.classes(file)}:
        raise RuleError(_l("The file's scheme has no such class of paper."), field="classes")


def _above(roles: Iterable[str], by: Any) -> set[str]:
    """Nobody agrees to their own request: in the place of a role that the asker has comes the one above it."""
    held = {role.name for role in by.roles}
    return {NEXT_ABOVE.get(role, role) if role in held else role for role in roles}


def next_number() -> str:
    """CY-<year>-<running number>."""
    prefix = f"CY-{today().year}-"
    return f"{prefix}{next_of(LookupRequest.number, prefix):05d}"


def grant(request: LookupRequest, *, by: Any) -> None:
    """The last of the chain has agreed: the clock starts now, not when it was asked."""
    file = request.file
    if file.seal != request.seal or file.state == "destroyed":
        raise RuleError(_l("The file has been sealed or unsealed since this was asked: it is asked anew."))
    before = approvals.decisions(request)[:-1]
    if before:
        request.passed_by_id, request.passed_at = before[-1].user_id, before[-1].decided_at
    request.decided_by_id, request.decided_at = by.id, now()
    request.expires_at = now() + dt.timedelta(hours=request.hours)


def refused(request: LookupRequest, *, by: Any, reason: str) -> None:
    request.decided_by_id, request.decided_at, request.reason = by.id, now(), reason.strip()[:300]


def revoke(request: LookupRequest, *, by: Any, reason: str = "") -> None:
    """End a grant before its time; it holds from the next request."""
    if not request.is_live:
        raise RuleError(_l("This look-up is over already."))
    request.expires_at = now()
    request.reason = "；".join(part for part in (request.reason, reason.strip()) if part)[:300]


MOVES = [
    *approvals.moves("LookupRequest", grant, refused=refused),
    Move(
        "revoke",
        {"approved"},
        "revoked",
        "LookupRequest:revoke",
        _l("Revoke"),
        revoke,
        asks=(("reason", _l("Reason")),),
        style="danger",
    ),
]
