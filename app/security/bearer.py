"""Who a program's request is from: the token in its Authorization header, never a cookie."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, request

from app.kit.labels import _l
from app.kit.problems import PREFIX, Refused
from app.kit.session import SAFE_METHODS, abandon_work, before_commit, finish_work
from app.security import actor, audit, logins, tokens

DESCRIPTION = "/api/v1/openapi.json"
WRONG = _l("The token is unknown, not approved, over or revoked.")
NOT_FOR_THIS = _l("The token is not for this.")


def is_wanted() -> bool:
    """The request is one of a program. The description may also be read by a person who is logged in."""
    return request.path.startswith(PREFIX) and not is_by_cookie(request.path)


def is_by_cookie(path: str) -> bool:
    """Below /api/ only the description, and only where no token is sent."""
    return path == DESCRIPTION and "Authorization" not in request.headers


def user() -> Any:
    """The account the token acts as; None where none is sent. 401 for a wrong one, 429 after many, 403 where the
    token's lists do not name what is asked for."""
    said, address = request.headers.get("Authorization", ""), request.remote_addr or ""
    if not said:
        return None
    if logins.is_barred(address):
        raise Refused(429, more={"Retry-After": str(60 * int(current_app.config["LOCK_MINUTES"]))})
    scheme, _space, secret = said.partition(" ")
    token = tokens.find(secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        _count_failure(address)
        raise Refused(401, WRONG)
    key = token.id
    resource = tokens.resource_of(request.blueprint)
    if resource is not None and not tokens.allows(token, resource, adding=request.method not in SAFE_METHODS):
        raise Refused(403, NOT_FOR_THIS)
    actor.come_by_token(key)
    if tokens.is_to_be_noted(token):
        before_commit(lambda: tokens.note_use(key))
    return token.acting


def _count_failure(address: str) -> None:
    """In a transaction of its own: the request is refused, the count stays."""
    abandon_work()
    g.writing = True
    try:
        logins.note_wrong_token(address)
        audit.write("token_refused", None, {})
        finish_work()
    finally:
        g.pop("writing", None)
