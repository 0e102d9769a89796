"""Fit-outs with their workers and inspections, as the desk sees them."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_appbuilder import expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.fitout import page, rules, site_work
from app.fitout.models import Fitout, FitoutInspection, FitoutWorker
from app.kit.labels import _l
from app.kit.records import RecordView, Titles


def fitout_of(record: Any) -> str:
    return url_for("FitoutView.show", pk=record.fitout_id)


def until(draft: Any) -> dict[str, Any]:
    """A pass is usually good as long as the permit."""
    return {"valid_until_on": draft.fitout.until_on} if draft.fitout is not None else {}


class FitoutWorkerView(RecordView):
    """Passes: given, and taken back at the end."""

    datamodel = SQLAInterface(FitoutWorker)
    class_permission_name = "FitoutWorker"
    route_base = "/fitout-workers"
    titles = Titles(one=_l("Worker's pass"), many=_l("Workers' passes"), new=_l("New pass"))
    list_columns = ["pass_number", "fitout", "name", "trade", "valid_until_on", "returned_on"]
    search_columns = ["pass_number", "trade", "valid_until_on", "returned_on"]
    order_columns = ["pass_number", "valid_until_on"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Worker's pass"), ["fitout", "name", "id_number", "trade", "valid_until_on"])]
    show_fieldsets = [
        (_l("Worker's pass"), ["pass_number", "fitout", "name", "id_number", "trade", "valid_until_on", "returned_on"])
    ]
    edit_columns = ["trade", "valid_until_on", "returned_on"]
    on_add, on_edit = site_work.give_pass, site_work.check_pass
    known = until
    after_add = fitout_of
    parent_takes = rules.under_way


class FitoutInspectionView(RecordView):
    """Rounds through the works; what was found is never edited."""

    datamodel = SQLAInterface(FitoutInspection)
    class_permission_name = "FitoutInspection"
    route_base = "/fitout-inspections"
    titles = Titles(one=_l("Inspection"), many=_l("Inspections"), new=_l("New inspection"))
    list_columns = ["inspected_on", "fitout", "finding", "is_ok", "inspector"]
    search_columns = ["inspected_on", "is_ok"]
    order_columns = ["inspected_on"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Inspection"), ["fitout", "inspected_on", "finding", "is_ok"])]
    show_fieldsets = [(_l("Inspection"), ["fitout", "inspected_on", "finding", "is_ok", "inspector"])]
    on_add = site_work.inspect
    after_add = fitout_of
    parent_takes = rules.under_way


class FitoutView(RecordView):
    """Application, review, permit, works, acceptance, settlement."""

    datamodel = SQLAInterface(Fitout)
    class_permission_name = "Fitout"
    route_base = "/fitouts"
    titles = Titles(one=_l("Fit-out"), many=_l("Fit-outs"), new=_l("New fit-out"))
    list_columns = ["number", "unit", "firm", "starts_on", "until_on", "permit_number", "state"]
    search_columns = ["number", "firm", "permit_number", "state", "starts_on", "until_on", "inspect_by_on"]
    order_columns = ["number", "starts_on", "until_on"]
    base_order = ("id", "desc")
    fieldsets = [
        (_l("Fit-out"), ["unit", "scope", "starts_on", "ends_on", "work_hours", "deposit_cents"]),
        (_l("Contractor"), ["firm", "licence_number", "head", "head_phone"]),
    ]
    show_fieldsets = [
        (_l("Fit-out"), ["number", "unit", "tenancy", "scope", "starts_on", "ends_on", "extended_to_on", "work_hours"]),
        (_l("Contractor"), ["firm", "licence_number", "head", "head_phone"]),
        (_l("Permit"), ["deposit_cents", "permit_number", "permitted_on", "permitted_by", "until_on"]),
        (_l("Who has signed"), ["applied_on", "applied_by", "reviewed_by", "reviewed_at", "review"]),
        (_l("Acceptance"), ["inspect_by_on", "accepted_on", "accepted_by", "acceptance", "settled_on"]),
    ]
    on_add, on_edit = rules.apply, rules.amend
    edit_states = {"applied"}
    known = rules.known
    moves = rules.MOVES
    related_views = [FitoutWorkerView, FitoutInspectionView]

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        return self.render_template("hudang/show.html", page=page.show_page(self, self.fetch(pk)))
