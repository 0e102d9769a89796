"""Finds the heading rows of a sheet and maps its columns to fields by what people call them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from app.exchange import words
from app.exchange.fields import Field
from app.exchange.reading import Grid

LOOK_AT_ROWS = 40
DEEPEST = 3
SURE = 40
IGNORED = ""


@dataclass
class Header:
    """Where the headings of a sheet are: `last_row` is the row number of the last heading row.

    `titles` are the headings by column as shown, `parts` the same as lists from top to bottom;
    `columns` maps a column to a field key, `sure` says how sure that is (0 to 100).
    """

    last_row: int
    titles: list[str]
    parts: list[list[str]]
    columns: dict[int, str] = field(default_factory=dict)
    sure: dict[int, int] = field(default_factory=dict)
    score: int = 0


def find(grid: Grid, fields: Mapping[str, Field]) -> Header | None:
    """The best header of the sheet; None when the sheet holds no roster."""
    rows = grid.rows[:LOOK_AT_ROWS]
    filled = [across(grid, number, cells) for number, cells in rows]
    best: Header | None = None
    for start in range(len(rows)):
        for depth in range(1, DEEPEST + 1):
            block = range(start, start + depth)
            if block.stop > len(rows) or rows[block.stop - 1][0] - rows[start][0] > DEEPEST:
                break
            found = _judge([filled[i] for i in block], [rows[i][0] for i in block], fields, grid)
            if found is not None and (best is None or found.score > best.score):
                best = found
    return best


def across(grid: Grid, number: int, cells: Sequence[Any]) -> list[str]:
    """A row's words with merged cells filled to the right."""
    texts = [words.text(cell) if not isinstance(cell, dt.date) else str(cell) for cell in cells]
    for top, left, bottom, right in grid.merges:
        if top <= number <= bottom and right > left:
            texts += [""] * (right + 1 - len(texts))
            if top == number:
                texts[left + 1 : right + 1] = [texts[left]] * (right - left)
    return texts


def _judge(block: list[list[str]], numbers: list[int], fields: Mapping[str, Field], grid: Grid) -> Header | None:
    """A block of rows as header, if it names where the row belongs and two more things."""
    if any(looks_like_data(text) for texts in block for text in texts):
        return None
    parts = columns_of(block)
    header = Header(numbers[-1], ["/".join(dict.fromkeys(p)) for p in parts], parts)
    header.columns, header.sure = assign(parts, fields)
    mapped = [fields[key] for key in header.columns.values()]
    if not any(f.where for f in mapped) or len(mapped) < 2:
        return None
    # every heading row must add something: a title above or a first data row does not
    own = [sum(1 for text in texts if text and _known(text, fields)) for texts in block]
    if len(block) > 1 and (own[0] == 0 or any(len({t for t in texts if t}) < 2 for texts in block)):
        return None
    header.score = sum(header.sure.values()) + 10 * sum(own) - 15 * (len(block) - 1)
    return header


def looks_like_data(text: str) -> bool:
    """A date or a number of several digits is no heading."""
    return bool(re.search(r"\d{4,}|\d[.,]\d|\d{1,2}[/-]\d{1,2}", text)) and not re.search(r"[A-Za-z一-鿿]{4,}", text)


def columns_of(block: list[list[str]]) -> list[list[str]]:
    """Headings from top to bottom by column. A group whose cells are not merged reaches over the blanks beside it."""
    width = max(len(texts) for texts in block)
    padded = [texts + [""] * (width - len(texts)) for texts in block]
    for above, below in zip(padded, padded[1:], strict=False):
        for column in range(1, width):
            if below[column] and not above[column] and above[column - 1] and below[column - 1]:
                above[column] = above[column - 1]
    return [[texts[column] for texts in padded if texts[column]] for column in range(width)]


def assign(parts: list[list[str]], fields: Mapping[str, Field]) -> tuple[dict[int, str], dict[int, int]]:
    """Give each column the field that fits best; a field is given once. Ties go left, then to the first field."""
    offers: list[tuple[int, int, int, str]] = []
    for column, own in enumerate(parts):
        before = parts[column - 1] if column else []
        for place, one in enumerate(fields.values()):
            sure = fit(tuple(own), tuple(before), one.names)
            if sure:
                offers.append((-sure, column, place, one.key))
    columns: dict[int, str] = {}
    sure_of: dict[int, int] = {}
    for minus, column, _place, key in sorted(offers):
        if column not in columns and key not in columns.values():
            columns[column], sure_of[column] = key, -minus
    return columns, sure_of


@lru_cache(maxsize=50_000)
def fit(parts: tuple[str, ...], before: tuple[str, ...], names: tuple[str, ...]) -> int:
    """How well a column's headings fit what people call a field: 0, or 40 to 100.

    The Chinese words decide where there are any; an English line under or beside them only helps out.
    """
    chinese, latin = _chinese(parts), _latin(parts)
    beside = _chinese(before)[-1:] or _latin(before)[-1:]
    best = max((_fit_one(chinese or latin, beside, name) for name in names), default=0)
    if chinese and latin and best < SURE:
        best = max(best, *(min(_fit_one(latin, [], name), 60) for name in names))
    return best if best >= SURE else 0


def _fit_one(own: list[str], beside: list[str], name: str) -> int:
    bare = words.heading(name.replace("/", ""))
    if not own or not bare:
        return 0
    if bare in ("".join(own), own[0] + own[-1]):
        return 100 if "/" in name or len(own) == 1 else 96
    if "/" in name:
        return 97 if beside and len(own) == 1 and bare == beside[0] + own[0] else _near("".join(own), bare)
    if len(own) > 1 and bare == own[-1]:
        return 92 if len(bare) > 2 else 0  # 姓名 under a group that nobody knows is nobody's name
    if len(own) > 1 and bare == own[0]:
        return 45
    alternatives = own[0].split("/") if len(own) == 1 else []
    return 94 if bare in alternatives else _near("".join(own), bare)


def _chinese(parts: Sequence[str]) -> list[str]:
    """The headings without their Latin words; a letter that belongs to a Chinese word stays."""
    stripped = [re.sub(r"(?<![一-鿿])[A-Za-z][A-Za-z.'’&\s]+(?![一-鿿])", " ", part) for part in parts]
    return [folded for part in stripped if (folded := words.heading(part)) and not folded.isascii()]


def _latin(parts: Sequence[str]) -> list[str]:
    kept = [re.sub(r"[^\x00-\x7f]", " ", part) for part in parts]
    return [folded for part in kept if (folded := words.heading(part)) and not folded.isdigit()]


def _near(whole: str, name: str) -> int:
    """Headings that contain the name or differ by a sign; short names must fit exactly."""
    short, long = sorted((name, whole), key=len)
    if len(short) < 3:
        return 0
    if short in long:
        return int(40 + 40 * len(short) / len(long))
    if len(long) - len(short) > 2 or len(set(short) & set(long)) < 0.6 * len(set(short)):
        return 0
    ratio = SequenceMatcher(None, short, long).ratio()
    return int(70 * ratio) if ratio >= 0.8 else 0


def _known(text: str, fields: Mapping[str, Field]) -> bool:
    known = _vocabulary(tuple(name for one in fields.values() for name in one.names))
    return any(piece in known for piece in (words.heading(text), *_chinese([text]), *_latin([text])))


@lru_cache(maxsize=8)
def _vocabulary(names: tuple[str, ...]) -> frozenset[str]:
    """Every word that stands in a heading: whole names, and the groups and subs of two-row ones."""
    return frozenset(words.heading(part) for name in names for part in (name, *name.split("/")) if words.heading(part))
