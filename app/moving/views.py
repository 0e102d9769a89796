"""Moves in and out, their checklists, and the keys that are out."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect
from flask_appbuilder import expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.security.decorators import permission_name

from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.moving import keys, rules, screen
from app.moving.models import HeldKey, Moving, MovingItem


class MovingItemView(RecordView):
    """Lines that the desk adds to a checklist; they are ticked on the move's own page."""

    datamodel = SQLAInterface(MovingItem)
    class_permission_name = "MovingItem"
    route_base = "/moving-items"
    titles = Titles(one=_l("Line of a checklist"), many=_l("Lines of checklists"), new=_l("New line of the checklist"))
    list_columns = ["moving", "section", "title", "expected", "quantity", "reading", "is_done"]
    search_columns = ["section", "is_done"]
    order_columns = ["id"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Line of a checklist"), ["moving", "section", "title", "expected"])]
    show_fieldsets = [
        (_l("Line of a checklist"), ["moving", "section", "title", "expected", "quantity", "reading", "is_done"]),
        (_l("Ticked"), ["done_by", "done_on", "remark"]),
    ]
    edit_columns = []
    on_add = rules.add_item


class HeldKeyView(RecordView):
    """Keys and access cards handed out and given back; lines are only added."""

    datamodel = SQLAInterface(HeldKey)
    class_permission_name = "HeldKey"
    route_base = "/held-keys"
    titles = Titles(one=_l("Keys and cards"), many=_l("Keys and cards"), new=_l("Hand out or take back"))
    list_columns = ["booked_on", "tenancy", "kind", "way", "quantity", "to_whom", "remark"]
    search_columns = ["kind", "way", "booked_on"]
    order_columns = ["booked_on"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Keys and cards"), ["tenancy", "way", "kind", "quantity", "to_whom", "booked_on", "remark"])]
    edit_columns = []
    on_add = keys.add_line


class MovingView(RecordView):
    """Moving in and out: a checklist each, checked together, finished once nothing stands in the way."""

    datamodel = SQLAInterface(Moving)
    class_permission_name = "Moving"
    route_base = "/moves"
    titles = Titles(one=_l("Move"), many=_l("Moving in and out"), new=_l("New move"))
    list_columns = ["number", "site", "kind", "unit", "tenancy", "asked_on", "planned_on", "state"]
    search_columns = ["number", "kind", "state", "planned_on"]
    order_columns = ["number", "planned_on"]
    base_order = ("id", "desc")
    fieldsets = [
        (_l("Move"), ["kind", "unit", "planned_on", "notice_given_on", "is_authorised"]),
        (_l("Contact"), ["contact", "phone", "forwarding", "remark"]),
        (
            _l("Checked together"),
            ["property_by", "property_on", "engineering_by", "engineering_on", "security_by", "security_on"],
        ),
    ]
    show_fieldsets = [
        (
            _l("Move"),
            ["number", "kind", "unit", "tenancy", "asked_on", "planned_on", "notice_given_on", "is_authorised"],
        ),
        *fieldsets[1:],
        (_l("Completed"), ["closed_by", "closed_on", "reason"]),
    ]
    add_columns = ["kind", "unit", "planned_on", "notice_given_on", "is_authorised", "contact", "phone", "forwarding",
                   "remark"]  # fmt: skip
    edit_columns = [*add_columns[2:], "property_by", "property_on", "engineering_by", "engineering_on", "security_by",
                    "security_on"]  # fmt: skip
    on_add, on_edit, known = rules.open_moving, rules.amend, rules.known
    edit_states = {"open"}
    moves = rules.MOVES

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        return self.render_template("moving/show.html", **screen.context(self, self.fetch(pk)))

    @expose("/<int:pk>/checklist", methods=["POST"])
    @has_access
    @permission_name("edit")
    def checklist(self, pk: int) -> Any:
        """Keep the whole checklist at once."""
        moving = self.fetch(pk)
        try:
            screen.tick(moving)
        except RuleError as error:
            return self.render_template("moving/show.html", **screen.context(self, moving, error.message, True)), 422
        flash(_l("Saved"), "success")
        return redirect(self.url("show", pk=pk))
