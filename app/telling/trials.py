"""A trial message: ordered on screen, sent by the worker of long jobs, so that a slow receiver holds nobody up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, url_for

from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.pages import Link
from app.kit.session import attempt, db
from app.security import gate
from app.telling import rules, sending
from app.telling.models import PROBLEMS, TellingChoice, TellingLine

# Handed in by app/views.py: the jobs room is beside this one. start_job("trial_message", owner, payload) -> job
start_job: Callable[[str, Any, dict[str, Any]], Any] | None = None


def button(choice: TellingChoice) -> Link:
    """What has it sent."""
    return Link(_l("Send a trial message"), url_for("TellingChoiceView.trial", pk=choice.id), "post", "primary")


def ordered(choice: TellingChoice) -> str:
    """Order the message; answers where to go on: the job's page, or back with the reason."""
    back = url_for("TellingChoiceView.show", pk=choice.id)
    if start_job is None:
        raise LookupError("the jobs room was not handed in")
    try:
        with attempt():
            line = rules.ask_trial(choice, by=gate.user())
            job = start_job("trial_message", gate.user(), {"line": line.id, "url": back})
    except RuleError as refusal:
        flash(refusal.message, "danger")
        return back
    return url_for("JobView.show", pk=job.id)


def run(payload: dict[str, Any]) -> dict[str, Any]:
    """The job: send the line. RuleError with the reason where it was not taken."""
    if sending.deliver(payload["line"]) != "sent":
        line = db.session.get(TellingLine, payload["line"])
        problem = PROBLEMS.get(line.problem if line is not None else "", "")
        raise RuleError(_l("The message was not sent. %(why)s", why=str(problem)))
    return {"url": payload["url"]}
