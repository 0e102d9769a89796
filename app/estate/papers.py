"""What stands on a screen, printed under the name of the site it belongs to, or of the reader's first."""

from __future__ import annotations

from typing import Any

from flask import abort

from app.estate.facts import site_facts
from app.estate.models import Site
from app.kit.filters import Asked
from app.kit.session import db
from app.printing import answers, screens
from app.security import gate


def site_of(key: int | None) -> Site:
    """That site, or the reader's first; 404 for who works nowhere."""
    return db.session.get(Site, key or next(iter(gate.site_ids()), 0)) or abort(404)


def print_shown(view: Any, record: Any) -> Any:
    """A record's page on paper."""
    site = site_of(getattr(record, "site_id", None))
    back = view.url("show", pk=record.id)
    told = {"by": gate.user(), "language": answers.language()}
    return answers.pdf(lambda: screens.print_record(view, record, site_facts(site), site.id, **told), back)


def print_listed(view: Any, asked: Asked) -> Any:
    """A list on paper, as it is filtered and sorted."""
    site, told = site_of(None), {"by": gate.user(), "language": answers.language()}
    return answers.pdf(lambda: screens.print_list(view, asked, site_facts(site), site.id, **told), asked.url())
