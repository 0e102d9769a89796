"""The public page: what was asked, what was found, and how often one address may ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from app.fonds import public
from app.fonds.words import CATEGORIES
from app.kit import paging
from app.kit.paging import Place, whole_number
from app.kit.reading import LARGEST_INTEGER
from app.security import logins

A_MINUTE = 60


def may_ask(address: str) -> bool:
    """So often a minute, so that nobody copies the catalogue out in one go."""
    return logins.may_ask("open records", address, A_MINUTE)


def told(args: Mapping[str, str]) -> dict[str, Any]:
    """All that the page draws. What makes no sense is not asked."""
    typed = args.get("q", "").strip()[: public.LONGEST]
    year = whole_number(args.get("year"))
    page = min(max(whole_number(args.get("page")), 1), public.FARTHEST)
    found = public.search(typed, year or None, page)

    def url_of(number: int) -> str:
        return url_for("OpenRecordsView.search", q=typed or None, year=year or None, page=number)

    return {
        "q": typed,
        "year": year or "",
        "total": found.total,
        "rows": [_row(row) for row in found.rows],
        "pages": paging.links(Place(page, public.A_PAGE), found.total, found.has_more, url_of),
    }


def one(key: int) -> dict[str, Any] | None:
    """One opened record; None for everything else there is."""
    row = public.one(key) if key <= LARGEST_INTEGER else None
    return {"row": _row(row)} if row is not None else None


def _row(row: Any) -> dict[str, Any]:
    return {
        "url": url_for("OpenRecordsView.record", pk=row.id),
        "number": row.number,
        "title": row.title,
        "year": row.year or "",
        "category": CATEGORIES[row.category],
        "fonds": row.fonds,
        "holder": row.holder,
        "opened_on": row.opened_on,
    }
