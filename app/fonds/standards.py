"""Which standard is in force for a category, level and year, as data; misprints are understood (P4.15)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from app.kit import yamls

SHIPPED = Path(__file__).parent / "standards.yaml"


@dataclass(frozen=True)
class Standard:
    """One line of the table: what it is for, and in which years it is in force."""

    key: str
    title: str
    category: str
    level: str = ""
    first: int | None = None
    last: int | None = None
    carriers: tuple[str, ...] = ()
    aliases: tuple[str, ...] = field(default=())

    def fits(self, category: str, level: str, year: int | None, carriers: tuple[str, ...]) -> bool:
        """It is in force for material of that category, level, year and carriers."""
        if self.category != category or (self.level and self.level != level):
            return False
        if self.carriers and carriers and not set(self.carriers) & set(carriers):
            return False
        if year is None:
            return self.first is None and self.last is None
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


@cache
def table() -> tuple[Standard, ...]:
    """Every standard, in the order of the file."""
    said = yamls.read(SHIPPED.read_text(encoding="utf-8"))["standards"]
    return tuple(
        Standard(
            key=line["key"],
            title=line["title"],
            category=line["category"],
            level=line.get("level", ""),
            first=line.get("from"),
            last=line.get("until"),
            carriers=tuple(line.get("carriers", ())),
            aliases=tuple(line.get("aliases", ())),
        )
        for line in said
    )


def in_force(category: str, level: str, year: int | None, carriers: str = "") -> list[Standard]:
    """What material is arranged under; the first one is the usual one."""
    return [each for each in table() if each.fits(category, level, year, tuple(carriers.split()))]


def find(typed: str) -> Standard | None:
    """The standard that is meant, by its number or by a misprint of it, however it is spaced."""
    wanted = _folded(typed)
    return next((each for each in table() if wanted in set(_spellings(each))), None)


def _spellings(standard: Standard) -> Iterator[str]:
    yield from map(_folded, (standard.key, *standard.aliases))


def _folded(typed: str) -> str:
    """Without spaces, in capitals; every bracket and dash alike."""
    alike = typed.upper().translate(str.maketrans("（）〔〕［］[]—–－", "()()()()---"))
    return re.sub(r"\s", "", alike)
