"""Rounds of visits: a visit for each tenant of a site or of some floors, and how far the round has come."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Select, select

from app.customers.models import Tenancy
from app.estate.models import Floor, Unit
from app.kit import moves
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.printing.subjects import in_all_languages
from app.security import audit
from app.visits import rules
from app.visits.models import Visit, VisitPlan

NEW_WITHIN = dt.timedelta(days=30)


def draw_up(plan: VisitPlan, *, by: Any = None) -> VisitPlan:
    """A new round, with a visit for each tenant there is now."""
    with db.session.no_autoflush:
        if plan.site is None:
            raise RuleError(_l("Choose a site."), field="site")
        plan.site_id = plan.site.id
        _check(plan)
    plan.state = "open"
    db.session.add(plan)
    db.session.flush()
    audit.write("draw_up", plan, {"kind": plan.kind, "new": fill(plan, by=by)}, by=by)
    return plan


def amend(plan: VisitPlan, *, by: Any = None) -> None:
    """Name and days change while the round is under way."""
    if plan.state != "open":
        raise RuleError(_l("This plan is closed."))
    with db.session.no_autoflush:
        _check(plan)


def _check(plan: VisitPlan) -> None:
    if plan.from_on is None or plan.until_on is None or plan.until_on < plan.from_on:
        raise RuleError(_l("The plan ends before it begins."), field="until_on")
    known = set(db.session.scalars(select(Floor.name).where(Floor.site_id == plan.site_id)))
    wanted = floors_of(plan)
    if unknown := [name for name in wanted if name not in known]:
        raise RuleError(_l("There is no floor %(name)s here.", name=unknown[0]), field="floors")
    plan.floors = " ".join(wanted)


def floors_of(plan: VisitPlan) -> list[str]:
    """The names of the plan's floors; none of them means all."""
    return list(dict.fromkeys((plan.floors or "").replace("、", " ").replace(",", " ").replace("，", " ").split()))


def fill(plan: VisitPlan, *, by: Any = None) -> int:
    """A visit for each tenant who has none in the plan yet; answers how many. Doing it twice adds nothing."""
    there = select(Visit.tenancy_id).where(Visit.plan_id == plan.id, Visit.tenancy_id.is_not(None))
    tenancies = db.session.scalars(_tenancies(plan).where(Tenancy.id.not_in(there)))
    return len([_plan_one(plan, tenancy, by) for tenancy in tenancies.all()])


def _tenancies(plan: VisitPlan) -> Select[Any]:
    """Who is to be visited: every tenant of the plan's floors; of a plan for new tenants, those who are new."""
    query = (
        select(Tenancy)
        .join(Unit, Tenancy.unit_id == Unit.id)
        .join(Floor, Unit.floor_id == Floor.id)
        .where(Tenancy.site_id == plan.site_id, Tenancy.state == "live")
        .order_by(Floor.level, Unit.number)
    )
    if floors := floors_of(plan):
        query = query.where(Floor.name.in_(floors))
    if plan.kind == "new_tenant":
        query = query.where(Tenancy.starts_on >= plan.from_on - NEW_WITHIN, Tenancy.starts_on <= plan.until_on)
    return query


def _plan_one(plan: VisitPlan | None, tenancy: Tenancy, by: Any, due: dt.date | None = None) -> Visit:
    """One visit of a round; a tenant who is new is called on within a month."""
    kind = plan.kind if plan is not None else "new_tenant"
    if due is None:
        due = plan.until_on if plan is not None and kind != "new_tenant" else _month_after(tenancy)
    visit = Visit(plan=plan, unit=tenancy.unit, tenancy=tenancy, kind=kind, due_on=due)
    visit.plan_id = plan.id if plan is not None else None
    return rules.open_visit(visit, by=by)


def _month_after(tenancy: Tenancy) -> dt.date:
    return max(tenancy.starts_on or today(), today() - NEW_WITHIN) + NEW_WITHIN


def join(tenancy: Tenancy, *, by: Any = None) -> None:
    """Somebody has moved in: a visit within 30 days, and a place in every round under way that meets their floor.

    Who has been there longer than that and is only written down late is not new.
    """
    is_new = tenancy.starts_on is None or tenancy.starts_on >= today() - NEW_WITHIN
    plans = [plan for plan in _open_plans(tenancy) if is_new or plan.kind != "new_tenant"]
    for plan in plans:
        _plan_one(plan, tenancy, by)
    if is_new and not any(plan.kind == "new_tenant" for plan in plans):
        _plan_one(None, tenancy, by)


def leave(tenancy: Tenancy, *, by: Any = None) -> None:
    """Somebody has moved out: nobody calls on them any more, but for a return visit, which is promised.

    What was not visited still counts as that in its plan.
    """
    waiting = select(Visit).where(
        Visit.tenancy_id == tenancy.id,
        Visit.state.in_(("planned", "missed")),
        Visit.complaint_id.is_(None),
        Visit.repair_id.is_(None),
    )
    reason = in_all_languages(_l("The tenant has moved out."))["zh_Hans"]
    for visit in db.session.scalars(waiting).all():
        moves.walk(rules.MOVES, visit, "cancel", by=by, write=audit.write, reason=reason)


def _open_plans(tenancy: Tenancy) -> list[VisitPlan]:
    query = select(VisitPlan).where(
        VisitPlan.site_id == tenancy.site_id, VisitPlan.state == "open", VisitPlan.until_on >= today()
    )
    floor = tenancy.unit.floor.name
    found = db.session.scalars(query.order_by(VisitPlan.id))
    return [plan for plan in found if not floors_of(plan) or floor in floors_of(plan)]


def close(plan: VisitPlan, *, by: Any) -> int:
    """The round is over: what was not visited will not be, and still counts as not visited."""
    waiting = select(Visit).where(Visit.plan_id == plan.id, Visit.state.in_(("planned", "missed")))
    left = db.session.scalars(waiting).all()
    for visit in left:
        visit.state = "cancelled"
    db.session.flush()
    return len(left)


MOVES = [
    Move("fill", {"open"}, None, "VisitPlan:fill", _l("Plan for tenants who came since"), fill),
    Move("close", {"open"}, "closed", "VisitPlan:close", _l("Close the plan"), close, style="danger"),
]
