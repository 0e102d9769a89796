"""Writing an incident down, deciding on it, and having the paper made again at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from app.archive.models import Document, File
from app.estate.numbers import numbered
from app.incidents.models import Incident, PenaltyBound
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit, gate

SERIES = "SG"
TO_REMAKE = frozenset({"loss", "damage", "destroyed"})  # what is gone is made again at once (P1.17)
REMAKE_DAYS = 1
GONE = ("loss", "destroyed")


def open_incident(incident: Incident, *, by: Any = None) -> Incident:
    """A new incident. What is lost, damaged or destroyed becomes somebody's task to make again by tomorrow (P1.17)."""
    with db.session.no_autoflush:
        _settle(incident, by)
        incident.number = numbered(incident.site_id, SERIES)
    db.session.add(incident)
    db.session.flush()
    audit.write("open_incident", incident, {"number": incident.number, "kind": incident.kind}, by=by)
    return incident


def _settle(incident: Incident, by: Any) -> None:
    """What follows from file and paper, and what must be said."""
    if incident.document is not None and incident.file is None:
        incident.file = incident.document.file
    if incident.document is not None and incident.document.file is not incident.file:
        raise RuleError(_l("This paper is in another file."), field="document")
    incident.site_id = _site_of(incident)
    check(incident)
    incident.state = "open"
    incident.found_on = incident.found_on or today()
    if incident.found_by is None and incident.found_by_id is None:
        incident.found_by_id = getattr(by, "id", None)
    if incident.kind in TO_REMAKE:
        _set_task(incident, by)


def _site_of(incident: Incident) -> int:
    """Of the file; without one of the site that was named, or the only one of who writes."""
    if incident.file is not None:
        return incident.file.site_id
    if incident.site is not None:
        return incident.site.id
    sites = [incident.site_id] if incident.site_id else gate.site_ids()
    if len(sites) != 1:
        raise RuleError(_l("Choose a file or a site."), field="site")
    return sites[0]


def _set_task(incident: Incident, by: Any) -> None:
    """Whose task it is to make the paper again: who is named, else the file's keeper, else who wrote it down."""
    if incident.remaker is None and incident.remaker_id is None:
        keeper = incident.file.custodian_id if incident.file is not None else None
        incident.remaker_id = keeper or getattr(by, "id", None)
    incident.remake_due_on = incident.remake_due_on or today() + dt.timedelta(days=REMAKE_DAYS)
    incident.task = "to_do"


def check(incident: Incident) -> None:
    """What always holds: words, and a day that has come."""
    if not (incident.what_happened or "").strip():
        raise RuleError(_l("Say what happened."), field="what_happened")
    if incident.found_on and incident.found_on > today():
        raise RuleError(_l("This day is still to come."), field="found_on")


def amend(incident: Incident, *, by: Any = None) -> None:
    """Until it is decided, what was written down may be completed."""
    if incident.state != "open":
        raise RuleError(_l("This incident is decided: it changes no more."))
    check(incident)
    if incident.kind in TO_REMAKE and incident.task != "done":
        _set_task(incident, by)


def bound_of(site_id: int) -> PenaltyBound:
    """The site's bounds, put in with the usual amounts when first needed."""
    found = db.session.scalar(select(PenaltyBound).where(PenaltyBound.site_id == site_id))
    if found is None:
        found = PenaltyBound(site_id=site_id, least_cents=5_000, most_cents=50_000)
        db.session.add(found)
        db.session.flush()
    return found


def set_bound(bound: PenaltyBound, *, by: Any = None) -> None:
    """The lowest penalty is more than nothing and not above the highest."""
    if not 0 < (bound.least_cents or 0) <= (bound.most_cents or 0):
        raise RuleError(_l("The lowest is more than nothing and at most the highest."), field="least_cents")


def _not_accountable(incident: Incident, user: Any) -> None:
    """Nobody decides on what they answer for."""
    if user is not None and user.id == incident.accountable_id:
        raise RuleError(_l("Whoever is accountable does not decide on it."))


