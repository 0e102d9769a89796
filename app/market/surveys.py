"""A year's survey: asked by links, scored, and what scores low is put right and verified (P8.05, P8.06)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.estate.numbers import numbered
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.language import say
from app.kit.moves import Move
from app.kit.session import db
from app.market import links, policy
from app.market.models import MarketProfile
from app.market.survey_models import AnswerLink, CorrectiveAction, Survey, SurveyAnswer
from app.security import audit

SERIES, ACTION_SERIES = "DC", "JZ"
FEWEST = 3  # with fewer answers an average would tell what one customer marked
Scores = list[tuple[str, int, int]]  # (question, points of a thousand, answers)


def open_survey(survey: Survey, *, by: Any = None) -> Survey:
    """A new survey of a scheme; the target is the scheme's where nothing else is said."""
    with db.session.no_autoflush:
        if survey.site is None:
            raise RuleError(_l("Choose a site."), field="site")
        if survey.scheme is None:
            raise RuleError(_l("Choose a scheme."), field="scheme")
        declared = policy.of_key(survey.scheme.key).survey(survey.kind or "")
        survey.site_id, survey.scheme_id, survey.scheme_key = survey.site.id, survey.scheme.id, survey.scheme.key
        survey.year = survey.year or today().year
        survey.target = survey.target or int(declared["target"])
        survey.invited = survey.answered = 0
        survey.state, survey.score = "open", ""
        check(survey)
        survey.number = numbered(survey.site_id, SERIES)
    db.session.add(survey)
    db.session.flush()
    audit.write("open_survey", survey, {"number": survey.number, "kind": survey.kind}, by=by)
    return survey


def check(survey: Survey, *, by: Any = None) -> None:
    if survey.closes_on is None or survey.closes_on < today():
        raise RuleError(_l("Say until when answers are taken: today or later."), field="closes_on")
    if not 1 <= survey.target <= 100:
        raise RuleError(_l("A target is between 1 and 100."), field="target")


def profiles_of(survey: Survey) -> list[MarketProfile]:
    """Whom the survey can ask: every customer of its scheme at its site who is no mere prospect."""
    theirs = (MarketProfile.scheme_key == survey.scheme_key, MarketProfile.site_id == survey.site_id)
    query = select(MarketProfile).where(*theirs, MarketProfile.is_prospect.is_(False))
    return list(db.session.scalars(query.order_by(MarketProfile.id)))


def invite(survey: Survey, *, by: Any) -> int:
    """A link for everybody who has none yet; answers how many are new."""
    asked = set(db.session.scalars(select(AnswerLink.profile_id).where(AnswerLink.survey_id == survey.id)))
    fresh = [profile for profile in profiles_of(survey) if profile.id not in asked]
    if not fresh and not asked:
        raise RuleError(_l("There is no customer of this scheme to ask."))
    for profile in fresh:
        links.issue(AnswerLink(profile=profile, survey=survey), by=by)
    survey.invited = len(asked) + len(fresh)
    return len(fresh)


def answers_of(survey: Survey) -> list[SurveyAnswer]:
    query = select(SurveyAnswer).where(SurveyAnswer.survey_id == survey.id)
    return list(db.session.scalars(query.order_by(SurveyAnswer.id)))


def scores_of(survey: Survey) -> Scores:
    """Each question's points of a thousand, as the scheme orders them; one that fewer than `FEWEST` answered is left
    out, whoever asks."""
    found, answers = [], answers_of(survey)
    for question in policy.of_survey(survey).survey(survey.kind)["questions"]:
        marks = [answer.scores[question["key"]] for answer in answers if question["key"] in answer.scores]
        if len(marks) >= FEWEST:
            found.append((str(question["key"]), points(marks), len(marks)))
    return found


def points(marks: Sequence[int]) -> int:
    """Marks of 1 to 5 as points of a thousand, rounded half up."""
    whole = len(marks) * links.BEST
    return (sum(marks) * 2000 + whole) // (2 * whole)


def said_points(of_thousand: int) -> str:
    """867 is 86.7 of a hundred."""
    return f"{of_thousand // 10}.{of_thousand % 10}"


def low(survey: Survey) -> Scores:
    """The items below the target."""
    return [each for each in scores_of(survey) if each[1] < survey.target * 10]


def close(survey: Survey, *, by: Any) -> None:
    """No more answers: the score is reckoned. Below the target, as a whole or in an item, something has to follow.

    Of fewer answers than `FEWEST` no score is kept: it would be a customer's own.
    """
    answers = answers_of(survey)
    if not answers:
        raise RuleError(_l("Nobody has answered yet."))
    marks = [mark for answer in answers for mark in answer.scores.values()]
    survey.score = said_points(points(marks)) if len(answers) >= FEWEST else ""
    survey.closed_on = today()
    survey.state = "below" if low(survey) else "closed"


def open_actions(survey: Survey, *, by: Any, responsible: Any = None, due_on: dt.date | None = None) -> None:
    """The office opens an action for each low item (P8.06)."""
    if responsible is None:
        raise RuleError(_l("Say who puts it right."), field="responsible")
    if due_on is None or due_on < today():
        raise RuleError(_l("Say by when: today or later."), field="due_on")
    survey.responsible, survey.responsible_id = responsible, responsible.id
    for question, score, _answers in low(survey):
        action = CorrectiveAction(
            site_id=survey.site_id, number=numbered(survey.site_id, ACTION_SERIES), survey=survey,
            question=f"{survey.kind}.{question}", score=said_points(score), target=survey.target,
            responsible=responsible, responsible_id=responsible.id, due_on=due_on,
        )  # fmt: skip
        db.session.add(action)
        db.session.flush()
        audit.write("open_action", action, {"number": action.number, "survey": survey.number}, by=by)


def overdue(site_ids: Sequence[int]) -> list[tuple[int, str]]:
    """(site, survey) wherever a whole survey is due as often as the scheme says and none was closed for that long."""
    closed = select(Survey.scheme_key, Survey.site_id, Survey.kind, func.max(Survey.closed_on))
    closed = closed.where(Survey.is_full.is_(True)).group_by(Survey.scheme_key, Survey.site_id, Survey.kind)
    last = {(key, site, kind): on for key, site, kind, on in db.session.execute(closed)}
    there = (
        select(MarketProfile.scheme_key, MarketProfile.site_id).where(MarketProfile.site_id.in_(site_ids)).distinct()
    )
    late = []
    for key, site in db.session.execute(there):
        declared = policy.policies()[key].items("surveys") if key in policy.policies() else []
        for survey in [each for each in declared if each.get("every_days")]:
            before, limit = last.get((key, site, survey["key"])), today() - dt.timedelta(days=int(survey["every_days"]))
            if before is None or before < limit:
                late.append((site, say(survey["name"])))
    return late


MOVES = [
    Move("invite", {"open"}, None, "Survey:invite", _l("Make the links"), invite, style="primary"),
    Move("close", {"open"}, None, "Survey:close", _l("Close and reckon"), close, leads_to=("below", "closed")),
    Move(
        "open_actions", {"below"}, "acting", "Survey:open_actions", _l("Open corrective actions"), open_actions,
        asks=(("responsible", _l("Responsible")), ("due_on", _l("Deadline"))), style="primary",
    ),
]  # fmt: skip
