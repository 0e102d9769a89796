"""What is said of a customer, line after line: source, author and day stay with it (P3.02, P3.03, P13.02)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.market import policy, profiles
from app.market.models import MarketProfile, ProfileDatum
from app.security import audit


def tell(datum: ProfileDatum, *, by: Any = None) -> ProfileDatum:
    """One more line about a customer; the one before stays. Where its source needs it, verification begins anew."""
    profile = profiles.settle(datum)
    of = policy.of_key(profile.scheme_key)
    _check(datum, of)
    datum.author_id, datum.author_name = getattr(by, "id", None), datum.author_name or ""
    db.session.add(datum)
    profiles.refresh(profile, of)
    if profiles.needs_verification(of, datum.source):
        profile.state = "reported"
    db.session.flush()
    audit.write("tell", profile, {"field": datum.field, "source": datum.source}, by=by)
    return datum


def _check(datum: ProfileDatum, of: policy.Policy) -> None:
    """A field and a source of the scheme, words, and a day that has come."""
    if datum.field not in {key for key, _group, _field in of.fields()}:
        raise RuleError(_l("The customer's scheme has no such field."), field="field")
    if of.item("sources", datum.source or "") is None:
        raise RuleError(_l("Say where this is known from."), field="source")
    if not (datum.value or "").strip():
        raise RuleError(_l("Say what is known."), field="value")
    datum.said_on = datum.said_on or today()
    if datum.said_on > today():
        raise RuleError(_l("This day is still to come."), field="said_on")


def latest(customer_id: int) -> dict[str, ProfileDatum]:
    """Field -> its newest line: what counts now."""
    lines = select(ProfileDatum).where(ProfileDatum.customer_id == customer_id)
    ordered = lines.order_by(ProfileDatum.said_on, ProfileDatum.id)
    return {datum.field: datum for datum in db.session.scalars(ordered)}


def take_over(profile: MarketProfile, told: Mapping[str, str], author: str, *, by: Any) -> list[ProfileDatum]:
    """A returned data form becomes lines with the customer as source (P3.04)."""
    of = policy.of_key(profile.scheme_key)
    source = next((each["key"] for each in of.items("sources") if each.get("by_customer")), "")
    if not source:
        raise RuleError(_l("The scheme knows no data that customers fill in themselves."))
    known = {key for key, _group, _field in of.fields()}
    lines = [
        ProfileDatum(profile=profile, field=key, value=value, source=source, author_name=author, said_on=today())
        for key, value in told.items()
        if key in known and value.strip()
    ]
    return [tell(line, by=by) for line in lines]
