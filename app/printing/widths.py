"""How wide the columns of a list are on paper: what must not break gets its room, prose shares the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.printing.subjects import Facts, Words

HALF = 1.66  # mm: half the width of a 汉字 at the size of a list's cells
LATIN = 1.5  # mm: a small letter of a head
EDGE = 3.4  # mm: padding and rules of a cell
LEAST, MOST = 13.0, 78.0  # mm, of a column of prose
OFTEN = 0.9  # so many of a column's cells stay on one line if there is room


@dataclass(frozen=True)
class Head:
    """A column of a list on paper: its words and how its cells stand: number, middle, or "" for prose."""

    words: Words
    align: str


def halves(text: str) -> int:
    """The width of `text` in halves of a 汉字."""
    return sum(2 if sign > "\u2e80" else 1 for sign in text)


def fitted(heads: Sequence[Head], rows: Sequence[Sequence[str]], total: float) -> list[Facts]:
    """The heads with widths in whole mm that add up to `total`, or a little less."""
    wide = _all_wanted(heads, rows)
    prose = [at for at, head in enumerate(heads) if not head.align]
    spare = total - sum(wide)
    if spare < 0:
        room = sum(wide[at] - _least(heads[at]) for at in prose)
        for at in prose:
            wide[at] += max(spare / room, -1.0) * (wide[at] - _least(heads[at])) if room else 0
    else:
        sharing = prose or range(len(heads))
        share = spare / sum(wide[at] for at in sharing)
        for at in sharing:
            wide[at] *= 1 + share
    scale = min(1.0, total / sum(wide))
    return [
        {"say": head.words, "align": head.align, "width": f"{int(width * scale)}mm"}
        for head, width in zip(heads, wide, strict=True)
    ]


def wanted(heads: Sequence[Head], rows: Sequence[Sequence[str]]) -> float:
    """Millimetres that all columns would like together."""
    return sum(_all_wanted(heads, rows))


def _all_wanted(heads: Sequence[Head], rows: Sequence[Sequence[str]]) -> list[float]:
    return [_wanted(head, [row[at] for row in rows] or [""]) for at, head in enumerate(heads)]


def _wanted(head: Head, cells: Sequence[str]) -> float:
    """Millimetres that a column would like."""
    long = sorted(halves(cell) for cell in cells)
    title = max(min(halves(head.words["zh_Hans"]), 12) * HALF + EDGE, _least(head))
    if head.align:
        return max(long[-1] * HALF + EDGE, title)
    return min(max(long[int((len(long) - 1) * OFTEN)] * HALF + EDGE, title), MOST)


def _least(head: Head) -> float:
    """So much that no word of the head is broken."""
    return max(LEAST, max(len(word) for word in head.words.get("en", "").split() or [""]) * LATIN + EDGE)
