"""How a figure of a report reads, on the page, in a picture and on paper."""

from __future__ import annotations

from typing import Any

from flask_babel import get_locale

from app.kit.shown import NOTHING, shown

# How people count what is large, in their language: from how much on, in units of what.
ENGLISH = ((10_000_000, 1_000_000, " M"), (100_000, 1_000, " k"))
LARGE = {
    "zh_Hans": ((1_000_000_000, 100_000_000, "亿"), (100_000, 10_000, "万")),
    "zh_Hant": ((1_000_000_000, 100_000_000, "億"), (100_000, 10_000, "萬")),
    "en": ENGLISH,
}


def said(value: Any, kind: str) -> str:
    """A cell in words: 0.864 of percent is 86.4%, an amount of cents 1,200.00, None a dash."""
    if value is None or value == "":
        return NOTHING
    if kind == "percent":
        return f"{value:.1%}"
    if kind == "hours":
        return f"{value:,.1f}"
    if kind == "days":
        return f"{value:,.0f}"
    return shown(value, kind)


def short(value: Any, kind: str) -> str:
    """The same where there is little room, on an axis or in a cell: 120,000 yuan is 12万, in English 120 k."""
    if value is None:
        return ""
    if kind == "percent":
        return f"{value:.0%}"
    if kind in ("money", "area"):
        return _rounded(value / 100)
    return _rounded(value)


def _rounded(value: float) -> str:
    for least, unit, word in LARGE.get(str(get_locale()), ENGLISH):
        if abs(value) >= least:
            return f"{value / unit:,.6g}{word}"
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:,.1f}"
