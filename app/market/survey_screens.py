"""What surveys, links and evaluations show besides their columns."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, request, url_for

from app.kit.labels import _l
from app.kit.language import say
from app.kit.pages import Cell, Column, Link, ListPage, Row, ShowPage
from app.market import links, policy, surveys
from app.market.survey_models import AnswerLink, Evaluation, Survey
from app.security import audit, gate

FIGURES = {
    "customers": _l("Customers"),
    "prospects": _l("Prospects"),
    "unverified": _l("Not verified"),
    "stale": _l("Stale"),
    "over_limit": _l("Over the limit"),
}


def with_scores(page: ShowPage, survey: Survey) -> ShowPage:
    """Question by question: the score, the answers, and whether it is below the target (P8.06)."""
    declared = policy.of_survey(survey).item("surveys", survey.kind) or {"questions": []}
    words = {each["key"]: say(each["name"]) for each in declared["questions"]}
    rows = []
    for key, points, answers in surveys.scores_of(survey):
        is_low = points < survey.target * 10
        told = Cell(_l("Below the target") if is_low else _l("Reached"), tone="bad" if is_low else "good")
        rows.append(Row(key, None, [Cell(words.get(key, key)), Cell(surveys.said_points(points)), Cell(answers), told]))
    heads = [_l("Question"), _l("Score (of 100)"), _l("Answers"), _l("Target")]
    columns = [Column(str(place), head) for place, head in enumerate(heads)]
    why = _l("Scores are shown from %(count)s answers on.", count=surveys.FEWEST)
    page.lists.insert(0, ListPage(_l("Scores"), columns, rows, empty=why))
    return page


def with_answers(page: ShowPage, link: AnswerLink) -> ShowPage:
    """What came back of a data form, for who may read the customer's data; the way to show the link's address."""
    if links.can_be_answered(link) and gate.may("address", "AnswerLink"):
        page.moves.append(Link(_l("Show the address"), url_for("AnswerLinkView.address", pk=link.id), "post"))
    if link.answers:
        words = {key: f"{group} {said}".strip() for key, group, said in links.asked_of(link)}
        is_told = gate.value(link, "filled_by") is not gate.SEALED
        told = [
            (words.get(key, key), Cell(value) if is_told else Cell(gate.SEALED, "sealed"))
            for key, value in link.answers.items()
        ]
        page.groups.append((_l("Filled in by the customer"), told))
    return page


def address_of(link: AnswerLink) -> str:
    """Where the customer answers."""
    base = current_app.config.get("PUBLIC_URL") or (request.host_url if request else "http://127.0.0.1:8080")
    return f"{base.rstrip('/')}/answer/{link.token}"


def tell_address(link: AnswerLink) -> None:
    """Shown once on the next page, and written down."""
    if not links.can_be_answered(link):
        flash(_l("This link is worth nothing any more."), "danger")
        return
    audit.write("show_link", link, {}, by=gate.user())
    flash(_l("The customer answers here: %(address)s", address=address_of(link)), "success")


def with_figures(page: ShowPage, evaluation: Evaluation) -> ShowPage:
    """The figures as they were delivered."""
    if evaluation.figures:
        told: list[tuple[Any, Cell]] = [
            (words, Cell(evaluation.figures.get(key, 0), "number")) for key, words in FIGURES.items()
        ]
        of = policy.of_key(evaluation.scheme_key)
        told += [
            (of.word("grades", key), Cell(count, "number"))
            for key, count in evaluation.figures.get("grades", {}).items()
        ]
        page.groups.append((_l("Figures"), told))
    return page
