"""What a campaign says on paper: its acceptance, what is missing, the ranking, and the timetable of its tasks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import select

from app.campaigns import acceptance, coverage, scores
from app.campaigns.coverage import Slot
from app.campaigns.ledgers import AcceptanceExpert, AcceptanceItem, CampaignTask
from app.campaigns.models import Campaign, CampaignParty, CampaignPhase, ExpectedPaper
from app.estate import facts as estate
from app.kit.session import db
from app.printing.subjects import Facts, read, subject

CAMPAIGN = ("number", "title", "kind", "from_year", "to_year", "state", "receiver", "purpose", "basis", "begun_on",
            "accepted_on", "points_per_year")  # fmt: skip
PARTS = {
    **estate.PARTS,
    "items": AcceptanceItem,
    "experts": AcceptanceExpert,
    "tasks": CampaignTask,
    "phases": CampaignPhase,
    "parties": CampaignParty,
    "papers": ExpectedPaper,
}


@subject("campaign", Campaign, parts=PARTS)
def campaign_facts(campaign: Campaign) -> Facts:
    """All that the campaign's four sheets need."""
    found = coverage.of(campaign)
    return {
        "campaign": read(campaign, *CAMPAIGN),
        "site": estate.site_facts(campaign.site),
        "owed": found.owed,
        "passed": found.passed,
        "gap": found.gap,
        "percent": found.percent,
        "items": [
            read(item, "position", "standard", "state", "remark", "round")
            for item in acceptance.items_of(campaign)
        ],
        "experts": [
            read(one, "name", "organisation", "post", "signature", "is_signed_on_paper", "signed_on")
            for one in acceptance.experts_of(campaign)
        ],
        "gaps": list(_gaps(found.gaps)),
        "phases": [read(one, "name", "kind", "party_kind", "begins_on", "ends_on", "what") for one in campaign.phases],
        "phase_names": [phase.name for phase in campaign.phases],
        "ranking": _ranking(campaign, found),
        "tasks": _tasks(campaign),
    }  # fmt: skip


def _gaps(slots: list[Slot]) -> Iterator[Facts]:
    """One line a unit and paper, its missing years together; key papers first."""
    order = sorted(slots, key=lambda slot: (not slot.paper.is_key, slot.party.position, slot.paper.position, slot.year))
    for place, (_key, together) in enumerate(groupby(order, key=lambda slot: (slot.party.id, slot.paper.id)), 1):
        mine = list(together)
        yield {
            "position": place,
            "party": mine[0].party.name,
            "responsible": mine[0].party.responsible,
            "paper": mine[0].paper.name,
            "is_key": mine[0].paper.is_key,
            "years": spans([slot.year for slot in mine]),
            "gap": sum(slot.gap for slot in mine),
        }


def spans(years: list[int]) -> str:
    """2004–2006, 2009: years in a row are drawn together."""
    told: list[str] = []
    for _key, run in groupby(enumerate(sorted(set(years))), key=lambda pair: pair[1] - pair[0]):
        row = [year for _place, year in run]
        told.append(f"{row[0]}–{row[-1]}" if len(row) > 1 else f"{row[0]}")
    return ", ".join(told)


def _ranking(campaign: Campaign, found: coverage.Coverage) -> list[Facts]:
    return [
        {
            "rank": one.rank,
            "party": one.party.name,
            "responsible": one.party.responsible,
            "percent": found.row(one.party).percent,
            "missing": len(one.missing),
            "years": spans(one.missing),
            "by_phase": [one.by_phase.get(phase.id, 0) for phase in campaign.phases],
            "outside": one.by_phase.get(None, 0),
            "points": one.points,
        }
        for one in scores.standings(campaign, found)
    ]


def _tasks(campaign: Campaign) -> list[Facts]:
    query = select(CampaignTask).where(CampaignTask.campaign_id == campaign.id)
    names = ("position", "title", "department", "due_on", "done_on", "state", "budget_cents", "spent_cents")
    return [
        read(task, *names) | {"who": str(read(task, "person")["person"] or task.person_name)}
        for task in db.session.scalars(query.order_by(CampaignTask.due_on, CampaignTask.position))
    ]
