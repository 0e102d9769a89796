"""The page that customers answer on: no account, one link, one answer (P3.04, P8.05).

An unknown, used or expired link answers the same 404; who tries many unknown ones is kept waiting.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import abort, redirect, request, url_for
from sqlalchemy.exc import IntegrityError
from wtforms import HiddenField
from wtforms.form import BaseForm

from app.kit import once
from app.kit.errors import RuleError
from app.kit.fields import ChoiceField, Filled, LongTextField, MayBeEmpty, NotLonger, TextField
from app.kit.labels import _l
from app.kit.language import say
from app.kit.session import attempt, before_commit
from app.market import links, policy
from app.market.survey_models import AnswerLink
from app.security import logins, refusals

WHO, WORDS = "filled_by", "words"
LONGEST_NAME, LONGEST = 60, 1000
MARKS = [
    ("5", _l("5 very satisfied")),
    ("4", _l("4 satisfied")),
    ("3", _l("3 neither")),
    ("2", _l("2 dissatisfied")),
    ("1", _l("1 very dissatisfied")),
]


def answered(view: Any, token: str, address: str) -> Any:
    """The form of a live link, or what became of it."""
    if logins.is_barred(address):
        abort(429)
    if request.method == "POST" and (before := once.replayed(request.form.get(once.FIELD))):
        return redirect(before)
    link = links.live(token)
    if link is None:
        if not links.is_known(token):
            before_commit(lambda: logins.note_wrong_token(address))
        return _nothing()
    form = form_of(link)
    form.process(request.form if request.method == "POST" else None, data={once.FIELD: once.new()})
    problem: Any = ""
    if request.method == "POST" and form.validate():
        try:
            return _store(link, form)
        except RuleError as refusal:
            problem = refusal.message
            if links.live(token) is None:
                return _nothing()
    page = view.render_template("market/answer.html", **drawn(link, form), problem=problem)
    return page, 422 if problem or form.errors else 200


def _nothing() -> Any:
    """As if the address had never been there; returned, so that a count of it is committed."""
    return refusals.page(404)


def _store(link: AnswerLink, form: BaseForm) -> Any:
    """Once: a second press of the same form is sent where the first was."""
    key, to = form[once.FIELD].data, url_for("AnswerView.thanks")
    told = {field.name: field.data for field in form if field.name not in (WHO, WORDS, once.FIELD)}
    try:
        with attempt():
            once.keep(key, to)
            links.answer(link, told, form[WHO].data, (form[WORDS].data or "") if WORDS in form else "")
    except IntegrityError:  # the same form at the same moment, or the same link
        before = once.replayed(key)
        return redirect(before) if before else _nothing()
    return redirect(to)


def form_of(link: AnswerLink) -> BaseForm:
    """A mark for each question of a survey, a line for each field of a data form."""
    made: dict[str, Any] = {}
    for key, _group, said in links.asked_of(link):
        if link.survey is not None:
            made[key] = ChoiceField(said, [Filled()], words=[("", ""), *MARKS])
        else:
            made[key] = LongTextField(said, [MayBeEmpty(), NotLonger(LONGEST)])
    if link.survey is not None:
        made[WORDS] = LongTextField(_l("What else you would like to say"), [MayBeEmpty(), NotLonger(LONGEST)])
    made[WHO] = TextField(_l("Your name"), [Filled(), NotLonger(LONGEST_NAME)])
    form = BaseForm({**made, once.FIELD: HiddenField()})
    for field in form:
        field.masked = ""
    return form


def drawn(link: AnswerLink, form: BaseForm) -> dict[str, Any]:
    """What the page is given: its title, who is asked, and the fields in their groups."""
    title: Any = _l("Customer data form")
    if link.survey is not None:
        title = say(policy.of_survey(link.survey).survey(link.survey.kind)["name"])
    return {
        "title": title,
        "customer": link.customer.name,
        "until": link.expires_on,
        "form": form,
        "groups": list(_groups(link)),
    }


def _groups(link: AnswerLink) -> Iterator[tuple[Any, list[str]]]:
    groups: dict[str, list[str]] = {}
    for key, group, _said in links.asked_of(link):
        groups.setdefault(group, []).append(key)
    for group, keys in groups.items():
        yield group or _l("How satisfied are you?"), keys
    yield _l("Who answers"), [*([WORDS] if link.survey is not None else []), WHO]
