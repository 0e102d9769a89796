"""Pages of a list: a bounded size, a bounded count, and links that keep what was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.kit.labels import _l
from app.kit.pages import Link

SIZES = (25, 50, 100)
COUNT_UP_TO = 10_000
LAST = "last"
PLACE = ("page", "after", "before")  # the arguments of an address that say where in a list one is


@dataclass(frozen=True)
class Place:
    """Which page of what size was asked; bad numbers are the first page of the usual size.

    A page of a list too long to be counted also says behind or before which row it stands (`after`, `before`: keys),
    or that it is the last: nobody goes through a million rows to find the next twenty-five. Its number is then only
    what is said of it, 0 where nobody knows.
    """

    page: int
    size: int
    after: int = 0
    before: int = 0
    last: bool = False

    @property
    def offset(self) -> int:
        return (max(self.page, 1) - 1) * self.size

    @property
    def anchor(self) -> int:
        return self.after or self.before

    @classmethod
    def read(
        cls,
        page: str | None,
        size: str | None,
        usual: int = SIZES[0],
        *,
        after: str | None = None,
        before: str | None = None,
    ) -> Place:
        rows = whole_number(size) if whole_number(size) in SIZES else usual
        if page == LAST:
            return cls(0, rows, last=True)
        follows, precedes = whole_number(after), whole_number(before)
        number = min(max(whole_number(page), 0 if follows or precedes else 1), 1_000_000)
        return cls(number, rows, after=follows, before=0 if follows else precedes)

    def clamped(self, total: int | None) -> Place:
        """The last page instead of one beyond it; where rows are counted, pages are found by their number."""
        if total is None:
            return self
        end = max(1, -(-total // self.size))
        return Place(end if self.last else min(max(self.page, 1), end), self.size)


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


def walked_links(place: Place, keys: list[int], before: bool, behind: bool, url_of: Callable[..., str]) -> list[Link]:
    """Links of a list too long to be counted: the first page, the one before, the last, the next."""
    if not keys or not (before or behind):
        return []
    known = place.page if place.page and not place.last else 0
    near = {known + step for step in (-2, -1, 0, 1, 2)} if known * place.size <= COUNT_UP_TO else {known}
    near = {page for page in near if 0 < page <= known + int(behind)} | {1} if known else {1}
    found = [Link(_l("Previous"), _before(place, keys[0], known, url_of), style="previous")] if before else []
    found += [Link(str(page), url_of(page), current=page == known) for page in sorted(near)]
    if not place.last and behind:
        found.append(Link(_l("Last"), url_of(LAST), style="last"))
    if behind:
        found.append(Link(_l("Next"), url_of(known + 1 if known else None, after=keys[-1]), style="next"))
    return found


def _before(place: Place, first: int, known: int, url_of: Callable[..., str]) -> str:
    return url_of(1) if known == 2 else url_of(known - 1 if known else None, before=first)
