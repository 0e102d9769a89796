"""Makers of campaigns for tests and the demo: each fills in what is not said."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.campaigns import acceptance, rules, scores, submissions, tasks
from app.campaigns.ledgers import (
    AcceptanceExpert,
    AcceptanceItem,
    CampaignCost,
    CampaignTask,
    PartyCheck,
    ScoreLine,
)
from app.campaigns.models import Campaign, CampaignParty, CampaignPhase, ExpectedPaper, Submission
from app.estate.models import Site
from app.kit.columns import today
from app.kit.moves import walk
from app.kit.session import db
from app.security import audit

DRAWN = "M20 60L60 20L95 70L150 30L210 75L280 40"


def make_campaign(site: Site, *, receiver: Any = None, by: Any = None, **more: Any) -> Campaign:
    """A plan of three years."""
    said = {"title": "历年档案集中整改", "from_year": 2020, "to_year": 2022, "receiver": receiver, **more}
    return rules.open_campaign(Campaign(site=site, **said), by=by)


def make_phase(campaign: Campaign, name: str = "实施阶段", *, by: Any = None, **more: Any) -> CampaignPhase:
    """A phase that is under way."""
    days = {"begins_on": today() - dt.timedelta(days=5), "ends_on": today() + dt.timedelta(days=5)}
    phase = CampaignPhase(campaign=campaign, name=name, **{**days, **more})
    rules.add_phase(phase, by=by)
    return _kept(phase)


def make_party(campaign: Campaign, name: str = "向阳村", *, by: Any = None, **more: Any) -> CampaignParty:
    return rules.add_party(CampaignParty(campaign=campaign, name=name, **{"kind": "village", **more}), by=by)


def make_paper(campaign: Campaign, name: str = "总结", *, by: Any = None, **more: Any) -> ExpectedPaper:
    return rules.add_paper(ExpectedPaper(campaign=campaign, name=name, **{"pieces": 1, **more}), by=by)


def make_running(site: Site, receiver: Any, *, by: Any = None, **more: Any) -> Campaign:
    """A campaign under way: a village that owes a report and, as a key paper, its land titles of each year."""
    campaign = make_campaign(site, receiver=receiver, by=by, **more)
    make_party(campaign, by=by)
    make_paper(campaign, by=by)
    make_paper(campaign, "土地确权", is_key=True, category="special", by=by)
    db.session.refresh(campaign)
    step(campaign, "start", by)
    return campaign


def make_submission(party: CampaignParty, paper: ExpectedPaper, year: int, pieces: int = 1, *, by: Any = None,
                    passed: bool = False) -> Submission:  # fmt: skip
    """Papers handed in; `passed` by the campaign's receiver."""
    made = submissions.hand_in(party, paper, year, pieces, by=by, person="林晚")
    if passed:
        receiver = party.campaign.receiver
        walk(submissions.MOVES, made, "pass_work", by=receiver, write=audit.write, passed_pieces=pieces)
        db.session.flush()
    return made


def make_task(campaign: Campaign, title: str = "全面完成库检", *, by: Any = None, **more: Any) -> CampaignTask:
    said = {"department": "保管利用处", "due_on": today() + dt.timedelta(days=30), **more}
    task = CampaignTask(campaign=campaign, title=title, **said)
    tasks.set_task(task, by=by)
    return _kept(task)


def make_cost(task: CampaignTask, cents: int = 12_000, *, by: Any = None, **more: Any) -> CampaignCost:
    return tasks.add_cost(CampaignCost(task=task, **{"what": "卷盒", "amount_cents": cents, **more}), by=by)


def make_points(party: CampaignParty, points: int, reason: str = "按时完成", *, by: Any = None,
                **more: Any) -> ScoreLine:  # fmt: skip
    return scores.add_line(ScoreLine(party=party, points=points, reason=reason, **more), by=by)


def make_check(party: CampaignParty, *, by: Any = None, **more: Any) -> PartyCheck:
    said = {"done_on": today(), "checked_by": "业务指导处", "looked_at": 20, "regular": 18, "passing": 17, **more}
    check = PartyCheck(party=party, **said)
    tasks.note_check(check, by=by)
    return _kept(check)


def make_item(campaign: Campaign, standard: str = "收集齐全", *, met: bool = False, by: Any = None) -> AcceptanceItem:
    item = AcceptanceItem(campaign=campaign, standard=standard, round=0)
    acceptance.add_item(item, by=by)
    _kept(item)
    if met:
        walk(acceptance.MOVES, item, "meet", by=by, write=audit.write)
        db.session.flush()
    return item


def make_expert(campaign: Campaign, name: str = "沈知行", *, signed: bool = False, by: Any = None,
                **more: Any) -> AcceptanceExpert:  # fmt: skip
    expert = AcceptanceExpert(campaign=campaign, name=name, **{"organisation": "县档案局", **more})
    acceptance.add_expert(expert, by=by)
    _kept(expert)
    if signed:
        expert.signature = DRAWN
        acceptance.sign(expert, by=by)
        db.session.flush()
    return expert


def step(campaign: Campaign, name: str, by: Any, **said: Any) -> None:
    """One of the campaign's steps."""
    walk(rules.MOVES, campaign, name, by=by, write=audit.write, **said)
    db.session.flush()


def _kept(record: Any) -> Any:
    db.session.add(record)
    db.session.flush()
    return record
