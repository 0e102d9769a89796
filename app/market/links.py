"""Links by which customers answer: unguessable, used once, worth nothing afterwards (P3.04, P8.05)."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.language import say
from app.kit.moves import Move
from app.kit.session import db
from app.market import knowing, policy, profiles
from app.market.survey_models import AnswerLink, Survey, SurveyAnswer
from app.security import audit

LONGEST_TOKEN = 100
USUAL_DAYS = 14
BEST = 5  # marks go from 1 to 5


def issue(link: AnswerLink, *, by: Any = None) -> AnswerLink:
    """A new link for a customer. Its secret is kept encrypted and found by its hash."""
    with db.session.no_autoflush:
        profile = profiles.settle(link)
        of = policy.of_key(profile.scheme_key)
        link.kind = "survey" if link.survey is not None else "data_form"
        if link.kind == "data_form" and not any(each.get("by_customer") for each in of.items("sources")):
            raise RuleError(_l("The scheme knows no data that customers fill in themselves."), field="profile")
        if link.survey is not None:
            _check_survey(link.survey, profile.scheme_key)
        link.expires_on = _last_day(link, of)
        link.token, link.state, link.answers = secrets.token_urlsafe(32), "waiting", {}
        link.token_hash = hashed(link.token)
    db.session.add(link)
    db.session.flush()
    audit.write("issue_link", link, {"kind": link.kind, "until": str(link.expires_on)}, by=by)
    return link


def _check_survey(survey: Survey, scheme_key: str) -> None:
    if survey.state != "open":
        raise RuleError(_l("This survey is over."), field="survey")
    if survey.scheme_key != scheme_key:
        raise RuleError(_l("This survey is for customers of another scheme."), field="survey")


def _last_day(link: AnswerLink, of: policy.Policy) -> dt.date:
    """As it was said, else as the scheme says; never longer than the survey."""
    day = link.expires_on or today() + dt.timedelta(days=int(of.part.get("link_days", USUAL_DAYS)))
    if link.survey is not None:
        day = min(day, link.survey.closes_on)
    if day < today():
        raise RuleError(_l("This day is over already."), field="expires_on")
    return day


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def live(token: str) -> AnswerLink | None:
    """The link of that secret while it can be answered; None for any other, used and expired ones alike."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    found = db.session.scalar(select(AnswerLink).where(AnswerLink.token_hash == hashed(token)))
    return found if found is not None and can_be_answered(found) else None


def is_known(token: str) -> bool:
    """There is such a link, answered or not."""
    if not token or len(token) > LONGEST_TOKEN:
        return False
    return db.session.scalar(select(AnswerLink.id).where(AnswerLink.token_hash == hashed(token))) is not None


def can_be_answered(link: AnswerLink) -> bool:
    """Not used, not withdrawn, not expired, and its survey still asks."""
    is_asked = link.survey is None or link.survey.state == "open"
    return link.state == "waiting" and today() <= link.expires_on and is_asked


def asked_of(link: AnswerLink) -> list[tuple[str, str, str]]:
    """(key, group, words) of everything that the link asks, in the reader's language."""
    if link.survey is not None:
        survey = policy.of_survey(link.survey).survey(link.survey.kind)
        return [(each["key"], "", say(each["name"])) for each in survey["questions"]]
    fields = policy.of_key(link.scheme_key).fields()
    return [(key, say(group["name"]), say(field["name"])) for key, group, field in fields]


def answer(link: AnswerLink, told: Mapping[str, Any], filled_by: str, words: str = "") -> None:
    """What the customer says: the link is used up in the same statement, so that it answers once only."""
    keys = {key for key, _group, _words in asked_of(link)}
    answers = {key: value for key, value in told.items() if key in keys and value not in ("", None)}
    if not answers:
        raise RuleError(_l("Please answer something."))
    if link.survey is not None and set(answers) != keys:
        raise RuleError(_l("Please answer every question."))
    if not _use_up(link):
        raise RuleError(_l("This link was used already."))
    link.filled_by, link.answers = filled_by.strip()[:60], answers if link.survey is None else {}
    if link.survey is not None:
        _to_survey(link, link.survey, {key: int(value) for key, value in answers.items()}, words)
    db.session.flush()
    audit.write("answer_link", link, {"kind": link.kind}, by=None)


def of_survey(survey: Survey) -> list[AnswerLink]:
    """The links of a survey."""
    return list(db.session.scalars(select(AnswerLink).where(AnswerLink.survey_id == survey.id).order_by(AnswerLink.id)))


def _use_up(link: AnswerLink) -> bool:
    """True for the first only, whoever comes at the same moment."""
    waiting = (AnswerLink.id == link.id, AnswerLink.state == "waiting")
    used = (
        update(AnswerLink).where(*waiting).values(state="answered", answered_at=now(), version=AnswerLink.version + 1)
    )
    result: Any = db.session.execute(used, execution_options={"synchronize_session": False})
    db.session.refresh(link)
    return bool(result.rowcount == 1)


def _to_survey(link: AnswerLink, survey: Survey, scores: dict[str, int], words: str) -> None:
    if not all(1 <= score <= BEST for score in scores.values()):
        raise RuleError(_l("A mark is between 1 and 5."))
    points = sum(scores.values()) * 1000 // (len(scores) * BEST)
    db.session.add(
        SurveyAnswer(
            site_id=link.site_id, customer=link.customer, customer_id=link.customer_id, survey=survey, link=link,
            answered_on=today(), scores=scores, score=f"{points // 10}.{points % 10}", words=words.strip()[:1000],
            filled_by=link.filled_by,
        )
    )  # fmt: skip
    survey.answered = (survey.answered or 0) + 1
    link.state = "taken"


# --- what becomes of a returned data form ----------------------------------------------------------------------------


def _is_a_form(link: AnswerLink, user: Any) -> None:
    if link.kind != "data_form":
        raise RuleError(_l("A survey's answers count by themselves."))


def take_over(link: AnswerLink, *, by: Any) -> None:
    """A clerk has read what came back: it becomes lines with the customer as source (P3.04)."""
    knowing.take_over(link.profile, link.answers, link.filled_by, by=by)


def set_aside(link: AnswerLink, *, by: Any, reason: str = "") -> None:
    if not reason.strip():
        raise RuleError(_l("Say why it is set aside."), field="reason")
    link.reason = reason.strip()[:300]


MOVES = [
    Move(
        "take_over", {"answered"}, "taken", "AnswerLink:take_over", _l("Take over"), take_over, guard=_is_a_form,
        style="primary",
    ),
    Move(
        "set_aside", {"answered"}, "set_aside", "AnswerLink:take_over", _l("Set aside"), set_aside, guard=_is_a_form,
        asks=(("reason", _l("Reason")),),
    ),
    Move("withdraw", {"waiting"}, "withdrawn", "AnswerLink:withdraw", _l("Call the link back"), style="danger"),
]  # fmt: skip
