"""What was promised until when, and how it was kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from app.kit.columns import now


@dataclass
class Kept:
    """`kept` and `late` promises; one that is not yet due and not yet done counts as neither. `hours` of those done."""

    kept: int = 0
    late: int = 0
    open_late: int = 0
    hours: list[float] = field(default_factory=list)

    @property
    def done(self) -> int:
        return len(self.hours)

    @property
    def share(self) -> float | None:
        """Kept of those that are done or overdue."""
        whole = self.kept + self.late
        return self.kept / whole if whole else None

    @property
    def median(self) -> float | None:
        """Hours from the beginning to the end, of half of them less."""
        return median(self.hours) if self.hours else None

    def note(self, begun: dt.datetime, due: dt.datetime | None, done: dt.datetime | None, minutes: int = 0) -> None:
        """One promise; `minutes` in which the clock stood do not count."""
        if done is not None:
            self.hours.append(max(0.0, (done - begun).total_seconds() / 3600 - minutes / 60))
        if due is None or (done is None and due >= now()):
            return
        if done is not None and done <= due:
            self.kept += 1
        else:
            self.late += 1
            self.open_late += done is None


def by_key(rows: Iterable[tuple[Any, ...]]) -> dict[Any, Kept]:
    """key -> how its promises were kept, from rows of (key, begun, due, done[, minutes the clock stood])."""
    found: dict[Any, Kept] = {}
    for key, *promise in rows:
        found.setdefault(key, Kept()).note(*promise)
    return found


def all_of(kepts: Iterable[Kept]) -> Kept:
    """Many as one."""
    total = Kept()
    for each in kepts:
        total.kept += each.kept
        total.late += each.late
        total.open_late += each.open_late
        total.hours += each.hours
    return total
