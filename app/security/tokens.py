"""Tokens of other programs: asked for by the administrator, approved by a manager, and what one lets in.

The token is made at the approval and shown to the approver alone: the administrator, who opens no customer file,
never holds one (split duties). It acts as an account and can do no more than that account, its approver and its
own lists allow.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import secrets
from typing import Any

from flask import current_app
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit, gate
from app.security.models import ApiToken

LONGEST = dt.timedelta(days=365)
NEVER = {"admin", "auditor"}  # they open no customer file, so no program does in their name
SHAPE = re.compile(r"hudang_([1-9]\d{0,8})_([A-Za-z0-9_-]{43})")
NOTED_EVERY = dt.timedelta(minutes=1)
NOBODYS = "0" * 64


def resources() -> dict[str, Any]:
    """The interface's resources by name."""
    return {api.resource: api for api in _apis().values()}


def resource_of(blueprint: str | None) -> str | None:
    """The resource at an address; None for an address of none."""
    api = _apis().get(blueprint or "")
    return str(api.resource) if api is not None else None


def _apis() -> dict[str, Any]:
    known = current_app.extensions
    return {**known.get("record_apis", {}), **known.get("declared_apis", {})}


def ask(token: ApiToken, *, by: Any) -> ApiToken:
    """Ask for a token. It is not amended afterwards, so that what is approved is what was read."""
    token.name, token.purpose = token.name.strip(), token.purpose.strip()
    if not token.name or not token.purpose:
        raise RuleError(_l("Say which program it is, and what it does."), field="purpose" if token.name else "name")
    if token.acting is None:
        raise RuleError(_l("Choose the account it acts as."), field="acting")
    if not token.acting.active or NEVER & set(_roles_of(token.acting).split()):
        raise RuleError(
            _l("A program does not act as an administrator, an auditor or who is shut out."), field="acting"
        )
    if token.expires_on is None or not today() < token.expires_on <= today() + LONGEST:
        raise RuleError(_l("A token is valid for a year at most."), field="expires_on")
    token.reads = _names(token.reads, set(resources()), "reads")
    addable = {name for name, api in resources().items() if api.add_columns} & set(token.reads.split())
    token.writes = _names(token.writes, addable, "writes")
    if not token.reads:
        raise RuleError(_l("Say what it may read."), field="reads")
    token.state, token.asked_by_id, token.token_hash = "asked", by.id, ""
    db.session.add(token)
    db.session.flush()
    audit.write("ask", token, {"user": token.acting.username, "on": token.expires_on.isoformat()}, by=by)
    return token


def _names(typed: str, known: set[str], field: str) -> str:
    """Names of resources, in order, one space between; what is added can be read as well."""
    names = set(re.findall(r"[^\s,;，、；]+", typed or ""))
    if names - known:
        raise RuleError(_l("Only these can stand here: %(names)s.", names=", ".join(sorted(known))), field=field)
    return " ".join(sorted(names))


def _roles_of(user: User) -> str:
    return " ".join(sorted(role.name for role in user.roles))


def _may_approve(token: ApiToken, user: Any) -> None:
    """Another one than who asked and who it acts as; at home in all its sites, and with each of its rights."""
    if user is None:
        return
    if user.id in (token.asked_by_id, token.acting_id):
        raise RuleError(_l("Nobody decides on their own request."))
    if set(gate.ask_scope(token.acting)) - set(gate.ask_scope(user)):
        raise RuleError(_l("It would reach sites that you do not work for."))
    held, known = gate.rights_of(user.id), resources()
    wanted = [(verb, name) for name in token.reads.split() for verb in ("can_list", "can_show")]
    wanted += [("can_add", name) for name in token.writes.split()]
    if any(name not in known or (verb, known[name].class_permission_name) not in held for verb, name in wanted):
        raise RuleError(_l("It may do what you may not."))


def approve(token: ApiToken, *, by: Any) -> str:
    """Make the token and answer it: it is shown once and stored nowhere."""
    if token.is_expired:
        raise RuleError(_l("This is over already."))
    secret = secrets.token_urlsafe(32)
    token.token_hash, token.roles = _digest(secret), _roles_of(token.acting)
    token.decided_by_id, token.decided_at = by.id, now()
    return f"hudang_{token.id}_{secret}"


def refuse(token: ApiToken, *, by: Any, reason: str = "") -> None:
    """A refusal says why."""
    if not reason.strip():
        raise RuleError(_l("Say why it is refused."), field="reason")
    token.decided_by_id, token.decided_at, token.reason = by.id, now(), reason.strip()


def revoke(token: ApiToken, *, by: Any, reason: str = "") -> None:
    """It is worth nothing from the next request on."""
    token.token_hash, token.revoked_at, token.reason = "", now(), reason.strip()


def allows(token: ApiToken, resource: str, *, adding: bool) -> bool:
    """The token's own lists name the resource."""
    return resource in (token.writes if adding else token.reads).split()


def find(said: str) -> ApiToken | None:
    """The live token that was said, with the account it acts as; None for any other, whatever is wrong with it."""
    match = SHAPE.fullmatch(said)
    query = select(ApiToken).where(ApiToken.id == (int(match[1]) if match else 0), ApiToken.state == "approved")
    token = db.session.scalars(query.options(joinedload(ApiToken.acting).joinedload(User.roles))).unique().first()
    known = token.token_hash if token is not None else NOBODYS
    is_right = hmac.compare_digest(_digest(match[2] if match else said).encode(), known.encode())
    if token is None or not is_right or token.is_expired or not token.acting.active:
        return None
    return token if token.roles == _roles_of(token.acting) else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def is_to_be_noted(token: ApiToken) -> bool:
    """Its last use was noted a minute ago or more."""
    return token.last_used_at is None or now() - token.last_used_at >= NOTED_EVERY


def note_use(key: int) -> None:
    """The record itself does not change: neither its version nor who changed it."""
    kept = {"updated_at": ApiToken.updated_at, "updated_by_id": ApiToken.updated_by_id}
    db.session.execute(
        update(ApiToken).where(ApiToken.id == key).values(last_used_at=now(), **kept),
        execution_options={"synchronize_session": False},
    )


_WHY = (("reason", _l("Reason")),)
MOVES = [
    Move(
        "approve", {"asked"}, "approved", "ApiToken:approve", _l("Approve and show the token once"), approve,
        guard=_may_approve, style="primary",
    ),
    Move("refuse", {"asked"}, "refused", "ApiToken:refuse", _l("Refuse"), refuse, asks=_WHY, style="danger"),
    Move("revoke", {"asked", "approved"}, "revoked", "ApiToken:revoke", _l("Revoke"), revoke, asks=_WHY,
         style="danger"),
]  # fmt: skip
