"""Makers of look-ups, changes of papers and signed registers, for tests and the demo."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.security.sqla.models import User

from app.archive import approvals
from app.archive.models import Document, File
from app.demo import makers
from app.kit.moves import walk
from app.kit.session import db
from app.lookups import changes, reviews, rules
from app.lookups.models import LookupRequest, PaperChange, RegisterReview
from app.security import audit


def make_request(file: File, by: User, **more: Any) -> LookupRequest:
    """A request that waits for the first of its chain."""
    return rules.ask(LookupRequest(file=file, **{"purpose": "核对合同", "hours": 8, **more}), by=by)


def make_grant(file: File, by: User, **more: Any) -> LookupRequest:
    """A request that everybody of its chain has agreed to, each a person of that role."""
    return agreed(make_request(file, by, **more))


def agreed(request: LookupRequest) -> LookupRequest:
    """All of the chain agree."""
    for role in approvals.left(request):
        walk(rules.MOVES, request, approvals.VERBS[request.state], by=makers.user(role), write=audit.write)
    db.session.flush()
    return request


def make_paper_change(paper: Document, by: User, **more: Any) -> PaperChange:
    """A change that waits for the manager."""
    said = {"what": "更正页数", "why": "补充附件", "pages": paper.pages + 1, **more}
    return changes.ask(PaperChange(paper=paper, **said), by=by)


def make_register_review(site: Any, by: User, month: str = "") -> RegisterReview:
    """Last month's register of look-ups, signed."""
    return reviews.sign(RegisterReview(site=site, register="lookups", month=month or reviews.last_month()), by=by)
