"""The looks of a picture, said once: every part has a class, and its colours for paper stand on it as attributes.

On the page `static/css/chart.css` answers to the same classes with the skin's tokens, so that one SVG is right
on white paper and on a dark screen. Nothing in it is a style, a script or an address.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree

NS = "http://www.w3.org/2000/svg"
WIDTH = 860
COLOURS = ("#1d5c45", "#c9822b", "#3a759f", "#a8452f", "#8a9440", "#77629b", "#3f9a92", "#948e80")
INK, SOFT, LINE, EDGE, SHEET = "#1f2522", "#5a5f58", "#dedacf", "#8d887b", "#ffffff"
# Paper first: these are the typefaces of printed sheets; a page has its own, a picture alone those of its machine.
FONTS = (
    "Hudang Latin, Hudang Hei, Hudang Hei Rare, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, "
    "HanaMinA, HanaMinB, sans-serif"
)
FONTS_HANT = (
    "Hudang Latin, Hudang Hei Hant, Hudang Hei, Hudang Hei Rare, PingFang TC, Microsoft JhengHei, Noto Sans CJK TC, "
    "HanaMinA, HanaMinB, sans-serif"
)

LOOKS: dict[str, dict[str, str]] = {
    "tick": {"fill": SOFT, "font-size": "12"},
    "name": {"fill": INK, "font-size": "12.5"},
    "value": {"fill": INK, "font-size": "12"},
    "legend": {"fill": INK, "font-size": "12.5"},
    "cell": {"fill": INK, "font-size": "11"},
    "light": {"fill": SHEET, "font-size": "11"},
    "start": {"text-anchor": "start"},
    "middle": {"text-anchor": "middle"},
    "end": {"text-anchor": "end"},
    "guide": {"stroke": LINE, "stroke-width": "1", "fill": "none"},
    "axis": {"stroke": EDGE, "stroke-width": "1", "fill": "none"},
    "none": {"fill": LINE, "fill-opacity": "0.35"},
    "vacant": {"fill": "none", "stroke": EDGE, "stroke-width": "1", "stroke-dasharray": "3 2.5"},
    "mark": {"fill": "#b23a2b", "stroke": SHEET, "stroke-width": "1.2"},
    **{f"c{number}": {"fill": colour} for number, colour in enumerate(COLOURS, 1)},
    **{
        f"s{number}": {"fill": "none", "stroke": colour, "stroke-width": "2.2", "stroke-linejoin": "round"}
        for number, colour in enumerate(COLOURS, 1)
    },
}


def colour(place: int) -> int:
    """The number of the colour of the series at `place`; beyond the eighth they begin anew."""
    return place % len(COLOURS) + 1


def svg(width: float, height: float, parts: Iterable[Any], title: str, language: str) -> str:
    """A whole picture from its parts."""
    root = ElementTree.Element(
        f"{{{NS}}}svg",
        {
            "viewBox": f"0 0 {width:g} {height:g}",
            "class": "chart",
            "role": "img",
            "font-family": FONTS_HANT if language == "zh_Hant" else FONTS,
        },
    )
    ElementTree.SubElement(root, f"{{{NS}}}title").text = title
    root.extend(parts)
    dress(root)
    ElementTree.register_namespace("", NS)
    return ElementTree.tostring(root, encoding="unicode")


def dress(root: Any) -> None:
    """Give every part the attributes of its classes; what it says of itself stands."""
    for part in root.iter():
        for word in part.get("class", "").split():
            for name, value in LOOKS.get(word, {}).items():
                if part.get(name) is None:
                    part.set(name, value)


def element(tag: str, text: str = "", **attributes: Any) -> Any:
    """A part: `element("rect", x=1, class_="c1")`; a title inside it when `hint` is given."""
    hint = attributes.pop("hint", "")
    said = {
        name.rstrip("_").replace("_", "-"): f"{value:.2f}".rstrip("0").rstrip(".")
        if isinstance(value, float)
        else str(value)
        for name, value in attributes.items()
    }
    made = ElementTree.Element(f"{{{NS}}}{tag}", said)
    if hint:
        ElementTree.SubElement(made, f"{{{NS}}}title").text = hint
    if text:
        made.text = text
    return made


def wide(text: str, size: float = 12.5) -> float:
    """About how wide a text is: a 汉字 is as wide as high, a letter a little more than half."""
    return size * sum(1.0 if ord(sign) > 0x2E7F else 0.58 for sign in text)
