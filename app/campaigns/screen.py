"""The pages of a campaign: where it stands, its phases over time, the matrix, and one party's year."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import abort, request, url_for

from app.campaigns import coverage, submissions, timeline
from app.campaigns.coverage import CELLS, Coverage, Share, Slot
from app.campaigns.ledgers import CampaignTask
from app.campaigns.models import PARTY_KINDS, Campaign, CampaignParty
from app.kit import showing
from app.kit.cells import cell
from app.kit.columns import today
from app.kit.counting import count
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.pages import Cell, Link
from app.kit.paging import whole_number
from app.kit.reading import read_number
from app.kit.session import attempt
from app.security import gate

LONGEST_NAME = 60


@dataclass
class Square:
    """A party's year as it is drawn: figures, the word for its state, and where it leads."""

    share: Share
    state: str
    url: str

    @property
    def word(self) -> Any:
        return CELLS[self.state][0]

    @property
    def tone(self) -> str:
        return CELLS[self.state][1]


@dataclass
class MatrixPage:
    """Units down, years across."""

    campaign: Campaign
    found: Coverage
    rows: list[tuple[CampaignParty, str, list[Square], Share]]
    columns: list[tuple[int, Share]]
    links: list[Link] = field(default_factory=list)
    key: list[tuple[Any, str]] = field(default_factory=lambda: list(CELLS.values()))
    kinds: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)


def matrix(campaign: Campaign) -> MatrixPage:
    """The whole campaign, or of it a kind of unit or one paper, as the address asks."""
    kind = request.args.get("kind", "")
    paper_id: int | None = whole_number(request.args.get("paper"))
    kinds = {party.kind: PARTY_KINDS[party.kind] for party in campaign.parties}
    kind = kind if kind in kinds else ""
    paper_id = paper_id if paper_id in {paper.id for paper in campaign.papers} else None
    found = coverage.of(campaign, kind=kind, paper_id=paper_id)
    rows = [
        (party, _year_url(party), [_square(found, party, year) for year in found.years], found.row(party))
        for party in found.parties
    ]
    columns = [(year, found.column(year)) for year in found.years]
    asked = {"kind": kind, "paper": str(paper_id or "")}
    return MatrixPage(campaign, found, rows, columns, _matrix_links(campaign), kinds=kinds, asked=asked)


def _square(found: Coverage, party: CampaignParty, year: int) -> Square:
    share = found.cell(party, year)
    return Square(share, share.state, _year_url(party, year) if share.slots else "")


def _year_url(party: CampaignParty, year: int | None = None) -> str:
    if not gate.may("show", "CampaignParty"):
        return ""
    if year is None:
        return url_for("CampaignPartyView.show", pk=party.id)
    return url_for("CampaignPartyView.year", pk=party.id, year=year)


def _matrix_links(campaign: Campaign) -> list[Link]:
    links = [Link(_l("The campaign"), url_for("CampaignView.show", pk=campaign.id))]
    gaps = ("coverage_gaps", _l("List of what is missing"))
    for key, words in (("coverage_matrix", _l("As a picture and on paper")), gaps):
        links.append(Link(words, url_for("ReportView.show", key=key, campaign=campaign.id)))
    return links


def campaign_context(view: Any, campaign: Campaign) -> dict[str, Any]:
    """The campaign's page: figures, phases over time, and everything that belongs to it."""
    found = coverage.of(campaign)
    return {
        "page": showing.show_page(view, campaign),
        "tiles": list(_tiles(campaign, found)),
        "bar": timeline.draw(campaign) if campaign.phases else "",
        "bar_title": timeline.TITLE,
        "ways": _ways(campaign),
    }


