"""Look-up requests, the desk of who decides, and the register."""

from __future__ import annotations

from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.lookups import rules
from app.lookups.models import LookupRequest


class LookupRequestView(RecordView):
    """Ask, pass on, approve, refuse, revoke; the list is the register 查阅登记."""

    datamodel = SQLAInterface(LookupRequest)
    class_permission_name = "LookupRequest"
    route_base = "/lookups"
    titles = Titles(one=_l("Look-up request"), many=_l("Look-up requests"), new=_l("Ask to read a file"))
    list_columns = ["number", "file", "requester", "purpose", "state", "created_at", "decided_by", "expires_at"]
    search_columns = ["number", "state", "created_at"]
    order_columns = ["number", "created_at", "expires_at"]
    base_order = ("number", "desc")
    fieldsets = [(_l("Request"), ["file", "purpose", "mode", "hours"])]
    show_fieldsets = [
        (_l("Request"), ["number", "file", "requester", "purpose", "mode", "hours", "state", "created_at"]),
        (_l("Decision"), ["passed_by", "passed_at", "decided_by", "decided_at", "reason", "expires_at"]),
    ]
    edit_columns = []
    on_add = rules.ask
    moves = rules.MOVES
