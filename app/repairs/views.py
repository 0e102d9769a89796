"""Repairs as the desk and the technicians see them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Response, abort, flash, redirect, request, send_file, url_for
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.security.decorators import permission_name

from app.archive import scans
from app.archive.views import told_if_refused
from app.kit import showing
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.kit.session import abandon_work
from app.repairs import costs, crew, kinds, page, pictures, rules
from app.repairs.models import Repair, RepairCost, RepairKind, RepairStep
from app.security import gate


class RepairCostView(RecordView):
    datamodel = SQLAInterface(RepairCost)
    class_permission_name = "RepairCost"
    route_base = "/repair-costs"
    titles = Titles(one=_l("Cost line"), many=_l("Costs"), new=_l("New cost line"))
    list_columns = ["what", "quantity", "price_cents", "amount_cents", "is_material", "is_chargeable", "corrects"]
    search_columns = ["is_material", "is_chargeable"]
    order_columns = ["id"]
    base_order = ("id", "asc")
    fieldsets = [
        (_l("Cost line"), ["repair", "what", "quantity", "price_cents", "is_material", "is_chargeable"]),
        (_l("Correction"), ["corrects"]),
    ]
    show_fieldsets = [
        (_l("Cost line"), ["repair", "what", "quantity", "price_cents", "amount_cents", "is_material"]),
        (_l("Correction"), ["is_chargeable", "corrects"]),
    ]
    on_add = costs.add_cost
    parent_takes = costs.takes_costs
    after_add = staticmethod(page.url_of_repair)


class RepairStepView(RecordView):
    datamodel = SQLAInterface(RepairStep)
    class_permission_name = "RepairStep"
    route_base = "/repair-steps"
    titles = Titles(one=_l("Step"), many=_l("Steps"), new=_l("New step"))
    list_columns = ["at", "user", "act", "state", "took_minutes", "opinion"]
    search_columns = ["act", "at"]
    order_columns = ["id", "at"]
    base_order = ("id", "asc")
    fieldsets = [(_l("Step"), ["repair", "act", "state", "user", "at", "took_minutes", "opinion"])]
    add_columns = edit_columns = []


class RepairView(RecordView):
    """Written down, dispatched, worked on, rated, visited, closed (P7.03)."""

    datamodel = SQLAInterface(Repair)
    class_permission_name = "Repair"
    route_base = "/repairs"
    titles = Titles(one=_l("Repair"), many=_l("Repairs"), new=_l("New repair"))
    list_columns = ["number", "site", "unit", "place", "kind", "state", "clock", "due_at", "appointment_at", "assignee"]
    search_columns = ["number", "place", "state", "is_pending", "channel", "due_at", "appointment_at", "reported_at"]
    order_columns = ["number", "due_at", "appointment_at", "reported_at"]
    base_order = ("number", "desc")
    fieldsets = [
        (_l("Repair"), ["unit", "tenancy", "place", "kind", "reporter", "phone", "fault"]),
        (_l("More about it"), ["appointment_at", "channel", "charge", "remark", "complaint", "visit", "site"]),
    ]
    show_fieldsets = [
        (_l("Repair"), ["number", "unit", "tenancy", "place", "kind", "reporter", "phone", "fault", "remark"]),
        (_l("More about it"), ["channel", "charge", "complaint", "visit", "reminders", "last_reminded_at", "site"]),
        (_l("Promise"), ["clock", "reported_at", "appointment_at", "due_at", "paused_at", "paused_minutes"]),
        (_l("Repair work"), ["assignee", "accepted_at", "done_at", "outcome"]),
        (_l("Afterwards"), ["overall", "speed", "service", "needs_visit", "visited_at", "closed_at"]),
    ]
    edit_columns = ["place", "kind", "reporter", "phone", "fault", "appointment_at", "channel", "charge", "remark"]
    on_add, on_edit = rules.open_repair, rules.amend
    edit_states = rules.WORK
    known = rules.known
    among = {"assignee": crew.crew}
    moves = rules.MOVES
    related_views = [RepairCostView, RepairStepView]

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """The repair with its way, its costs and its pictures."""
        repair = self.fetch(pk)
        shown = {"page": showing.show_page(self, repair), **page.context(repair)}
        return self.render_template("repairs/repair.html", **shown)


class RepairKindView(RecordView):
    """What each kind of repair promises."""

    datamodel = SQLAInterface(RepairKind)
    class_permission_name = "RepairKind"
    route_base = "/repair-kinds"
    titles = Titles(one=_l("Kind of repair"), many=_l("Kinds of repair"), new=_l("New kind of repair"))
    list_columns = ["name", "hours", "warn_hours", "visit_share", "is_on"]
    search_columns = ["name", "is_on"]
    order_columns = ["id", "name"]
    base_order = ("id", "asc")
    fieldsets = [(_l("Kind of repair"), ["name", "hours", "warn_hours", "visit_share", "is_on"])]
    on_add = on_edit = kinds.keep_kind
    related_views = [RepairView]


class RepairPictureView(BaseView):
    """Pictures of repairs: brought in, let out through the gate only."""

    route_base = "/repair-pictures"
    class_permission_name = "RepairPicture"
    default_view = "download"

    @expose("/<int:pk>")
    @has_access
    def download(self, pk: int) -> Response:
        """One picture, as an attachment; refused while its repair is sealed to the reader."""
        picture = pictures.fetch(pk) or abort(404)
        if gate.is_sealed(picture):
            abort(403)
        content = scans.read(picture)
        if content is None:  # `flask files verify` tells which
            abort(404)
        gate.note_read(picture, "download")
        return send_file(BytesIO(content), picture.media_type, as_attachment=True, download_name=picture.original_name)

    @expose("/<int:pk>/small")
    @has_access
    @permission_name("download")
    def small(self, pk: int) -> Response:
        """The picture as the repair's page shows it."""
        picture = pictures.fetch(pk) or abort(404)
        if gate.is_sealed(picture):
            abort(403)
        content = scans.read(picture) or abort(404)
        gate.note_read(picture, "open")
        return send_file(BytesIO(pictures.small(content)), "image/jpeg")

    @expose("/add/<int:pk>/<stage>", methods=["POST"])
    @has_access
    def add(self, pk: int, stage: str) -> Any:
        """Keep uploaded pictures of a repair; each refused one is named with the reason."""
        _ = pictures.fetch_repair(pk) or abort(404)
        abandon_work()  # pictures are cleaned while nobody waits for the database
        uploads = request.files.getlist("picture")[: pictures.MOST]
        ready = [one for upload in uploads if (one := told_if_refused(upload, pictures.make_ready)) is not None]
        repair = pictures.fetch_repair(pk) or abort(404)
        try:
            for one in ready:
                pictures.keep(repair, stage, one, by=gate.user())
        except RuleError as error:
            flash(str(error), "danger")
        return redirect(url_for("RepairView.show", pk=repair.id))
