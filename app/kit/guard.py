"""The gate as the kit sees it. Rooms only look down: `create_app` hands `app.security.gate` in.

Import it as `from app.kit.guard import gate`; rooms above security import `app.security.gate` itself.
"""

from __future__ import annotations

from typing import Any, Protocol, cast

from sqlalchemy import Select


class Gate(Protocol):
    """What the kit asks; see `app/security/gate.py` for the answers."""

    SEALED: Any

    def user(self) -> Any: ...
    def may(self, verb: str, permission: str) -> bool: ...
    def demand(self, verb: str, permission: str) -> None: ...
    def scope(self, select: Select[Any], model: type) -> Select[Any]: ...
    def value(self, record: Any, column: str) -> Any: ...
    def reveal(self, record: Any, column: str, reason: str) -> Any: ...
    def note_read(self, record: Any, how: str) -> None: ...
    def searchable(self, model: type, column: str) -> bool: ...


class _HandedIn:
    """Stands for the gate until `hand_in` is called."""

    real: Any = None

    def __getattr__(self, name: str) -> Any:
        if self.real is None:
            raise RuntimeError("the gate was not handed in: call app.kit.guard.hand_in() in create_app")
        return getattr(self.real, name)


_handed_in = _HandedIn()
gate: Gate = cast(Gate, _handed_in)


def hand_in(real: Any) -> None:
    """Set once by create_app."""
    _handed_in.real = real
