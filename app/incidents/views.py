"""The register of incidents, and the bounds of penalties."""

from __future__ import annotations

from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.incidents import rules
from app.incidents.models import Incident, PenaltyBound
from app.kit.labels import _l
from app.kit.records import RecordView, Titles


class IncidentView(RecordView):
    """Written down by whoever finds it, decided by the manager, the paper made again at once."""

    datamodel = SQLAInterface(Incident)
    class_permission_name = "Incident"
    route_base = "/incidents"
    titles = Titles(one=_l("Incident"), many=_l("Incidents"), new=_l("New incident"))
    list_columns = ["number", "site", "kind", "file", "found_on", "accountable", "penalty_cents", "task", "state"]
    search_columns = ["number", "kind", "state", "task", "found_on", "remake_due_on"]
    order_columns = ["number", "found_on", "remake_due_on"]
    base_order = ("number", "desc")
    fieldsets = [
        (_l("Incident"), ["kind", "file", "document", "site", "found_on", "what_happened"]),
        (_l("Who answers for it"), ["accountable", "accountable_name"]),
        (_l("Made again"), ["remaker", "remake_due_on"]),
    ]
    show_fieldsets = [
        (_l("Incident"), ["number", "kind", "file", "document", "loan", "found_on", "found_by", "what_happened"]),
        (_l("Who answers for it"), ["accountable", "accountable_name"]),
        (_l("Made again"), ["task", "remaker", "remake_due_on", "remade_on", "new_paper"]),
        (_l("What was decided"), ["decision", "penalty_cents", "decided_by", "decided_at", "closed_on", "outcome"]),
    ]
    edit_columns = ["kind", "document", "found_on", "what_happened", "accountable", "accountable_name"]
    edit_states = {"open"}
    on_add, on_edit = rules.open_incident, rules.amend
    moves = rules.MOVES


class PenaltyBoundView(RecordView):
    """Between which amounts a penalty is set, site by site."""

    datamodel = SQLAInterface(PenaltyBound)
    class_permission_name = "PenaltyBound"
    route_base = "/penalty-bounds"
    titles = Titles(one=_l("Bounds of penalties"), many=_l("Bounds of penalties"), new=_l("New bounds"))
    list_columns = ["site", "least_cents", "most_cents"]
    search_columns = []
    order_columns = ["id"]
    base_order = ("id", "asc")
    fieldsets = [(_l("Bounds of penalties"), ["site", "least_cents", "most_cents"])]
    edit_columns = ["least_cents", "most_cents"]
    on_add = on_edit = rules.set_bound
