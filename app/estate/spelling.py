"""Floors and unit numbers as houses write them, and what they mean."""

from __future__ import annotations

import re

from app.exchange import words

DIGITS = dict(zip("一二三四五六七八九", range(1, 10), strict=True))
BETWEEN = re.compile(r"[、,，;；/&+＋\n]|\s和\s?")
MOST_UNITS_A_ROW = 60


def unit_key(number: str) -> str:
    """0512, 512 and 512室 are one unit; the house's own spelling is kept."""
    bare = re.sub(r"(室|号|號|房|单元|單元|铺|铺位)$", "", words.fold(number))
    return bare.lstrip("0") or bare


def floor_name(typed: str) -> str:
    """3, 3楼, 三层 and 3F as 3F; B1层 and 地下一层 as B1; names stay as they are."""
    bare = words.fold(typed).removeprefix("第")
    below = re.match(r"(b|-|负|地下|地库|地下室)", bare)
    match = re.search(r"\d+|[一二三四五六七八九十]+", bare)
    rest = re.sub(r"(b|-|负|地下室?|第|\d+|[一二三四五六七八九十]+|f|层|楼|樓|層|/|l)", "", bare)
    if match is None or rest:
        return words.text(typed)
    number = int(match[0]) if match[0].isdigit() else _chinese(match[0])
    return f"B{number}" if below else f"{number}F"


def _chinese(numeral: str) -> int:
    if "十" not in numeral:
        return DIGITS[numeral[0]]
    tens, _ten, ones = numeral.partition("十")
    return 10 * (DIGITS[tens[-1]] if tens else 1) + (DIGITS[ones[0]] if ones else 0)


def floor_key(name: str) -> str:
    return words.fold(floor_name(name))


def floor_of_unit(number: str) -> str:
    """0512 -> 5F, 1203A -> 12F; "" when the number does not say."""
    match = re.search(r"(?<!\d)(\d{1,3})\d{2}(?!\d)", number)
    level = int(match[1]) if match else 0
    return f"{level}F" if level else ""


def split_units(typed: str) -> list[str]:
    """One cell with several units: 0501-0503, 0501、0502; anything else is one unit."""
    found: list[str] = []
    for part in BETWEEN.split(typed):
        match = re.fullmatch(r"(\d{3,6})\s*[-~～—至到]+\s*(\d{2,6})", re.sub(r"[室号#]", "", part.strip()))
        first, last = (match[1], match[2]) if match else ("", "")
        last = first[: len(first) - len(last)] + last
        together = match is not None and len(first) == len(last) and first[:-2] == last[:-2] and first < last
        if together and int(last) - int(first) < MOST_UNITS_A_ROW:
            found += [str(number).zfill(len(first)) for number in range(int(first), int(last) + 1)]
        elif part.strip():
            found.append(part.strip())
    shortened = [found[0][: len(found[0]) - len(one)] + one if _is_short(found[0], one) else one for one in found]
    return list(dict.fromkeys(shortened))


def _is_short(first: str, other: str) -> bool:
    """0501、02: the second is told by its last digits."""
    return first.isdigit() and other.isdigit() and len(first) >= 3 and len(other) == 2
