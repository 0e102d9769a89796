"""Hand-over lists, leavers and the ledger of custody as people see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect
from flask_appbuilder import expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.security.decorators import permission_name
from flask_appbuilder.security.sqla.models import User

from app.archive import access
from app.archive.custody import CustodyLine
from app.handovers import clearing, rules, screen
from app.handovers.models import Clearance, Handover, HandoverLine, HandoverSignature
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.kit.session import db


def done_or_told(view: RecordView, pk: int, act: Callable[[Handover], None]) -> Any:
    """Back to the list, or the list again with what is wrong and all that was typed."""
    handover = view.fetch(pk)
    try:
        act(handover)
    except RuleError as error:
        return view.render_template("handovers/show.html", **screen.context(view, handover, error.message, True)), 422
    flash(_l("Saved"), "success")
    return redirect(view.url("show", pk=pk))


class HandoverLineView(RecordView):
    datamodel = SQLAInterface(HandoverLine)
    class_permission_name = "HandoverLine"
    route_base = "/handover-lines"
    titles = Titles(one=_l("Line"), many=_l("Lines"), new=_l("New line"))
    list_columns = ["handover", "position", "kind", "file", "title", "quantity", "pages", "remark", "found", "finding"]
    search_columns = ["kind", "found"]
    order_columns = ["position"]
    base_order = ("position", "asc")
    fieldsets = [(_l("Line"), ["handover", "file", "title", "quantity", "pages", "remark"])]
    show_fieldsets = [
        (_l("Line"), ["handover", "kind", "file", "title", "quantity", "pages", "remark"]),
        (_l("Checked"), ["found", "counted", "counted_pages", "finding"]),
    ]
    edit_columns = ["quantity", "pages", "remark"]
    can_delete = True
    on_add, on_edit = rules.add_line, rules.amend_line
    parent_takes = rules.takes_lines


class HandoverSignatureView(RecordView):
    datamodel = SQLAInterface(HandoverSignature)
    class_permission_name = "HandoverSignature"
    route_base = "/handover-signatures"
    titles = Titles(one=_l("Signature"), many=_l("Signatures"), new=_l("New signature"))
    list_columns = ["role", "user", "signed_name", "drawn", "signed_at"]
    search_columns = []
    order_columns = ["id"]
    base_order = ("id", "asc")
    fieldsets = [(_l("Signature"), ["role", "user", "signed_name", "drawn", "signed_at"])]
    add_columns = edit_columns = []


class HandoverView(RecordView):
    """Drawn up, checked by who receives, signed by both and the supervisor of it, then locked (P4.08, P4.09)."""

    datamodel = SQLAInterface(Handover)
    class_permission_name = "Handover"
    route_base = "/handovers"
    titles = Titles(one=_l("Hand-over"), many=_l("Hand-overs"), new=_l("New hand-over"))
    list_columns = ["number", "kind", "handed_on", "giver", "receives", "supervisor", "state"]
    search_columns = ["number", "kind", "state", "handed_on"]
    order_columns = ["number", "handed_on"]
    base_order = ("number", "desc")
    fieldsets = [
        (_l("Hand-over"), ["site", "kind", "handed_on", "reason"]),
        (_l("Who signs"), ["giver", "receiver", "supervisor"]),
        (_l("Departments"), ["giver_department", "receiver_department"]),
        (_l("Organisations"), ["giver_organisation", "receiver_organisation", "receiver_name"]),
    ]
    show_fieldsets = [
        (_l("Hand-over"), ["number", "kind", "site", "handed_on", "reason", "done_on", "clearance", "digest"]),
        (_l("Who signs"), ["giver", "receives", "supervisor"]),
        *fieldsets[2:],
    ]
    edit_columns = []
    on_add = rules.draw_up
    moves = rules.MOVES
    related_views = [HandoverSignatureView]

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        return self.render_template("handovers/show.html", **screen.context(self, self.fetch(pk)))

    @expose("/<int:pk>/check", methods=["POST"])
    @has_access
    @permission_name("sign")
    def check(self, pk: int) -> Any:
        """Keep what the receiver found, all lines at once."""
        return done_or_told(self, pk, screen.check)

    @expose("/<int:pk>/sign", methods=["POST"])
    @has_access
    def sign(self, pk: int) -> Any:
        """Sign with a drawing."""
        return done_or_told(self, pk, lambda handover: screen.sign(self, handover))


class ClearanceView(RecordView):
    """Who leaves, what is still in their hands, and who took it over (P1.20)."""

    datamodel = SQLAInterface(Clearance)
    class_permission_name = "Clearance"
    route_base = "/clearances"
    titles = Titles(one=_l("Clearance"), many=_l("Leavers"), new=_l("Somebody leaves"))
    list_columns = ["number", "site", "user", "last_day_on", "receiver", "state", "closed_on"]
    search_columns = ["number", "state", "last_day_on"]
    order_columns = ["number", "last_day_on"]
    base_order = ("id", "desc")
    fieldsets = [
        (_l("Clearance"), ["user", "site", "last_day_on", "reason"]),
        (_l("Hand-over"), ["receiver", "supervisor"]),
    ]
    show_fieldsets = [
        (_l("Clearance"), ["number", "user", "site", "last_day_on", "reason"]),
        (_l("Hand-over"), ["receiver", "supervisor"]),
        (_l("Account"), ["closed_on", "closed_by"]),
    ]
    edit_columns = ["last_day_on", "receiver", "supervisor"]
    edit_states = {"open"}
    on_add, on_edit = clearing.begin, clearing.amend
    moves = clearing.MOVES

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        return self.render_template("handovers/clearance.html", **screen.clearance_context(self, self.fetch(pk)))

    @expose("/of/<int:user_id>")
    @has_access
    @permission_name("add")
    def of_user(self, user_id: int) -> Any:
        """A user's open clearance, or the form of a new one."""
        found = clearing.open_one(db.session.get(User, user_id) or abort(404))
        return redirect(self.url("show", pk=found.id) if found else self.url("add", user=user_id))


class CustodyLineView(RecordView):
    """Whose hands every file came into and left; lines are only added (P12.07)."""

    datamodel = SQLAInterface(CustodyLine)
    class_permission_name = "CustodyLine"
    route_base = "/custody"
    titles = Titles(one=_l("Line of the custody ledger"), many=_l("Custody ledger"), new=_l("Custody ledger"))
    list_columns = ["day", "file", "kind", "holder", "counter", "standing", "amount", "cause"]
    search_columns = ["day", "kind", "standing", "cause"]
    order_columns = ["day"]
    base_order = ("id", "desc")
    fieldsets = [
        (
            _l("Custody ledger"),
            ["day", "file", "kind", "holder", "counter", "scheme_key", "standing", "amount", "cause"],
        )
    ]
    form_choices = {"scheme_key": access.scheme_words}
    add_columns = edit_columns = []
