"""One person at a desk. What they do there (`looking`, `writing`) are plain functions, each with its pauses and with
what its answers must say.

Whatever is written carries a mark of its own. It is told to the journal before it is sent and again when the console
has acknowledged it, so that the database can be asked afterwards for each of them (`counting`).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.bench.load.browser import Browser, holds, leads_to

KEY, READ, TYPE, NEXT = (0.15, 0.35), (1.0, 5.0), (5.0, 15.0), (1.0, 6.0)  # seconds, least and most

Tell = Callable[[str, str, str], None]  # ("sent" or "kept", what, mark)


@dataclass(frozen=True)
class Unit:
    """One that the desk knows: its tenant stands before it, or is on the telephone. Its file has the same key."""

    id: int
    number: str
    tenant: str

    @property
    def is_filed(self) -> bool:
        return self.id % 3 == 0


@dataclass
class Desk:
    """One person at work."""

    browser: Browser
    username: str
    name: str
    role: str
    place: int  # among those of the same role,
    of: int  # who are so many
    units: list[Unit]
    deposit: int
    technicians: list[str]
    tell: Tell
    chance: random.Random
    mine: dict[str, list[str]] = field(default_factory=lambda: {"complaints": [], "repairs": [], "to send": []})
    written: int = 0

    def page(self, what: str, path: str, *words: str) -> str:
        """A page with this person's name in its head, and these words."""
        return self.browser.ask(what, path, check=holds(self.name, *words)).text

    def mark(self) -> str:
        self.written += 1
        return f"{self.username}-{self.written:04d}"

    def unit(self, among: Callable[[Unit], bool] = lambda _unit: True) -> Unit:
        return self.chance.choice([unit for unit in self.units if among(unit)])

    def keep(self, what: str, mark: str, path: str, form: dict[str, str], leads: str) -> str:
        """Send what is to be kept; answers where it leads once it is acknowledged."""
        self.tell("sent", what, mark)
        where = self.browser.ask(what, path, form, check=leads_to(leads)).where
        self.tell("kept", what, mark)
        return where
