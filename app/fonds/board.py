"""What of the archives waits for the reader: fonds to give back, batches to agree to, sets to register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for

from app.archive import approvals
from app.fonds.keeping import SOON
from app.fonds.models import Keeping
from app.fonds.sets import Opening, Transfer
from app.handovers.models import Handover
from app.kit.columns import today
from app.kit.counting import count
from app.kit.labels import _l
from app.kit.pages import Card
from app.security import gate


def cards(user: Any) -> Iterator[Card]:
    """For whoever keeps the archives, and for who agrees."""
    if gate.may("end_keeping", "Keeping"):
        yield from _kept()
    if gate.may("register", "Transfer"):
        signed = Transfer.handover.has(Handover.state == "done")
        number = count(Transfer, Transfer.state == "handed", signed)
        yield Card(_l("Transfers to register"), number, url_for("TransferView.list", state="handed"))
    for state in approvals.waiting_for_me(["passed", "raised"], "Opening"):
        number = count(Opening, Opening.state == state)
        url = url_for("OpeningView.list", state=state)
        yield Card(_l("Batches to open"), number, url, "warn" if number else "")


def _kept() -> Iterator[Card]:
    """What must be transferred by today, and soon (P4.04)."""
    live = Keeping.state == "consented"
    late = count(Keeping, live, Keeping.reach_on <= today())
    asked: dict[str, Any] = {"state": "consented", "reach_on_to": today()}
    url = url_for("KeepingView.list", **asked)
    yield Card(_l("Kept for others: to be transferred"), late, url, "bad" if late else "", group="today")
    soon = count(Keeping, live, Keeping.reach_on > today(), Keeping.reach_on <= today() + SOON)
    coming: dict[str, Any] = {"state": "consented", "reach_on_to": today() + SOON}
    url = url_for("KeepingView.list", **coming)
    yield Card(_l("Kept for others: soon to be transferred"), soon, url, group="coming")
