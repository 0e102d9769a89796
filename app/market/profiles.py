"""A customer enters the market, is verified, and is kept up to date (P3.01–P3.10, P13.01, P13.02)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.archive.models import File
from app.customers.models import Customer
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.language import say
from app.kit.moves import Move
from app.kit.session import db
from app.market import grading, policy
from app.market.models import MarketProfile, ProfileDatum
from app.security import audit


def profile_of(customer: Customer | None) -> MarketProfile | None:
    """The customer's place in the market, or None."""
    if customer is None or customer.id is None:
        return None
    return db.session.scalar(select(MarketProfile).where(MarketProfile.customer_id == customer.id))


def settle(line: Any) -> MarketProfile:
    """A line of a customer's takes site, customer and scheme from the profile that was chosen."""
    profile: MarketProfile | None = line.profile
    if profile is None:
        raise RuleError(_l("Choose a customer."), field="profile")
    line.profile_id, line.site_id, line.scheme_key = profile.id, profile.site_id, profile.scheme_key
    line.customer, line.customer_id = profile.customer, profile.customer_id
    return profile


def enter(profile: MarketProfile, *, by: Any = None) -> MarketProfile:
    """A customer's first profile. What a salesman reports waits for verification where the scheme says so (P13.01)."""
    if profile.customer is None:
        raise RuleError(_l("Choose a customer."), field="customer")
    with db.session.no_autoflush:
        if profile_of(profile.customer) is not None:
            raise RuleError(_l("This customer has a market profile already."), field="customer")
        if profile.scheme is None:
            raise RuleError(_l("Choose a scheme."), field="scheme")
        of = policy.of_key(profile.scheme.key)
        profile.site_id, profile.customer_id = profile.customer.site_id, profile.customer.id
        profile.scheme_key, profile.scheme_id = profile.scheme.key, profile.scheme.id
        profile.grade, profile.outstanding_cents, profile.is_over_limit = "", 0, False
        profile.payment_mode = next(each["key"] for each in of.items("payment_modes") if not each.get("on_credit"))
        profile.reported_by_id = getattr(by, "id", None)
        _check_source(profile.source, of)
        profile.state = "reported" if needs_verification(of, profile.source) else "verified"
        refresh(profile, of)
        keep(profile, by=by)
    db.session.add(profile)
    db.session.flush()
    audit.write("add", profile, {"scheme": profile.scheme_key, "source": profile.source}, by=by)
    grading.regrade(profile, by=by)
    return profile


def _check_source(key: str, of: policy.Policy) -> None:
    if of.item("sources", key or "") is None:
        raise RuleError(_l("Say where this is known from."), field="source")


def needs_verification(of: policy.Policy, source: str) -> bool:
    """The scheme does not take this source's word alone."""
    return bool((of.item("sources", source) or {}).get("needs_verification"))


def keep(profile: MarketProfile, *, by: Any = None) -> None:
    """What always holds: marks and credit grade of the scheme; the limit and terms of the credit grade (P3.08)."""
    of = policy.of_key(profile.scheme_key)
    known = {key: word for key, _facet, word in of.marks()}
    marks = [key for key in (profile.facets or "").split() if key in known]
    profile.facets, profile.is_prospect = " ".join(marks), any(known[key].get("prospect") for key in marks)
    profile.potential = profile.potential or 0
    if not 0 <= profile.potential <= 100:
        raise RuleError(_l("The potential is between 0 and 100."), field="potential")
    if (profile.credit_limit_cents or 0) < 0:
        raise RuleError(_l("A limit is not below nothing."), field="credit_limit_cents")
    _keep_credit(profile, of)
    settle_limit(profile)


def amend(profile: MarketProfile, *, by: Any = None) -> None:
    """Typed on screen: the rule of keeping, and the grade anew."""
    keep(profile, by=by)
    grading.regrade(profile, by=by)


