"""How a figure of a report reads, on the page, in a picture and on paper."""

from __future__ import annotations

from typing import Any

from app.kit.labels import _l
from app.kit.shown import NOTHING, shown


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
    """The same where there is little room, on an axis or in a cell: 120,000 yuan is 12万, in English 120k."""
    if value is None:
        return ""
    if kind == "percent":
        return f"{value:.0%}"
    if kind in ("money", "area"):
        return _rounded(value / 100)
    return _rounded(value)


def _rounded(value: float) -> str:
    if abs(value) >= 100_000:
        return str(_l("%(number)s k", number=f"{value / 1000:,.0f}"))
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:,.1f}"
