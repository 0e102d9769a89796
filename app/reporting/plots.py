"""Bars and curves: pygal lays them out, and its drawing is taken over in the classes of our theme."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import pygal

from app.reporting.saying import said, short
from app.reporting.tables import Bars, Curves, Series
from app.reporting.theme import WIDTH, colour, element, wide

# pygal looks for plug-ins of its own at every import of anything, in a way that Python warns of
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

TALL, THICK = 300, 24
LEGEND_LINE = 22
TICK = 12
STEPS = (1, 2, 2.5, 5, 10)


def plot(picture: Bars | Curves) -> tuple[float, list[Any]]:
    """(height, parts) of the picture, `WIDTH` wide, its legend on top."""
    lying = isinstance(picture, Bars) and picture.lying
    turn = slice(None, None, -1) if lying else slice(None)  # pygal begins lying bars at the foot
    labels = [str(label) for label in picture.labels][turn]
    series = [Series(str(each.label), _filled(picture, each.values)[turn]) for each in picture.series]
    legend, top = _legend([each.label for each in series])
    height = max(THICK * len(labels) * _slots(picture) + 46, 78) if lying else TALL
    chart = _chart(picture, labels, series, lying, height)
    drawn = chart.render_tree()
    frame = element("g", transform=f"translate(0,{top})")
    frame.extend(list(_taken_over(drawn, picture, labels, series, lying)))
    return top + height, [*legend, frame]


def _filled(picture: Any, values: Sequence[float | None]) -> list[float | None]:
    """A gap in a stack is nothing; beside each other and in a curve it stays a gap."""
    return [0 if value is None and getattr(picture, "stacked", False) else value for value in values]


def _slots(picture: Any) -> float:
    """Bars beside each other need more room than one."""
    return 1.0 if picture.stacked or len(picture.series) == 1 else 0.75 * len(picture.series)


def _chart(picture: Any, labels: Sequence[str], series: Sequence[Series], lying: bool, height: float) -> Any:
    kinds = {(False, False): pygal.Bar, (False, True): pygal.StackedBar}
    kinds |= {(True, False): pygal.HorizontalBar, (True, True): pygal.HorizontalStackedBar}
    made = pygal.Line if isinstance(picture, Curves) else kinds[lying, picture.stacked and len(series) > 1]
    ticks = scale(picture)
    chart = made(
        width=WIDTH, height=height, js=(), show_legend=False, no_prefix=True, spacing=6, pretty_print=False,
        margin_top=12, margin_right=46 if lying else 14, margin_bottom=4, y_labels=ticks, range=(0, ticks[-1]),
        value_formatter=lambda value: short(value, picture.kind), truncate_label=-1, show_dots=len(labels) < 32,
        dots_size=3.2, margin_left=_margin(labels, ticks, picture.kind, lying), stroke_style={"width": 2},
    )  # fmt: skip
    chart.x_labels = labels
    for each in series:
        chart.add(each.label, [None if value is None else float(value) for value in each.values])
    return chart


def _margin(labels: Sequence[str], ticks: Sequence[float], kind: str, lying: bool) -> float:
    """What pygal leaves too little: it takes a 汉字 for as narrow as a letter."""
    words = labels if lying else [short(tick, kind) for tick in ticks]
    longest = max((wide(word, TICK) for word in words), default=0.0)
    guessed = max((len(word) for word in words), default=0) * 0.6 * 10
    return max(8.0, longest - guessed + 10)


def scale(picture: Any) -> list[float]:
    """Round marks from nothing to the highest value; counts have no halves, shares end at one."""
    if picture.kind == "percent":
        return [0.0, 0.25, 0.5, 0.75, 1.0]
    if getattr(picture, "stacked", False):
        sums = [sum(value or 0 for value in values) for values in zip(*(s.values for s in picture.series), strict=True)]
        highest = max(sums, default=0)
    else:
        highest = max((value or 0 for each in picture.series for value in each.values), default=0)
    least = 1 if picture.kind == "number" else 0.1
    rough = max(highest / 5, least)
    power = 10 ** math.floor(math.log10(rough))
    step = next(times * power for times in STEPS if times * power >= rough - 1e-9)
    if picture.kind == "number":
        step = math.ceil(step)
    return [step * place for place in range(max(1, math.ceil(highest / step - 1e-9)) + 1)]


def _legend(words: Sequence[str]) -> tuple[list[Any], float]:
    """Colours and words in as many lines as they need; one series needs none."""
    if len(words) < 2:
        return [], 0.0
    parts: list[Any] = []
    x, line = 4.0, 0
    for place, word in enumerate(words):
        room = 18 + wide(word) + 22
        if x + room > WIDTH and x > 4:
            x, line = 4.0, line + 1
        y = line * LEGEND_LINE
        parts.append(element("rect", x=x, y=y + 4.0, width=12, height=12, rx=2, class_=f"c{colour(place)}"))
        parts.append(element("text", word, x=x + 18, y=y + 14.5, class_="legend"))
        x += room
    return parts, (line + 1) * LEGEND_LINE + 6.0


def _taken_over(
    drawn: Any, picture: Any, labels: Sequence[str], series: Sequence[Series], lying: bool
) -> Iterator[Any]:
    """Guides, labels, bars and curves of pygal's drawing, without its styles, scripts and tips."""
    plot_area = next(node for node in drawn.iter() if node.get("class") == "plot")
    area = element("g", transform=plot_area.get("transform"))
    for node in plot_area:
        word = node.get("class") or ""
        if word.startswith("axis x"):
            area.extend(list(_axis(node, "middle", guides=lying, labels=labels, thin=not lying)))
        elif word.startswith("axis y"):
            area.extend(list(_axis(node, "end", guides=not lying, labels=labels, thin=False)))
    places = {f"serie-{place}": place for place in range(len(series))}
    for node in plot_area:
        place = next((places[word] for word in (node.get("class") or "").split() if word in places), None)
        if place is not None and "text-overlay" not in (node.get("class") or ""):
            area.extend(list(_marks(node, picture, place, labels, series[place], lying)))
    yield area