def _tiles(campaign: Campaign, found: Coverage) -> list[tuple[Any, str, str, str]]:
    """(words, figure, tone, address) of what matters now."""
    mine = CampaignTask.campaign_id == campaign.id
    late = count(CampaignTask, mine, CampaignTask.state == "to_do", CampaignTask.due_on < today())
    left = count(CampaignTask, mine, CampaignTask.state == "to_do")
    matrix_url = url_for("CampaignView.matrix", pk=campaign.id)
    gaps = url_for("ReportView.show", key="coverage_gaps", campaign=campaign.id)
    queue = url_for("SubmissionView.list", campaign=campaign.id, state="submitted")
    tasks = url_for("CampaignTaskView.list", campaign=campaign.id, state="to_do")
    told = []
    if found.slots:
        told += [
            (_l("Share that is in"), f"{found.percent}%", "" if found.gap else "good", matrix_url),
            (_l("Pieces missing"), str(found.gap), "warn" if found.gap else "", gaps),
            (_l("Key papers missing"), str(len(found.key_gaps)), "bad" if found.key_gaps else "", gaps),
            (_l("Waits for the receiver"), str(found.waiting), "warn" if found.waiting else "", queue),
        ]
    return [*told, (_l("Tasks to be done"), str(left), "bad" if late else "", tasks)]


def _ways(campaign: Campaign) -> list[Link]:
    links = [Link(_l("Matrix of years"), url_for("CampaignView.matrix", pk=campaign.id), style="primary")]
    for key, words in (("campaign_ranking", _l("Ranking")), ("campaign_tasks", _l("Tasks by department"))):
        links.append(Link(words, url_for("ReportView.show", key=key, campaign=campaign.id)))
    return links


@dataclass
class PaperLine:
    """One paper of a party's year: what is owed, what came, and whether more may be handed in now."""

    slot: Slot
    state: Cell
    url: str
    typed: str
    takes: bool


def year_context(party: CampaignParty, year: int, problem: Any = "") -> dict[str, Any]:
    """One party's year: its papers, what was handed in and sent back, and the form to hand in more."""
    campaign = party.campaign
    if year not in campaign.years:
        abort(404)
    share = coverage.of_party(party).cell(party, year)
    may = campaign.state == "running" and gate.may("hand_in", "CampaignParty")
    lines = [_paper_line(slot, may) for slot in share.slots]
    receives = campaign.state == "running" and gate.may("pass_year", "CampaignParty")
    mine = getattr(gate.user(), "id", None) == campaign.receiver_id
    return {
        "party": party,
        "year": year,
        "share": share,
        "word": CELLS[share.state],
        "lines": lines,
        "takes": any(line.takes for line in lines),
        "passes": receives and mine and share.waiting,
        "person": request.form.get("person", party.responsible),
        "problem": problem,
        "before": _year_url(party, year - 1) if year - 1 in campaign.years else "",
        "after": _year_url(party, year + 1) if year + 1 in campaign.years else "",
        "matrix_url": url_for("CampaignView.matrix", pk=campaign.id),
    }


def _paper_line(slot: Slot, may: bool) -> PaperLine:
    one = slot.submission
    can_open = one is not None and gate.may("show", "Submission")
    state = cell(one, "state") if one is not None else Cell(_l("Not handed in"))
    takes = may and (one is None or one.state == "returned" or (one.state == "passed" and submissions.is_short(one)))
    typed = request.form.get(f"pieces-{slot.paper.id}", "")
    return PaperLine(slot, state, url_for("SubmissionView.show", pk=one.id) if can_open and one else "", typed, takes)


def year_asked(usual: int | None = None) -> int:
    """The year in the address, else the usual one; 404 for what is none."""
    typed = request.values.get("year")
    return (usual if typed is None else whole_number(typed)) or abort(404)


def hand_in(party: CampaignParty, year: int) -> int:
    """Keep what was typed, or nothing of it."""
    person = request.form.get("person", "").strip()
    if len(person) > LONGEST_NAME or "\x00" in person:
        raise RuleError(_l("At most %(count)s characters.", count=LONGEST_NAME), field="person")
    pieces = {}
    for paper in party.campaign.papers:
        if typed := request.form.get(f"pieces-{paper.id}", "").strip():
            try:
                pieces[paper.id] = read_number(typed)
            except ValueError as error:
                raise RuleError(str(error), field=f"pieces-{paper.id}") from None
    with attempt():
        return submissions.hand_in_year(party, year, pieces, by=gate.user(), person=person)


def pass_year(party: CampaignParty, year: int) -> int:
    """Everything of the year that waits passes."""
    with attempt():
        return submissions.pass_year(party, year, by=gate.user())
