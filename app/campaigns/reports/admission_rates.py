"""The plan of admissions: whose archives of which years come in, how many, and how well they were prepared (P5.14)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.campaigns.chosen import CAMPAIGN, chosen
from app.campaigns.ledgers import PartyCheck
from app.campaigns.models import Campaign, CampaignParty, Submission
from app.kit.labels import _l
from app.kit.session import db
from app.reporting.asked import Asked
from app.reporting.counting import list_url, share
from app.reporting.declaring import report
from app.reporting.tables import Bars, Head, Line, Series, Table, Tile


@report(
    _l("Plan of admissions: rates"),
    group="files",
    permission="PartyCheck",
    about=_l("Each unit with the years and pieces planned, guidance and inspections, and how much is in form."),
    choices=[CAMPAIGN],
)
def admission_rates(asked: Asked) -> Table:
    campaign = chosen(asked)
    rows = _rows(campaign) if campaign is not None else []
    planned, came, guided, inspected, looked, regular, passing = (
        sum(row[place] or 0 for row in rows) for place in range(2, 9)
    )
    return Table(
        [
            Head(_l("Responsible unit")), Head(_l("Years received")), Head(_l("Pieces planned"), "number"),
            Head(_l("Pieces received"), "number"), Head(_l("Guidance on the work"), "number"),
            Head(_l("Inspection of the work"), "number"), Head(_l("Pieces looked at"), "number"),
            Head(_l("In due form (share)"), "percent"),
            Head(_l("Up to standard (share)"), "percent"),
        ],
        [_line(row) for row in rows],
        [_l("Together"), "", planned, came, guided, inspected, looked, share(regular, looked), share(passing, looked)],
        [
            Bars(
                _l("How much is in form and up to standard"), [row[0].name for row in rows],
                [
                    Series(_l("In due form (share)"), [share(row[7], row[6]) for row in rows]),
                    Series(_l("Up to standard (share)"), [share(row[8], row[6]) for row in rows]),
                ],
                kind="percent", lying=True,
            )
        ],
        [
            Tile(_l("Received of what was planned"), share(came, planned), "percent"),
            Tile(_l("In due form (share)"), share(regular, looked), "percent"),
            Tile(_l("Up to standard (share)"), share(passing, looked), "percent"),
        ],
    )  # fmt: skip


def _line(row: list[Any]) -> Line:
    party, years, planned, came, guided, inspected, looked, regular, passing = row
    shares = [share(regular, looked), share(passing, looked)]
    cells = [party.name, years, planned, came, guided, inspected, looked, *shares]
    return Line(cells, list_url("CampaignPartyView.show", pk=party.id))


def _rows(campaign: Campaign) -> list[list[Any]]:
    """party, years, planned, received, guided, inspected, looked at, in form, up to standard."""
    came = dict(
        db.session.execute(
            select(Submission.party_id, func.sum(Submission.passed_pieces))
            .where(Submission.campaign_id == campaign.id)
            .group_by(Submission.party_id)
        ).all()
    )
    number = func.count(PartyCheck.id)
    query = select(
        PartyCheck.party_id, number.filter(PartyCheck.kind == "guidance"),
        number.filter(PartyCheck.kind == "inspection"), func.sum(PartyCheck.looked_at), func.sum(PartyCheck.regular),
        func.sum(PartyCheck.passing),
    ).where(PartyCheck.campaign_id == campaign.id)  # fmt: skip
    checks = {
        row[0]: [int(each) for each in row[1:]] for row in db.session.execute(query.group_by(PartyCheck.party_id))
    }
    return [
        [party, _years(party), party.planned_pieces, int(came.get(party.id, 0)), *checks.get(party.id, [0] * 5)]
        for party in campaign.parties
    ]


def _years(party: CampaignParty) -> str:
    first = party.since_year or party.campaign.from_year
    last = party.until_year or party.campaign.to_year
    return f"{first}–{last}" if first != last else str(first)
