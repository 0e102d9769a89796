"""Finding: one statement, best hit first, only what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, literal, literal_column, or_, select, union_all
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from app.search import asking
from app.search.declared import Searched, declared
from app.search.following import catch_up
from app.search.models import FTS, SearchEntry, word_index
from app.security import gate

MOST = 100
FEWEST = 60
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
    found = declared.ready().kinds.values()
    return [one.kind for one in found if gate.may("list", one.permission) and gate.may("show", one.permission)]


def find(session: Session, typed: str, sites: Sequence[int], kinds: Sequence[str], most: int = MOST) -> list[Found]:
    """What matches, best first, at most `most`; records of other sites and kinds leave no trace.

    Hits that lead to the same page are told once.
    """
    catch_up(session)
    question = asking.read(typed)
    if not question.words or not sites or not kinds:
        return []
    mine = asking.some(asking.Term(f"@{site}") for site in sites)
    dialect = session.get_bind().dialect.name
    ways = [_way(rank, asking.every([asked, mine]), dialect) for rank, asked in tiers(question)]
    few = max(most, FEWEST)
    seen = (SearchEntry.site_id.in_(sites), SearchEntry.kind.in_(kinds))
    best: dict[int, Any] = {}
    for row in session.execute(union_all(*(select(way.where(*seen).limit(few).subquery()) for way in ways))):
        if row.id not in best or row.rank < best[row.id].rank:
            best[row.id] = row
    return _distinct(sorted(best.values(), key=_order))[:most]


def tiers(question: asking.Question) -> list[tuple[int, asking.Asked]]:
    """The ways to match, the best first, each once for live and once for former records."""
    ways = ((0, question.exact()), (2, question.start()), (4, question.part()))
    both = ((0, asking.Term("+")), (1, asking.Term("-")))
    return [(rank + less, asking.every([asked, mark])) for rank, asked in ways for less, mark in both]


def _way(rank: int, asked: asking.Asked, dialect: str) -> Select[Any]:
    """The entries that match in one way, in no order: whoever limits them gets the first that are met."""
    query = select(literal(rank).label("rank"), *(getattr(SearchEntry, name) for name in SHOWN))
    held = _held(asked)
    if held is not None:
        query = query.where(held)
    written = asking.written(asked, dialect)
    if dialect == "postgresql":
        return query.where(SearchEntry.tokens.op("@@")(cast(literal(written, String), TSQUERY)))
    # the word index leads and streams, so that a common word costs no more than a rare one: the plus sign keeps
    # SQLite from going through the entries and asking the index about each
    index = literal_column(f"+{FTS}.rowid") == SearchEntry.id
    return query.join(word_index, index).where(literal_column(FTS).op("MATCH")(written))


def _held(asked: asking.Asked) -> ColumnElement[bool] | None:
    """The check of the texts that tokens do not prove; None where nothing is left to check."""
    if isinstance(asked, asking.Term):
        return SearchEntry.folded.contains(asked.text, autoescape=True) if asked.text else None
    parts = [_held(part) for part in asked.parts]
    proved = [part for part in parts if part is not None]
    if asked.how == "and":
        return and_(*dict.fromkeys(proved)) if proved else None
    return or_(*proved) if len(proved) == len(parts) else None


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
