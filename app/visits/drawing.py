"""What the grid's page is given, and the answer that a calendar gets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import abort, current_app, url_for
from werkzeug.wrappers import Response

from app.kit.labels import _l
from app.kit.pages import Link
from app.kit.session import before_commit
from app.security import gate, logins
from app.visits import feed, grid
from app.visits.grid import Grid, Square
from app.visits.models import VisitPlan


@dataclass
class GridPage:
    """A chosen plan drawn, the others to choose from, and what can be done from here."""

    grid: Grid | None
    plans: list[VisitPlan]
    links: list[Link] = field(default_factory=list)
    urls: dict[int, str] = field(default_factory=dict)
    key: list[tuple[Any, str]] = field(default_factory=list)


def page(typed: str) -> GridPage:
    """The plan asked for, else the newest under way; 404 for one that is not the reader's."""
    plans = grid.plans()
    if not typed:
        chosen = plans[0] if plans else None
    else:
        chosen = next((plan for plan in plans if str(plan.id) == typed), None) or abort(404)
    drawn = grid.build(chosen) if chosen is not None else None
    return GridPage(drawn, plans, _links(chosen), _urls(drawn) if drawn else {}, list(grid.CELLS.values()))


def _links(plan: VisitPlan | None) -> list[Link]:
    links = []
    if plan is not None and gate.may("show", "VisitPlan"):
        links.append(Link(_l("The plan"), url_for("VisitPlanView.show", pk=plan.id)))
    if gate.may("add", "VisitPlan"):
        links.append(Link(_l("New visit plan"), url_for("VisitPlanView.add"), style="primary"))
    if gate.may("show", "MyCalendar"):
        links.append(Link(_l("My calendar"), url_for("MyCalendarView.show")))
    return links


def _urls(drawn: Grid) -> dict[int, str]:
    """Where each unit's cell leads: to the visit, to writing down what came of it, or to a new one."""
    back = url_for("VisitGridView.list", plan=drawn.plan.id)
    squares = [square for _building, storeys in drawn.blocks for storey in storeys for square in storey.squares]
    return {square.unit.id: _url(square, drawn.plan, back) for square in squares}


def _url(square: Square, plan: VisitPlan, back: str) -> str:
    visit = square.visit
    if visit is not None and visit.is_daily_work and gate.may("edit", "Visit"):
        return url_for("VisitView.edit", pk=visit.id, next=back)
    if visit is not None:
        return url_for("VisitView.show", pk=visit.id) if gate.may("show", "Visit") else ""
    if square.state == "none" and plan.state == "open" and gate.may("add", "Visit"):
        return url_for("VisitView.add", unit=square.unit.id, plan=plan.id, kind=plan.kind, next=back)
    return ""


def feed_answer(token: str, address: str) -> Response:
    """The calendar of whose key it is; 404 for any other key, 429 after many of them from one address."""
    if logins.is_barred(address):
        refused: Response = current_app.response_class(status=429)
        refused.headers["Retry-After"] = str(60 * int(current_app.config["LOCK_MINUTES"]))
        return refused
    user = feed.owner(token)
    if user is None:
        before_commit(lambda: logins.note_wrong_token(address))
        return current_app.response_class(status=404)
    answer: Response = current_app.response_class(feed.calendar(user), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'attachment; filename="visits.ics"'
    return answer
