"""The tasks of campaigns that somebody has in hand, and the campaigns whose central receiver they are (P1.20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.archive.held import Holding
from app.campaigns.ledgers import CampaignTask
from app.campaigns.models import Campaign
from app.kit.session import db
from app.security import audit


def held_by(user: Any) -> Iterator[Holding]:
    """The user's tasks that are to be done."""
    mine = select(CampaignTask).where(CampaignTask.person_id == user.id, CampaignTask.state == "to_do")
    for task in db.session.scalars(mine.order_by(CampaignTask.id)):
        yield Holding("campaign_task", task.id, task.site_id, task.title[:200], number=task.title[:200])


def pass_on(key: int, receiver: Any, *, by: Any) -> None:
    """The task is the receiver's."""
    task = db.session.get_one(CampaignTask, key)
    audit.write("hand_task", task, {"from": task.person_id, "to": receiver.id}, by=by)
    task.person, task.person_id = receiver, receiver.id
    db.session.flush()


def received_by(user: Any) -> Iterator[Holding]:
    """The campaigns in which everything goes through the user's hands."""
    mine = select(Campaign).where(Campaign.receiver_id == user.id, Campaign.state.in_(("planned", "running")))
    for one in db.session.scalars(mine.order_by(Campaign.id)):
        yield Holding("campaign", one.id, one.site_id, str(one)[:200], number=one.number)


def pass_receiving_on(key: int, receiver: Any, *, by: Any) -> None:
    """Another person receives from now on."""
    campaign = db.session.get_one(Campaign, key)
    audit.write("name_receiver", campaign, {"from": campaign.receiver_id, "to": receiver.id}, by=by)
    campaign.receiver, campaign.receiver_id = receiver, receiver.id
    db.session.flush()
