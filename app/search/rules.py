"""Finding: one statement, best hit first, only what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, cast, literal, literal_column, select, union_all
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from app.search import asking
from app.search.declared import Searched, declared
from app.search.following import catch_up
from app.search.models import FTS, SearchEntry, word_index
from app.security import gate

MOST = 300
SHOWN = ("id", "kind", "record_id", "opens", "opens_id", "title", "subtitle", "badge", "weight")


@dataclass(frozen=True)
class Found:
    """A hit before it has an address. `rank`: 0 a whole number, 2 the beginning of a name, 4 any part; +1 former."""

    kind: str
    record_id: int
    opens: str
    opens_id: int
    title: str
    subtitle: str
    badge: str
    rank: int


def seen_kinds() -> list[str]:
    """The kinds whose records the acting user may both list and open."""
    found = declared.kinds.values()
    return [one.kind for one in found if gate.may("list", one.permission) and gate.may("show", one.permission)]


def find(session: Session, typed: str, sites: Sequence[int], kinds: Sequence[str], most: int = MOST) -> list[Found]:
    """What matches, best first, at most about `most`; records of other sites and kinds leave no trace.

    Hits that lead to the same page are told once.
    """
    catch_up(session)
    question = asking.read(typed)
    if not question.words or not sites or not kinds:
        return []
    query = union_all(*(_tier(rank, asked, question, sites, kinds, most, session) for rank, asked in tiers(question)))
    best: dict[int, Any] = {}
    for row in session.execute(query):
        if row.id not in best or row.rank < best[row.id].rank:
            best[row.id] = row
    return _distinct(sorted(best.values(), key=_order))[:most]


def tiers(question: asking.Question) -> list[tuple[int, asking.Asked]]:
    """The ways to match, the best first, each once for live and once for former records."""
    ways = ((0, question.exact()), (2, question.start()), (4, question.part()))
    both = ((0, asking.Term("+")), (1, asking.Term("-")))
    possible = [(rank, asked) for rank, asked in ways if asked is not None]
    return [(rank + less, asking.every([asked, mark])) for rank, asked in possible for less, mark in both]


def _tier(
    rank: int, asked: asking.Asked, question: asking.Question, sites: Sequence[int], kinds: Sequence[str], most: int,
    session: Session,
) -> Select[Any]:  # fmt: skip
    dialect = session.get_bind().dialect.name
    words = asking.every([asked, asking.some(asking.Term(f"@{site}") for site in sites)])
    written = asking.written(words, dialect)
    query = select(literal(rank).label("rank"), *(getattr(SearchEntry, name) for name in SHOWN))
    query = query.where(SearchEntry.site_id.in_(sites), SearchEntry.kind.in_(kinds))
    for word in question.words:
        if word.phrase:
            query = query.where(SearchEntry.folded.like(f"%{word.phrase}%"))
    query = _matching(query, written, dialect).limit(most)
    return select(query.subquery())


def _matching(query: Select[Any], written: str, dialect: str) -> Select[Any]:
    if dialect == "postgresql":
        return query.where(SearchEntry.tokens.op("@@")(cast(written, TSQUERY)))
    # the word index leads and streams, so that a common word costs no more than a rare one: the plus sign keeps
    # SQLite from going through the entries and asking the index about each
    return query.join(word_index, literal_column(f"+{FTS}.rowid") == SearchEntry.id).where(
        literal_column(FTS).op("MATCH")(written)
    )


def _order(row: Any) -> tuple[Any, ...]:
    return row.rank, -row.weight, len(row.title), row.title, row.id


def _distinct(rows: Sequence[Any]) -> list[Found]:
    told: dict[tuple[str, int], Found] = {}
    for row in rows:
        found = Found(row.kind, row.record_id, row.opens, row.opens_id, row.title, row.subtitle, row.badge, row.rank)
        told.setdefault((row.opens, row.opens_id), found)
    return list(told.values())


def kind_of(found: Found) -> Searched:
    return declared.kinds[found.kind]
