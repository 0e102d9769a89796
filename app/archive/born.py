"""Papers that are born in the console: what is over files itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from app.archive import rules
from app.archive.models import Document, File
from app.kit.columns import today
from app.kit.session import db


def paper_of(record: Any) -> Document | None:
    """The paper that a record became."""
    mine = (Document.source == type(record).__name__, Document.source_id == record.id)
    return db.session.scalar(select(Document).where(*mine))


def put_in(
    file: File | None, record: Any, paper_class: str, title: str, *, on: dt.date | None = None, by: Any = None
) -> Document | None:
    """Put a record into a live file as a paper, once (P7.03, P7.06); None where there is no such file.

    A record born in the console has passed the filing check: it has neither paper nor ink.
    """
    if (there := paper_of(record)) is not None:
        return there
    if file is None or file.state not in rules.LIVE_STATES:
        return None
    paper = Document(
        file=file,
        paper_class=paper_class,
        title=title[:200],
        reference=record.number,
        issued_on=on or today(),
        copy_kind="original",
        pages=1,
        ink_is_good=True,
        is_complete=True,
        filed_on=today(),
        source=type(record).__name__,
        source_id=record.id,
    )
    return rules.add_document(paper, by=by)
