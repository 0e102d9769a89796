"""The evaluation of the files reaches the marketing manager on time, and is read (P13.03)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select

from app.estate.numbers import numbered
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.market import grading, policy
from app.market.models import MarketProfile
from app.market.survey_models import Evaluation
from app.security import audit

SERIES = "PG"


def order(evaluation: Evaluation, *, by: Any = None) -> Evaluation:
    """An evaluation is due: by whom, for whom, until when."""
    with db.session.no_autoflush:
        if evaluation.site is None:
            raise RuleError(_l("Choose a site."), field="site")
        if evaluation.scheme is None:
            raise RuleError(_l("Choose a scheme."), field="scheme")
        policy.of_key(evaluation.scheme.key)
        evaluation.site_id, evaluation.scheme_id = evaluation.site.id, evaluation.scheme.id
        evaluation.scheme_key, evaluation.state, evaluation.figures = evaluation.scheme.key, "due", {}
        check(evaluation)
        evaluation.number = numbered(evaluation.site_id, SERIES)
    db.session.add(evaluation)
    db.session.flush()
    audit.write("order_evaluation", evaluation, {"number": evaluation.number, "due": str(evaluation.due_on)}, by=by)
    return evaluation


def check(evaluation: Evaluation, *, by: Any = None) -> None:
    if evaluation.author is None:
        raise RuleError(_l("Say who writes it."), field="author")
    if evaluation.reader is None:
        raise RuleError(_l("Say for whom."), field="reader")
    if evaluation.author.id == evaluation.reader.id:
        raise RuleError(_l("It is written for somebody else."), field="reader")
    if evaluation.due_on is None:
        raise RuleError(_l("Say by when."), field="due_on")


def figures_of(scheme_key: str, site_id: int) -> dict[str, Any]:
    """What the files say today: how many of each grade, unverified, stale, over their limit."""
    theirs = (MarketProfile.scheme_key == scheme_key, MarketProfile.site_id == site_id)
    counted = (
        func.count(MarketProfile.id),
        func.count(MarketProfile.id).filter(MarketProfile.state != "verified"),
        func.count(MarketProfile.id).filter(MarketProfile.stale_on <= today()),
        func.count(MarketProfile.id).filter(MarketProfile.is_over_limit.is_(True)),
        func.count(MarketProfile.id).filter(MarketProfile.is_prospect.is_(True)),
    )
    row = db.session.execute(select(*counted).where(*theirs)).one()
    grades = select(MarketProfile.grade, func.count(MarketProfile.id)).where(*theirs).group_by(MarketProfile.grade)
    named = ("customers", "unverified", "stale", "over_limit", "prospects")
    return dict(zip(named, (int(value) for value in row), strict=True)) | {
        "grades": {str(key): int(count) for key, count in db.session.execute(grades)}
    }


def _author(evaluation: Evaluation, user: Any) -> None:
    if user is not None and user.id != evaluation.author_id:
        raise RuleError(_l("Another person writes this evaluation."))


def _reader(evaluation: Evaluation, user: Any) -> None:
    if user is not None and user.id != evaluation.reader_id:
        raise RuleError(_l("This evaluation is for another person."))


def deliver(evaluation: Evaluation, *, by: Any, findings: str = "", advice: str = "") -> None:
    """Grades are reckoned anew, the day's figures go along, and the next one is due as the scheme says."""
    if not findings.strip():
        raise RuleError(_l("Say what the files tell."), field="findings")
    grading.regrade_all(evaluation.scheme_key, evaluation.site_id, by=by)
    evaluation.findings, evaluation.advice = findings.strip()[:1000], advice.strip()[:1000]
    evaluation.figures = figures_of(evaluation.scheme_key, evaluation.site_id)
    evaluation.delivered_at, evaluation.is_late = now(), today() > evaluation.due_on
    days = policy.of_key(evaluation.scheme_key).part.get("evaluation_every_days")
    if days:
        _order_next(evaluation, evaluation.due_on + dt.timedelta(days=int(days)), by)


def _order_next(evaluation: Evaluation, due_on: dt.date, by: Any) -> None:
    """Between the same people, once."""
    later = (
        Evaluation.scheme_key == evaluation.scheme_key, Evaluation.site_id == evaluation.site_id,
        Evaluation.id != evaluation.id, Evaluation.state == "due",
    )  # fmt: skip
    if db.session.scalar(select(Evaluation.id).where(*later).limit(1)) is None:
        following = Evaluation(
            site=evaluation.site, scheme=evaluation.scheme, author=evaluation.author, reader=evaluation.reader,
            author_id=evaluation.author_id, reader_id=evaluation.reader_id, due_on=max(due_on, today()),
        )  # fmt: skip
        order(following, by=by)


def read(evaluation: Evaluation, *, by: Any) -> None:
    """The manager has read it."""
    evaluation.read_at = now()


MOVES = [
    Move(
        "deliver", {"due"}, "delivered", "Evaluation:deliver", _l("Deliver"), deliver, guard=_author, style="primary",
        asks=(("findings", _l("What the files tell")), ("advice?", _l("Advice"))),
    ),
    Move("read", {"delivered"}, "read", "Evaluation:read", _l("Taken note of"), read, guard=_reader, style="primary"),
]  # fmt: skip
