"""Asking, passing on, approving and ending a look-up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.archive.models import SEALED_STATES, File
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.lookups.models import LookupRequest
from app.security import audit


def ask(request: LookupRequest, *, by: Any) -> LookupRequest:
    """A new request of `by` for a filed file; purpose and hours are required (P9.02, P10.07)."""
    file = request.file
    if file is None:
        raise RuleError(_l("Choose a file."), field="file")
    if file.state not in SEALED_STATES:
        raise RuleError(_l("This file is not filed yet: it can be read without a request."), field="file")
    if not request.purpose.strip():
        raise RuleError(_l("Say what the file is needed for."), field="purpose")
    longest = file.scheme.body.get("access", {}).get("longest_hours", 72)
    if not 1 <= (request.hours or 0) <= longest:
        raise RuleError(_l("A look-up lasts 1 to %(hours)s hours.", hours=longest), field="hours")
    request.site_id = file.site_id
    request.requester_id, request.state = by.id, "asked"
    request.number = next_number()
    db.session.add(request)
    db.session.flush()
    audit.write("ask", request, {"file": file.number, "hours": request.hours}, by=by)
    return request


def next_number() -> str:
    """CY-<year>-<running number>."""
    prefix = f"CY-{today().year}-"
    last = db.session.scalar(select(func.max(LookupRequest.number)).where(LookupRequest.number.like(prefix + "%")))
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:05d}"


def _not_own(request: LookupRequest, user: Any) -> None:
    if user is not None and request.requester_id == user.id:
        raise RuleError(_l("Nobody decides on their own request."))


def _own(request: LookupRequest, user: Any) -> None:
    if user is None or request.requester_id != user.id:
        raise RuleError(_l("Only who asked can withdraw the request."))


def _approver_is_another(request: LookupRequest, user: Any) -> None:
    _not_own(request, user)
    if user is not None and request.passed_by_id == user.id:
        raise RuleError(_l("Who passed the request on does not approve it."))


def pass_on(request: LookupRequest, *, by: Any) -> None:
    """The supervisor sends it to the manager."""
    request.passed_by_id, request.passed_at = by.id, now()


def approve(request: LookupRequest, *, by: Any, reason: str = "") -> None:
    """The manager grants it; its clock starts now, not when it was asked."""
    decide(request, by, reason)
    request.expires_at = now() + dt.timedelta(hours=request.hours)


def refuse(request: LookupRequest, *, by: Any, reason: str = "") -> None:
    """A refusal says why."""
    if not reason.strip():
        raise RuleError(_l("Say why it is refused."), field="reason")
    decide(request, by, reason)


def decide(request: LookupRequest, by: Any, reason: str) -> None:
    request.decided_by_id, request.decided_at, request.reason = by.id, now(), reason.strip()


def revoke(request: LookupRequest, *, by: Any, reason: str = "") -> None:
    """End a grant before its time; it holds from the next request."""
    if not request.is_live:
        raise RuleError(_l("This look-up is over already."))
    request.expires_at = now()
    request.reason = "；".join(part for part in (request.reason, reason.strip()) if part)[:300]


def live_grant(file: File, user: Any) -> LookupRequest | None:
    """The user's live grant for this file now, or None; asked by the gate at every read."""
    return live_grants([file], user).get(file.id)


def live_grants(files: Sequence[File], user: Any) -> dict[int, LookupRequest]:
    """The user's live grants for these files by the files' keys, in one statement."""
    found = db.session.scalars(
        select(LookupRequest)
        .where(
            LookupRequest.file_id.in_({file.id for file in files}),
            LookupRequest.requester_id == user.id,
            LookupRequest.state == "approved",
            LookupRequest.expires_at > now(),
        )
        .order_by(LookupRequest.expires_at)
    )
    return {request.file_id: request for request in found}


_WHY = (("reason", _l("Reason")),)
MOVES = [
    Move(
        "pass_on",
        {"asked"},
        "passed",
        "LookupRequest:pass_on",
        _l("Pass on to the manager"),
        pass_on,
        guard=_not_own,
        style="primary",
    ),
    Move(
        "approve",
        {"passed"},
        "approved",
        "LookupRequest:approve",
        _l("Approve"),
        approve,
        guard=_approver_is_another,
        style="primary",
    ),
    Move(
        "refuse",
        {"asked", "passed"},
        "refused",
        "LookupRequest:refuse",
        _l("Refuse"),
        refuse,
        asks=_WHY,
        guard=_not_own,
        style="danger",
    ),
    Move("revoke", {"approved"}, "revoked", "LookupRequest:revoke", _l("Revoke"), revoke, asks=_WHY, style="danger"),
    Move("withdraw", {"asked", "passed"}, "withdrawn", "LookupRequest:withdraw", _l("Withdraw"), guard=_own),
]
