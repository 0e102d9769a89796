"""The ranking of the units of a campaign: the sum of their points, by phase (P6.08)."""

from __future__ import annotations

from app.campaigns import coverage, scores
from app.campaigns.chosen import CAMPAIGN, chosen
from app.campaigns.facts import spans
from app.kit.labels import _l
from app.reporting.asked import Asked
from app.reporting.counting import list_url, share
from app.reporting.declaring import report
from app.reporting.tables import Bars, Head, Line, Series, Table


@report(
    _l("Ranking of a campaign"),
    group="files",
    permission="Campaign",
    about=_l("Points of each unit by phase, what missing years cost, and the place that follows."),
    choices=[CAMPAIGN],
)
def campaign_ranking(asked: Asked) -> Table:
    campaign = chosen(asked)
    if campaign is None:
        return Table([Head(_l("Responsible unit"))], [])
    found = coverage.of(campaign)
    ranked = scores.standings(campaign, found)
    lines = []
    for one in ranked:
        row = found.row(one.party)
        by_phase = [one.by_phase.get(phase.id, 0) for phase in campaign.phases]
        cells = [one.party.name, one.rank, share(row.passed, row.owed), len(one.missing), spans(one.missing), *by_phase,
                 one.by_phase.get(None, 0), one.points]  # fmt: skip
        lines.append(Line(cells, list_url("CampaignPartyView.show", pk=one.party.id), "warn" if one.missing else ""))
    return Table(
        [
            Head(_l("Responsible unit")), Head(_l("Rank"), "number"), Head(_l("Share that is in"), "percent"),
            Head(_l("Years missing"), "number"), Head(_l("Which years")),
            *[Head(phase.name, "number") for phase in campaign.phases],
            Head(_l("Outside of phases"), "number"), Head(_l("Points"), "number"),
        ],
        lines,
        pictures=[
            Bars(
                _l("Points"), [one.party.name for one in ranked],
                [Series(_l("Points"), [one.points for one in ranked])], lying=True,
            )
        ],
        notes=[_l("A missing year costs %(points)s points; points are never changed, only added to.",
                  points=campaign.points_per_year)],
    )  # fmt: skip
