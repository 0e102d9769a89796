"""Hand-over lists as the people who sign them see them."""

from __future__ import annotations

from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.handovers import rules
from app.handovers.models import Handover, HandoverLine, HandoverSignature
from app.kit.labels import _l
from app.kit.records import RecordView, Titles


class HandoverLineView(RecordView):
    datamodel = SQLAInterface(HandoverLine)
    class_permission_name = "HandoverLine"
    route_base = "/handover-lines"
    titles = Titles(one=_l("Line"), many=_l("Lines"), new=_l("New line"))
    list_columns = ["position", "file", "title", "quantity", "pages", "remark"]
    search_columns = []
    order_columns = ["position"]
    base_order = ("position", "asc")
    fieldsets = [(_l("Line"), ["handover", "file", "title", "quantity", "pages", "remark"])]
    edit_columns = ["quantity", "pages", "remark"]
    on_add, on_edit = rules.add_line, rules.amend_line
    parent_takes = rules.takes_lines


class HandoverSignatureView(RecordView):
    datamodel = SQLAInterface(HandoverSignature)
    class_permission_name = "HandoverSignature"
    route_base = "/handover-signatures"
    titles = Titles(one=_l("Signature"), many=_l("Signatures"), new=_l("New signature"))
    list_columns = ["role", "user", "signed_at"]
    search_columns = []
    order_columns = ["id"]
    base_order = ("id", "asc")
    fieldsets = [(_l("Signature"), ["role", "user", "signed_at"])]
    add_columns = edit_columns = []


class HandoverView(RecordView):
    """Drawn up, signed by both and the supervisor of it, then locked (P4.09)."""

    datamodel = SQLAInterface(Handover)
    class_permission_name = "Handover"
    route_base = "/handovers"
    titles = Titles(one=_l("Hand-over"), many=_l("Hand-overs"), new=_l("New hand-over"))
    list_columns = ["number", "handed_on", "giver", "receiver", "supervisor", "state"]
    search_columns = ["number", "state", "handed_on"]
    order_columns = ["number", "handed_on"]
    base_order = ("number", "desc")
    fieldsets = [
        (_l("Hand-over"), ["site", "handed_on", "reason"]),
        (_l("Who signs"), ["giver", "giver_department", "receiver", "receiver_department", "supervisor"]),
    ]
    show_fieldsets = [
        (_l("Hand-over"), ["number", "site", "handed_on", "reason", "state", "digest"]),
        (_l("Who signs"), ["giver", "giver_department", "receiver", "receiver_department", "supervisor"]),
    ]
    edit_columns = []
    on_add = rules.draw_up
    moves = rules.MOVES
    related_views = [HandoverLineView, HandoverSignatureView]
