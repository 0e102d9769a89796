"""What look-ups ask of the reader today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for

from app.archive import access, approvals
from app.kit.counting import count
from app.kit.labels import _l
from app.kit.pages import Card
from app.lookups import reviews
from app.lookups.models import REGISTERS, LookupRequest, PaperChange
from app.security import gate

TITLES = {
    "asked": _l("Look-ups to pass on"),
    "passed": _l("Look-ups to approve"),
    "raised": _l("Look-ups for the director"),
}


def cards(user: Any) -> Iterator[Card]:
    """Requests and changes to decide on, last month's registers to sign, limits to fill in."""
    for state in approvals.waiting_for_me(list(TITLES), "LookupRequest"):
        yield _waiting(LookupRequest, state, TITLES[state], "LookupRequestView.list")
    if gate.may("agree", "PaperChange"):
        yield _waiting(PaperChange, "asked", _l("Changes of papers to decide on"), "PaperChangeView.list")
    if gate.may("add", "RegisterReview"):
        yield from _registers()
    if gate.may("edit", "AccessRule") and (lost := access.lost()):
        url = url_for("AccessRuleView.edit", pk=lost[0].id)
        yield Card(_l("Limits the source lost"), len(lost), url, "bad", hint=_l("Look-ups and loans wait for them."))


def _waiting(model: Any, state: str, title: Any, endpoint: str) -> Card:
    number = count(model, model.state == state)
    return Card(title, number, url_for(endpoint, state=state), "warn" if number else "")


def _registers() -> Iterator[Card]:
    """One card a register of last month that nobody has signed yet."""
    for site_id, register, month in reviews.unsigned():
        url = url_for("RegisterReviewView.add", site=site_id, register=register, month=month)
        title = _l("To sign: %(what)s %(month)s", what=REGISTERS[register], month=month)
        yield Card(title, 1, url, "bad" if reviews.is_late() else "warn", hint=_l("Before the 5th of the month."))
