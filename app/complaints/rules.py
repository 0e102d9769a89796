"""From what was said on the telephone to a closed complaint in the tenant's file (P7.03)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import attributes

from app.archive.dayrecords import file_record, number_it, settle_place
from app.complaints import promises
from app.complaints.models import KINDS, VERDICTS, Complaint
from app.customers.rules import caller_of
from app.estate.rules import sites_of
from app.kit import moves
from app.kit.columns import DESK_TIME, now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.printing.subjects import in_all_languages
from app.security import audit, gate

SERIES = "TS"
WITHOUT_VISIT = ("inquiry", "praise")

# Who calls on the tenant of a solved complaint: plan(record, kind, due, by=user). Handed in by create_app().
to_visit: list[Callable[..., Any]] = []


def open_complaint(complaint: Complaint, *, by: Any = None) -> Complaint:
    """Write down what was said; what is promised for it is worked out now and kept."""
    with db.session.no_autoflush:
        settle_place(complaint)
        complaint.received_at = complaint.received_at or now()
        if complaint.received_at > now() + dt.timedelta(minutes=1):
            raise RuleError(_l("This lies in the future."), field="received_at")
        _promise(complaint, complaint.received_at)
    complaint.state, complaint.reopened = "received", 0
    number_it(complaint, SERIES)
    db.session.add(complaint)
    db.session.flush()
    audit.write("open_complaint", complaint, {"number": complaint.number, "kind": complaint.kind}, by=by)
    return complaint


def _promise(complaint: Complaint, since: dt.datetime) -> None:
    urgency = complaint.urgency or "ordinary"
    complaint.answer_due_at, complaint.solve_due_at = promises.due(urgency, since)


def amend(complaint: Complaint, *, by: Any = None) -> None:
    """What was said may be put right until the complaint is closed; another urgency promises anew."""
    if complaint.state in Complaint.OVER:
        raise RuleError(_l("A closed complaint does not change."))
    if attributes.get_history(complaint, "urgency").has_changes():
        with db.session.no_autoflush:
            _promise(complaint, now() if complaint.reopened else complaint.received_at)


def known(draft: Any) -> dict[str, Any]:
    """Who calls from a chosen unit: its tenant's daily contact."""
    contact = caller_of(getattr(draft, "unit", None))
    return {"complainant": contact.name, "phone": contact.phone} if contact is not None else {}


# --- the steps ---


def assign(complaint: Complaint, *, by: Any, assignee: Any = None) -> None:
    """Somebody of the site who answers complaints takes it."""
    _may_handle(complaint, assignee)
    complaint.assignee, complaint.assignee_id = assignee, assignee.id


def pass_on(complaint: Complaint, *, by: Any, assignee: Any = None, reason: str = "") -> None:
    """Another person takes it, for a reason."""
    if assignee is not None and assignee.id == complaint.assignee_id:
        raise RuleError(_l("This person handles it already."), field="assignee")
    _may_handle(complaint, assignee)
    complaint.assignee, complaint.assignee_id = assignee, assignee.id


def _may_handle(complaint: Complaint, person: Any) -> None:
    if person is None:
        raise RuleError(_l("Choose who handles it."), field="assignee")
    if complaint.site_id not in sites_of(person) or ("can_solve", "Complaint") not in gate.rights_of(person.id):
        raise RuleError(_l("This person handles no complaints of this site."), field="assignee")


def answer(complaint: Complaint, *, by: Any, answer: str = "") -> None:
    """What the tenant was told. Whoever answers what nobody has taken yet takes it."""
    if complaint.assignee_id is None and by is not None:
        complaint.assignee, complaint.assignee_id = by, by.id
    complaint.answer = _said(complaint.answer, answer, "answer")
    complaint.answered_at = now()


def solve(complaint: Complaint, *, by: Any, solution: str = "") -> None:
    """What was done about it; the tenant will be asked whether it helped, every one of them."""
    complaint.solution = _said(complaint.solution, solution, "solution")
    complaint.solved_at = now()
    for plan in to_visit:
        plan(complaint, "complaint", complaint.solved_at.astimezone(DESK_TIME).date() + dt.timedelta(days=3), by=by)


def conclude(complaint: Complaint, *, by: Any, answer: str = "") -> None:
    """Questions and praise end with what was answered."""
    if answer.strip() or not complaint.answer:
        complaint.answer = _said(complaint.answer, answer, "answer")
    complaint.answered_at = complaint.answered_at or now()
    _end(complaint, by)


