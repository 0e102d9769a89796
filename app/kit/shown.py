"""How a stored value reads on a page: the same in every list, record and timeline."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from app.kit.columns import DESK_TIME

NOTHING = "—"
FIGURES = {"number", "money", "area"}


def shown(value: Any, kind: str = "text") -> str:
    """`value` as text. Money in cents and areas in hundredths of a square metre become decimals;
    moments are told in the desk's time."""
    if value is None or value == "":
        return NOTHING
    if kind in ("money", "area"):
        return hundredths(value)
    if kind == "number":
        return f"{value:,}" if isinstance(value, (int, float)) else str(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(DESK_TIME).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def hundredths(value: Any) -> str:
    """120000 is 1,200.00; what is no whole number is shown as it is (a mask, a word)."""
    if not isinstance(value, int):
        return str(value)
    sign = "-" if value < 0 else ""
    whole, rest = divmod(abs(value), 100)
    return f"{sign}{whole:,}.{rest:02d}"


def machine_time(value: Any) -> str:
    """What `<time datetime>` wants."""
    if isinstance(value, dt.datetime):
        return value.astimezone(DESK_TIME).isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, dt.date) else ""


def dialled(numbers: Any) -> list[tuple[str, str]]:
    """Each telephone in `numbers` with the address that calls it; "" where it cannot be dialled (a mask, a word)."""
    parts = [part.strip() for part in re.split(r"[、，,;；/]", str(numbers or "")) if part.strip()]
    return [(part, _telephone(part)) for part in parts]


def _telephone(number: str) -> str:
    main, _, extension = re.sub(r"转|轉|#|ext\.?", "|", number).partition("|")
    digits = re.sub(r"[\s()（）.-]", "", main)
    if not re.fullmatch(r"\+?\d{3,}", digits):
        return ""
    return f"tel:{digits}" + (f";ext={extension.strip()}" if extension.strip().isdigit() else "")