def _axis(axis: Any, anchor: str, *, guides: bool, labels: Sequence[str], thin: bool) -> Iterator[Any]:
    """The guides and the words of one axis; of many months only every second, third … is named."""
    shown = 0
    every = _every(labels) if thin else 1
    for group in (node for node in axis if (node.get("class") or "").endswith("guides")):
        for node in group:
            name = _tag(node)
            if name == "path" and guides:
                yield element("path", d=node.get("d"), class_="axis" if "axis" in node.get("class", "") else "guide")
            elif name == "text":
                if shown % every == 0:
                    yield element(
                        "text", node.text or "", x=float(node.get("x")), y=float(node.get("y")), class_=f"tick {anchor}"
                    )
                shown += 1


def _every(labels: Sequence[str]) -> int:
    longest = max((wide(label, TICK) for label in labels), default=0.0) + 10
    return max(1, math.ceil(longest * len(labels) / (WIDTH - 70)))


def _marks(node: Any, picture: Any, place: int, labels: Sequence[str], series: Series, lying: bool) -> Iterator[Any]:
    """The bars, or the curve with its dots, of one series; each says what it is when pointed at."""
    hints = [f"{label} · {series.label}: {said(value, picture.kind)}" for label, value in _pairs(labels, series)]
    values = [value for value in series.values if value is not None]
    number = 0
    for part in node.iter():
        if not isinstance(part.tag, str):
            continue
        name, word = _tag(part), part.get("class") or ""
        if name == "rect":
            yield _bar(part, place, hints[number])
            if lying and len(picture.series) == 1:
                yield _beside(part, said(values[number], picture.kind))
            number += 1
        elif name == "path" and "line" in word:
            yield element("path", d=part.get("d"), class_=f"s{colour(place)}")
        elif name == "circle":
            yield element(
                "circle", cx=float(part.get("cx")), cy=float(part.get("cy")), r=3.2, class_=f"c{colour(place)}",
                hint=hints[number] if number < len(hints) else "",
            )  # fmt: skip
            number += 1


def _pairs(labels: Sequence[str], series: Series) -> list[tuple[str, Any]]:
    return [pair for pair in zip(labels, series.values, strict=True) if pair[1] is not None]


def _bar(part: Any, place: int, hint: str) -> Any:
    return element("rect", **_box(part), rx=1.5, class_=f"c{colour(place)}", hint=hint)


def _beside(part: Any, words: str) -> Any:
    """The figure at the end of a lying bar."""
    box = _box(part)
    return element(
        "text", words, x=box["x"] + box["width"] + 6, y=box["y"] + box["height"] / 2 + 4.2, class_="value start"
    )


def _box(part: Any) -> dict[str, Any]:
    """Of a bar of no length pygal writes no length."""
    return {name: float(part.get(name, 0)) for name in ("x", "y", "width", "height")}


def _tag(node: Any) -> str:
    return str(node.tag).rsplit("}", 1)[-1]
