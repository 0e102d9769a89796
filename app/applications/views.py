"""Applications as the desk sees them: one list, one short form a kind."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_appbuilder import expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.applications import kinds, rules
from app.applications.models import Application, GoodsLine
from app.kit import saving
from app.kit.labels import _l
from app.kit.records import RecordView, Titles


class GoodsLineView(RecordView):
    datamodel = SQLAInterface(GoodsLine)
    class_permission_name = "GoodsLine"
    route_base = "/goods-lines"
    titles = Titles(one=_l("Goods"), many=_l("Goods"), new=_l("New goods"))
    list_columns = ["title", "quantity", "remark"]
    search_columns = []
    order_columns = ["id"]
    base_order = ("id", "asc")
    fieldsets = [(_l("Goods"), ["application", "title", "quantity", "remark"])]
    edit_columns = ["title", "quantity", "remark"]
    on_add, on_edit = rules.add_line, rules.amend_line
    parent_takes = rules.takes_lines


class ApplicationView(RecordView):
    """Door lock, telephone, parking, name board, overtime, goods release."""

    datamodel = SQLAInterface(Application)
    class_permission_name = "Application"
    route_base = "/applications"
    titles = Titles(one=_l("Application"), many=_l("Applications"), new=_l("New application"))
    list_columns = ["number", "site", "kind", "unit", "tenancy", "applicant", "from_at", "asked_on", "state"]
    search_columns = ["number", "kind", "state", "asked_on", "from_at"]
    order_columns = ["number", "asked_on", "from_at"]
    base_order = ("number", "desc")
    fieldsets = [
        (_l("Who asks"), ["unit", "applicant", "phone"]),
        (
            _l("Application"),
            ["kind", "what", "quantity", "from_at", "until_at", "plate", "wanted_words", "fee_cents"],
        ),
    ]
    on_add, on_edit, known = rules.ask, rules.amend, rules.known
    edit_states = {"asked"}
    moves = rules.MOVES
    related_views = [GoodsLineView]

    @expose("/add", methods=["GET", "POST"])
    @has_access
    def add(self) -> Any:
        """The short form of one kind; without one, the page on which it is chosen."""
        if kind := kinds.asked():
            return saving.add(kinds.narrowed(self, kind))
        if request.method == "POST":
            return saving.add(self)
        return self.render_template("applications/choose.html", kinds=kinds.chooser())

    @expose("/<int:pk>/edit", methods=["GET", "POST"])
    @has_access
    def edit(self, pk: int) -> Any:
        return saving.edit(kinds.of_record(self, self.fetch(pk)), pk)

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        return self.render_template("hudang/show.html", page=kinds.page_of(self, self.fetch(pk)))
