"""Hand-over lists that wait for the reader's signature."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for

from app.handovers.models import Handover
from app.kit.counting import count
from app.kit.labels import _l
from app.kit.pages import Card
from app.security import gate


def cards(user: Any) -> Iterator[Card]:
    """Lists being signed in which the reader has a part."""
    if gate.may("sign", "Handover"):
        mine = (Handover.giver_id == user.id) | (Handover.receiver_id == user.id) | (Handover.supervisor_id == user.id)
        number = count(Handover, Handover.state == "signing", mine)
        url = url_for("HandoverView.list", state="signing")
        yield Card(_l("Hand-overs being signed"), number, url, "warn" if number else "")
