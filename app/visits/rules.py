"""Visits: planned, born of complaints and repairs, or held as it happens; done when their result is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app.archive.dayrecords import file_record, number_it, settle_place
from app.customers.rules import caller_of
from app.kit import moves
from app.kit.columns import DESK_TIME, now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.printing.subjects import in_all_languages
from app.security import audit
from app.visits.models import RESULTS, VISIT_KINDS, Visit

SERIES = "HF"
BORN_OF = ("complaint", "repair")
RETURN_WITHIN = dt.timedelta(days=3)
OPINION_LENGTH = 1000

# Who is told that a visit was made: follow(visit). Handed in by create_app().
done: list[Callable[[Visit], None]] = []


def open_visit(visit: Visit, *, by: Any = None) -> Visit:
    """A visit that somebody types: to be made, or already made when its result is said (P7.02)."""
    with db.session.no_autoflush:
        _follow_source(visit)
        settle_place(visit)
        _settle_days(visit)
    result, visit.result, visit.state, visit.misses = visit.result or "", "", "planned", 0
    number_it(visit, SERIES)
    db.session.add(visit)
    db.session.flush()
    audit.write("open_visit", visit, {"number": visit.number, "kind": visit.kind}, by=by)
    if result:
        moves.walk(MOVES, visit, "finish", by=by, write=audit.write, result=result)
    return visit


def source_of(visit: Any) -> Any:
    """The complaint or repair that a return visit is born of, or None."""
    return next((found for name in BORN_OF if (found := getattr(visit, name, None)) is not None), None)


def _follow_source(visit: Visit) -> None:
    """A return visit is where its complaint or repair was."""
    source = source_of(visit)
    if source is None:
        return
    visit.kind = "return"
    visit.site_id, visit.site = source.site_id, source.site
    visit.unit, visit.tenancy = source.unit, source.tenancy


def _settle_days(visit: Visit) -> None:
    if visit.due_on is None:
        visit.due_on = visit.planned_at.astimezone(DESK_TIME).date() if visit.planned_at else today()
    if visit.visited_at is not None and visit.visited_at > now() + dt.timedelta(minutes=1):
        raise RuleError(_l("This lies in the future."), field="visited_at")


def amend(visit: Visit, *, by: Any = None) -> None:
    """Who goes and when; with a result the visit is done."""
    if visit.state in Visit.OVER:
        raise RuleError(_l("This visit is over: it does not change."))
    with db.session.no_autoflush:
        _settle_days(visit)
        if result := visit.result:
            visit.result = ""
            moves.walk(MOVES, visit, "finish", by=by, write=audit.write, result=result)


def known(draft: Any) -> dict[str, Any]:
    """Who is seen in a chosen unit: its tenant's daily contact. A complaint or repair says where, and whom."""
    source = source_of(draft)
    unit = getattr(draft, "unit", None) or (source.unit if source is not None else None)
    contact = caller_of(unit)
    told = {"unit": unit, "kind": "return" if source is not None else ""}
    if contact is not None:
        told |= {"person_seen": contact.name, "phone": contact.phone}
    return told


def plan_return(record: Any, kind: str = "", due: dt.date | None = None, *, by: Any = None) -> Visit:
    """The return visit of a solved complaint or finished repair. One that waits already is only dated anew."""
    kind = kind or record.__tablename__
    due = due or today() + RETURN_WITHIN
    waiting = select(Visit).where(getattr(Visit, f"{kind}_id") == record.id, Visit.state.in_(("planned", "missed")))
    visit = db.session.scalar(waiting)
    if visit is not None:
        visit.due_on, visit.state = due, "planned"
        db.session.flush()
        audit.write("replan", visit, {"number": visit.number, "on": str(due)}, by=by)
        return visit
    said_by = getattr(record, "complainant", "") or getattr(record, "reporter", "")
    visit = Visit(kind="return", due_on=due, way="telephone", person_seen=said_by, phone=record.phone or "")
    setattr(visit, kind, record)
    return open_visit(visit, by=by)


# --- the steps ---


def finish(visit: Visit, *, by: Any, result: str = "", opinion: str = "") -> None:
    """The result is said; the complaint or repair goes on, and the record lies in the tenant's file (P7.02)."""
    if result not in RESULTS:
        raise RuleError(_l("Say how content the tenant is: a visit without a result is not done."), field="result")
    if opinion.strip():
        visit.opinion = "\n".join(part for part in (visit.opinion or "", opinion.strip()) if part)[:OPINION_LENGTH]
    visit.result = result
    visit.visited_at = visit.visited_at or now()
    if visit.visitor_id is None and by is not None:
        visit.visitor, visit.visitor_id = by, by.id
    for follow in done:
        follow(visit)
    title = f"{in_all_languages(VISIT_KINDS[visit.kind])['zh_Hans']} {visit.number}"
    file_record(visit, "visit", title, on=visit.visited_at.astimezone(DESK_TIME).date(), by=by)


def miss(visit: Visit, *, by: Any, reason: str = "") -> None:
    """Nobody was met; it is to be planned again."""
    visit.misses += 1
    visit.planned_at = None


def replan(visit: Visit, *, by: Any, due_on: dt.date | None = None) -> None:
    """Another day, today at the earliest."""
    if due_on is None or due_on < today():
        raise RuleError(_l("A visit is planned for today or later."), field="due_on")
    visit.due_on = due_on
    visit.planned_at = None


def _not_promised(visit: Visit, user: Any) -> None:
    source = source_of(visit)
    if source is not None and source.is_daily_work:
        raise RuleError(_l("This return visit is promised: it is made, not cancelled."))


_WHY = (("reason", _l("Reason")),)
_TO_COME = {"planned", "missed"}
MOVES = [
    Move(
        "finish", _TO_COME, "done", "Visit:finish", _l("Visited"), finish,
        asks=(("result", _l("Result")), ("opinion?", _l("Opinion"))), style="primary",
    ),
    Move("miss", {"planned"}, "missed", "Visit:miss", _l("Nobody met"), miss, asks=_WHY),
    Move("replan", _TO_COME, "planned", "Visit:replan", _l("Plan again"), replan, asks=(("due_on", _l("Due on")),)),
    Move(
        "cancel", _TO_COME, "cancelled", "Visit:cancel", _l("Cancel"), asks=_WHY, guard=_not_promised, style="danger",
        run=lambda visit, *, by, reason: None,
    ),
]  # fmt: skip
