"""What rooms say of their searchable records: each keeps `SEARCHED` and `ADDED` lists in its `searched.py`."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOMS = Path(__file__).parent.parent


@dataclass
class Entry:
    """One record as search shows and finds it. Sealed and masked columns never go in.

    `units` and `numbers` (files, licences) are found whole and by their beginning, `phones` whole and by their last
    digits, `names` (with `is_person`) by any part, pinyin and initials; `also` and `also_units` only
    help to narrow. `opens` is (kind, key) of the record that a hit leads to; None is the record itself.
    """

    id: int
    site_id: int
    title: str
    subtitle: str = ""
    names: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    also_units: list[str] = field(default_factory=list)
    is_person: bool = False
    is_live: bool = True
    badge: str = ""
    opens: tuple[str, int] | None = None


@dataclass(frozen=True, eq=False)
class By:
    """A change of a `model` record touches entries.

    Without `where`, the entry's key is the record's `key`. With it, entries are `gives` of the rows whose `where`
    column holds the record's `key`. `only` names the columns that matter; empty: every change does.
    """

    model: type
    key: str = "id"
    where: Any = None
    gives: Any = None
    only: frozenset[str] | tuple[str, ...] = ()


@dataclass(frozen=True)
class Searched:
    """One kind of hit. `entries(keys)` reads the records anew; a key that is gone yields nothing.

    `weight` sorts kinds within hits that are equally good, the highest first.
    """

    kind: str
    label: Any
    model: type
    permission: str
    view: str
    entries: Callable[[Sequence[int]], list[Entry]]
    touched_by: Sequence[By]
    weight: int = 0
    badges: Mapping[str, Any] = field(default_factory=dict)
    is_numbered: bool = False
    view_args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Addition:
    """What an upper room adds to a lower room's entries: `amend` changes them in place, by key."""

    kind: str
    amend: Callable[[dict[int, Entry]], None]
    touched_by: Sequence[By]


@dataclass
class Declared:
    """Everything that was found, by kind and by the model whose changes matter."""

    kinds: dict[str, Searched] = field(default_factory=dict)
    additions: dict[str, list[Addition]] = field(default_factory=dict)
    touches: dict[type, list[tuple[str, By]]] = field(default_factory=dict)
    more: list[Callable[[], object]] = field(default_factory=list)  # have kinds declared that exist as data only

    def ready(self) -> Declared:
        """With the kinds that were declared since."""
        for find in self.more:
            find()
        return self

    def take(self, searched: Sequence[Searched], added: Sequence[Addition]) -> None:
        """Add a room's lists."""
        for one in searched:
            self.kinds[one.kind] = one
        for addition in added:
            self.additions.setdefault(addition.kind, []).append(addition)
        told: list[Searched | Addition] = [*searched, *added]
        for one_of in told:
            for by in one_of.touched_by:
                self.touches.setdefault(by.model, []).append((one_of.kind, by))

    def entries(self, kind: str, keys: Sequence[int]) -> list[Entry]:
        """The entries of these records as they are now in the database."""
        made = {entry.id: entry for entry in self.kinds[kind].entries(keys)}
        for addition in self.additions.get(kind, []) if made else []:
            addition.amend(made)
        return list(made.values())


declared = Declared()


def find_rooms() -> None:
    """Read every room's `searched.py`, once a process."""
    if declared.kinds:
        return
    for path in sorted(ROOMS.glob("*/searched.py")):
        room = importlib.import_module(f"app.{path.parent.name}.searched")
        declared.take(getattr(room, "SEARCHED", []), getattr(room, "ADDED", []))
