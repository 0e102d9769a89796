"""From what is typed to what the word index is asked: a small expression, written for either database."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from app.search.models import quoted
from app.search.prepared import LONGEST, SHORT, fold, unit_key

LONGEST_QUERY = 100
MOST_WORDS = 8
_run = re.compile(r"[a-z0-9][a-z0-9-]*|[^a-z0-9 -]+")
_room_sign = re.compile(r"(?<=[0-9])[室房号]")
_grouped_digits = re.compile(r"[0-9]{1,6}([ -][0-9]{1,6})+")
_country = re.compile(r"^(?:00)?86(?=1[0-9]{10}$)")


@dataclass(frozen=True)
class Term:
    """One token, or all tokens that begin so."""

    token: str
    is_beginning: bool = False


@dataclass(frozen=True)
class Group:
    """`how` joins the parts; a group without parts never occurs."""

    how: Literal["and", "or"]
    parts: tuple[Asked, ...]


Asked = Term | Group


@dataclass(frozen=True)
class Word:
    """One typed word as a whole number, as the beginning of a name, and as any part; None where it cannot be."""

    text: str
    exact: Asked | None
    start: Asked | None
    part: Asked

    @property
    def phrase(self) -> str:
        """The text to check a hit by, where tokens of two characters do not prove it; else ""."""
        return self.text if len(self.text) > 2 and not self.text.isascii() else ""


@dataclass(frozen=True)
class Question:
    """The words of a query; all must match."""

    words: tuple[Word, ...]

    def exact(self) -> Asked | None:
        return self._one_of_them([word.exact for word in self.words])

    def start(self) -> Asked | None:
        return self._one_of_them([word.start for word in self.words])

    def part(self) -> Asked:
        return every(word.part for word in self.words)

    def _one_of_them(self, better: list[Asked | None]) -> Asked | None:
        """One word matches so, the others anyhow."""
        ways = [
            every([asked, *(word.part for other, word in enumerate(self.words) if other != place)])
            for place, asked in enumerate(better)
            if asked is not None
        ]
        return some(ways) if ways else None


def read(typed: str) -> Question:
    """What was typed as a question; anything at all may be typed. No words: nothing is asked."""
    folded = _room_sign.sub("", fold(typed[:LONGEST_QUERY])).strip(" -")
    if _grouped_digits.fullmatch(folded) and sum(c.isdigit() for c in folded) >= 7:
        folded = folded.replace(" ", "")
    runs = [run.strip("-") for run in _run.findall(folded)]
    return Question(tuple(_word(run) for run in runs[:MOST_WORDS]))


def _word(run: str) -> Word:
    return _latin(run) if run.isascii() else _chinese(run)


def _chinese(run: str) -> Word:
    tokens = [first + second for first, second in pairwise(run)] or [run]
    part = every(Term(token) for token in tokens)
    return Word(run, None, every([Term("^" + run[:2]), part]), part)


def _latin(run: str) -> Word:
    letters = run.replace("-", "")
    key = unit_key(run)
    parts: list[Asked] = [_begins(letters)]
    pieces = [piece for piece in run.split("-") if piece]
    if len(pieces) > 1:
        parts.append(every(_begins(piece) for piece in pieces))
    if key != letters:
        parts.append(_begins(key))
    exact: list[Asked] = [Term("=" + letters[:LONGEST]), Term("=" + key[:LONGEST])]
    if letters.isdigit() and len(letters) >= SHORT:
        phone = _country.sub("", letters)
        parts.append(_begins(phone[::-1], "%", 4))
        exact.append(Term("=" + phone[:LONGEST]))
    return Word(letters, some(exact), _begins(letters, "^"), some(parts))


def _begins(text: str, mark: str = "", short: int = SHORT) -> Term:
    """Short beginnings are tokens of their own, because a list of all words in `r…` would be long."""
    exact = len(text) <= short and (mark != "%" or len(text) >= SHORT)
    return Term(mark + text[:LONGEST], is_beginning=not exact)


def every(parts: Iterable[Asked]) -> Asked:
    return _group("and", parts)


def some(parts: Iterable[Asked]) -> Asked:
    return _group("or", parts)


def _group(how: Literal["and", "or"], parts: Iterable[Asked]) -> Asked:
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else Group(how, distinct)


def written(asked: Asked, dialect: str) -> str:
    """The expression as the database reads it: an FTS5 match or a tsquery."""
    if isinstance(asked, Term):
        if dialect == "postgresql":
            return quoted(asked.token) + (":*" if asked.is_beginning else "")
        return '"' + asked.token.replace('"', '""') + '"' + ("*" if asked.is_beginning else "")
    signs = {"and": " & ", "or": " | "} if dialect == "postgresql" else {"and": " AND ", "or": " OR "}
    return "(" + signs[asked.how].join(written(part, dialect) for part in asked.parts) + ")"
