"""A year that is lived through in a minute: acts in the order of their moments, the clock set to each."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.kit import columns
from app.kit.columns import DESK_TIME

OPENS, CLOSES = 9, 18


class Timeline:
    """Acts to come. Those that would lie after `end` are not lived any more: their records stay as they are."""

    def __init__(self, end: dt.datetime) -> None:
        self.end = self.moment = end
        self._acts: list[tuple[dt.datetime, int, Callable[[], None]]] = []
        self._count = itertools.count()

    def at(self, moment: dt.datetime, act: Callable[[], None]) -> None:
        """Have `act` happen at that moment, if the year reaches so far."""
        if moment < self.end:
            heapq.heappush(self._acts, (moment, next(self._count), act))

    def after(self, hours: float, act: Callable[[], None]) -> None:
        """Have `act` happen so many hours from now, in the desk's hours."""
        self.at(in_hours(self.moment + dt.timedelta(hours=hours)), act)

    def live(self) -> None:
        """Everything that was planned, and what follows from it."""
        with clock(lambda: self.moment):
            while self._acts:
                self.moment, _number, act = heapq.heappop(self._acts)
                act()


@contextmanager
def clock(tell: Callable[[], dt.datetime]) -> Iterator[None]:
    """The console's clock says what `tell` says."""
    real, columns.clock = columns.clock, tell
    try:
        yield
    finally:
        columns.clock = real


def in_hours(moment: dt.datetime) -> dt.datetime:
    """The moment itself in the desk's hours, else when the desk opens next: what comes later never gets before."""
    local = moment.astimezone(DESK_TIME)
    if local.hour >= CLOSES:
        local += dt.timedelta(days=1)
    if not OPENS <= local.hour < CLOSES:
        local = local.replace(hour=OPENS, minute=0, second=0, microsecond=0)
    return local.astimezone(dt.UTC)
