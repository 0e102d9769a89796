"""Having the word index let go of what was erased, words and all (G20)."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.search.following import catch_up
from app.search.models import FTS


def forget(session: Session) -> None:
    """Prepare what is due, and on SQLite rewrite the word index: until it is merged it keeps the words of old rows."""
    session.flush()
    catch_up(session)
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"INSERT INTO {FTS}({FTS}) VALUES ('optimize')"))
