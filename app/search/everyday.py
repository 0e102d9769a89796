"""Words that very many entries have, on PostgreSQL.

Its word index gathers every entry that has a word before it lets go of the first. Where the database knows that a word
is everyday (有限公司), entries are met sooner by looking at some of them.
"""

from __future__ import annotations

import time
from functools import cache
from typing import Any

from sqlalchemy import func, select, text, true
from sqlalchemy.orm import Session, aliased

from app.search.asking import Asked, Term
from app.search.models import SearchEntry

SHARE = 0.02  # of all entries; what fewer have, the index gathers in a few milliseconds
WINDOWS, OF_EACH = 40, 100  # so many entries are looked at, from all over the table
KEPT = 600.0  # seconds
KNOWN = text(
    "SELECT word FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS told(word, share)"
    " WHERE schemaname = current_schema() AND tablename = 'search_entry' AND attname = 'tokens'"
    " AND word IS NOT NULL AND share >= :share"
)
_known: dict[Any, tuple[float, frozenset[str]]] = {}


def words(session: Session) -> frozenset[str]:
    """The tokens of which the database found so many when it last looked at the table (ANALYZE)."""
    engine, now = session.get_bind().engine, time.monotonic()
    asked, found = _known.get(engine, (0.0, frozenset()))
    if now - asked > KEPT or not asked:
        found = frozenset(session.scalars(KNOWN, {"share": SHARE}))
        _known[engine] = (now, found)
    return found


def is_of(asked: Asked, everyday: frozenset[str]) -> bool:
    """Every token that must be there is an everyday one."""
    if isinstance(asked, Term):
        return asked.token in everyday
    parts = [is_of(part, everyday) for part in asked.parts]
    return (all if asked.how == "and" else any)(parts) and bool(parts)


@cache
def some_entries() -> Any:
    """The model of entries over those that are looked at: the first ones of windows that do not overlap."""
    places = func.generate_series(0, WINDOWS - 1).table_valued("place").render_derived(name="places")
    place = places.c.place
    step = select(func.max(SearchEntry.id) // WINDOWS + 1).scalar_subquery()
    inside = (SearchEntry.id >= place * step, SearchEntry.id < (place + 1) * step)
    window = select(SearchEntry.__table__).where(*inside).order_by(SearchEntry.id).limit(OF_EACH).lateral("window")
    return aliased(SearchEntry, select(window).select_from(places).join(window, true()).cte("some_entries"))
