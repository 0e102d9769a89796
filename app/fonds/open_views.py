"""Batches that are opened, and the one page of the console that everybody may ask without an account (P5.04, P5.13)."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.fonds import open_records, opening, page
from app.fonds.sets import Opening, OpeningLine
from app.kit.labels import _l
from app.kit.records import RecordView, Titles


class OpeningLineView(RecordView):
    """What stands in a batch."""

    datamodel = SQLAInterface(OpeningLine)
    class_permission_name = "OpeningLine"
    route_base = "/opening-lines"
    titles = Titles(one=_l("Line of an opening"), many=_l("Lines of the opening"), new=_l("New line"))
    list_columns = ["position", "item"]
    search_columns = []
    order_columns = ["position"]
    base_order = ("position", "asc")
    fieldsets = [(_l("Line of an opening"), ["opening", "item"])]
    edit_columns = []
    among = {"item": page.openable_only}
    on_add = opening.add_line
    after_add = staticmethod(page.url_of_opening)
    parent_takes = opening.is_draft


class OpeningView(RecordView):
    """Opened to the public in batches, once manager and director have agreed (P5.04)."""

    datamodel = SQLAInterface(Opening)
    class_permission_name = "Opening"
    route_base = "/openings"
    titles = Titles(one=_l("Opening to the public"), many=_l("Openings"), new=_l("New batch to open"))
    list_columns = ["number", "title", "drawn_on", "state", "published_on"]
    search_columns = ["number", "title", "state", "published_on"]
    order_columns = ["number", "drawn_on", "published_on"]
    base_order = ("number", "desc")
    fieldsets = [(_l("Opening to the public"), ["site", "title"])]
    show_fieldsets = [
        (_l("Opening to the public"), ["number", "site", "title"]),
        (_l("How far it is"), ["drawn_by", "drawn_on", "published_on", "digest"]),
    ]
    edit_columns = ["title"]
    edit_states = {"draft"}
    on_add, on_edit = opening.draw_up, opening.amend
    moves = opening.MOVES
    related_views = [OpeningLineView]

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        return self.render_template("hudang/show.html", page=page.opening_page(self, self.fetch(pk)))


class OpenRecordsView(BaseView):
    """For everybody, without logging in: opened records, their catalogue only, a few questions a minute."""

    route_base = "/open-records"
    class_permission_name = "OpenRecords"
    default_view = "search"

    @expose("/")
    def search(self) -> Any:
        """Opened records by the words of their titles and by year."""
        if not open_records.may_ask(request.remote_addr or ""):
            abort(429)
        return self.render_template("fonds/open_records.html", **open_records.told(request.args))

    @expose("/<int:pk>")
    def record(self, pk: int) -> Any:
        """One opened record."""
        if not open_records.may_ask(request.remote_addr or ""):
            abort(429)
        found = open_records.one(pk) or abort(404)
        return self.render_template("fonds/open_record.html", **found)
