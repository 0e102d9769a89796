"""A corrective action's way: done, verified by somebody else, closed; the survey closes with its last (P8.06)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.market.survey_models import CorrectiveAction
from app.security import gate


def _mine(action: CorrectiveAction, user: Any) -> None:
    if user is not None and user.id != action.responsible_id and not gate.may("check", "CorrectiveAction"):
        raise RuleError(_l("Another person puts this right."))


def _another(action: CorrectiveAction, user: Any) -> None:
    if user is not None and user.id in (action.done_by_id, action.responsible_id):
        raise RuleError(_l("Whoever put it right does not verify it."))


def do(action: CorrectiveAction, *, by: Any, cause: str = "", measure: str = "", prevention: str = "") -> None:
    """Why it was low, what was done, and what keeps it from happening again."""
    for name, said in (("cause", cause), ("measure", measure), ("prevention", prevention)):
        if not said.strip():
            raise RuleError(_l("Please fill this in."), field=name)
        setattr(action, name, said.strip()[:500])
    action.done_by_id, action.done_on = by.id, today()


def verify(action: CorrectiveAction, *, by: Any, finding: str = "") -> None:
    """Somebody else has looked whether it helped."""
    if not finding.strip():
        raise RuleError(_l("Say what you found."), field="finding")
    action.finding, action.verified_by_id, action.verified_on = finding.strip()[:500], by.id, today()


def send_back(action: CorrectiveAction, *, by: Any, finding: str = "") -> None:
    """It did not help: it is to be done again."""
    if not finding.strip():
        raise RuleError(_l("Say what you found."), field="finding")
    action.finding, action.done_on, action.done_by_id = finding.strip()[:500], None, None


def close(action: CorrectiveAction, *, by: Any) -> None:
    """The last action of a survey closes the survey with it."""
    action.closed_on, action.state = today(), "closed"
    db.session.flush()
    others = (CorrectiveAction.survey_id == action.survey_id, CorrectiveAction.state != "closed")
    if not db.session.scalar(select(func.count(CorrectiveAction.id)).where(*others)):
        action.survey.state = "closed"


FINDING = (("finding", _l("Result of the verification")),)
MOVES = [
    Move(
        "do", {"open"}, "done", "CorrectiveAction:do", _l("Done"), do, guard=_mine, style="primary",
        asks=(
            ("cause", _l("Cause")), ("measure", _l("Put right by")),
            ("prevention", _l("Kept from happening again by")),
        ),
    ),
    Move(
        "check", {"done"}, "verified", "CorrectiveAction:check", _l("Verify"), verify, guard=_another, asks=FINDING,
        style="primary",
    ),
    Move("send_back", {"done"}, "open", "CorrectiveAction:check", _l("Not good enough yet"), send_back, guard=_another,
         asks=FINDING),
    Move("close", {"verified"}, "closed", "CorrectiveAction:close", _l("Close"), close),
]  # fmt: skip
