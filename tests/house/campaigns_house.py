"""The full house's campaign: one of each, so that every list has a row."""

from __future__ import annotations

from typing import Any

from app.campaigns.ledgers import (
    AcceptanceExpert,
    AcceptanceItem,
    CampaignCost,
    CampaignTask,
    PartyCheck,
    ScoreLine,
)
from app.campaigns.models import Campaign, CampaignParty, CampaignPhase, ExpectedPaper, Submission, SubmissionLine
from app.estate.models import Site
from app.kit.columns import now, today

SITED = {
    AcceptanceExpert, AcceptanceItem, Campaign, CampaignCost, CampaignParty, CampaignPhase, CampaignTask,
    ExpectedPaper, PartyCheck, ScoreLine, Submission, SubmissionLine,
}  # fmt: skip


def furnish(site: Site, mark: str, number: int, receiver: Any) -> list[Any]:
    """One of each, not yet stored; the expert has signed on screen."""
    campaign = Campaign(
        site_id=site.id, number=f"{mark}治{number}", title=f"{mark}改新{number}", from_year=2010, to_year=2012,
        state="running", receiver_id=receiver.id, begun_on=today(),
    )  # fmt: skip
    of = {"site_id": site.id, "campaign": campaign}
    phase = CampaignPhase(**of, name=f"{mark}段{number}", begins_on=today(), ends_on=today())
    party = CampaignParty(**of, position=1, name=f"{mark}村{number}", kind="village", responsible=f"{mark}责{number}")
    paper = ExpectedPaper(**of, position=1, name=f"{mark}材{number}")
    submission = Submission(**of, party=party, paper=paper, year=2011, handed_in_on=today())
    task = CampaignTask(**of, position=1, title=f"{mark}务{number}", department=f"{mark}处新{number}", due_on=today())
    return [
        campaign, phase, party, paper, submission, task,
        SubmissionLine(**of, submission=submission, round=1, what="handed_in", pieces=1, at=now()),
        CampaignCost(**of, task=task, booked_on=today(), what=f"{mark}费{number}", amount_cents=100),
        ScoreLine(**of, party=party, points=3, kind="manual", reason=f"{mark}分{number}", booked_on=today()),
        PartyCheck(**of, party=party, done_on=today(), checked_by=f"{mark}检新{number}", looked_at=1),
        AcceptanceItem(**of, position=1, standard=f"{mark}标{number}"),
        AcceptanceExpert(
            **of, name=f"{mark}家{number}", organisation=f"{mark}局{number}", signed_on=today(),
            signature=f"M3 3L{number % 300} 66.6",
        ),
    ]  # fmt: skip
