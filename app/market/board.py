"""What of the market waits for the reader, and what is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import url_for

from app.archive import approvals
from app.kit.columns import today
from app.kit.counting import count
from app.kit.labels import _l
from app.kit.pages import Card, Event
from app.kit.session import db
from app.market import policy, surveys
from app.market.models import MarketProfile, TermRequest
from app.market.survey_models import AnswerLink, CorrectiveAction, Evaluation, Survey
from app.security import gate

TERMS = {
    "asked": _l("Terms for the supervisor"),
    "passed": _l("Terms for the manager"),
    "raised": _l("Terms for the director"),
}


def cards(user: Any) -> Iterator[Card]:
    """Stale and unverified customers, passed limits, terms to sign, forms that came back, surveys, evaluations."""
    if not policy.policies():
        return
    if gate.may("list", "MarketProfile"):
        yield from _profiles()
    for state in approvals.waiting_for_me(list(TERMS), "TermRequest"):
        number = count(TermRequest, TermRequest.state == state)
        yield Card(TERMS[state], number, url_for("TermRequestView.list", state=state), "warn" if number else "")
    if gate.may("take_over", "AnswerLink"):
        number = count(AnswerLink, AnswerLink.state == "answered")
        url = url_for("AnswerLinkView.list", state="answered")
        yield Card(_l("Data forms that came back"), number, url, "warn" if number else "")
    if gate.may("open_actions", "Survey"):
        yield from _surveys()
    yield from _actions(getattr(user, "id", 0))
    yield from _evaluations(getattr(user, "id", 0))


def _profiles() -> Iterator[Card]:
    stale = count(MarketProfile, MarketProfile.stale_on <= today())
    url = url_for("MarketProfileView.list", stale_on_to=today(), order="stale_on")
    hint = _l("Nothing was added for longer than the scheme allows.")
    yield Card(_l("Stale customer data"), stale, url, "bad" if stale else "", hint=hint, group="overdue")
    over = count(MarketProfile, MarketProfile.is_over_limit.is_(True))
    url = url_for("MarketProfileView.list", is_over_limit="1")
    yield Card(_l("Credit limits passed"), over, url, "bad" if over else "")
    if gate.may("confirm", "MarketProfile"):
        number = count(MarketProfile, MarketProfile.state == "reported")
        url = url_for("MarketProfileView.list", state="reported")
        yield Card(_l("Customers to verify"), number, url, "warn" if number else "")


def _surveys() -> Iterator[Card]:
    """Those below the target that nobody has acted on, and whole surveys that are overdue (P8.05, P8.06)."""
    below = count(Survey, Survey.state == "below")
    yield Card(_l("Surveys below the target"), below, url_for("SurveyView.list", state="below"), "bad" if below else "")
    late = surveys.overdue(gate.site_ids())
    hint = "、".join(sorted({word for _site, word in late}))
    yield Card(_l("Full surveys overdue"), len(late), url_for("SurveyView.list"), "bad" if late else "", hint=hint,
               group="overdue")  # fmt: skip


def _actions(mine: int) -> Iterator[Card]:
    if gate.may("do", "CorrectiveAction"):
        number = count(CorrectiveAction, CorrectiveAction.state == "open", CorrectiveAction.responsible_id == mine)
        url = url_for("CorrectiveActionView.list", state="open")
        yield Card(_l("Corrective actions of mine"), number, url, "warn" if number else "")
    if gate.may("check", "CorrectiveAction"):
        number = count(CorrectiveAction, CorrectiveAction.state == "done")
        url = url_for("CorrectiveActionView.list", state="done")
        yield Card(_l("Corrective actions to verify"), number, url, "warn" if number else "")


def _evaluations(mine: int) -> Iterator[Card]:
    """Mine to write, late ones apart; those for me to read."""
    if gate.may("deliver", "Evaluation"):
        late = count(Evaluation, Evaluation.state == "due", Evaluation.author_id == mine, Evaluation.due_on < today())
        url = url_for("EvaluationView.list", state="due", due_on_to=today() - dt.timedelta(days=1))
        yield Card(_l("Evaluations overdue"), late, url, "bad" if late else "", group="overdue")
    if gate.may("read", "Evaluation"):
        waiting = count(Evaluation, Evaluation.state == "delivered", Evaluation.reader_id == mine)
        url = url_for("EvaluationView.list", state="delivered")
        yield Card(_l("Evaluations to read"), waiting, url, "warn" if waiting else "")


def day(user: Any, date: dt.date) -> Iterator[Event]:
    """Evaluations and corrective actions that the reader has due on that day."""
    mine = getattr(user, "id", 0)
    if not policy.policies():
        return
    for model, of, state, view in (
        (Evaluation, Evaluation.author_id, "due", "EvaluationView.show"),
        (CorrectiveAction, CorrectiveAction.responsible_id, "open", "CorrectiveActionView.show"),
    ):
        if gate.may("list", model.__name__):
            for one in db.session.query(model).filter(of == mine, model.state == state, model.due_on == date):
                yield Event(one.due_on, model.__table__.c.due_on.info["label"], one.number, url_for(view, pk=one.id))
