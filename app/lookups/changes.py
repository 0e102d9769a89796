"""Changes of working copies: asked for, agreed to by the manager, each version kept (P10.08)."""

from __future__ import annotations

from typing import Any

from app.archive import papers, seals
from app.archive.models import LIVE_STATES
from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.lookups.models import PaperChange
from app.security import audit

PROPOSED = ("title", "reference", "issued_on", "valid_until", "pages")


def ask(change: PaperChange, *, by: Any) -> PaperChange:
    """A change that somebody proposes for a paper of a live file, with what and why."""
    paper = change.paper
    if paper is None:
        raise RuleError(_l("Choose a paper."), field="paper")
    if paper.file.state not in LIVE_STATES:
        raise RuleError(_l("Papers are added to a live file."), field="paper")
    seals.refuse_shut(paper.file)
    if paper.replaced_by:
        raise RuleError(_l("This paper has a newer version already."), field="paper")
    if not proposed(change):
        raise RuleError(_l("Say what the paper says from now on."), field="title")
    if change.pages is not None and change.pages < 1:
        raise RuleError(_l("A paper has at least one page."), field="pages")
    change.site_id, change.asked_by_id, change.state = paper.site_id, by.id, "asked"
    db.session.add(change)
    db.session.flush()
    audit.write("ask_change", change, {"document": paper.id, "columns": sorted(proposed(change))}, by=by)
    return change


def proposed(change: PaperChange) -> dict[str, Any]:
    """What differs from the paper: an empty field stays as it is."""
    said = {name: getattr(change, name) for name in PROPOSED if getattr(change, name) not in (None, "")}
    return {name: value for name, value in said.items() if getattr(change.paper, name) != value}


def agree(change: PaperChange, *, by: Any) -> None:
    """The next version is made; the one before stays as it was, marked as replaced."""
    made = papers.next_version(change.paper, proposed(change), by=by)
    change.version_id, change.new_version = made.id, made
    _decide(change, by, "")


def refuse(change: PaperChange, *, by: Any, reason: str = "") -> None:
    if not reason.strip():
        raise RuleError(_l("Say why it is refused."), field="reason")
    _decide(change, by, reason)


def _decide(change: PaperChange, by: Any, reason: str) -> None:
    change.decided_by_id, change.decided_at, change.reason = getattr(by, "id", None), now(), reason.strip()[:300]


def _by_another(change: PaperChange, user: Any) -> None:
    if user is not None and change.asked_by_id == user.id:
        raise RuleError(_l("Nobody decides on their own request."))


def _own(change: PaperChange, user: Any) -> None:
    if user is None or change.asked_by_id != user.id:
        raise RuleError(_l("Only who asked can withdraw the request."))


MOVES = [
    Move("agree", {"asked"}, "agreed", "PaperChange:agree", _l("Agree"), agree, guard=_by_another, style="primary"),
    Move(
        "refuse",
        {"asked"},
        "refused",
        "PaperChange:refuse",
        _l("Refuse"),
        refuse,
        asks=(("reason", _l("Reason")),),
        guard=_by_another,
        style="danger",
    ),
    Move("withdraw", {"asked"}, "withdrawn", "PaperChange:withdraw", _l("Withdraw"), guard=_own),
]
