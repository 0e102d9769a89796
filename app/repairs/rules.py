"""A repair's way from the call to the tenant's file (P7.03)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import func, select

from app.archive.dayrecords import file_record, number_it, settle_place
from app.customers.models import Tenancy
from app.customers.rules import current_contact, live_tenancy
from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.repairs import costs, crew, kinds
from app.repairs.models import STARS, Repair
from app.repairs.steps import note
from app.security import gate

SERIES = "WX"
MINUTE = 60
LONGEST_TITLE = 60
WORK = ("open", "dispatched", "accepted", "paused")

# Who plans the return visit of a finished repair: plan(repair, by=user). Handed in by create_app.
to_visit: list[Callable[..., Any]] = []


def open_repair(repair: Repair, *, by: Any = None) -> Repair:
    """A new repair: placed, numbered, and promised for when its kind says."""
    with db.session.no_autoflush:
        _take_over(repair)
        settle_place(repair)
        _check(repair)
        repair.state, repair.reported_at = "open", repair.reported_at or now()
        repair.due_at = promised(repair)
    number_it(repair, SERIES)
    db.session.add(repair)
    db.session.flush()
    note(repair, "report", "open", by=by)
    return repair


def amend(repair: Repair, *, by: Any = None) -> None:
    """Until the work is done what was written down may be put right; the promise follows kind and appointment."""
    if repair.state not in WORK:
        raise RuleError(_l("The work is done: the repair no longer changes."))
    with db.session.no_autoflush:
        _check(repair)
    repair.due_at = promised(repair)


def _take_over(repair: Repair) -> None:
    """A repair born of a complaint or visit is where that one was."""
    born_of = repair.complaint or repair.visit
    if born_of is not None and repair.unit is None and repair.site is None:
        repair.unit, repair.tenancy, repair.site = born_of.unit, born_of.tenancy, born_of.site


def _check(repair: Repair) -> None:
    if repair.kind is None or not repair.kind.is_on:
        raise RuleError(_l("Choose a kind of repair that is in use."), field="kind")
    if not (repair.fault or "").strip():
        raise RuleError(_l("Say what is broken."), field="fault")
    if repair.unit is None and not (repair.place or "").strip():
        raise RuleError(_l("Say where: a unit, or the place in words."), field="place")


def promised(repair: Repair) -> dt.datetime:
    """The kind's hours after the report, or after a later appointment; what was paused is not counted."""
    begins = max(repair.reported_at, repair.appointment_at or repair.reported_at)
    return begins + dt.timedelta(hours=repair.kind.hours, minutes=repair.paused_minutes or 0)


def known(draft: Any) -> dict[str, Any]:
    """What a form knows already of the unit, complaint or visit chosen in it."""
    born_of = getattr(draft, "complaint", None) or getattr(draft, "visit", None)
    unit = getattr(draft, "unit", None) or getattr(born_of, "unit", None)
    tenancy = getattr(born_of, "tenancy", None) or (live_tenancy(unit) if unit is not None else None)
    told: dict[str, Any] = {"unit": unit, "tenancy": tenancy, "site": getattr(unit or born_of, "site", None)}
    contact = current_contact(tenancy.customer, "daily") if tenancy is not None else None
    told |= {"reporter": contact.name, "phone": contact.phone} if contact is not None else {}
    for name, theirs in (("reporter", "complainant"), ("phone", "phone"), ("fault", "content")):
        said = gate.value(born_of, theirs) if hasattr(born_of, theirs) else ""
        told |= {name: said} if said else {}
    return {name: value for name, value in told.items() if value}


# --- the steps ---


def _mine(repair: Repair, user: Any) -> None:
    if user is not None and repair.assignee_id != user.id:
        raise RuleError(_l("Only the technician it was dispatched to takes this step."))


def _mine_or_the_desks(repair: Repair, user: Any) -> None:
    """The desk may send another one too: the technician may have fallen ill."""
    if user is not None and crew.takes_repairs(user):
        _mine(repair, user)


