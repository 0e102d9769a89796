"""A hand-over from the first line to the third signature."""

from __future__ import annotations

from typing import Any

from app.handovers import checking, listing, signing
from app.handovers.checking import close_list
from app.handovers.digesting import digest
from app.handovers.listing import add_line, amend_line, list_all_of, takes_lines
from app.handovers.models import Handover, HandoverLine
from app.handovers.signing import roles_left, sign
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.series import next_of
from app.kit.session import db
from app.security import audit

__all__ = [
    "HandoverLine",
    "add_line",
    "amend_line",
    "close_list",
    "digest",
    "draw_up",
    "list_all_of",
    "roles_left",
    "sign",
    "takes_lines",
]


def draw_up(handover: Handover, *, by: Any) -> Handover:
    """A new empty list. Giver, receiver and supervisor are three different people."""
    with db.session.no_autoflush:
        handover.kind = handover.kind or "people"
        _take_keys(handover)
        listing.settle_parties(handover)
    handover.number = next_number()
    handover.handed_on = handover.handed_on or today()
    db.session.add(handover)
    db.session.flush()
    if handover.kind == "organisations" and not handover.giver_organisation:
        handover.giver_organisation = handover.site.manager_firm
    audit.write("draw_up", handover, {"number": handover.number}, by=by)
    return handover


def _take_keys(handover: Handover) -> None:
    """A form sets the relations; the keys follow before the rules compare them."""
    for name in ("site", "giver", "receiver", "supervisor"):
        if (record := getattr(handover, name)) is not None:
            setattr(handover, f"{name}_id", record.id)


def next_number() -> str:
    """YJ-<year>-<running number>."""
    prefix = f"YJ-{today().year}-"
    return f"{prefix}{next_of(Handover.number, prefix):04d}"


_WHY = (("reason", _l("Reason")),)
MOVES = [
    Move("list_all", {"draft"}, None, "Handover:edit", _l("List everything the giver holds"), list_all_of),
    Move(
        "close_list", {"draft"}, "checking", "Handover:close_list", _l("List is complete"), close_list, style="primary"
    ),
    Move(
        "all_present", {"checking"}, None, "Handover:sign", _l("All the rest is present"), checking.all_present,
        guard=checking.only_the_receiver,
    ),
    Move(
        "checked", {"checking"}, "signing", "Handover:sign", _l("Everything is checked"), checking.finish,
        guard=checking.only_the_receiver, style="primary",
    ),
    Move(
        "send_back", {"checking"}, "draft", "Handover:sign", _l("Send the list back"), checking.send_back,
        asks=_WHY, guard=checking.only_the_receiver,
    ),
    Move(
        "succeed", {"draft", "checking"}, None, "Handover:edit", _l("Name another receiver"), checking.succeed,
        asks=(("receiver", _l("Receives")),),
    ),
    Move(
        "sign", {"signing"}, None, "Handover:sign", _l("Sign"), sign, guard=signing.may_sign, style="primary",
        leads_to=("signing", "done"),
    ),
    Move(
        "sign_receiver", {"signing"}, None, "Handover:sign", _l("The receiver signs here"), signing.sign_receiver,
        asks=(("receiver_signature?", _l("Signature")),), guard=signing.witnesses, leads_to=("signing", "done"),
    ),
    Move("give_up", {"draft", "checking", "signing"}, "void", "Handover:give_up", _l("Give up"), style="danger"),
]  # fmt: skip
