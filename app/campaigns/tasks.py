"""Tasks with a department, a person and a deadline, and what is spent on them (P5.15, P4.02, P2.17)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select

from app.campaigns.ledgers import CampaignCost, CampaignTask, PartyCheck
from app.campaigns.models import Campaign
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit

LIVE = frozenset({"planned", "running"})
MOST_CENTS = 10**13


def is_live(campaign: Campaign) -> bool:
    """Whether tasks and checks are still added."""
    return campaign.state in LIVE


def takes_tasks(parent: Any) -> bool:
    """Whether a page offers one more: a campaign's while it is live, a person's always."""
    return not isinstance(parent, Campaign) or is_live(parent)


def next_position(model: Any, campaign: Campaign) -> int:
    """Where the next of a campaign's numbered records stands."""
    query = select(func.max(model.position)).where(model.campaign_id == campaign.id)
    return int(db.session.scalar(query) or 0) + 1


def _demand_live(campaign: Campaign | None) -> Campaign:
    if campaign is None or not is_live(campaign):
        raise RuleError(_l("Choose a campaign that is not over."), field="campaign")
    return campaign


def set_task(task: CampaignTask, *, by: Any = None) -> None:
    """One more task."""
    with db.session.no_autoflush:
        campaign = _check(task)
        task.position, task.state, task.spent_cents = next_position(CampaignTask, campaign), "to_do", 0


def amend(task: CampaignTask, *, by: Any = None) -> None:
    """Until it is done a task may be amended."""
    if task.state != "to_do":
        raise RuleError(_l("This task is over: it changes no more."))
    _check(task)


def _check(task: CampaignTask) -> Campaign:
    campaign = _demand_live(task.campaign)
    if task.budget_cents is not None and not 0 <= task.budget_cents <= MOST_CENTS:
        raise RuleError(_l("A budget is not less than nothing."), field="budget_cents")
    task.site_id = campaign.site_id
    return campaign


def finish(task: CampaignTask, *, by: Any, outcome: str = "", done_on: dt.date | None = None) -> None:
    """Done, and what came of it."""
    if not outcome.strip():
        raise RuleError(_l("Say what came of it."), field="outcome")
    if done_on is not None and done_on > today():
        raise RuleError(_l("This day is still to come."), field="done_on")
    task.outcome, task.done_on = outcome.strip()[:500], done_on or today()


def reopen(task: CampaignTask, *, by: Any, reason: str = "") -> None:
    """It was not done after all."""
    _demand_live(task.campaign)
    if not reason.strip():
        raise RuleError(_l("Say why."), field="reason")
    task.done_on = None


def drop(task: CampaignTask, *, by: Any, reason: str = "") -> None:
    """It is not done any more, and it is said why."""
    if not reason.strip():
        raise RuleError(_l("Say why."), field="reason")
    task.outcome = reason.strip()[:500]


MOVES = [
    Move(
        "finish", {"to_do"}, "done", "CampaignTask:finish", _l("Done"), finish, style="primary",
        asks=(("outcome", _l("Result of the task")), ("done_on?", _l("Done on"))),
    ),
    Move(
        "reopen", {"done", "dropped"}, "to_do", "CampaignTask:reopen", _l("Take up again"), reopen,
        asks=(("reason", _l("Reason")),),
    ),
    Move(
        "drop", {"to_do"}, "dropped", "CampaignTask:drop", _l("Not done any more"), drop,
        asks=(("reason", _l("Reason")),),
    ),
]  # fmt: skip


def takes_costs(task: CampaignTask) -> bool:
    return task.campaign.state in ("planned", "running", "accepted")


def add_cost(line: CampaignCost, *, by: Any = None) -> CampaignCost:
    """One more line, or a line taken back by naming it in `corrects`; the task's sum goes with it."""
    with db.session.no_autoflush:
        task = line.task
        if task is None or not takes_costs(task):
            raise RuleError(_l("Choose a task of a campaign that is not over."), field="task")
        line.site_id, line.campaign_id, line.task_id = task.site_id, task.campaign_id, task.id
        line.campaign, line.booked_on = task.campaign, line.booked_on or today()
        if line.corrects is not None:
            _take_back(line, line.corrects)
        else:
            _check_cost(line)
        task.spent_cents = (task.spent_cents or 0) + line.amount_cents
    db.session.add(line)
    db.session.flush()
    audit.write("add_cost", task, {"line": line.id}, by=by)
    return line


def _check_cost(line: CampaignCost) -> None:
    if not (line.what or "").strip():
        raise RuleError(_l("Say what it was spent on."), field="what")
    if line.amount_cents is None or not 0 < line.amount_cents <= MOST_CENTS:
        raise RuleError(_l("An amount is more than nothing."), field="amount_cents")
    if line.booked_on > today():
        raise RuleError(_l("This day is still to come."), field="booked_on")


def _take_back(line: CampaignCost, old: CampaignCost) -> None:
    if old.task_id != line.task_id or old.corrects_id is not None:
        raise RuleError(_l("Only a line of this task is taken back."), field="corrects")
    if db.session.scalar(select(CampaignCost.id).where(CampaignCost.corrects_id == old.id)) is not None:
        raise RuleError(_l("This line is taken back already."), field="corrects")
    line.corrects_id, line.what, line.amount_cents = old.id, old.what, -old.amount_cents
    line.receipt = line.receipt or old.receipt


def note_check(check: PartyCheck, *, by: Any = None) -> None:
    """Guidance or an inspection: what is in form and what passes is among what was looked at (P5.14)."""
    with db.session.no_autoflush:
        if check.party is None or not is_live(check.party.campaign):
            raise RuleError(_l("Choose a unit of a campaign that is not over."), field="party")
        check.site_id, check.campaign_id = check.party.site_id, check.party.campaign_id
        check.campaign = check.party.campaign
        _check_counts(check)
        if check.done_on is not None and check.done_on > today():
            raise RuleError(_l("This day is still to come."), field="done_on")


def _check_counts(check: PartyCheck) -> None:
    looked_at = check.looked_at or 0
    if looked_at < 0 or (check.kind != "guidance" and looked_at == 0):
        raise RuleError(_l("Say how many pieces were looked at."), field="looked_at")
    for name in ("regular", "passing"):
        if not 0 <= (getattr(check, name) or 0) <= looked_at:
            raise RuleError(_l("At most as many as were looked at."), field=name)