def _keep_credit(profile: MarketProfile, of: policy.Policy) -> None:
    """A credit grade brings its limit, terms and handling where nothing else was said."""
    if not profile.credit_grade:
        profile.credit_grade = ""
        return
    grade = of.item("credit_grades", profile.credit_grade)
    if grade is None:
        raise RuleError(_l("The scheme has no such credit grade."), field="credit_grade")
    if profile.credit_limit_cents is None:
        profile.credit_limit_cents = int(grade["limit_yuan"]) * 100
    profile.terms = profile.terms or say(grade["terms"])
    profile.credit_handling = profile.credit_handling or say(grade["handling"])


def settle_limit(profile: MarketProfile) -> None:
    """Whether more is owed than the limit allows (P3.08)."""
    limit = profile.credit_limit_cents
    profile.is_over_limit = limit is not None and (profile.outstanding_cents or 0) > limit


def refresh(profile: MarketProfile, of: policy.Policy | None = None) -> None:
    """Something was added today: it is fresh for as long as the scheme says (P3.09)."""
    of = of or policy.of_key(profile.scheme_key)
    profile.fresh_on = today()
    profile.stale_on = today() + dt.timedelta(days=int(of.part["stale_after_days"]))


def buys(profile: MarketProfile) -> None:
    """Who is sold to is no prospect any more: the mark becomes the one of who buys."""
    of = policy.of_key(profile.scheme_key)
    marks = profile.facets.split()
    for key, facet, word in of.marks():
        if word.get("prospect") and key in marks:
            buying = next((each["key"] for each in facet["words"] if each.get("buying")), None)
            marks[marks.index(key)] = f"{facet['key']}.{buying}" if buying else ""
    profile.facets, profile.is_prospect = " ".join(dict.fromkeys(mark for mark in marks if mark)), False


# --- verifying -------------------------------------------------------------------------------------------------------


def unverified(profile: MarketProfile) -> list[ProfileDatum]:
    """What was said since the last verification by sources whose word needs one."""
    of = policy.of_key(profile.scheme_key)
    keys = [each["key"] for each in of.items("sources") if each.get("needs_verification")]
    theirs = select(ProfileDatum).where(ProfileDatum.customer_id == profile.customer_id, ProfileDatum.source.in_(keys))
    if profile.verified_at is not None:
        theirs = theirs.where(ProfileDatum.created_at > profile.verified_at)
    return list(db.session.scalars(theirs.order_by(ProfileDatum.id)))


def _another(profile: MarketProfile, user: Any) -> None:
    """Nobody verifies what they reported themselves."""
    authors = {profile.reported_by_id} if profile.verified_at is None else set()
    authors |= {datum.author_id for datum in unverified(profile)}
    if user is not None and user.id in authors:
        raise RuleError(_l("Nobody verifies what they reported themselves."))


def verify(profile: MarketProfile, *, by: Any, finding: str = "") -> None:
    """Market supervision has looked into what was reported (P13.01)."""
    profile.verified_by_id, profile.verified_at = by.id, now()
    profile.finding = finding.strip()[:300]


def doubt(profile: MarketProfile, *, by: Any, finding: str = "") -> None:
    """What was reported does not hold; it is said why."""
    if not finding.strip():
        raise RuleError(_l("Say what you found."), field="finding")
    profile.finding = finding.strip()[:300]


def may_open(file: File) -> Iterator[Any]:
    """What stands in the way of opening a customer's file: data that nobody has verified (P13.01)."""
    part = file.scheme.body.get("market")
    if part is None or file.customer is None:
        return
    profile = profile_of(file.customer)
    asks = any(each.get("needs_verification") for each in part["sources"])
    if asks and (profile is None or profile.state != "verified"):
        yield _l("The customer's data is not verified yet.")


MOVES = [
    Move(
        "confirm", {"reported", "doubted"}, "verified", "MarketProfile:confirm", _l("Verified"), verify, guard=_another,
        asks=(("finding?", _l("Result of the verification")),), style="primary",
    ),
    Move(
        "doubt", {"reported"}, "doubted", "MarketProfile:confirm", _l("Does not hold"), doubt, guard=_another,
        asks=(("finding", _l("Result of the verification")),), style="danger",
    ),
    Move(
        "regrade", {"reported", "verified", "doubted"}, None, "MarketProfile:regrade", _l("Reckon the grade anew"),
        grading.regrade,
    ),
]  # fmt: skip
