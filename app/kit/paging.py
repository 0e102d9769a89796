"""Pages of a list: a bounded size, a bounded count, and links that keep what was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.kit.labels import _l
from app.kit.pages import Link

SIZES = (25, 50, 100)
COUNT_UP_TO = 10_000


@dataclass(frozen=True)
class Place:
    """Which page of what size was asked; bad numbers are the first page of the usual size."""

    page: int
    size: int

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    @classmethod
    def read(cls, page: str | None, size: str | None, usual: int = SIZES[0]) -> Place:
        asked = whole_number(size)
        return cls(page=min(max(whole_number(page), 1), 1_000_000), size=asked if asked in SIZES else usual)

    def clamped(self, total: int | None) -> Place:
        """The last page instead of one beyond it."""
        if total is None:
            return self
        return Place(min(self.page, max(1, -(-total // self.size))), self.size)


def whole_number(typed: str | None) -> int:
    """What an address says, 0 for anything that is no number of at most nine digits."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def links(place: Place, total: int | None, more: bool, url_of: Callable[[int], str]) -> list[Link]:
    """Links to the pages around the current one; nothing when there is only one page."""
    last = -(-total // place.size) if total is not None else place.page + int(more)
    if last <= 1:
        return []
    near = {1, *range(max(1, place.page - 2), min(last, place.page + 2) + 1)} | ({last} if total is not None else set())
    numbered = [Link(str(page), url_of(page), current=page == place.page) for page in sorted(near)]
    before = [Link(_l("Previous"), url_of(place.page - 1), style="previous")] if place.page > 1 else []
    after = [Link(_l("Next"), url_of(place.page + 1), style="next")] if place.page < last else []
    return before + numbered + after
