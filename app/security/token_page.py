"""The page on which an approved token is read once."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect

from app.kit import moves, showing
from app.kit.labels import _l
from app.kit.pages import Cell
from app.kit.refusals import REFUSALS, words
from app.kit.session import attempt, db
from app.security import audit, gate

ONCE = _l("Copy it now: it is not shown again")


def approve(view: Any, pk: int) -> Any:
    """Approve, and draw the page with the token on it; it is kept nowhere, in no session either."""
    token = view.fetch(pk)
    gate.demand("approve", "ApiToken")
    try:
        with attempt():
            secret = moves.walk(view.moves, token, "approve", by=gate.user(), write=audit.write)
            db.session.flush()
    except REFUSALS as error:
        flash(words(error, view.model)[1], "danger")
        return redirect(view.url("show", pk=pk))
    page = showing.show_page(view, token)
    page.groups.insert(0, (_l("Token"), [(ONCE, Cell(secret))]))
    return view.render_template("hudang/show.html", page=page)
