"""A customer's grade follows from the scheme's thresholds; every change of it is a line (P3.06)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.kit.columns import today
from app.kit.language import say
from app.kit.session import db
from app.market.models import GradeChange, MarketProfile, Sale
from app.market.policy import Policy, of_key
from app.security import audit

DRIVES = ("channel", "sales", "collection")
Thresholds = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Standing:
    """What a grade is reckoned from: sales of the time, whole years of trade, and the credit grade."""

    sales_cents: int = 0
    years: int = 0
    credit: str = ""


def grade_of(grades: Thresholds, credits: Sequence[str], standing: Standing) -> str:
    """The first grade, from the best, all of whose thresholds are reached. `credits` are the keys, best first."""
    return next((str(grade["key"]) for grade in grades if _reaches(grade["at_least"], credits, standing)), "")


def _reaches(least: Mapping[str, Any], credits: Sequence[str], standing: Standing) -> bool:
    return (
        standing.sales_cents >= least.get("sales_yuan", 0) * 100
        and standing.years >= least.get("years", 0)
        and (not least.get("credit") or _rank(credits, standing.credit) <= _rank(credits, least["credit"]))
    )


def _rank(credits: Sequence[str], key: str) -> int:
    """0 is the best; who has none comes after all."""
    return list(credits).index(key) if key in credits else len(credits)


def standing_of(profile: MarketProfile, policy: Policy) -> Standing:
    """What the customer has reached by today."""
    begin = today() - dt.timedelta(days=int(policy.part["grade_over_days"]))
    total = select(func.coalesce(func.sum(Sale.amount_cents), 0))
    recent = total.where(Sale.customer_id == profile.customer_id, Sale.sold_on > begin)
    return Standing(int(db.session.scalar(recent) or 0), years_since(_began(profile)), profile.credit_grade or "")


def _began(profile: MarketProfile) -> dt.date | None:
    """Since when they trade with us: as it is written down, or since their first sale."""
    if profile.since_on is not None:
        return profile.since_on
    return db.session.scalar(select(func.min(Sale.sold_on)).where(Sale.customer_id == profile.customer_id))


def years_since(day: dt.date | None) -> int:
    """Whole years gone by."""
    if day is None or day > today():
        return 0
    now = today()
    return now.year - day.year - ((now.month, now.day) < (day.month, day.day))


def regrade(profile: MarketProfile, *, by: Any = None) -> str:
    """Reckon the grade anew; a change is kept with the figures it was made on. Answers the grade."""
    policy = of_key(profile.scheme_key)
    standing = standing_of(profile, policy)
    credits = [each["key"] for each in policy.items("credit_grades")]
    grade = grade_of(policy.items("grades"), credits, standing)
    profile.graded_on = today()
    if grade == profile.grade:
        return grade
    line = GradeChange(
        profile=profile, profile_id=profile.id, site_id=profile.site_id, customer=profile.customer,
        customer_id=profile.customer_id, scheme_key=profile.scheme_key,
        before=profile.grade or "", after=grade, changed_on=today(),
        sales_cents=standing.sales_cents, years=standing.years, credit_grade=standing.credit,
    )  # fmt: skip
    db.session.add(line)
    audit.write("grade", profile, {"from": profile.grade or "", "to": grade}, by=by)
    profile.grade = grade
    db.session.flush()
    return grade


def regrade_all(scheme_key: str, site_id: int, *, by: Any = None) -> int:
    """Every customer of a scheme at a site: time passes, sales drop out of the year. Answers how many changed."""
    theirs = (MarketProfile.scheme_key == scheme_key, MarketProfile.site_id == site_id)
    changed = 0
    for profile in db.session.scalars(select(MarketProfile).where(*theirs).order_by(MarketProfile.id)):
        before = profile.grade
        changed += regrade(profile, by=by) != before
    return changed


def drives(profile: MarketProfile) -> dict[str, str]:
    """What the grade means for channel, sales and collection, in the reader's language."""
    grade = of_key(profile.scheme_key).item("grades", profile.grade or "")
    return {name: say(grade[name]) if grade else "" for name in DRIVES}