def decide(incident: Incident, *, by: Any, decision: str = "", penalty_cents: int | None = None) -> None:
    """What follows from it: in words, and perhaps a penalty within the site's bounds (P1.17)."""
    if not decision.strip():
        raise RuleError(_l("Say what was decided."), field="decision")
    if penalty_cents:
        _check_penalty(incident, penalty_cents)
    incident.penalty_cents = penalty_cents or None
    incident.decision, incident.decided_by_id, incident.decided_at = decision.strip()[:500], by.id, now()
    incident.state = "remade" if incident.task == "done" else "decided"


def _check_penalty(incident: Incident, cents: int) -> None:
    bound = bound_of(incident.site_id)
    if not bound.least_cents <= cents <= bound.most_cents:
        least, most = (f"{amount / 100:.2f}" for amount in (bound.least_cents, bound.most_cents))
        raise RuleError(_l("A penalty is between %(least)s and %(most)s yuan.", least=least, most=most),
                        field="penalty_cents")  # fmt: skip
    if incident.accountable_id is None and not incident.accountable_name:
        raise RuleError(_l("Say first who is accountable."), field="penalty_cents")


def _own_task(incident: Incident, user: Any) -> None:
    if incident.task != "to_do":
        raise RuleError(_l("There is no paper to be made again."))
    if user is not None and user.id != incident.remaker_id and not gate.may("decide", "Incident"):
        raise RuleError(_l("It is another person's task to make this paper again."))


def remake(incident: Incident, *, by: Any, new_paper: Document | None = None) -> None:
    """The task is done: the paper that takes the place of the old one lies in the file."""
    if new_paper is None:
        raise RuleError(_l("Choose the new paper."), field="new_paper")
    if new_paper.file_id != incident.file_id or new_paper.id == incident.document_id:
        raise RuleError(_l("The new paper is another one of the same file."), field="new_paper")
    incident.new_paper, incident.remade_on, incident.task = new_paper, today(), "done"
    if incident.state == "decided":
        incident.state = "remade"


def hand_task(incident: Incident, *, by: Any, remaker: Any = None, remake_due_on: dt.date | None = None) -> None:
    """Another person makes the paper again, or by another day."""
    if remaker is None:
        raise RuleError(_l("Choose who makes the paper again."), field="remaker")
    if remake_due_on is not None and remake_due_on < today():
        raise RuleError(_l("This day is over already."), field="remake_due_on")
    incident.remaker, incident.task, incident.remade_on = remaker, "to_do", None
    incident.remake_due_on = remake_due_on or incident.remake_due_on or today() + dt.timedelta(days=REMAKE_DAYS)


def close(incident: Incident, *, by: Any, outcome: str = "") -> None:
    """It is over: the paper was made again or found, or it is said why it cannot be."""
    if not outcome.strip():
        raise RuleError(_l("Say how it ended."), field="outcome")
    incident.outcome, incident.closed_on = outcome.strip()[:500], today()
    incident.task = incident.task if incident.task == "done" else ""


def missing(file: File) -> Incident | None:
    """The incident that says that the whole file is lost or gone, while nothing has come of it."""
    of_file = (Incident.file_id == file.id, Incident.document_id.is_(None), Incident.kind.in_(GONE))
    return db.session.scalar(select(Incident).where(*of_file, Incident.state.in_(("open", "decided"))).limit(1))


MOVES = [
    Move(
        "decide", {"open"}, None, "Incident:decide", _l("Decide"), decide, guard=_not_accountable, style="primary",
        asks=(("decision", _l("What was decided")), ("penalty_cents?", _l("Fine"))), leads_to=("decided", "remade"),
    ),
    Move(
        "remake", {"open", "decided"}, None, "Incident:remake", _l("Paper made again"), remake, guard=_own_task,
        asks=(("new_paper", _l("The new paper")),), style="primary", leads_to=("open", "remade"),
    ),
    Move(
        "hand_task", {"open", "decided"}, None, "Incident:hand_task", _l("Give the task to somebody"), hand_task,
        asks=(("remaker", _l("Makes the paper again")), ("remake_due_on?", _l("To be made again by"))),
    ),
    Move(
        "close", {"decided", "remade"}, "closed", "Incident:close", _l("Close"), close, guard=_not_accountable,
        asks=(("outcome", _l("How it ended")),),
    ),
]  # fmt: skip
