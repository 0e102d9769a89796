"""What of the campaigns is due, overdue or waits for somebody: the first page's counts and the day's deadlines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import func, select

from app.campaigns.ledgers import CampaignTask
from app.campaigns.models import Campaign, CampaignPhase, Submission
from app.kit.columns import today
from app.kit.counting import count
from app.kit.labels import _l
from app.kit.pages import Card, Event
from app.kit.session import db
from app.security import gate

MOST = 20


def cards(user: Any) -> Iterator[Card]:
    """The receiver's queue; tasks late and coming: all of them for who sets them, else one's own."""
    mine = getattr(user, "id", 0)
    if gate.may("pass_work", "Submission"):
        yield from _to_receive(mine)
    if gate.may("finish", "CampaignTask"):
        yield from _tasks(mine)


def _to_receive(mine: int) -> Iterator[Card]:
    """What waits in each campaign whose receiver the reader is."""
    query: Any = (
        select(Campaign.id, Campaign.title, func.count(Submission.id))
        .join(Submission, Submission.campaign_id == Campaign.id)
        .where(Campaign.receiver_id == mine, Campaign.state == "running", Submission.state == "submitted")
        .group_by(Campaign.id, Campaign.title)
        .order_by(Campaign.id)
    )
    for key, title, waiting in db.session.execute(gate.scope(query, Campaign)):
        url = url_for("SubmissionView.list", campaign=key, state="submitted")
        yield Card(_l("Papers to receive"), int(waiting), url, "warn", hint=title)


def _tasks(mine: int) -> Iterator[Card]:
    yesterday = today() - dt.timedelta(days=1)
    asked: dict[str, Any] = {"state": "to_do"}
    todo = [CampaignTask.state == "to_do"]
    if not gate.may("add", "CampaignTask"):
        asked, todo = asked | {"person": mine}, [*todo, CampaignTask.person_id == mine]
    late = count(CampaignTask, *todo, CampaignTask.due_on <= yesterday)
    url = url_for("CampaignTaskView.list", **asked, due_on_to=yesterday)
    if late:
        yield Card(_l("Tasks of campaigns overdue"), late, url, "bad", group="overdue")
    soon = today() + dt.timedelta(days=7)
    coming = count(CampaignTask, *todo, CampaignTask.due_on > yesterday, CampaignTask.due_on <= soon)
    url = url_for("CampaignTaskView.list", **asked, due_on_from=today(), due_on_to=soon)
    if coming:
        yield Card(_l("Tasks of campaigns due this week"), coming, url, "warn", group="coming")


def day(user: Any, day: dt.date) -> Iterator[Event]:
    """Tasks due that day, and phases that end."""
    if gate.may("list", "CampaignTask"):
        due = select(CampaignTask).where(CampaignTask.state == "to_do", CampaignTask.due_on == day)
        for task in db.session.scalars(gate.scope(due, CampaignTask).order_by(CampaignTask.id).limit(MOST)):
            url = url_for("CampaignTaskView.show", pk=task.id)
            yield Event(day, _l("Task of a campaign due"), f"{task.department} {task.title}", url)
    if gate.may("show", "Campaign"):
        ends = select(CampaignPhase).join(Campaign, Campaign.id == CampaignPhase.campaign_id)
        ends = ends.where(CampaignPhase.ends_on == day, Campaign.state == "running").order_by(CampaignPhase.id)
        for phase in db.session.scalars(gate.scope(ends, CampaignPhase).limit(MOST)):
            url = url_for("CampaignView.show", pk=phase.campaign_id)
            yield Event(day, _l("Phase of a campaign ends"), phase.name, url)
