"""What is missing: unit, paper and year, key papers first (P6.02, P6.03)."""

from __future__ import annotations

from app.campaigns import coverage
from app.campaigns.chosen import CAMPAIGN, chosen
from app.campaigns.coverage import Coverage, Slot
from app.campaigns.models import CATEGORIES, SUBMISSION_STATES
from app.kit.labels import _l
from app.reporting.asked import Asked, Choice
from app.reporting.counting import list_url
from app.reporting.declaring import report
from app.reporting.tables import Head, Line, Table, Tile

ONLY = Choice("only", _l("Which papers"), [("all", _l("All that is missing")), ("key", _l("Key papers only"))])
MOST = 5000


@report(
    _l("What a campaign lacks"),
    group="files",
    permission="Campaign",
    about=_l("Unit by unit and year by year what is missing, key papers first."),
    choices=[CAMPAIGN, ONLY],
)
def coverage_gaps(asked: Asked) -> Table:
    campaign = chosen(asked)
    found = coverage.of(campaign) if campaign is not None else Coverage()
    gaps = found.key_gaps if asked.chosen["only"] == "key" else found.gaps
    return Table(
        [
            Head(_l("Responsible unit")), Head(_l("Responsible person")), Head(_l("Year of the papers")),
            Head(_l("Expected paper")), Head(_l("Category")), Head(_l("Key paper")), Head(_l("State")),
            Head(_l("Pieces missing"), "number"),
        ],
        [_line(slot) for slot in gaps[:MOST]],
        [_l("Together"), "", "", "", "", "", "", sum(slot.gap for slot in gaps)],
        tiles=[
            Tile(_l("Pieces missing"), found.gap, tone="warn" if found.gap else ""),
            Tile(_l("Key papers missing"), len(found.key_gaps), tone="bad" if found.key_gaps else ""),
        ],
        notes=[_l("At most %(count)s lines at once.", count=MOST)] if len(gaps) > MOST else (),
    )  # fmt: skip


def _line(slot: Slot) -> Line:
    one = slot.submission
    state = SUBMISSION_STATES[one.state] if one is not None else _l("Not handed in")
    cells = [
        slot.party.name, slot.party.responsible, str(slot.year), slot.paper.name, CATEGORIES[slot.paper.category],
        "★" if slot.paper.is_key else "", state, slot.gap,
    ]  # fmt: skip
    url = list_url("CampaignPartyView.year", pk=slot.party.id, year=slot.year)
    return Line(cells, url, "bad" if slot.paper.is_key else "")
