"""Numbers that run without gaps: given out and used up in one transaction."""

from __future__ import annotations

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.estate.models import Counter
from app.kit.columns import today
from app.kit.session import db


def next_number(site_id: int, series: str, year: int | None = None) -> int:
    """The series' next number, 1 for the first of a year.

    The row stays locked until the commit, and a rollback gives the number back: no gap, nothing twice.
    """
    year = year or today().year
    mine = (Counter.site_id == site_id, Counter.series == series, Counter.year == year)
    step = update(Counter).where(*mine).values(last=Counter.last + 1).returning(Counter.last)
    found = db.session.scalar(step, execution_options={"synchronize_session": False})
    if found is None:
        _begin(site_id, series, year)
        found = db.session.scalar(step, execution_options={"synchronize_session": False})
    assert found is not None
    return int(found)


def _begin(site_id: int, series: str, year: int) -> None:
    """Open the series; another desk may do so at the same moment.

    A savepoint of the connection, not of the session: the record that waits for its number must not be stored yet.
    """
    connection = db.session.connection()
    try:
        with connection.begin_nested():
            connection.execute(insert(Counter).values(site_id=site_id, series=series, year=year, last=0))
    except IntegrityError:
        pass


def numbered(site_id: int, series: str) -> str:
    """The next number as people read it, e.g. WX-2026-00001."""
    year = today().year
    return f"{series}-{year}-{next_number(site_id, series, year):05d}"


def last_number(site_id: int, series: str, year: int) -> int:
    """The number given out last, 0 before the first."""
    query = select(func.max(Counter.last)).where(
        Counter.site_id == site_id, Counter.series == series, Counter.year == year
    )
    return int(db.session.scalar(query) or 0)