def close(complaint: Complaint, *, by: Any, verdict: str = "") -> None:
    """Judge it and file it; the kind of fault is said by somebody who did not handle it."""
    if verdict not in VERDICTS or not verdict:
        raise RuleError(_l("Say whether the complaint was justified."), field="verdict")
    complaint.verdict = verdict
    _end(complaint, by)


def _end(complaint: Complaint, by: Any) -> None:
    complaint.closed_at = now()
    title = f"{in_all_languages(KINDS[complaint.kind])['zh_Hans']} {complaint.number}"
    file_record(complaint, "complaint", title, on=complaint.received_at.astimezone(DESK_TIME).date(), by=by)


def reopen(complaint: Complaint, *, by: Any, reason: str = "") -> None:
    """The tenant is not content: it is handled again, and what is promised counts from now."""
    if not reason.strip():
        raise RuleError(_l("Say why it is opened again."), field="reason")
    complaint.reopened += 1
    complaint.answered_at = complaint.solved_at = complaint.visited_at = complaint.closed_at = None
    complaint.verdict = ""
    _promise(complaint, now())


def _said(before: str, words: str, field: str) -> str:
    """The new words under those of before a reopening: nothing that was said is lost."""
    if not words.strip():
        raise RuleError(_l("Please fill this in."), field=field)
    together = "\n".join(part for part in (before or "", words.strip()) if part)
    if len(together) > 2000:
        raise RuleError(_l("At most %(count)s characters.", count=2000), field=field)
    return together


# --- the return visit, told by the visits room ---


def visited(visit: Any) -> None:
    """A return visit was made: its complaint goes on; refused while it is not solved. A second one changes nothing."""
    complaint = getattr(visit, "complaint", None)
    if complaint is None or complaint.state in ("visited", "closed"):
        return
    if complaint.state != "solved":
        raise RuleError(_l("The complaint is not solved: its return visit comes after that."))
    complaint.visited_at = visit.visited_at or now()
    moves.walk(MOVES, complaint, "visit", by=gate.user(), write=audit.write)


# --- who may not ---


def _by_a_visit(complaint: Complaint, user: Any) -> None:
    if complaint.visited_at is None:
        raise RuleError(_l("The return visit is recorded as a visit."))


def _needs_no_visit(complaint: Complaint, user: Any) -> None:
    if complaint.kind not in WITHOUT_VISIT:
        raise RuleError(_l("Complaints and suggestions are solved and visited before they are closed."))


def _another_judges(complaint: Complaint, user: Any) -> None:
    if user is not None and complaint.assignee_id == user.id:
        raise RuleError(_l("Who handled the complaint does not judge and close it."))


def _still_in_hand(complaint: Complaint, user: Any) -> None:
    """Opening again would let everybody read what lies in a filed file (G4)."""
    if gate.is_filed(complaint):
        raise RuleError(_l("This complaint lies in a filed file: write down a new one."))


_ASSIGNEE = (("assignee", _l("Handled by")),)
_WHY = (("reason", _l("Reason")),)
_ANSWER = (("answer", _l("Answer")),)
MOVES = [
    Move("assign", {"received"}, "assigned", "Complaint:assign", _l("Assign"), assign, asks=_ASSIGNEE, style="primary"),
    Move(
        "reassign", {"assigned", "answered"}, None, "Complaint:assign", _l("Give to another"), pass_on,
        asks=_ASSIGNEE + _WHY,
    ),
    Move(
        "answer", {"received", "assigned"}, "answered", "Complaint:answer", _l("Answer given"), answer, asks=_ANSWER,
        style="primary",
    ),
    Move(
        "solve", {"answered"}, "solved", "Complaint:solve", _l("Solved"), solve,
        asks=(("solution", _l("Solution")),), style="primary",
    ),
    Move("visit", {"solved"}, "visited", "Visit:finish", _l("Return visit made"), guard=_by_a_visit),
    Move(
        "conclude", {"received", "assigned", "answered"}, "closed", "Complaint:conclude", _l("Close without a visit"),
        conclude, asks=(("answer?", _l("Answer")),), guard=_needs_no_visit,
    ),
    Move(
        "close", {"visited"}, "closed", "Complaint:close", _l("Judge and close"), close,
        asks=(("verdict", _l("Verdict")),), guard=_another_judges, style="primary",
    ),
    Move(
        "reopen", {"solved", "visited", "closed"}, "assigned", "Complaint:reopen", _l("Open again"), reopen, asks=_WHY,
        guard=_still_in_hand, style="danger",
    ),
]  # fmt: skip
