"""A picture as SVG: the same on the page, in its own file and on paper."""

from __future__ import annotations

import math
from typing import Any
from xml.etree import ElementTree

from flask import current_app
from flask_babel import get_locale

from app.reporting import theme
from app.reporting.saying import said, short
from app.reporting.tables import Bars, Curves, Grid, Picture, Plan
from app.reporting.theme import WIDTH

DARK = 0.55  # from this shade on a cell's figure is light
FAINT = 0.08


def draw(picture: Picture) -> str:
    """Well-formed XML without style, script or address, in the reader's language."""
    height, parts = _parts(picture)
    return theme.svg(WIDTH, height, parts, str(picture.title), str(get_locale() or "zh_Hans"))


def is_empty(picture: Picture) -> bool:
    """There is nothing to see in it."""
    if isinstance(picture, Plan):
        return not picture.floors
    if isinstance(picture, Grid):
        return not any(value for row in picture.values for value in row)
    return not any(value for each in picture.series for value in each.values)


def _parts(picture: Picture) -> tuple[float, list[Any]]:
    if isinstance(picture, Bars | Curves):
        from app.reporting import plots

        return plots.plot(picture)
    if isinstance(picture, Grid):
        return _drawn("grid", _grid(picture))
    return _drawn("plan", _plan(picture))


def _drawn(name: str, given: dict[str, Any]) -> tuple[float, list[Any]]:
    """The parts that a template draws."""
    page = current_app.jinja_env.get_template(f"reporting/{name}.svg").render(**given)
    return float(given["height"]), list(ElementTree.fromstring(page))  # noqa: S314 - our own template


def _grid(picture: Grid) -> dict[str, Any]:
    """Where each cell of a grid stands and how dark it is."""
    names = [str(row) for row in picture.rows]
    left = min(220.0, max((theme.wide(name) for name in names), default=0.0) + 14)
    columns = max(1, len(picture.columns))
    longest = max((theme.wide(str(each), 12) for each in picture.columns), default=0.0) + 12
    width = min(max(92.0, longest), (WIDTH - left) / columns)
    highest = (
        1.0 if picture.kind == "percent" else max((v or 0 for row in picture.values for v in row), default=0) or 1.0
    )
    every = max(1, math.ceil((longest - 4) / width))
    rows = [
        (name, [_shade(picture, name, place, value, highest) for place, value in enumerate(values)])
        for name, values in zip(names, picture.values, strict=True)
    ]
    heads = [str(each) if place % every == 0 else "" for place, each in enumerate(picture.columns)]
    return {"left": left, "width": width, "heads": heads, "rows": rows, "height": 26 + 25 * len(rows) + 4}


def _shade(picture: Grid, row: str, place: int, value: float | None, highest: float) -> dict[str, Any]:
    share = 0.0 if not value else FAINT + (1 - FAINT) * value / highest
    hint = f"{row} · {picture.columns[place]}: {said(value, picture.kind)}"
    figure = short(value, picture.kind) if value or (value == 0 and picture.kind == "percent") else ""
    return {"shade": round(share, 3), "light": share > DARK, "figure": figure, "hint": hint, "known": value is not None}


def _plan(picture: Plan) -> dict[str, Any]:
    """Floors from the top; a unit is as wide as its share of the widest floor."""
    left = max((theme.wide(name) for name, _spaces in picture.floors), default=0.0) + 14
    widest = max((sum(space.area for space in spaces) for _name, spaces in picture.floors), default=0) or 1
    classes = {
        key: "vacant" if key == "vacant" else f"c{theme.colour(place)}" for place, key in enumerate(picture.legend)
    }
    floors = []
    for name, spaces in picture.floors:
        x, row = left, []
        for space in spaces:
            width = (WIDTH - left) * space.area / widest
            fits = theme.wide(space.label, 11) + 8 < width
            row.append({"x": round(x, 2), "width": round(max(width - 2, 1), 2), "space": space, "fits": fits,
                        "looks": classes[space.key]})  # fmt: skip
            x += width
        floors.append((name, row))
    legend, top = _plan_legend(picture, classes)
    return {"left": left, "floors": floors, "legend": legend, "top": top, "height": top + 27 * len(floors) + 4}


def _plan_legend(picture: Plan, classes: dict[str, str]) -> tuple[list[dict[str, Any]], float]:
    found: list[dict[str, Any]] = []
    x, line = 4.0, 0
    words = [(classes[key], str(word)) for key, word in picture.legend.items()]
    if picture.mark:
        words.append(("mark", str(picture.mark)))
    for looks, word in words:
        room = 18 + theme.wide(word) + 22
        if x + room > WIDTH and x > 4:
            x, line = 4.0, line + 1
        found.append({"x": round(x, 2), "y": line * 22, "looks": looks, "word": word})
        x += room
    return found, (line + 1) * 22 + 8.0
