"""Visits, their plans, the plan drawn as a house, and everybody's own calendar."""

from __future__ import annotations

from typing import Any

from flask import current_app, request, url_for
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.security import gate
from app.visits import drawing, feed, plans, rules
from app.visits.models import VISIT_STATES, Visit, VisitPlan


class VisitView(RecordView):
    """Planned, made, or missed; one form for what is planned and for what came of it."""

    datamodel = SQLAInterface(Visit)
    class_permission_name = "Visit"
    route_base = "/visits"
    titles = Titles(one=_l("Visit"), many=_l("Visits"), new=_l("New visit"))
    list_columns = ["number", "unit", "kind", "due_on", "planned_at", "visitor", "way", "state", "visited_at"]
    search_columns = ["number", "kind", "state", "due_on", "planned_at", "visited_at", "way"]
    order_columns = ["number", "due_on", "planned_at", "visited_at"]
    base_order = ("number", "desc")
    fieldsets = [
        (_l("Visit"), ["unit", "due_on", "planned_at", "visitor", "way"]),
        (_l("What came of it"), ["person_seen", "phone", "visited_at", "result", "opinion", "follow_up"]),
        (_l("Signature of the tenant"), ["client_signature", "signed_on_paper"]),
        (_l("Born of"), ["kind", "plan", "complaint", "repair"]),
    ]
    show_fieldsets = [
        (_l("Visit"), ["number", "unit", "tenancy", "kind", "state", "due_on", "planned_at", "visitor", "way"]),
        (_l("What came of it"), ["person_seen", "phone", "visited_at", "result", "opinion", "follow_up"]),
        (_l("Signature of the tenant"), ["client_signature", "signed_on_paper"]),
        (_l("Born of"), ["plan", "complaint", "repair", "misses"]),
    ]
    edit_columns = [
        "due_on", "planned_at", "visitor", "way", "person_seen", "phone", "visited_at", "result", "opinion",
        "follow_up", "client_signature", "signed_on_paper",
    ]  # fmt: skip
    on_add, on_edit = rules.open_visit, rules.amend
    edit_states = VISIT_STATES.keys() - Visit.OVER
    known = rules.known
    moves = rules.MOVES


class VisitPlanView(RecordView):
    """Rounds of visits; making one plans a visit for each tenant."""

    datamodel = SQLAInterface(VisitPlan)
    class_permission_name = "VisitPlan"
    route_base = "/visit-plans"
    titles = Titles(one=_l("Visit plan"), many=_l("Visit plans"), new=_l("New visit plan"))
    list_columns = ["name", "kind", "from_on", "until_on", "floors", "state", "site"]
    search_columns = ["name", "kind", "state", "from_on", "until_on"]
    order_columns = ["name", "from_on", "until_on"]
    base_order = ("from_on", "desc")
    fieldsets = [(_l("Visit plan"), ["name", "kind", "from_on", "until_on", "site", "floors"])]
    show_fieldsets = [(_l("Visit plan"), ["name", "kind", "from_on", "until_on", "site", "floors", "state"])]
    edit_columns = ["name", "from_on", "until_on"]
    on_add, on_edit = plans.draw_up, plans.amend
    edit_states = {"open"}
    moves = plans.MOVES
    related_views = [VisitView]


class VisitGridView(BaseView):
    """Who was visited, floor by floor."""

    route_base = "/visits/grid"
    class_permission_name = "Visit"
    default_view = "list"

    @expose("/")
    @has_access
    def list(self) -> Any:
        return self.render_template("visits/grid.html", page=drawing.page(request.args.get("plan", "")))


class MyCalendarView(BaseView):
    """The address under which one's own appointments are read."""

    route_base = "/visits/my-calendar"
    class_permission_name = "MyCalendar"
    default_view = "show"

    @expose("/")
    @has_access
    def show(self) -> Any:
        return self.render_template("visits/calendar.html", address="", has_key=feed.has_key(gate.user()))

    @expose("/renew", methods=["POST"])
    @has_access
    def renew(self) -> Any:
        base = current_app.config.get("PUBLIC_URL") or request.host_url
        address = base.rstrip("/") + url_for("CalendarFeedView.feed", token=feed.renew(gate.user()))
        return self.render_template("visits/calendar.html", address=address, has_key=True)


class CalendarFeedView(BaseView):
    """Read by calendars, which do not log in: whoever holds the key is let in, and nobody else."""

    route_base = "/visits/calendar"
    class_permission_name = "MyCalendar"

    @expose("/<token>.ics")
    def feed(self, token: str) -> Any:
        return drawing.feed_answer(token, request.remote_addr or "")
