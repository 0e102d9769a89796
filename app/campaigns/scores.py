"""Points by party and phase: the missing years are reckoned, the rest is booked by hand with a reason (P6.08)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from app.campaigns import coverage
from app.campaigns.coverage import Coverage
from app.campaigns.ledgers import ScoreLine
from app.campaigns.models import Campaign, CampaignParty, CampaignPhase
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit

RECKONED = ("missing", "made_up")
MOST_POINTS = 100


def begin(party: CampaignParty, *, by: Any = None) -> None:
    """The points everybody begins with."""
    if party.campaign.base_points:
        _add(party, "start", party.campaign.base_points)


def _add(party: CampaignParty, kind: str, points: int, **more: Any) -> ScoreLine:
    line = ScoreLine(
        site_id=party.site_id, campaign_id=party.campaign_id, party=party, party_id=party.id, kind=kind,
        points=points, booked_on=today(), **more,
    )  # fmt: skip
    db.session.add(line)
    return line


def book(campaign: Campaign, *, by: Any) -> None:
    """Reckon the missing years of everybody whose days for handing in are over; years made up for come back."""
    ready = [party for party in campaign.parties if is_over(campaign, party)]
    if not book_missing(campaign, coverage.of(campaign), ready, by=by):
        raise RuleError(_l("There is nothing to book: no days for handing in are over, or all of it is booked."))


def is_over(campaign: Campaign, party: CampaignParty) -> bool:
    """The party's last phase of carrying out has ended; without such a phase it has."""
    mine = _phases_of(campaign, party)
    return all(phase.ends_on < today() for phase in mine)


def _phases_of(campaign: Campaign, party: CampaignParty) -> list[CampaignPhase]:
    return [each for each in campaign.phases if each.kind == "carry_out" and each.party_kind in ("", party.kind)]


def book_missing(campaign: Campaign, found: Coverage, parties: Sequence[CampaignParty], *, by: Any) -> int:
    """Bring the reckoned lines of these parties to what is missing now; how many lines were added."""
    booked = _reckoned(campaign)
    count = 0
    for party in parties:
        missing = set(found.missing_years(party, campaign.missing_means))
        phases = _phases_of(campaign, party)
        for year in campaign.years:
            wanted = -campaign.points_per_year if year in missing else 0
            difference = wanted - booked[party.id, year]
            if difference:
                kind = "missing" if difference < 0 else "made_up"
                _add(party, kind, difference, year=year, phase=phases[-1] if phases else None)
                count += 1
    db.session.flush()
    if count:
        audit.write("book", campaign, {"lines": count}, by=by)
    return count


def _reckoned(campaign: Campaign) -> dict[tuple[int, int | None], int]:
    """What is booked for each party and year so far."""
    key = (ScoreLine.party_id, ScoreLine.year)
    mine = (ScoreLine.campaign_id == campaign.id, ScoreLine.kind.in_(RECKONED))
    query = select(*key, func.sum(ScoreLine.points)).where(*mine).group_by(*key)
    found: dict[tuple[int, int | None], int] = defaultdict(int)
    found.update({(party, year): int(points) for party, year, points in db.session.execute(query)})
    return found


def add_line(line: ScoreLine, *, by: Any = None) -> ScoreLine:
    """Points by hand, with a reason; or a line by hand taken back by naming it in `corrects`."""
    with db.session.no_autoflush:
        party = line.party
        if party is None or party.campaign.state not in ("running", "accepted"):
            raise RuleError(_l("Points are booked while the campaign is under way."), field="party")
        line.site_id, line.campaign_id, line.party_id = party.site_id, party.campaign_id, party.id
        line.campaign, line.booked_on = party.campaign, today()
        if line.corrects is not None:
            _take_back(line, line.corrects)
        else:
            _check(line)
    db.session.add(line)
    db.session.flush()
    return line


def _check(line: ScoreLine) -> None:
    line.kind = "manual"
    if not line.points or abs(line.points) > MOST_POINTS:
        raise RuleError(_l("Points are a number from −100 to 100, not nought."), field="points")
    if not (line.reason or "").strip():
        raise RuleError(_l("Say what the points are for."), field="reason")
    if line.phase is not None and line.phase.campaign_id != line.campaign_id:
        raise RuleError(_l("This phase is of another campaign."), field="phase")


def _take_back(line: ScoreLine, old: ScoreLine) -> None:
    if old.party_id != line.party_id or old.kind != "manual":
        raise RuleError(_l("Only a line by hand of the same unit is taken back."), field="corrects")
    if db.session.scalar(select(ScoreLine.id).where(ScoreLine.corrects_id == old.id)) is not None:
        raise RuleError(_l("These points are taken back already."), field="corrects")
    line.kind, line.points, line.phase = "taken_back", -old.points, old.phase
    line.corrects_id, line.reason = old.id, line.reason or old.reason


@dataclass
class Standing:
    """A party's place: its score is the sum of its lines; `by_phase` the same by phase (None: outside of any)."""

    party: CampaignParty
    rank: int = 0
    points: int = 0
    by_phase: dict[int | None, int] = field(default_factory=dict)
    missing: list[int] = field(default_factory=list)


def standings(campaign: Campaign, found: Coverage | None = None) -> list[Standing]:
    """The ranking: the most points first, equals share a place."""
    found = found or coverage.of(campaign)
    made = {
        party.id: Standing(party, missing=found.missing_years(party, campaign.missing_means))
        for party in campaign.parties
    }
    query = select(ScoreLine.party_id, ScoreLine.phase_id, func.sum(ScoreLine.points)).where(
        ScoreLine.campaign_id == campaign.id
    )
    for party_id, phase_id, points in db.session.execute(query.group_by(ScoreLine.party_id, ScoreLine.phase_id)):
        made[party_id].by_phase[phase_id] = int(points)
        made[party_id].points += int(points)
    ranked = sorted(made.values(), key=lambda each: (-each.points, each.party.position))
    for place, each in enumerate(ranked, 1):
        before = ranked[place - 2] if place > 1 else None
        each.rank = before.rank if before is not None and before.points == each.points else place
    return ranked


def score_of(party: CampaignParty) -> int:
    """The sum of the party's lines."""
    query = select(func.coalesce(func.sum(ScoreLine.points), 0)).where(ScoreLine.party_id == party.id)
    return int(db.session.scalar(query) or 0)
