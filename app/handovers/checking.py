"""The receiver checks line by line, and what is not as listed is said before anybody signs (P4.08)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.handovers import listing
from app.handovers.digesting import digest
from app.handovers.models import FOUND, Handover, HandoverLine
from app.kit.errors import RuleError, StaleError
from app.kit.labels import _l
from app.kit.refusals import STALE
from app.kit.session import db
from app.security import audit


@dataclass(frozen=True)
class Said:
    """What the receiver says of a line; `counted` and `pages` None where nothing was counted."""

    found: str
    counted: int | None = None
    pages: int | None = None
    finding: str = ""
    version: int | None = None


def close_list(handover: Handover, *, by: Any) -> None:
    """The list is complete and goes to the receiver; what it names twice is refused."""
    if not handover.lines:
        raise RuleError(_l("An empty list cannot be signed."))
    if names := listing.twice(handover):
        raise RuleError(_l("The list names twice: %(what)s", what="、".join(names[:5])))


def checks(handover: Handover, user: Any) -> bool:
    """The receiver checks; where they have no account, who hands over writes down what they say."""
    return user is not None and user.id == handover.receiver_id


def only_the_receiver(handover: Handover, user: Any) -> None:
    if not checks(handover, user):
        raise RuleError(_l("Only who receives checks the list."))


def check(handover: Handover, said: Mapping[int, Said], *, by: Any) -> int:
    """Keep what the receiver says of the lines, by the lines' keys; returns how many changed."""
    only_the_receiver(handover, by)
    if handover.state != "checking":
        raise RuleError(_l("This step is not possible now: the record has moved on."))
    changed = sum(_keep(line, said[line.id]) for line in handover.lines if line.id in said)
    db.session.flush()
    if changed:
        audit.write("check", handover, {"lines": changed}, by=by)
    return changed


def _keep(line: HandoverLine, said: Said) -> bool:
    told = (said.found, said.counted, said.pages, said.finding.strip()[:200])
    if (line.found, line.counted, line.counted_pages, line.finding) == told:
        return False
    if said.version is not None and said.version != line.version:
        raise StaleError(STALE)
    if said.found not in FOUND or min(said.counted or 0, said.pages or 0) < 0:
        raise RuleError(_l("%(what)s: say how it was found.", what=line.title))
    if said.found == "differs" and told[1:] == (None, None, ""):
        raise RuleError(_l("%(what)s: say what differs.", what=line.title))
    line.found, line.counted, line.counted_pages, line.finding = told
    return True


def all_present(handover: Handover, *, by: Any) -> int:
    """Whatever has not been checked one by one is there as listed."""
    left = [line for line in handover.lines if line.found == "unchecked"]
    for line in left:
        line.found = "present"
    return len(left)


def finish(handover: Handover, *, by: Any) -> None:
    """Every line is checked: from here on the list is what the three sign."""
    if left := sum(line.found == "unchecked" for line in handover.lines):
        raise RuleError(_l("%(count)s lines have not been checked.", count=left))
    handover.digest = digest(handover)


def send_back(handover: Handover, *, by: Any, reason: str = "") -> None:
    """The list is wrong: who hands over amends it, and it is checked anew."""
    for line in handover.lines:
        line.found, line.counted, line.counted_pages, line.finding = "unchecked", None, None, ""


def variances(handover: Handover) -> list[HandoverLine]:
    """What was not found as it was listed."""
    return [line for line in handover.lines if line.found in ("missing", "differs")]


def succeed(handover: Handover, *, by: Any, receiver: Any = None) -> None:
    """Another receives in the first one's place, and checks anew (P4.10)."""
    if receiver is None or receiver.id in (handover.giver_id, handover.receiver_id, handover.supervisor_id):
        raise RuleError(_l("Choose another person to receive."), field="receiver")
    listing.check_receiver(handover, receiver.id)
    handover.receiver, handover.receiver_id, handover.receiver_name = receiver, receiver.id, ""
    send_back(handover, by=by)
