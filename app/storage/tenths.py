"""Tenths of a degree or of a per cent: how they are typed and how they read."""

from __future__ import annotations

import re


def said(tenths: int | None) -> str:
    """215 is 21.5; nothing is ""."""
    if tenths is None:
        return ""
    whole, rest = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}.{rest}"


def read(typed: str) -> int:
    """21.5, 21 or, quickest, 215 without a point: a figure above 100 is in tenths. ValueError for anything else."""
    found = re.fullmatch(r"(-?)(\d{1,3})(?:[.．,，。](\d))?", typed.strip())
    if found is None:
        raise ValueError(typed)
    sign, whole, rest = found.groups()
    is_tenths = rest is None and int(whole) > 100
    tenths = int(whole) if is_tenths else int(whole) * 10 + int(rest or 0)
    return -tenths if sign else tenths
