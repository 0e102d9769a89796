"""A further seal on a file: closed up for good reason (封存, P1.07), or restricted as PIPL 47 asks.

What is sealed further nobody reads, reopens or closes alone, its keeper and who sealed it included: only under a
look-up that the access policy's line for that seal lets through.
"""

from __future__ import annotations

from typing import Any

from app.archive.models import File
from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move

MEANS: dict[str, Any] = {
    "sealed": _l("Sealed 封存: nobody reads, reopens or closes this file without the approvals below."),
    "restricted": _l("Restricted: kept, but not worked with. Nothing is added, exported or read without an approval."),
}
FILED, KEPT = {"filed", "closed"}, {"open", "filed", "closed"}


def put_on(file: File, seal: str, by: Any, reason: str) -> None:
    """Live look-ups end with it: they were granted for a file that was not sealed so."""
    if not reason.strip():
        raise RuleError(_l("Say why the file is sealed further."), field="reason")
    file.seal, file.seal_reason = seal, reason.strip()[:300]
    file.seal_by_id, file.seal_at = getattr(by, "id", None), now()


def seal(file: File, *, by: Any = None, reason: str = "") -> None:
    """封存, by the manager."""
    put_on(file, "sealed", by, reason)


def restrict(file: File, *, by: Any = None, reason: str = "") -> None:
    """No more than kept, by the director (PIPL 47)."""
    put_on(file, "restricted", by, reason)


def take_off(file: File, *, by: Any = None, reason: str = "") -> None:
    """The reason stays in the audit."""
    if not reason.strip():
        raise RuleError(_l("Say why the seal is taken off."), field="reason")
    file.seal, file.seal_reason, file.seal_by_id, file.seal_at = "none", "", None, None


def _not_yet(file: File, _user: Any) -> None:
    if file.seal != "none":
        raise RuleError(_l("The file is sealed further already."))


def _by_another(file: File, user: Any) -> None:
    if file.seal != "sealed":
        raise RuleError(_l("There is no such seal on this file."))
    if user is not None and file.seal_by_id == user.id:
        raise RuleError(_l("Who sealed the file does not take the seal off."))


def _restricted(file: File, _user: Any) -> None:
    if file.seal != "restricted":
        raise RuleError(_l("There is no such seal on this file."))


def refuse_shut(file: File) -> None:
    """Nothing is added to what is sealed further, or changed in it."""
    if file.seal != "none":
        raise RuleError(_l("The file is sealed further: nothing is added or changed."), field="file")


def _move(name: str, source: set[str], label: Any, run: Any, guard: Any, style: str = "") -> Move:
    why = (("reason", _l("Reason")),)
    return Move(name, source, None, f"File:{name}", label, run, asks=why, guard=guard, style=style)


MOVES = [
    _move("seal", FILED, _l("Seal further (封存)"), seal, _not_yet, "danger"),
    _move("unseal", FILED, _l("Take the seal off"), take_off, _by_another),
    _move("restrict", KEPT, _l("Restrict"), restrict, _not_yet, "danger"),
    _move("lift", KEPT, _l("Lift the restriction"), take_off, _restricted),
]
