"""Another way of paying takes effect once whoever the scheme names has signed (P13.04)."""

from __future__ import annotations

from typing import Any

from app.archive import approvals
from app.estate.numbers import numbered
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.market import policy, profiles
from app.market.models import TermRequest
from app.security import audit

SERIES = "JY"
NEXT_ABOVE = {"supervisor": "manager", "manager": "director"}


def ask(request: TermRequest, *, by: Any) -> TermRequest:
    """Without credit it is in effect at once; else it goes before the chain of the way of paying."""
    with db.session.no_autoflush:
        profile = profiles.settle(request)
        mode = policy.of_key(profile.scheme_key).item("payment_modes", request.payment_mode or "")
        if mode is None:
            raise RuleError(_l("The scheme has no such way of paying."), field="payment_mode")
        if not (request.why or "").strip():
            raise RuleError(_l("Say why."), field="why")
        if (request.credit_limit_cents or 0) < 0:
            raise RuleError(_l("A limit is not below nothing."), field="credit_limit_cents")
        request.asked_by_id = getattr(by, "id", None)
        if mode.get("on_credit"):
            approvals.begin(request, _above(mode["chain"], by))
        else:
            request.chain, request.state = "", "approved"
        request.number = numbered(request.site_id, SERIES)
    db.session.add(request)
    db.session.flush()
    audit.write("ask_terms", request, {"number": request.number, "mode": request.payment_mode}, by=by)
    if request.state == "approved":
        take_effect(request, by=by)
    return request


def _above(roles: list[str], by: Any) -> set[str]:
    """Nobody agrees to their own request: in the place of a role that the asker has comes the one above it."""
    held = {role.name for role in getattr(by, "roles", ())}
    return {NEXT_ABOVE.get(role, role) if role in held else role for role in roles}


def take_effect(request: TermRequest, *, by: Any) -> None:
    """The last has signed: from now on the customer pays this way."""
    profile = request.profile
    profile.payment_mode = request.payment_mode
    if request.credit_limit_cents is not None:
        profile.credit_limit_cents = request.credit_limit_cents
    profile.terms = request.terms or profile.terms
    profiles.settle_limit(profile)
    profiles.refresh(profile)
    request.in_effect_on = today()
    db.session.flush()
    audit.write("terms", profile, {"request": request.number, "mode": request.payment_mode}, by=by)


def refused(request: TermRequest, *, by: Any, reason: str) -> None:
    request.reason = reason.strip()[:300]


MOVES = approvals.moves("TermRequest", take_effect, last=_l("Sign"), refused=refused)
