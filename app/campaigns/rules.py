"""A campaign from its plan to its end: what it needs to begin, to be accepted by the experts, and to be closed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.campaigns import acceptance, coverage, scores
from app.campaigns.ledgers import CampaignTask
from app.campaigns.models import (
    FIRST_YEAR,
    LAST_YEAR,
    MOST_YEARS,
    Campaign,
    CampaignParty,
    CampaignPhase,
    ExpectedPaper,
    OfCampaign,
    Submission,
)
from app.campaigns.tasks import next_position
from app.estate.numbers import numbered
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit, gate

SERIES = "ZX"
CHANGES = frozenset({"planned", "running"})  # who owes what may still change
MOST_POINTS = 100
MOST_PIECES = 100_000


def open_campaign(campaign: Campaign, *, by: Any = None) -> Campaign:
    """A new plan; its site is the one named, or the only one of who writes."""
    with db.session.no_autoflush:
        campaign.site_id = _site_of(campaign)
        check(campaign)
        campaign.state = "planned"
        campaign.number = numbered(campaign.site_id, SERIES)
    db.session.add(campaign)
    db.session.flush()
    audit.write("draw_up", campaign, {"number": campaign.number, "kind": campaign.kind}, by=by)
    return campaign


def _site_of(campaign: Campaign) -> int:
    if campaign.site is not None:
        return int(campaign.site.id)
    sites = [campaign.site_id] if campaign.site_id else gate.site_ids()
    if len(sites) != 1:
        raise RuleError(_l("Choose a site."), field="site")
    return sites[0]


def check(campaign: Campaign) -> None:
    """A title, years in order, and points that make sense."""
    if not (campaign.title or "").strip():
        raise RuleError(_l("Say what the campaign is called."), field="title")
    check_year(campaign.from_year, "from_year")
    check_year(campaign.to_year, "to_year")
    if not 0 <= campaign.to_year - campaign.from_year < MOST_YEARS:
        raise RuleError(_l("The last year is not before the first, and a campaign has at most 100."), field="to_year")
    for name in ("base_points", "points_per_year"):
        points = getattr(campaign, name)
        if points is not None and not 0 <= points <= MOST_POINTS * 10:
            raise RuleError(_l("Points are a number from 0 to 1000."), field=name)


def check_year(year: int | None, field: str) -> None:
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleError(_l("A year is a number like 2014."), field=field)


def amend(campaign: Campaign, *, by: Any = None) -> None:
    """The plan changes until it begins."""
    if campaign.state != "planned":
        raise RuleError(_l("The campaign has begun: its plan does not change any more."))
    check(campaign)


def demand_changeable(campaign: Campaign | None) -> Campaign:
    """The campaign whose parties, papers and phases may still change; refused for any other."""
    if campaign is None:
        raise RuleError(_l("Choose a campaign."), field="campaign")
    if campaign.state not in CHANGES:
        raise RuleError(_l("Nothing changes in a campaign that is over."))
    return campaign


def takes_more(campaign: Campaign) -> bool:
    """Whether its page offers one more phase, party or paper."""
    return campaign.state in CHANGES


def add_phase(phase: CampaignPhase, *, by: Any = None) -> None:
    """One more phase, or an amended one: its last day is not before its first (P6.04)."""
    with db.session.no_autoflush:
        campaign = demand_changeable(phase.campaign)
        if phase.begins_on is not None and phase.ends_on is not None and phase.ends_on < phase.begins_on:
            raise RuleError(_l("A phase ends on or after the day it begins."), field="ends_on")
        phase.site_id = campaign.site_id


def add_party(party: CampaignParty, *, by: Any = None) -> CampaignParty:
    """One more who owes papers; in a campaign that has begun it gets its points to begin with."""
    with db.session.no_autoflush:
        campaign = _check_party(party)
        party.position = next_position(CampaignParty, campaign)
    db.session.add(party)
    db.session.flush()
    if campaign.state == "running":
        scores.begin(party, by=by)
    return party


def amend_party(party: CampaignParty, *, by: Any = None) -> None:
    _check_party(party)


def _check_party(party: CampaignParty) -> Campaign:
    campaign = demand_changeable(party.campaign)
    _check_span(party)
    if party.trained_on is not None and not (party.trainee or "").strip():
        raise RuleError(_l("Say who was trained."), field="trainee")
    if party.planned_pieces is not None and party.planned_pieces < 0:
        raise RuleError(_l("A number of pieces is not less than nothing."), field="planned_pieces")
    party.site_id = campaign.site_id
    return campaign


def _check_span(record: CampaignParty | ExpectedPaper) -> None:
    for name in ("since_year", "until_year"):
        if getattr(record, name) is not None:
            check_year(getattr(record, name), name)
    if record.since_year and record.until_year and record.until_year < record.since_year:
        raise RuleError(_l("The last year is not before the first."), field="until_year")


def add_paper(paper: ExpectedPaper, *, by: Any = None) -> ExpectedPaper:
    """One more paper that is owed each year."""
    with db.session.no_autoflush:
        campaign = _check_paper(paper)
        paper.position = next_position(ExpectedPaper, campaign)
    db.session.add(paper)
    db.session.flush()
    return paper


def amend_paper(paper: ExpectedPaper, *, by: Any = None) -> None:
    _check_paper(paper)


def _check_paper(paper: ExpectedPaper) -> Campaign:
    campaign = demand_changeable(paper.campaign)
    _check_span(paper)
    if not 1 <= (1 if paper.pieces is None else paper.pieces) <= MOST_PIECES:
        raise RuleError(_l("At least one piece a year is owed."), field="pieces")
    paper.site_id = campaign.site_id
    return campaign


# --- steps ---


def start(campaign: Campaign, *, by: Any) -> None:
    """Begun once somebody is named who receives everything (P6.09), and there is something to do."""
    if campaign.receiver_id is None:
        raise RuleError(_l("Name the central receiver first."))
    has_task = select(CampaignTask.id).where(CampaignTask.campaign_id == campaign.id).limit(1)
    if not campaign.parties and db.session.scalar(has_task) is None:
        raise RuleError(_l("Say first who owes papers, or set a task."))
    campaign.begun_on = today()
    for party in campaign.parties:
        scores.begin(party, by=by)


def name_receiver(campaign: Campaign, *, by: Any, receiver: Any = None) -> None:
    """One person receives and accepts everything (P6.09)."""
    if receiver is None:
        raise RuleError(_l("Choose who receives everything."), field="receiver")
    campaign.receiver, campaign.receiver_id = receiver, receiver.id


def accept(campaign: Campaign, *, by: Any) -> None:
    """Every item of the standard is met and signed, every key paper is in, nothing waits and no task is left."""
    acceptance.demand_signed(campaign)
    waiting = (Submission.campaign_id == campaign.id, Submission.state == "submitted")
    if db.session.scalar(select(Submission.id).where(*waiting).limit(1)) is not None:
        raise RuleError(_l("Papers still wait for the receiver."))
    if missing := coverage.of(campaign).key_gaps:
        raise RuleError(_l("%(count)s key papers are not in yet.", count=len(missing)))
    open_tasks = (CampaignTask.campaign_id == campaign.id, CampaignTask.state == "to_do")
    if db.session.scalar(select(CampaignTask.id).where(*open_tasks).limit(1)) is not None:
        raise RuleError(_l("Tasks are still to be done."))
    campaign.accepted_on = today()


def close(campaign: Campaign, *, by: Any, outcome: str = "") -> None:
    """The end: what is missing is booked for the last time, and the ranking stands."""
    if not outcome.strip():
        raise RuleError(_l("Say how it ended."), field="outcome")
    scores.book_missing(campaign, coverage.of(campaign), list(campaign.parties), by=by)
    campaign.outcome, campaign.closed_on = outcome.strip()[:500], today()


def call_off(campaign: Campaign, *, by: Any, reason: str = "") -> None:
    """It does not take place, or not any more."""
    if not reason.strip():
        raise RuleError(_l("Say why."), field="reason")
    campaign.outcome, campaign.closed_on = reason.strip()[:500], today()


@event.listens_for(Session, "before_flush")
def _nothing_is_taken_out_of_a_campaign(session: Session, _context: Any, _instances: Any) -> None:
    """A gap does not vanish with the paper that was owed."""
    for record in session.deleted:
        if isinstance(record, OfCampaign) and record.campaign.state != "planned":
            raise RuleError(_l("The campaign has begun: nothing is taken out of it."))


MOVES = [
    Move("start", {"planned"}, "running", "Campaign:start", _l("Begin"), start, style="primary"),
    Move(
        "name_receiver", CHANGES, None, "Campaign:name_receiver", _l("Name the receiver"), name_receiver,
        asks=(("receiver", _l("Central receiver")),),
    ),
    Move("list_standard", CHANGES, None, "Campaign:list_standard", _l("List the standard"), acceptance.list_standard),
    Move("book", {"running"}, None, "Campaign:book", _l("Book missing years"), scores.book),
    Move(
        "accept_work", {"running"}, "accepted", "Campaign:accept_work", _l("Accept the work"), accept, style="primary",
    ),
    Move(
        "close", {"accepted"}, "closed", "Campaign:close", _l("Close"), close, style="primary",
        asks=(("outcome", _l("How it ended")),),
    ),
    Move(
        "call_off", CHANGES, "called_off", "Campaign:call_off", _l("Call off"), call_off, style="danger",
        asks=(("reason", _l("Reason")),),
    ),
]  # fmt: skip
