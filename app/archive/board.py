"""Papers that expire, and how many files there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import url_for

from app.archive import ending
from app.archive.models import Document, File
from app.kit.columns import today
from app.kit.counting import count
from app.kit.labels import _l
from app.kit.pages import Card
from app.kit.session import db
from app.security import gate

SOON = dt.timedelta(days=60)


def cards(user: Any) -> Iterator[Card]:
    """Expired and expiring papers (P7.11); files being completed and sealed."""
    if gate.may("list", "Document"):
        yield _papers(_l("Papers expired"), None, today() - dt.timedelta(days=1), "bad")
        yield _papers(_l("Papers expiring in 60 days"), today(), today() + SOON, "warn")
    if gate.may("list", "File"):
        if late := _not_handed_over():
            yield Card(
                _l("Ended projects not handed over in time"), late, url_for("FileView.list"), "bad", group="overdue"
            )
        yield _files("open", _l("Files being completed"))
        yield _files("filed", _l("Files sealed"))


def _not_handed_over() -> int:
    """Files of projects that ended longer ago than the house allows, and are not with their keeper (P11.04)."""
    days = ending.days_of_schemes()
    query = gate.scope(ending.not_handed_over(), File)
    waiting = db.session.execute(query.with_only_columns(File.scheme_key, File.ended_on)) if days else ()
    return sum(ended_on + dt.timedelta(days=days[key]) < today() for key, ended_on in waiting if key in days)


def _papers(title: Any, begin: dt.date | None, end: dt.date, tone: str) -> Card:
    later = [Document.valid_until >= begin] if begin is not None else []
    number = count(Document, Document.valid_until <= end, *later)
    url = url_for("DocumentView.list", valid_until_from=begin or "", valid_until_to=end)
    return Card(title, number, url, tone if number else "", group="coming")


def _files(state: str, title: Any) -> Card:
    return Card(title, count(File, File.state == state), url_for("FileView.list", state=state), group="estate")
