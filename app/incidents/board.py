"""What of the incidents waits for the reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import url_for

from app.incidents.models import Incident
from app.kit.columns import today
from app.kit.counting import count
from app.kit.labels import _l
from app.kit.pages import Card
from app.security import gate

UNDECIDED = "open"


def cards(user: Any) -> Iterator[Card]:
    """Incidents to decide on, and papers that the reader has to make again."""
    if gate.may("decide", "Incident"):
        number = count(Incident, Incident.state == UNDECIDED)
        url = url_for("IncidentView.list", state=UNDECIDED)
        yield Card(_l("Incidents to decide on"), number, url, "warn" if number else "")
    if gate.may("remake", "Incident"):
        yield from _tasks(getattr(user, "id", 0))


def _tasks(mine: int) -> Iterator[Card]:
    """My papers to make again: late ones and the others."""
    yesterday = today() - dt.timedelta(days=1)
    asked: dict[str, Any] = {"remaker": mine, "task": "to_do"}
    tasks = (Incident.remaker_id == mine, Incident.task == "to_do")
    late, coming = (
        count(Incident, *tasks, Incident.remake_due_on <= yesterday),
        count(Incident, *tasks, Incident.remake_due_on > yesterday),
    )
    url = url_for("IncidentView.list", **asked, remake_due_on_to=yesterday)
    yield Card(_l("Papers to make again, overdue"), late, url, "bad" if late else "", group="overdue")
    url = url_for("IncidentView.list", **asked, remake_due_on_from=today())
    yield Card(_l("Papers to make again"), coming, url, "warn" if coming else "", group="today")
