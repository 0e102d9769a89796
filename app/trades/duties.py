"""Who has which duty of a scheme: asked before anybody collects, receives, allocates or is given a customer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ColumnElement, or_, select

from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit
from app.trades import scheme
from app.trades.models import DutyHolder

BEST = 10


def is_live() -> ColumnElement[bool]:
    """The duty has begun and has not ended, and its holder may still log in."""
    day = today()
    begun = or_(DutyHolder.since_on.is_(None), DutyHolder.since_on <= day)
    lasts = or_(DutyHolder.until_on.is_(None), DutyHolder.until_on >= day)
    return begun & lasts & DutyHolder.user.has(User.active.is_(True))


def holders(site_id: int, scheme_key: str, duties: Iterable[str]) -> list[DutyHolder]:
    """Who has one of these duties now, in the order in which they took them up."""
    wanted = (DutyHolder.site_id == site_id, DutyHolder.scheme_key == scheme_key, DutyHolder.duty.in_(list(duties)))
    return list(db.session.scalars(select(DutyHolder).where(*wanted, is_live()).order_by(DutyHolder.id)))


def has(user: Any, site_id: int, scheme_key: str, duties: Iterable[str]) -> bool:
    """Whether somebody has one of these duties there; the system may everything."""
    return user is None or any(holder.user_id == user.id for holder in holders(site_id, scheme_key, duties))


def demand(user: Any, site_id: int, scheme_key: str, duties: Iterable[str], *, field: str | None = None) -> None:
    """RuleError that names the duties, for who has none of them (P1.02)."""
    wanted = list(duties)
    if not has(user, site_id, scheme_key, wanted):
        who = "、".join(scheme.duty_name(scheme_key, duty) for duty in wanted)
        raise RuleError(_l("Only who has this duty may do that: %(who)s.", who=who), field=field)


def first(site_id: int, scheme_key: str, duty: str) -> Any:
    """The person who has had the duty for the longest; None where nobody has it."""
    found = holders(site_id, scheme_key, [duty])
    return found[0].user if found else None


def appoint(holder: DutyHolder, *, by: Any = None) -> DutyHolder:
    """Somebody takes a duty up; at one site each person has it once."""
    with db.session.no_autoflush:
        holder.scheme_key = scheme.scheme_of(holder.scheme_key or "").key
        if holder.site is None or holder.user is None:
            raise RuleError(_l("Choose a site and a person."), field="user")
        holder.site_id, holder.user_id = holder.site.id, holder.user.id
        if any(each.user_id == holder.user_id for each in holders(holder.site_id, holder.scheme_key, [holder.duty])):
            raise RuleError(_l("This person has that duty already."), field="duty")
        check(holder)
    holder.since_on = holder.since_on or today()
    db.session.add(holder)
    db.session.flush()
    audit.write("appoint", holder, {"duty": holder.duty, "user": holder.user_id}, by=by)
    return holder


def check(holder: DutyHolder, *, by: Any = None) -> None:
    """What always holds for a duty: the scheme knows it, its marks are marks, its days are in order."""
    if holder.duty not in scheme.duty_names(holder.scheme_key):
        raise RuleError(_l("The scheme has no duty %(key)s", key=holder.duty), field="duty")
    for name in ("ability", "efficiency"):
        if not 0 <= (BEST // 2 if getattr(holder, name) is None else getattr(holder, name)) <= BEST:
            raise RuleError(_l("A mark from 0 to 10."), field=name)
    if holder.since_on and holder.until_on and holder.until_on < holder.since_on:
        raise RuleError(_l("The duty ends before it begins."), field="until_on")
    holder.areas = " ".join(areas_of(holder.areas))


def areas_of(said: str) -> list[str]:
    """Names of areas, however they are separated."""
    for sign in "、,，;；\n":
        said = (said or "").replace(sign, " ")
    return list(dict.fromkeys((said or "").split()))
