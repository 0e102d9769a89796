"""What look-ups ask of the reader today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for

from app.kit.counting import count
from app.kit.labels import _l
from app.kit.pages import Card
from app.lookups.models import LookupRequest
from app.security import gate


def cards(user: Any) -> Iterator[Card]:
    """Requests to pass on and to approve."""
    if gate.may("pass_on", "LookupRequest"):
        yield _requests("asked", _l("Look-ups to pass on"))
    if gate.may("approve", "LookupRequest"):
        yield _requests("passed", _l("Look-ups to approve"))


def _requests(state: str, title: Any) -> Card:
    number = count(LookupRequest, LookupRequest.state == state)
    return Card(title, number, url_for("LookupRequestView.list", state=state), "warn" if number else "")
