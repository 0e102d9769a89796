"""A long sheet in pieces of whole pages, each laid out apart; joined they are the sheet as it would be in one go.

What is many (the rows of a table, or labels that each begin a page) is measured first, without being laid out: so
every piece knows its rows and the numbers of its pages. `as_planned` says afterwards whether that came true.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil, inf
from typing import Any, NamedTuple, cast
from xml.etree.ElementTree import Element, tostring

LONG, LEAVES = 200, 16  # rows, and labels that fill a page, from which a sheet is cut
PAGES, FEW = 30, 8  # of a piece at most; of a sheet that is not worth cutting
MOST_SAMPLES = 80
SURELY = 0.95  # of a cell's width: signs set one by one are a little wider or narrower than together
EVERYWHERE = {"style", "colgroup", "thead", "tfoot", "head"}  # what each piece has, and these classes:
RUNNING = {"foot", "edge"}
TURN = "turn"  # the class of what ends its page
SPACES = re.compile(r"[ \t\n\r]+")

Render = Callable[[Any], Any]


@dataclass(frozen=True)
class Piece:
    """Some of what is many, from `begin` to before `end`, on `pages` pages, the first of which is `page`."""

    begin: int
    end: int
    page: int
    pages: int


@dataclass(frozen=True)
class Long:
    """A sheet and the way from its root to the element whose children are many."""

    way: tuple[Element, ...]

    @cached_property
    def many(self) -> list[Element]:
        return [each for each in self.way[-1] if each.tag != "style"]

    @property
    def is_leaves(self) -> bool:
        """Each of the many has a page to itself."""
        return self.way[-1].tag != "tbody"

    def sheet(self, rows: Sequence[Element], *, opens: bool, closes: bool, style: str = "") -> Element:
        """The sheet with these rows only; what stands before and after them where it opens and closes."""
        inner = _like(self.way[-1], [*self.way[-1].findall("style"), *rows])
        for above, below in zip(reversed(self.way[:-1]), reversed(self.way[1:]), strict=True):
            at = list(above).index(below)
            before = [each for each in above[:at] if opens or _is_everywhere(each)]
            after = [each for each in above[at + 1 :] if closes or _is_everywhere(each)]
            inner = _like(above, [*before, _marked(inner, not opens, not closes), *after])
        if style:
            said = Element("style")
            said.text = style
            head = next(each for each in inner if each.tag == "head")
            inner[list(inner).index(head)] = _like(head, [*head, said])
        return inner

    def piece(self, which: Piece, total: int) -> Element:
        """The sheet of one piece, its pages numbered as they are among all."""
        style = (
            f"@page:first {{ counter-reset: page {which.page} }}"
            f' .page-of::after {{ content: counter(page) " / {total}" }}'
        )
        rows, opens, closes = self.many[which.begin : which.end], which.begin == 0, which.end == len(self.many)
        return self.sheet(rows, opens=opens, closes=closes, style=style)


def find(root: Element) -> Long | None:
    """Where the sheet can be cut; None for a short one."""
    ways = list(_ways(root, ()))
    return Long(max(ways, key=lambda way: len(way[-1]))) if ways else None


def _ways(element: Element, above: tuple[Element, ...]) -> Iterator[tuple[Element, ...]]:
    way = (*above, element)
    if element.tag == "tbody":
        if len(element) >= LONG and not any(cell.get("rowspan") for row in element for cell in row):
            yield way
    else:
        if len(element) >= LEAVES and all(TURN in each.get("class", "").split() for each in Long(way).many[:-1]):
            yield way
        for each in element:
            yield from _ways(each, way)


def _like(element: Element, children: Iterable[Element]) -> Element:
    made = Element(element.tag, element.attrib)
    made.text, made.tail = element.text, element.tail
    made.extend(children)
    return made


def _marked(element: Element, goes_on: bool, goes_over: bool) -> Element:
    """What is cut through has no margin where it was cut, and no edge of its own."""
    marks = [mark for mark, is_so in (("goes-on", goes_on), ("goes-over", goes_over)) if is_so]
    element.set("class", " ".join([element.get("class", ""), *marks]).strip())
    return element


def _is_everywhere(element: Element) -> bool:
    return element.tag in EVERYWHERE or element.get("class", "") in RUNNING


@dataclass(frozen=True)
class Plan:
    """The pieces of a sheet, and its small one that was really laid out."""

    pieces: list[Piece]
    probe: Any


def plan(long: Long, render: Render, hands: int) -> Plan | None:
    """As many pieces for each hand; None where one go is as good."""
    if long.is_leaves:
        document = render(long.sheet(long.many[:1], opens=True, closes=True))
        found = _cut(list(range(len(long.many))), len(long.many), 0, 0, hands)
    else:
        probe = Probe(long, render)
        document, starts = probe.document, probe.starts()
        extra = 1 if probe.tail > probe.left else 0
        found = _cut(starts, len(long.many), probe.before, extra, hands)
    return Plan(found, document) if found else None


def _cut(starts: list[int], many: int, before: int, extra: int, hands: int) -> list[Piece]:
    """Pieces that begin where a page does; none for few pages."""
    count = ceil(len(starts) / PAGES / hands) * hands
    if len(starts) < FEW:
        return []
    bounds = [len(starts) * number // count for number in range(count + 1)]
    rows = [*starts, many]
    return [
        Piece(
            rows[first],
            rows[last],
            page=first + 1 + (before if first else 0),
            pages=last - first + (0 if first else before) + (extra if last == len(starts) else 0),
        )
        for first, last in pairwise(bounds)
    ]


class Probe:
    """A small sheet with a row of each kind, really laid out; from it, how high every other row will be."""

    def __init__(self, long: Long, render: Render) -> None:
        self.long = long
        self.kinds: dict[Any, Element] = {}
        self.marked: dict[Any, Element] = {}
        for row in long.many:
            self._take(row)
        kinds = [_like(row, row) for row in self.kinds.values()]
        samples = [long.many[0], *kinds, *self.marked.values(), _like(long.many[-1], long.many[-1])]
        for row in (samples[1], samples[-1]):  # a page that goes on, and one with all that follows the rows
            row.set("style", "break-before: page")
        self.document = render(long.sheet(samples, opens=True, closes=True))
        self.boxes: dict[Element, tuple[int, Any]] = {}
        for at, page in enumerate(self.document.pages):
            for box in page._page_box.descendants():
                if box.element_tag == "tr":
                    self.boxes.setdefault(box.element, (at, box))
        self.models = dict(zip(self.kinds, samples[1:], strict=False))
        self.last = samples[-1]
        self.known: dict[Any, float] = {}
        self.signs: dict[Any, Set] = {}
        self.left = 0.0

    def _take(self, row: Element) -> None:
        kind = _kind(row)
        self.kinds.setdefault(kind, row)
        for at, cell in enumerate(row):
            key = (kind, at, tostring(cell)) if len(cell) else None
            if key is not None and key not in self.marked and len(self.marked) < MOST_SAMPLES:
                empty = [each if each is cell else _like(each, ()) for each in row]
                for each in empty:
                    each.text = each.text if each is cell else None
                self.marked[key] = _like(row, empty)

    @property
    def before(self) -> int:
        """Pages before the one on which the rows begin."""
        return self.boxes[self.long.many[0]][0]

    @property
    def tail(self) -> float:
        """How high is what stands below the last row."""
        at, row = self.boxes[self.last]
        if at != len(self.document.pages) - 1:
            return inf
        body = next(box for box in self.document.pages[at]._page_box.descendants() if box.element_tag == "body")
        return cast(float, body.position_y + body.margin_height() - row.position_y - row.height)

    def _room(self, row: Element) -> float:
        at, box = self.boxes[row]
        page = self.document.pages[at]._page_box
        return cast(float, page.content_box_y() + page.height - box.position_y)

    def starts(self) -> list[int]:
        """The rows that begin a page; none where one of them is higher than a page."""
        left, room = self._room(self.long.many[0]), self._room(next(iter(self.models.values())))
        starts = [0]
        heights = [*(self.height(row) for row in self.long.many[:-1]), self.boxes[self.last][1].height]
        for number, height in enumerate(heights):
            if height > room:
                return []
            if height > left * (1 + 1e-9):
                starts.append(number)
                left = room
            left -= height
        self.left = left
        return starts

    def height(self, row: Element) -> float:
        kind = _kind(row)
        model = self.boxes[self.models[kind]][1]
        return max(
            self._of_cell((kind, at, tostring(cell)) if len(cell) else None, cell, box)
            for at, (cell, box) in enumerate(zip(row, model.children, strict=True))
        )

    def _of_cell(self, key: Any, cell: Element, box: Any) -> float:
        if key in self.marked:
            return cast(float, self.boxes[self.marked[key]][1].height)
        text = SPACES.sub(" ", "".join(cell.itertext())).strip(" ")
        known = (id(box), text)
        if known not in self.known:
            self.known[known] = _edges(box) + self._of_text(text, box)
        return self.known[known]

    def _of_text(self, text: str, box: Any) -> float:
        """Most cells hold a few figures: what surely fits on one line is not broken into lines."""
        if text.isascii() and sum(self._sign(sign, box).width for sign in text) < box.width * SURELY:
            return self._sign("0", box).height if text else 0.0
        return _set(text, box.style, box.width).height

    def _sign(self, sign: str, box: Any) -> Set:
        known = (id(box.style), sign)
        if known not in self.signs:
            self.signs[known] = _set(sign, box.style, inf) if sign != " " else self._sign("0", box)
        return self.signs[known]


def _kind(row: Element) -> Any:
    """Rows of one kind have the same cells, but for what is in them."""
    return row.get("class"), tuple((cell.tag, tuple(sorted(cell.attrib.items()))) for cell in row)


def _edges(box: Any) -> float:
    padding = box.style["padding_top"].value + box.style["padding_bottom"].value
    return cast(float, padding + box.border_top_width + box.border_bottom_width)


class Set(NamedTuple):
    """How wide the first line of a text is, and how high all of it."""

    width: float
    height: float


def _set(text: str, style: Any, width: float) -> Set:
    """A text set in the engine's own lines."""
    from weasyprint.text.line_break import split_first_line, strut

    line, base = strut(style)
    wide = high = 0.0
    while text:
        _layout, _length, goes_on, broad, own, baseline = split_first_line(text, style, None, width, 0)
        wide, high = wide or broad, high + line + abs(base - baseline - (line - own) / 2)
        text = text.encode()[goes_on:].decode().lstrip(" ") if goes_on else ""
    return Set(wide, high)
