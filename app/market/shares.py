"""Shares that add up: tenths of a percent, by the largest remainder (P3.07)."""

from __future__ import annotations

from collections.abc import Sequence

WHOLE = 1000  # tenths of a percent


def shares(amounts: Sequence[int], whole: int = WHOLE) -> list[int]:
    """Each amount's share in tenths of a percent; they add up to `whole` exactly wherever there is anything.

    What is not more than nothing has no share.
    """
    counted = [max(0, amount) for amount in amounts]
    total = sum(counted)
    if total == 0:
        return [0] * len(amounts)
    floors = [amount * whole // total for amount in counted]
    left = whole - sum(floors)
    by_remainder = sorted(range(len(counted)), key=lambda place: (-(counted[place] * whole % total), place))
    for place in by_remainder[:left]:
        floors[place] += 1
    return floors


def percent(tenths: int) -> str:
    """123 is 12.3."""
    return f"{tenths // 10}.{tenths % 10}"
