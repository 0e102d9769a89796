"""A signature drawn on screen: the data of an SVG path in a box of fixed size, and nothing but strokes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from wtforms import Field
from wtforms.widgets import html_params

from app.kit.labels import _l

WIDTH, HEIGHT = 300, 100
LONGEST = 20_000
POINT = r"\d{1,3}(?:\.\d)? \d{1,3}(?:\.\d)?"
STROKES = re.compile(rf"(?:M{POINT}(?:L{POINT})+)+", re.ASCII)


def is_drawing(path: str) -> bool:
    """Strokes from point to point inside the box of 300 × 100, at most 20,000 characters."""
    if len(path) > LONGEST or not STROKES.fullmatch(path):
        return False
    points = [point.split(" ") for point in re.split("[ML]", path) if point]
    return all(float(x) <= WIDTH and float(y) <= HEIGHT for x, y in points)


class _PathWidget:
    """The path travels in an input that only the script fills; the template draws the sheet to sign on."""

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        told = {"type": "hidden", "id": field.id, "name": field.name, "value": field.data or "", **kwargs}
        return Markup(f"<input {html_params(**told)}>")


class SignatureField(Field):
    """A drawing as `is_drawing` describes it, or "" where nothing was drawn."""

    widget = _PathWidget()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        if not valuelist:
            return
        self.data = str(valuelist[0]).strip()
        if self.data and not is_drawing(self.data):
            self.data = ""
            raise ValueError(_l("This is not a signature drawn here."))
