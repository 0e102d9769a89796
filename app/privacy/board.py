"""What personal data asks of the reader today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import url_for

from app.kit.columns import today
from app.kit.counting import count
from app.kit.labels import _l
from app.kit.pages import Card
from app.privacy.models import OVER, DataRequest, DataTask
from app.security import gate

SOON = 5


def cards(user: Any) -> Iterator[Card]:
    """Tasks and requests that are late, that are mine, and that wait for a decision."""
    mine = getattr(user, "id", 0)
    if gate.may("finish", "DataTask"):
        late = (DataTask.state == "open", DataTask.due_on < today())
        yield _tasks(_l("Tasks about data overdue"), "overdue", "bad", late, due_on_to=today() - dt.timedelta(days=1))
        yield _tasks(_l("My tasks about data"), "waiting", "warn", (DataTask.assignee_id == mine,), assignee=mine)
    if not gate.may("list", "DataRequest"):
        return
    for state, verb, title in (
        ("received", "verify", _l("Requests about data to verify")),
        ("verified", "approve", _l("Requests about data to approve")),
        ("approved", "carry_out", _l("Requests about data to carry out")),
    ):
        if gate.may(verb, "DataRequest"):
            late_ones = count(DataRequest, DataRequest.state == state, DataRequest.due_on < today())
            number = count(DataRequest, DataRequest.state == state)
            tone = "bad" if late_ones else "warn"
            yield Card(title, number, url_for("DataRequestView.list", state=state), tone if number else "")
    close = (DataRequest.state.not_in(OVER), DataRequest.due_on <= today() + dt.timedelta(days=SOON))
    if number := count(DataRequest, *close):
        last = today() + dt.timedelta(days=SOON)
        url = url_for("DataRequestView.list", due_on_to=last)
        yield Card(_l("Requests about data to be answered soon"), number, url, "warn", group="coming")


def _tasks(title: Any, group: str, tone: str, conditions: tuple[Any, ...], **asked: Any) -> Card:
    number = count(DataTask, DataTask.state == "open", *conditions)
    url = url_for("DataTaskView.list", state="open", **asked)
    return Card(title, number, url, tone if number else "", group=group)
