"""What rooms above the archive add to a scheme: `app/<room>/scheme.py` declares its `PART` or `PARTS`."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.kit.pages import Link

Body = dict[str, Any]
Where = tuple[str | int, ...]
APP = Path(__file__).parents[2]


@dataclass(frozen=True)
class Part:
    """One key of a scheme: its JSON schema, what that cannot say, and what is done when a scheme is loaded.

    `check(body)` yields (path into the scheme, words) for whatever does not fit together.
    `bring_in(scheme_key, body)` puts in what is the house's own afterwards.
    `links(scheme_key)` leads from the scheme's page to where the house looks after it.
    """

    key: str
    schema: dict[str, Any]
    check: Callable[[Body], Iterable[tuple[Where, Any]]] | None = None
    bring_in: Callable[[str, Body], Any] | None = None
    links: Callable[[str], list[Link]] | None = None


@cache
def found() -> tuple[Part, ...]:
    """The rooms' parts, by key."""
    names = sorted(path.parent.name for path in APP.glob("*/scheme.py"))
    rooms = [importlib.import_module(f"app.{name}.scheme") for name in names]
    parts = [part for room in rooms for part in getattr(room, "PARTS", None) or [room.PART]]
    return tuple(sorted(parts, key=lambda part: str(part.key)))
