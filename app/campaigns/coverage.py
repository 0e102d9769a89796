"""Who owes what of which year, and what of it is in: the matrix, the gaps and the coverage (P6.02, P2.06)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import select

from app.campaigns.models import Campaign, CampaignParty, ExpectedPaper, Submission
from app.kit.labels import _l
from app.kit.session import db

# a cell's state: (its word, its colour)
CELLS: dict[str, tuple[Any, str]] = {
    "present": (_l("Everything is in"), "good"),
    "partly": (_l("Some of it is in"), "warn"),
    "key": (_l("Key papers are missing"), "bad"),
    "missing": (_l("Nothing is in"), "bad"),
    "free": (_l("Nothing is owed"), "quiet"),
}
HUNDRED = 100


@dataclass(frozen=True)
class Slot:
    """One paper that one party owes of one year; `passed` is never more than what is owed."""

    party: CampaignParty
    paper: ExpectedPaper
    year: int
    submission: Submission | None = None

    @property
    def owed(self) -> int:
        return self.paper.pieces

    @property
    def passed(self) -> int:
        return min(self.submission.passed_pieces, self.owed) if self.submission is not None else 0

    @property
    def gap(self) -> int:
        return self.owed - self.passed

    @property
    def is_waiting(self) -> bool:
        return self.submission is not None and self.submission.state == "submitted"


@dataclass
class Share:
    """Some slots together."""

    slots: list[Slot] = field(default_factory=list)

    @property
    def owed(self) -> int:
        return sum(slot.owed for slot in self.slots)

    @property
    def passed(self) -> int:
        return sum(slot.passed for slot in self.slots)

    @property
    def gap(self) -> int:
        return self.owed - self.passed

    @property
    def waiting(self) -> int:
        return sum(slot.is_waiting for slot in self.slots)

    @property
    def percent(self) -> int:
        """In whole per cent, 100 only when nothing is missing."""
        return HUNDRED * self.passed // self.owed if self.owed else HUNDRED

    @property
    def lacks_key(self) -> bool:
        return any(slot.paper.is_key and slot.gap for slot in self.slots)

    @property
    def state(self) -> str:
        """What the matrix says of a party's year; a key of CELLS."""
        if not self.slots:
            return "free"
        if not self.gap:
            return "present"
        if not self.passed:
            return "missing"
        return "key" if self.lacks_key else "partly"

    def is_missing(self, means: str) -> bool:
        """Whether points are lost for this year (P6.08)."""
        return bool(self.slots) and (self.gap > 0 if means == "incomplete" else self.passed == 0)


@dataclass
class Coverage(Share):
    """A whole campaign: every slot, and the same by party and year."""

    parties: list[CampaignParty] = field(default_factory=list)
    years: list[int] = field(default_factory=list)

    @cached_property
    def cells(self) -> dict[tuple[int, int], Share]:
        """(party, year) -> what is owed there; years in which nothing is owed are empty."""
        made = {(party.id, year): Share() for party in self.parties for year in self.years}
        for slot in self.slots:
            made[slot.party.id, slot.year].slots.append(slot)
        return made

    def cell(self, party: CampaignParty, year: int) -> Share:
        return self.cells.get((party.id, year), Share())

    def row(self, party: CampaignParty) -> Share:
        return Share([slot for year in self.years for slot in self.cell(party, year).slots])

    def column(self, year: int) -> Share:
        return Share([slot for party in self.parties for slot in self.cell(party, year).slots])

    @property
    def gaps(self) -> list[Slot]:
        """What is still missing, key papers first, then by party and year."""
        return sorted((slot for slot in self.slots if slot.gap), key=lambda slot: not slot.paper.is_key)

    @property
    def key_gaps(self) -> list[Slot]:
        """The key papers that are not all in yet (P6.03)."""
        return [slot for slot in self.slots if slot.gap and slot.paper.is_key]

    def missing_years(self, party: CampaignParty, means: str) -> list[int]:
        return [year for year in self.years if self.cell(party, year).is_missing(means)]


def of(campaign: Campaign, *, kind: str = "", paper_id: int | None = None) -> Coverage:
    """The campaign's coverage, in three statements however large it is; narrowed to a kind of party or to a paper."""
    parties = [party for party in campaign.parties if kind in ("", party.kind)]
    papers = [paper for paper in campaign.papers if paper_id in (None, paper.id)]
    found = _submissions(campaign)
    slots = [
        Slot(party, paper, year, found.get((party.id, paper.id, year)))
        for party, paper, year in _owed(campaign, parties, papers)
    ]
    return Coverage(slots, parties, list(campaign.years))


def of_party(party: CampaignParty) -> Coverage:
    """The same of one party alone."""
    campaign = party.campaign
    found = _submissions(campaign, party)
    owed = _owed(campaign, [party], campaign.papers)
    slots = [Slot(party, paper, year, found.get((party.id, paper.id, year))) for party, paper, year in owed]
    return Coverage(slots, [party], list(campaign.years))


def fits(paper: ExpectedPaper, party: CampaignParty) -> bool:
    """The paper is owed by parties of this kind."""
    return paper.party_kind in ("", party.kind)


def owes(party: CampaignParty, paper: ExpectedPaper, year: int) -> bool:
    """The party owes the paper of that year."""
    return fits(paper, party) and year in party.campaign.years and _within(year, party) and _within(year, paper)


def _within(year: int, span: CampaignParty | ExpectedPaper) -> bool:
    return (span.since_year is None or year >= span.since_year) and (span.until_year is None or year <= span.until_year)


def _owed(
    campaign: Campaign, parties: Iterable[CampaignParty], papers: Iterable[ExpectedPaper]
) -> Iterator[tuple[CampaignParty, ExpectedPaper, int]]:
    papers = list(papers)
    for party in parties:
        for year in campaign.years:
            for paper in papers:
                if owes(party, paper, year):
                    yield party, paper, year


def _submissions(campaign: Campaign, party: CampaignParty | None = None) -> dict[tuple[int, int, int], Submission]:
    query = select(Submission).where(Submission.campaign_id == campaign.id)
    if party is not None:
        query = query.where(Submission.party_id == party.id)
    return {(one.party_id, one.paper_id, one.year): one for one in db.session.scalars(query)}


@dataclass
class Progress(Share):
    """One line of the progress by year and category (P2.06)."""

    year: int = 0
    category: str = ""


def by_category(found: Coverage) -> list[Progress]:
    """Expected, done and missing per year and category."""
    made: dict[tuple[int, str], Progress] = {}
    for slot in found.slots:
        key = (slot.year, slot.paper.category)
        made.setdefault(key, Progress(year=key[0], category=key[1])).slots.append(slot)
    return [made[key] for key in sorted(made)]
