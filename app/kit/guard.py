"""The gate as the kit sees it. Rooms only look down: `create_app` hands `app.security.gate` in.

Import it as `from app.kit.guard import gate`; rooms above security import `app.security.gate` itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, cast

from sqlalchemy import Select


class Gate(Protocol):
    """What the kit asks; see `app/security/gate.py` for the answers."""

    SEALED: Any

    def user(self) -> Any: ...
    def rights(self) -> frozenset[tuple[str, str]]: ...
    def may(self, verb: str, permission: str) -> bool: ...
    def demand(self, verb: str, permission: str) -> None: ...
    def scope(self, select: Select[Any], model: type, *, walked: bool = False) -> Select[Any]: ...
    def site_ids(self) -> list[int]: ...
    def value(self, record: Any, column: str) -> Any: ...
    def reveal(self, record: Any, column: str, reason: str) -> Any: ...
    def note_read(self, record: Any, how: str) -> None: ...
    def is_sealed(self, record: Any) -> bool: ...
    def is_filed(self, record: Any) -> bool: ...
    def searchable(self, model: type, column: str) -> bool: ...


class _HandedIn:
    """Stands for the gate until `hand_in` is called."""

    real: Any = None
    write: Callable[..., Any] | None = None

    def __getattr__(self, name: str) -> Any:
        if self.real is None:
            raise RuntimeError("the gate was not handed in: call app.kit.guard.hand_in() in create_app")
        return getattr(self.real, name)


_handed_in = _HandedIn()
gate: Gate = cast(Gate, _handed_in)


def hand_in(real: Any, write: Callable[..., Any] | None = None) -> None:
    """Set once by create_app: the gate, and `audit.write`."""
    _handed_in.real, _handed_in.write = real, write


def audit_write(action: str, subject: Any, detail: dict[str, Any], *, by: Any = None) -> Any:
    """`audit.write`: one line in the same transaction. Never silent: without it nothing is written at all."""
    if _handed_in.write is None:
        raise RuntimeError("the audit was not handed in: call app.kit.guard.hand_in(gate, audit.write) in create_app")
    return _handed_in.write(action, subject, detail, by=by)


def foresee(records: Sequence[Any]) -> None:
    """Tell the gate which records are about to be drawn, so that it may ask about all of them at once."""
    prepare = getattr(_handed_in.real, "foresee", None)
    if prepare is not None and records:
        prepare(records)