def _not_mine(repair: Repair, user: Any) -> None:
    if user is not None and repair.assignee_id == user.id:
        raise RuleError(_l("Nobody rates or closes their own work."))


def _send(repair: Repair, assignee: Any) -> None:
    if assignee is None or assignee not in crew.technicians(repair.site_id):
        raise RuleError(_l("Choose a technician of this site."), field="assignee")
    repair.assignee, repair.assignee_id = assignee, assignee.id


def dispatch(repair: Repair, *, by: Any = None, assignee: Any = None, appointment_at: Any = None) -> None:
    """Send a technician; an appointment made with the tenant moves the promise."""
    _send(repair, assignee)
    if appointment_at:
        repair.appointment_at = appointment_at
        repair.due_at = promised(repair)
    note(repair, "dispatch", "dispatched", by=by, opinion=str(assignee))


def accept(repair: Repair, *, by: Any = None) -> None:
    repair.accepted_at = now()
    note(repair, "accept", "accepted", by=by)


def refuse(repair: Repair, *, by: Any = None, reason: str = "") -> None:
    """Back to the desk, with the reason."""
    _said(reason)
    repair.assignee = repair.assignee_id = repair.accepted_at = None
    note(repair, "refuse", "open", by=by, opinion=reason)


def pass_on(repair: Repair, *, by: Any = None, assignee: Any = None, reason: str = "") -> None:
    """To another technician, who has to accept it."""
    _said(reason)
    if assignee is not None and assignee.id == repair.assignee_id:
        raise RuleError(_l("Pass it on to somebody else."), field="assignee")
    _send(repair, assignee)
    repair.accepted_at = None
    note(repair, "pass_on", "dispatched", by=by, opinion=f"{assignee}: {reason.strip()}")


def pause(repair: Repair, *, by: Any = None, reason: str = "") -> None:
    """The clock stands: materials are waited for, or the tenant is away."""
    _said(reason)
    repair.paused_at = now()
    note(repair, "pause", "paused", by=by, opinion=reason)


