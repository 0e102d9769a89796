"""Finding: one statement, best hit first, only what the reader may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from app.search import asking, everyday
from app.search.declared import Searched, declared
from app.search.following import catch_up
from app.search.models import FTS, SearchEntry, word_index
from app.security import gate

MOST = 100
FEWEST = 60
ESCAPE = "/"
Way = tuple[int, asking.Asked]  # (rank, what is asked)
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


def find(
    session: Session,
    typed: str,
    sites: Sequence[int],
    kinds: Sequence[str],
    most: int = MOST,
    *,
    everywhere: bool = False,
) -> list[Found]:
    """What matches, best first, at most `most`; records of other sites and kinds leave no trace.

    Hits that lead to the same page are told once. `everywhere`: these sites are all there are.
    """
    catch_up(session)
    question = asking.read(typed)
    if not question.words or not sites or not kinds:
        return []
    ways: list[Way] = [(rank, asking.every([asked, *_of(sites, everywhere)])) for rank, asked in tiers(question)]
    given: dict[str, Any] = {"sites": sites, "kinds": kinds, "few": max(most, FEWEST)}
    met, others = _everyday(session, ways, given, most)
    best: dict[int, Any] = {}
    for row in [*met, *_ask(session, others, given)]:
        if row.id not in best or row.rank < best[row.id].rank:
            best[row.id] = row
    return _distinct(sorted(best.values(), key=_order))[:most]


def _everyday(session: Session, ways: list[Way], given: dict[str, Any], most: int) -> tuple[list[Any], list[Way]]:
    """Of ways to match that very many entries do enough that PostgreSQL need not gather, and the other ways.

    Where the best of them fills the answer, worse ways are not asked for either.
    """
    if session.get_bind().dialect.name != "postgresql":
        return [], ways
    words = everyday.words(session)
    met = _ask(session, [way for way in ways if everyday.is_of(way[1], words)], given, sampled=True)
    enough = {rank for rank, rows in Counter(row.rank for row in met).items() if rows >= given["few"]}
    best = [row for row in met if row.rank == min(enough, default=None)]
    last = best[0].rank if best and len(_distinct(best)) >= most else ways[-1][0]
    others = [way for way in ways if way[0] not in enough and way[0] <= last]
    return [row for row in met if row.rank in enough], others


def _ask(session: Session, ways: list[Way], given: dict[str, Any], *, sampled: bool = False) -> list[Any]:
    """The entries that match, of each way so many as are wanted; `sampled`: of those that are looked at only."""
    if not ways:
        return []
    dialect = session.get_bind().dialect.name
    proofs = [asking.proof(asked) for _rank, asked in ways]
    given = given | {f"asked_{place}": asking.written(asked, dialect) for place, (_rank, asked) in enumerate(ways)}
    texts = chain.from_iterable(map(asking.texts, proofs))
    given |= {f"text_{place}": _pattern(text) for place, text in enumerate(texts)}
    query = _query(dialect, tuple(rank for rank, _asked in ways), tuple(map(asking.shape, proofs)), sampled)
    return list(session.execute(query, given))


def _of(sites: Sequence[int], everywhere: bool) -> list[asking.Asked]:
    """The sites as tokens, so that the index leaves others out; for who sees all it would join them for nothing."""
    return [] if everywhere else [asking.some(asking.Term(f"@{site}") for site in sites)]


def tiers(question: asking.Question) -> list[Way]:
    """The ways to match, the best first, each once for live and once for former records."""
    ways = ((0, question.exact()), (2, question.start()), (4, question.part()))
    both = ((0, asking.Term("+")), (1, asking.Term("-")))
    return [(rank + less, asking.every([asked, mark])) for rank, asked in ways for less, mark in both]


@lru_cache(maxsize=256)
def _query(
    dialect: str, ranks: tuple[int, ...], shapes: tuple[asking.Proof, ...], sampled: bool
) -> CompoundSelect[Any]:
    """The statement for questions of one shape, written once: it takes longer to write than to answer."""
    entry = everyday.some_entries() if sampled else SearchEntry
    seen = (
        entry.site_id.in_(bindparam("sites", expanding=True)),
        entry.kind.in_(bindparam("kinds", expanding=True)),
    )
    names, few = (f"text_{place}" for place in count()), bindparam("few", type_=Integer)
    ways = []
    for place, (rank, shape) in enumerate(zip(ranks, shapes, strict=True)):
        proved = [] if shape is None else [_held(entry, shape, names)]
        way = _way(entry, rank, bindparam(f"asked_{place}", type_=String), dialect).where(*proved, *seen)
        ways.append(select(way.limit(few).subquery()))
    return union_all(*ways)


def _way(entry: Any, rank: int, asked: ColumnElement[str], dialect: str) -> Select[Any]:
    """The entries that match in one way, in no order: whoever limits them gets the first that are met."""
    query = select(literal_column(str(rank)).label("rank"), *(getattr(entry, name) for name in SHOWN))
    if dialect == "postgresql":
        return query.where(entry.tokens.op("@@")(cast(asked, TSQUERY)))
    # the word index leads and streams, so that a common word costs no more than a rare one: the plus sign keeps
    # SQLite from going through the entries and asking the index about each
    index = literal_column(f"+{FTS}.rowid") == entry.id
    return query.join(word_index, index).where(literal_column(FTS).op("MATCH")(asked))


def _held(entry: Any, shape: asking.Proof, names: Iterator[str]) -> ColumnElement[bool]:
    """The check of the texts that tokens do not prove."""
    if isinstance(shape, str):
        held: ColumnElement[bool] = entry.folded.like(bindparam(next(names), type_=String), escape=ESCAPE)
        return held
    assert shape is not None
    how, parts = shape
    return (and_ if how == "and" else or_)(*(_held(entry, part, names) for part in parts))


def _pattern(text: str) -> str:
    """Any text that holds this one."""
    for sign in (ESCAPE, "%", "_"):
        text = text.replace(sign, ESCAPE + sign)
    return f"%{text}%"


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
