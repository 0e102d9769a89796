"""How often one address may ask: a short memory of each process, so that nobody copies the catalogue out in one go."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

SECONDS = 60.0


@dataclass
class Pace:
    """At most `most` times in a minute from one address; remembers so many addresses, the latest ones."""

    most: int
    remembered: int = 10_000
    clock: Callable[[], float] = time.monotonic
    _asked: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)

    def allows(self, address: str) -> bool:
        """Whether the address may ask now; asking is counted if so."""
        now = self.clock()
        times = self._asked.setdefault(address, deque())
        self._asked.move_to_end(address)
        while len(self._asked) > self.remembered:
            self._asked.popitem(last=False)
        while times and times[0] <= now - SECONDS:
            times.popleft()
        if len(times) >= self.most:
            return False
        times.append(now)
        return True

    def forget(self) -> None:
        self._asked.clear()