def resume(repair: Repair, *, by: Any = None) -> None:
    """The clock goes on: the promise moves by as much as it stood, in whole minutes begun."""
    stood = now() - (repair.paused_at or now())
    minutes = -(-int(stood.total_seconds()) // MINUTE)
    repair.paused_minutes, repair.paused_at = (repair.paused_minutes or 0) + minutes, None
    repair.due_at += dt.timedelta(minutes=minutes)
    note(repair, "resume", "accepted", by=by)


def finish(repair: Repair, *, by: Any = None, outcome: str = "") -> None:
    """The work is done; the kind's share decides about a return visit."""
    if not outcome.strip():
        raise RuleError(_l("Say what was done."), field="outcome")
    repair.done_at, repair.outcome = now(), outcome.strip()
    repair.needs_visit = kinds.is_asked_about(repair)
    note(repair, "finish", "done", by=by)
    for plan in to_visit if repair.needs_visit else ():
        plan(repair, by=by)


def rate(
    repair: Repair, *, by: Any = None, overall: str = "", speed: str = "", service: str = "", remark: str = ""
) -> None:
    """What the tenant thinks of it: in all, and if they say so, of speed and service."""
    for name, mark in (("overall", overall), ("speed", speed), ("service", service)):
        if mark not in STARS and (mark or name == "overall"):
            raise RuleError(_l("A mark is 1 to 5."), field=name)
    repair.overall, repair.speed, repair.service = overall, speed, service
    repair.remark = remark.strip() or repair.remark
    note(repair, "rate", "rated", by=by, opinion=remark)


def visited(visit: Any, *, by: Any = None) -> None:
    """A visit was made: the repair it is about, if any, may be closed."""
    repair = getattr(visit, "repair", None)
    if repair is not None and repair.needs_visit and repair.visited_at is None:
        repair.visited_at = visit.visited_at or now()
        note(repair, "visit", repair.state, by=by)


def close(repair: Repair, *, by: Any = None) -> None:
    """What the tenant is charged becomes a due, and the repair a paper in the tenant's file."""
    if repair.needs_visit and repair.visited_at is None:
        raise RuleError(_l("The return visit comes first."))
    costs.charge(repair, by=by)
    repair.closed_at = now()
    note(repair, "close", "closed", by=by)
    title = f"维修 · {repair.kind} · {repair.place or repair.unit or ''}"[:LONGEST_TITLE]
    file_record(repair, "repair", title, by=by)


def drop(repair: Repair, *, by: Any = None, reason: str = "") -> None:
    """Closed undone: nothing was repaired, and nobody pays."""
    _said(reason)
    if costs.chargeable(repair):
        raise RuleError(_l("Take back what is charged to the tenant first."))
    repair.closed_at = now()
    note(repair, "drop", "dropped", by=by, opinion=reason)


def remind(repair: Repair, *, by: Any = None, remark: str = "") -> None:
    """The tenant asks again."""
    repair.reminders, repair.last_reminded_at = (repair.reminders or 0) + 1, now()
    note(repair, "remind", repair.state, by=by, opinion=remark)


def _said(reason: str) -> None:
    if not reason.strip():
        raise RuleError(_l("Say why."), field="reason")


# --- what others ask ---


def in_the_way(tenancy: Tenancy) -> Iterable[Any]:
    """Repairs that are not closed: they would miss the tenant's file."""
    query = select(func.count(Repair.id)).where(Repair.tenancy_id == tenancy.id, Repair.state.not_in(Repair.OVER))
    if count := db.session.scalar(query):
        yield _l("repairs not closed: %(count)s", count=count)


_WHY = (("reason", _l("Reason")),)
MOVES = [
    Move(
        "dispatch", {"open"}, "dispatched", "Repair:dispatch", _l("Dispatch"), dispatch,
        asks=(("assignee", _l("Technician")), ("appointment_at?", _l("Appointment"))), style="primary",
    ),
    Move(
        "accept", {"dispatched"}, "accepted", "Repair:accept", _l("Accept the order"), accept,
        guard=_mine, style="primary",
    ),
    Move(
        "finish", {"accepted"}, "done", "Repair:finish", _l("Work is done"), finish,
        asks=(("outcome", _l("Outcome")),), guard=_mine, style="primary",
    ),
    Move("pause", {"accepted"}, "paused", "Repair:pause", _l("Pause"), pause, asks=_WHY, guard=_mine),
    Move("resume", {"paused"}, "accepted", "Repair:resume", _l("Go on"), resume, guard=_mine, style="primary"),
    Move(
        "pass_on", {"dispatched", "accepted"}, "dispatched", "Repair:pass_on", _l("Pass on"), pass_on,
        asks=(("assignee", _l("Technician")), *_WHY), guard=_mine_or_the_desks,
    ),
    Move(
        "refuse", {"dispatched", "accepted"}, "open", "Repair:refuse", _l("Send back"), refuse,
        asks=_WHY, guard=_mine,
    ),
    Move(
        "rate", {"done"}, "rated", "Repair:rate", _l("Rate"), rate,
        asks=(
            ("overall", _l("Satisfied in all")), ("speed?", _l("Satisfied with the speed")),
            ("service?", _l("Satisfied with the service")), ("remark?", _l("Remark")),
        ),
        guard=_not_mine, style="primary",
    ),
    Move("close", {"rated"}, "closed", "Repair:close", _l("Close"), close, guard=_not_mine, style="primary"),
    Move(
        "remind", {"open", "dispatched", "accepted", "paused"}, None, "Repair:remind", _l("Reminder"), remind,
        asks=(("remark?", _l("Remark")),),
    ),
    Move(
        "drop", {"open", "dispatched", "accepted"}, "dropped", "Repair:drop", _l("Close undone"), drop,
        asks=_WHY, style="danger",
    ),
]  # fmt: skip
