"""The matrix of units and years: what share of what is owed is in (P6.02), and by year and category (P2.06)."""

from __future__ import annotations

from typing import Any

from app.campaigns import coverage
from app.campaigns.chosen import CAMPAIGN, chosen
from app.campaigns.coverage import Coverage, Share
from app.campaigns.models import CATEGORIES
from app.kit.labels import _l
from app.reporting.asked import Asked, Choice
from app.reporting.counting import list_url, share
from app.reporting.declaring import report
from app.reporting.tables import Grid, Head, Line, Table, Tile

BY = Choice(
    "by",
    _l("Grouped by"),
    [("party", _l("By unit")), ("year", _l("By year")), ("category", _l("By year and category"))],
)
FIRST = {"party": _l("Responsible unit"), "year": _l("Year of the papers"), "category": _l("Year and category")}


@report(
    _l("Coverage of a campaign"),
    group="files",
    permission="Campaign",
    about=_l("Each unit and year: how many papers are owed, how many are in, how many are missing."),
    choices=[CAMPAIGN, BY],
)
def coverage_matrix(asked: Asked) -> Table:
    campaign = chosen(asked)
    found = coverage.of(campaign) if campaign is not None else Coverage()
    by = asked.chosen["by"]
    lines = [_line(name, part, url) for name, part, url in _lines(found, by)]
    return Table(
        [
            Head(FIRST[by]), Head(_l("Pieces owed"), "number"), Head(_l("Pieces passed"), "number"),
            Head(_l("Pieces missing"), "number"),
            Head(_l("Waits for the receiver"), "number"), Head(_l("Share that is in"), "percent"),
        ],
        lines,
        [_l("Together"), *_figures(found)],
        [_grid(found)],
        [
            Tile(_l("Share that is in"), share(found.passed, found.owed), "percent"),
            Tile(_l("Pieces missing"), found.gap, tone="warn" if found.gap else ""),
            Tile(_l("Key papers missing"), len(found.key_gaps), tone="bad" if found.key_gaps else ""),
        ],
        [_l("Only what the central receiver has let pass counts, and never more than is owed.")],
    )  # fmt: skip


def _figures(part: Share) -> list[Any]:
    return [part.owed, part.passed, part.gap, part.waiting, share(part.passed, part.owed)]


def _line(name: Any, part: Share, url: str | None) -> Line:
    return Line([name, *_figures(part)], url, "bad" if part.lacks_key else "")


def _lines(found: Coverage, by: str) -> list[tuple[Any, Share, str | None]]:
    if by == "year":
        return [(str(year), found.column(year), None) for year in found.years]
    if by == "category":
        return [(f"{one.year} · {CATEGORIES[one.category]}", one, None) for one in coverage.by_category(found)]
    return [(each.name, found.row(each), list_url("CampaignPartyView.show", pk=each.id)) for each in found.parties]


def _grid(found: Coverage) -> Grid:
    """Units down, years across, the darker the more is in."""
    values = [
        [share(found.cell(party, year).passed, found.cell(party, year).owed) for year in found.years]
        for party in found.parties
    ]
    return Grid(_l("Coverage by unit and year"), [each.name for each in found.parties], found.years, values, "percent")
