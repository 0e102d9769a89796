"""Papers handed in, sent back with a reason, handed in again until the central receiver lets them pass (P6.06)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.campaigns import coverage
from app.campaigns.models import Campaign, CampaignParty, ExpectedPaper, Submission, SubmissionLine
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move, walk
from app.kit.session import db
from app.security import audit

MOST_PIECES = 100_000


def find(party: CampaignParty, paper: ExpectedPaper, year: int) -> Submission | None:
    """What was handed in of one paper and year, or None."""
    mine = (Submission.party_id == party.id, Submission.paper_id == paper.id, Submission.year == year)
    return db.session.scalar(select(Submission).where(*mine))


def hand_in(
    party: CampaignParty, paper: ExpectedPaper, year: int, pieces: int, *, by: Any, person: str = ""
) -> Submission:
    """Papers come in: the first time, again after a return, or what was short of the year."""
    _demand_running(party.campaign)
    if not coverage.owes(party, paper, year):
        raise RuleError(_l("%(party)s does not owe this of %(year)s.", party=party.name, year=year))
    before = find(party, paper, year)
    if before is not None:
        walk(MOVES, before, "hand_in_again", by=by, write=audit.write, pieces=pieces, handed_in_by=person)
        return before
    _check_pieces(pieces)
    made = Submission(
        site_id=party.site_id, campaign_id=party.campaign_id, campaign=party.campaign, party=party, paper=paper,
        year=year, pieces=pieces, passed_pieces=0, round=1, state="submitted", handed_in_on=today(),
        handed_in_by=person.strip()[:60],
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    _note(made, "handed_in", by, person=made.handed_in_by)
    audit.write("hand_in_papers", made, {"year": year, "pieces": pieces}, by=by)
    return made


def hand_in_year(party: CampaignParty, year: int, pieces: Mapping[int, int], *, by: Any, person: str = "") -> int:
    """Several papers of one year at once, by the keys of the papers; how many came in."""
    papers = {paper.id: paper for paper in party.campaign.papers}
    if not pieces:
        raise RuleError(_l("Type how many pieces of at least one paper are handed in."))
    for key, number in pieces.items():
        if key not in papers:
            raise RuleError(_l("This paper is not owed in this campaign."))
        try:
            hand_in(party, papers[key], year, number, by=by, person=person)
        except RuleError as error:
            raise RuleError(error.message, field=f"pieces-{key}") from error
    db.session.flush()
    return len(pieces)


def _demand_running(campaign: Campaign) -> None:
    if campaign.state != "running":
        raise RuleError(_l("Papers are received while the campaign is under way."))


def _check_pieces(pieces: int | None) -> None:
    if pieces is None or not 0 < pieces <= MOST_PIECES:
        raise RuleError(_l("At least one piece is handed in."), field="pieces")


def _note(submission: Submission, what: str, by: Any, *, pieces: int | None = None, reason: str = "",
          person: str = "") -> None:  # fmt: skip
    db.session.add(
        SubmissionLine(
            site_id=submission.site_id, campaign_id=submission.campaign_id, submission=submission,
            round=submission.round, what=what, pieces=submission.pieces if pieces is None else pieces,
            reason=reason, person=person, at=now(), user_id=getattr(by, "id", None),
        )
    )  # fmt: skip


def is_short(submission: Submission) -> bool:
    """Fewer pieces have passed than are owed."""
    return submission.passed_pieces < submission.paper.pieces


def _may_come_again(submission: Submission, _user: Any) -> None:
    if submission.state == "passed" and not is_short(submission):
        raise RuleError(_l("All of it has passed: there is nothing to hand in again."))


def hand_in_again(submission: Submission, *, by: Any, pieces: int | None = None, handed_in_by: str = "") -> None:
    """The next round, of all pieces there are now."""
    _demand_running(submission.campaign)
    _check_pieces(pieces)
    if pieces is not None and pieces < submission.passed_pieces:
        raise RuleError(_l("At least as many as have passed already."), field="pieces")
    submission.pieces = pieces or submission.pieces
    submission.round, submission.reason = submission.round + 1, ""
    submission.handed_in_on, submission.handed_in_by = today(), handed_in_by.strip()[:60]
    _note(submission, "handed_in", by, person=submission.handed_in_by)


def the_receiver(submission: Submission, user: Any) -> None:
    """Nothing passes, and nothing is sent back, without the central receiver (P6.09)."""
    if user is not None and user.id != submission.campaign.receiver_id:
        raise RuleError(_l("Only the central receiver of the campaign decides on this."))


def return_papers(submission: Submission, *, by: Any, reason: str = "") -> None:
    """What is not up to standard goes back, with a reason (不合格一律退回); passed or not, it counts as missing."""
    _demand_running(submission.campaign)
    if not reason.strip():
        raise RuleError(_l("Say what is not up to standard."), field="reason")
    submission.reason, submission.passed_pieces = reason.strip()[:300], 0
    _note(submission, "returned", by, reason=submission.reason)


def pass_work(submission: Submission, *, by: Any, passed_pieces: int | None = None) -> None:
    """So many pieces are up to standard and are taken in."""
    _demand_running(submission.campaign)
    if passed_pieces is None or not 0 < passed_pieces <= submission.pieces:
        raise RuleError(_l("Between one piece and those that were handed in."), field="passed_pieces")
    submission.passed_pieces, submission.reason = passed_pieces, ""
    _note(submission, "passed", by, pieces=passed_pieces)


def pass_year(party: CampaignParty, year: int, *, by: Any) -> int:
    """All that waits of a party's year passes as it was handed in; how many papers."""
    mine = (Submission.party_id == party.id, Submission.year == year, Submission.state == "submitted")
    waiting = list(db.session.scalars(select(Submission).where(*mine).order_by(Submission.id)))
    if not waiting:
        raise RuleError(_l("Nothing of this year waits for the receiver."))
    for one in waiting:
        walk(MOVES, one, "pass_work", by=by, write=audit.write, passed_pieces=one.pieces)
    db.session.flush()
    return len(waiting)


MOVES = [
    Move(
        "pass_work", {"submitted"}, "passed", "Submission:pass_work", _l("Let it pass"), pass_work, style="primary",
        guard=the_receiver, asks=(("passed_pieces", _l("Pieces passed")),),
    ),
    Move(
        "return_papers", {"submitted", "passed"}, "returned", "Submission:return_papers", _l("Return to the unit"),
        return_papers,
        guard=the_receiver, asks=(("reason", _l("Reason of the return")),),
    ),
    Move(
        "hand_in_again", {"returned", "passed"}, "submitted", "Submission:hand_in_again", _l("Hand in again"),
        hand_in_again, guard=_may_come_again,
        asks=(("pieces", _l("Pieces handed in")), ("handed_in_by?", _l("Handed in by"))),
    ),
]  # fmt: skip
