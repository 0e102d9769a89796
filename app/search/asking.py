"""From what is typed to what the word index is asked: a small expression, written for either database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from app.search.models import quoted
from app.search.prepared import LONGEST, LONGEST_NUMBER, SHORTEST_TAIL, beginning, fold, unit_key

LONGEST_QUERY = 100
MOST_WORDS = 8
_run = re.compile(r"[a-z0-9][a-z0-9-]*|[^a-z0-9 -]+")
_room_sign = re.compile(r"(?<=[0-9])[室房号]")
_grouped_digits = re.compile(r"(?:(?:00)?86[ -])?(?:[0-9]{1,6}(?:[ -][0-9]{1,6})+|1[0-9]{10})")
_country = re.compile(r"^(?:00)?86(?=1[0-9]{10}$)")


@dataclass(frozen=True)
class Term:
    """One token. `text` is what it stands for, where the token alone does not prove that the text is there."""

    token: str
    text: str = ""


@dataclass(frozen=True)
class Group:
    """`how` joins the parts; a group without parts never occurs."""

    how: Literal["and", "or"]
    parts: tuple[Asked, ...]


Asked = Term | Group


@dataclass(frozen=True)
class Word:
    """One typed word as a whole, as the beginning of a name, and as any part."""

    exact: Asked
    start: Asked
    part: Asked


@dataclass(frozen=True)
class Question:
    """The words of a query; all must match."""

    words: tuple[Word, ...]

    def exact(self) -> Asked:
        """One word is a whole name or number, the others match anyhow."""
        return self._one_of_them([word.exact for word in self.words])

    def start(self) -> Asked:
        """One word begins a name."""
        return self._one_of_them([word.start for word in self.words])

    def part(self) -> Asked:
        return every(word.part for word in self.words)

    def _one_of_them(self, better: list[Asked]) -> Asked:
        return some(
            every([asked, *(word.part for other, word in enumerate(self.words) if other != place)])
            for place, asked in enumerate(better)
        )


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
    long = run if len(run) > 2 else ""
    part = every([Term(first + second, long) for first, second in pairwise(run)] or [Term(run)])
    return Word(Term("=" + run[:LONGEST]), every([Term("^" + run[:2]), part]), part)


def _latin(run: str) -> Word:
    letters, key = run.replace("-", ""), unit_key(run)
    pieces = [piece for piece in run.split("-") if piece]
    parts: list[Asked] = [_begins(letters), every(map(_begins, pieces)), _begins(key)]
    exact: list[Asked] = [Term("=" + letters[:LONGEST]), Term("=" + key[:LONGEST])]
    if letters.isdigit() and len(letters) >= SHORTEST_TAIL:
        phone = _country.sub("", letters)
        parts.append(Term("%" + phone[:LONGEST_NUMBER]))
        exact.append(Term("=" + phone[:LONGEST]))
    return Word(some(exact), _begins(letters, "^"), some(parts))


def _begins(text: str, mark: str = "") -> Term:
    token = beginning(text)
    return Term(mark + token, text if token != text else "")


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
        return quoted(asked.token) if dialect == "postgresql" else '"' + asked.token.replace('"', '""') + '"'
    signs = {"and": " & ", "or": " | "} if dialect == "postgresql" else {"and": " AND ", "or": " OR "}
    return "(" + signs[asked.how].join(written(part, dialect) for part in asked.parts) + ")"


Proof = str | tuple[Literal["and", "or"], tuple["Proof", ...]] | None


def proof(asked: Asked) -> Proof:
    """The texts that must be there besides the tokens: one, or several joined; None where tokens prove all."""
    if isinstance(asked, Term):
        return asked.text or None
    parts = [proof(part) for part in asked.parts]
    if asked.how == "or" and None in parts:
        return None
    proved = tuple(dict.fromkeys(part for part in parts if part is not None))
    return proved[0] if len(proved) == 1 else (asked.how, proved) if proved else None


def texts(asked: Proof) -> Iterator[str]:
    """The texts of a proof, in order."""
    if isinstance(asked, str):
        yield asked
    elif asked is not None:
        for part in asked[1]:
            yield from texts(part)


def shape(asked: Proof) -> Proof:
    """The same with no texts in it: what questions that are asked alike have in common."""
    if asked is None or isinstance(asked, str):
        return "" if asked else None
    return asked[0], tuple(map(shape, asked[1]))
