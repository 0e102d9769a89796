"""What the market says on paper: data form, credit sheet, survey form, corrective action, evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.customers.models import Customer
from app.estate.facts import site_facts
from app.estate.models import Site
from app.market import grading, knowing, links, policy, survey_screens, surveys
from app.market.models import GradeChange, MarketProfile, ProfileDatum, TermRequest
from app.market.survey_models import AnswerLink, CorrectiveAction, Evaluation, Survey
from app.printing.subjects import Facts, in_all_languages, read, subject

PARTS: dict[str, type] = {
    "site": Site, "customer": Customer, "profile": MarketProfile, "data": ProfileDatum, "link": AnswerLink,
    "grades": GradeChange, "survey": Survey, "action": CorrectiveAction, "evaluation": Evaluation,
    "terms": TermRequest,
}  # fmt: skip
PROFILE = (
    "credit_limit_cents", "outstanding_cents", "is_over_limit", "terms", "credit_handling", "state", "graded_on",
    "since_on", "potential", "verified_by", "verified_at", "finding", "fresh_on", "stale_on", "next_review_on",
)  # fmt: skip
NOTHING: Facts = {"zh_Hans": "", "zh_Hant": "", "en": ""}


def _names(of: policy.Policy, name: str, key: str) -> Any:
    """What a key of the scheme is called, in every language."""
    found = of.item(name, key)
    return dict(found["name"]) if found is not None else key


@subject("market_profile", MarketProfile, parts=PARTS)
def profile_facts(profile: MarketProfile) -> Facts:
    """A customer's place in the market, all that is known now, and the last changes of grade."""
    of = policy.of_key(profile.scheme_key)
    grade = of.item("grades", profile.grade)
    drives = {name: dict(grade[name]) if grade else NOTHING for name in grading.DRIVES}
    return {
        "site": site_facts(profile.site),
        "customer": read(profile.customer, "name", "name_en", "licence_number", "industry", "representative"),
        "profile": read(profile, *PROFILE),
        "grade": _names(of, "grades", profile.grade),
        "credit_grade": _names(of, "credit_grades", profile.credit_grade),
        "payment_mode": _names(of, "payment_modes", profile.payment_mode),
        "drives": drives,
        "facets": _facets(profile, of),
        "groups": _groups(of, knowing.latest(profile.customer_id)),
        "address": "",
        "until": "",
    }


def _facets(profile: MarketProfile, of: policy.Policy) -> list[Facts]:
    borne = profile.facets.split()
    return [
        {"facet": dict(facet["name"]), "word": dict(word["name"])} for key, facet, word in of.marks() if key in borne
    ]


def _groups(of: policy.Policy, latest: Mapping[str, ProfileDatum]) -> list[Facts]:
    """The fields group by group, with what counts now."""
    groups = []
    for group in of.items("groups"):
        rows = []
        for field in group["fields"]:
            datum = latest.get(f"{group['key']}.{field['key']}")
            said = read(datum, "value", "said_on")
            source = _names(of, "sources", datum.source) if datum is not None else ""
            rows.append({"field": dict(field["name"]), **said, "source": source})
        groups.append({"name": dict(group["name"]), "rows": rows})
    return groups


def _fits_link(link: Any, form_key: str) -> bool:
    """A survey's link prints the survey, a data form's link the form, while it can be answered."""
    is_survey = link.kind == "survey"
    return links.can_be_answered(link) and (form_key == "survey_form") == is_survey


@subject("answer_link", AnswerLink, parts=PARTS, fits=_fits_link)
def link_facts(link: AnswerLink) -> Facts:
    """What is asked of the customer, empty, with the address where it can be answered instead."""
    of = policy.of_survey(link.survey) if link.survey is not None else policy.of_key(link.scheme_key)
    declared = of.survey(link.survey.kind) if link.survey is not None else None
    return {
        "site": site_facts(link.profile.site),
        "customer": read(link.customer, "name", "name_en", "licence_number", "industry", "representative"),
        "survey": read(link.survey, "number", "year", "target"),
        "survey_name": dict(declared["name"]) if declared else NOTHING,
        "questions": [dict(each["name"]) for each in declared["questions"]] if declared else [],
        "groups": _groups(of, {}) if declared is None else [],
        "address": survey_screens.address_of(link),
        "until": read(link, "expires_on")["expires_on"],
    }


@subject("corrective_action", CorrectiveAction, parts=PARTS)
def action_facts(action: CorrectiveAction) -> Facts:
    """One low item, what was done about it, and who verified that."""
    names = (
        "number", "score", "target", "responsible", "due_on", "cause", "measure", "prevention", "done_by", "done_on",
        "finding", "verified_by", "verified_on", "closed_on", "state",
    )  # fmt: skip
    survey, _dot, question = action.question.partition(".")
    declared = policy.of_survey(action.survey).item("surveys", survey) or {"name": NOTHING, "questions": []}
    item = next((dict(each["name"]) for each in declared["questions"] if each["key"] == question), action.question)
    return {
        "site": site_facts(action.site),
        "action": read(action, *names),
        "survey": read(action.survey, "number", "year", "score", "answered"),
        "survey_name": dict(declared["name"]),
        "item": item,
        "scores": [
            {"item": _question(declared, key), "score": surveys.said_points(points), "answers": answers}
            for key, points, answers in surveys.scores_of(action.survey)
        ],
    }


def _question(declared: Mapping[str, Any], key: str) -> Any:
    return next((dict(each["name"]) for each in declared["questions"] if each["key"] == key), key)


@subject("evaluation", Evaluation, parts=PARTS)
def evaluation_facts(evaluation: Evaluation) -> Facts:
    """What was delivered, with the figures of that day."""
    names = (
        "number", "due_on", "author", "reader", "findings", "advice", "delivered_at", "is_late", "read_at", "state",
    )  # fmt: skip
    of = policy.of_key(evaluation.scheme_key)
    figures = [
        {"what": in_all_languages(words), "count": int(evaluation.figures.get(key, 0))}
        for key, words in survey_screens.FIGURES.items()
    ]
    grades = [
        {"what": _names(of, "grades", key), "count": int(count)}
        for key, count in evaluation.figures.get("grades", {}).items()
    ]
    return {
        "site": site_facts(evaluation.site),
        "evaluation": read(evaluation, *names),
        "scheme": dict(evaluation.scheme.body["name"]),
        "counts": [*figures, *grades] if evaluation.figures else [],
    }
