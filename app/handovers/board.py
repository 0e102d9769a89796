"""What of the hand-overs waits for the reader, and who is leaving."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for

from app.handovers.models import Clearance, Handover
from app.kit.counting import count
from app.kit.labels import _l
from app.kit.pages import Card
from app.security import gate


def cards(user: Any) -> Iterator[Card]:
    """Lists to check and to sign in which the reader has a part; open clearances."""
    if gate.may("sign", "Handover"):
        number = count(Handover, Handover.state == "checking", Handover.receiver_id == user.id)
        url = url_for("HandoverView.list", state="checking", receiver=user.id)
        yield Card(_l("Hand-overs to check"), number, url, "warn" if number else "")
        mine = (Handover.giver_id == user.id) | (Handover.receiver_id == user.id) | (Handover.supervisor_id == user.id)
        number = count(Handover, Handover.state == "signing", mine)
        url = url_for("HandoverView.list", state="signing")
        yield Card(_l("Hand-overs being signed"), number, url, "warn" if number else "")
    if gate.may("hand_over", "Clearance"):
        number = count(Clearance, Clearance.state == "open")
        url = url_for("ClearanceView.list", state="open")
        yield Card(_l("Leavers with full hands"), number, url, "warn" if number else "")
