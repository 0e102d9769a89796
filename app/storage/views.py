"""Places, certificates and the care of the rooms, as the keeper of the files sees them."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.security.decorators import permission_name
from flask_babel import lazy_ngettext as _n

from app.estate.models import Place
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.paging import whole_number
from app.kit.records import RecordView, Titles
from app.printing import answers
from app.storage import (
    certificates,
    climate,
    desk,
    entry,
    inspections,
    place_page,
    places,
    stocktakes,
    ticking,
)
from app.storage.models import (
    Certificate,
    ClimateReading,
    Inspection,
    StockTake,
    StoreRoom,
)
from app.storage.registers import CertificateLineView


class PlaceView(RecordView):
    """Where papers lie: rooms, cabinets, shelves, boxes, safes."""

    datamodel = SQLAInterface(Place)
    class_permission_name = "Place"
    route_base = "/places"
    titles = Titles(one=_l("Place"), many=_l("Places"), new=_l("New place"))
    list_columns = ["code", "name", "kind", "floor", "parent", "state"]
    search_columns = ["code", "name", "kind", "state"]
    order_columns = ["code", "name"]
    base_order = ("code", "asc")
    fieldsets = [(_l("Place"), ["site", "code", "name", "kind", "floor", "parent"])]
    edit_columns = ["code", "name", "kind", "floor"]
    edit_states = {"used"}
    on_add, on_edit = places.add, places.amend
    moves = places.MOVES

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        return self.render_template("storage/place.html", **place_page.context(self, self.fetch(pk)))

    @expose("/<int:pk>/fill", methods=["GET", "POST"])
    @has_access
    @permission_name("put_in")
    def fill(self, pk: int) -> Any:
        """Put a whole list of files in, ticked or by their numbers."""
        place, problem = self.fetch(pk), ""
        if request.method == "POST":
            try:
                flash(_n("%(num)s file put in.", "%(num)s files put in.", place_page.fill(place)), "success")
                return redirect(self.url("show", pk=pk))
            except RuleError as error:
                problem = error.message
        shown = place_page.fill_context(place, problem)
        return self.render_template("storage/fill.html", **shown), 422 if problem else 200

    @expose("/<int:pk>/labels", methods=["POST"])
    @has_access
    @permission_name("print")
    def labels(self, pk: int) -> Any:
        """The labels of everything that stands in the place, on sheets of twelve."""
        return place_page.print_labels(self.fetch(pk))


class CertificateView(RecordView):
    """Certificates 权证: in the safe, apart by file, under the number of their file (P11.07)."""

    datamodel = SQLAInterface(Certificate)
    class_permission_name = "Certificate"
    route_base = "/certificates"
    titles = Titles(one=_l("Certificate"), many=_l("Certificates"), new=_l("New certificate"))
    list_columns = ["number", "site", "kind", "holder", "place", "keeper", "received_on", "state"]
    search_columns = ["number", "kind", "state", "received_on", "due_on"]
    order_columns = ["number", "received_on"]
    fieldsets = [
        (_l("Certificate"), ["file", "kind", "registered_number", "holder", "issuer", "issued_on", "pages"]),
        (_l("Where it is kept"), ["place", "received_on", "received_from", "remark"]),
    ]
    show_fieldsets = [
        (_l("Certificate"), ["number", "file", "kind", "registered_number", "holder", "issuer", "issued_on", "pages"]),
        (_l("Where it is kept"), ["place", "keeper", "received_on", "received_from", "lent_to", "due_on", "remark"]),
        (
            _l("Given back"),
            ["returned_on", "returned_to", "customer_signature", "keeper_signature", "is_signed_on_paper"],
        ),
    ]
    edit_columns = ["kind", "registered_number", "holder", "issuer", "issued_on", "pages", "received_from", "remark"]
    edit_states = {"held", "lent"}
    on_add, on_edit = certificates.receive, certificates.amend
    moves = certificates.MOVES
    related_views = [CertificateLineView]


class ClimateReadingView(RecordView):
    """What the instruments showed; what is out of the limits is marked (P5.01)."""

    datamodel = SQLAInterface(ClimateReading)
    class_permission_name = "ClimateReading"
    route_base = "/climate"
    titles = Titles(one=_l("Reading"), many=_l("Climate log"), new=_l("New reading"))
    list_columns = ["read_at", "room", "celsius", "percent", "outside_celsius", "outside_percent", "finding", "user"]
    search_columns = ["read_at", "finding"]
    order_columns = ["read_at"]
    base_order = ("read_at", "desc")
    fieldsets = [
        (_l("Reading"), ["room", "read_at", "celsius", "percent", "finding"]),
        (_l("Besides"), ["outside_celsius", "outside_percent", "measures", "user", "corrects"]),
    ]
    add_columns = edit_columns = []
    moves = entry.MOVES


class ClimateTodayView(BaseView):
    """What the instruments show today: all rooms on one page, two figures each, and Enter."""

    route_base = "/climate/today"
    class_permission_name = "ClimateReading"
    default_view = "add"

    @expose("/", methods=["GET", "POST"])
    @has_access
    def add(self) -> Any:
        problems: dict[int, Any] = {}
        if request.method == "POST":
            count, problems = entry.keep()
            if count:
                flash(_n("%(num)s reading written down.", "%(num)s readings written down.", count), "success")
                return redirect(url_for("ClimateTodayView.add"))
        shown = entry.page(problems)
        return self.render_template("storage/climate.html", **shown), 422 if problems else 200


class StoreRoomView(RecordView):
    """The rooms that are read and inspected, and their limits."""

    datamodel = SQLAInterface(StoreRoom)
    class_permission_name = "StoreRoom"
    route_base = "/store-rooms"
    titles = Titles(one=_l("Store room"), many=_l("Store rooms"), new=_l("New store room"))
    list_columns = ["place", "coldest", "warmest", "driest", "dampest", "readings_a_day", "inspect_every"]
    order_columns = ["id"]
    base_order = ("id", "asc")
    fieldsets = [
        (_l("Store room"), ["place", "readings_a_day", "inspect_every"]),
        (_l("Limits"), ["coldest", "warmest", "swing_celsius", "driest", "dampest", "swing_percent"]),
    ]
    edit_columns = ["readings_a_day", "inspect_every", "coldest", "warmest", "swing_celsius", "driest", "dampest",
                    "swing_percent"]  # fmt: skip
    on_add, on_edit = climate.add_room, climate.check_room
    related_views = [ClimateReadingView]


class InspectionView(RecordView):
    """Looks at the rooms and what lies in them (P7.10)."""

    datamodel = SQLAInterface(Inspection)
    class_permission_name = "Inspection"
    route_base = "/inspections"
    titles = Titles(
        one=_l("Inspection of the store"), many=_l("Inspections of the store"), new=_l("New inspection of the store")
    )
    list_columns = ["number", "site", "place", "inspected_on", "inspector", "follow_up_on", "state"]
    search_columns = ["number", "state", "inspected_on", "follow_up_on"]
    order_columns = ["number", "inspected_on", "follow_up_on"]
    fieldsets = [(_l("Inspection of the store"), ["place", "inspected_on", "measures", "follow_up_on"])]
    show_fieldsets = [
        (_l("Inspection of the store"), ["place", "inspected_on", "inspector"]),
        (_l("Measures"), ["measures", "follow_up_on", "outcome", "closed_on", "closed_by"]),
    ]
    add_columns, edit_columns = ["place", "inspected_on"], ["measures", "follow_up_on"]
    edit_states = {"open", "follow_up"}
    on_add, on_edit = inspections.open_inspection, inspections.amend
    moves = inspections.MOVES

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        return self.render_template("storage/ticked.html", **ticking.inspection_context(self, self.fetch(pk)))

    @expose("/<int:pk>/look", methods=["POST"])
    @has_access
    @permission_name("edit")
    def look(self, pk: int) -> Any:
        """Keep the whole list at once."""
        inspection = self.fetch(pk)
        try:
            ticking.keep_inspection(inspection)
        except RuleError as error:
            shown = ticking.inspection_context(self, inspection, error.message)
            return self.render_template("storage/ticked.html", **shown), 422
        flash(_l("Saved"), "success")
        return redirect(self.url("show", pk=pk))


class StockTakeView(RecordView):
    """Counts of what should lie in a place (P5.02)."""

    datamodel = SQLAInterface(StockTake)
    class_permission_name = "StockTake"
    route_base = "/stock-takes"
    titles = Titles(one=_l("Stock-take"), many=_l("Stock-takes"), new=_l("New stock-take"))
    list_columns = ["number", "site", "place", "begun_on", "finished_on", "counter", "expected", "missing", "state"]
    search_columns = ["number", "state", "finished_on"]
    order_columns = ["number", "begun_on"]
    fieldsets = [(_l("Stock-take"), ["place"])]
    show_fieldsets = [
        (_l("Stock-take"), ["place", "begun_on", "finished_on", "counter"]),
        (_l("Result"), ["expected", "found", "missing", "strays"]),
    ]
    edit_columns = []
    on_add = stocktakes.begin
    moves = stocktakes.MOVES

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        return self.render_template("storage/ticked.html", **ticking.count_context(self, self.fetch(pk)))

    @expose("/<int:pk>/tick", methods=["POST"])
    @has_access
    @permission_name("edit")
    def tick(self, pk: int) -> Any:
        """Keep the whole list at once."""
        count = self.fetch(pk)
        try:
            ticking.keep_count(count)
        except RuleError as error:
            shown = ticking.count_context(self, count, error.message)
            return self.render_template("storage/ticked.html", **shown), 422
        flash(_l("Saved"), "success")
        return redirect(self.url("show", pk=pk))


class FilingView(BaseView):
    """Papers that wait for the filing check, and labels that say another name than the customer's."""

    route_base = "/filing"
    class_permission_name = "Filing"
    default_view = "papers"

    @expose("/papers")
    @has_access
    def papers(self) -> Any:
        """The papers that wait, the oldest first (P7.06)."""
        return self.render_template("storage/papers.html", **desk.papers_page())

    @expose("/papers/file", methods=["POST"])
    @has_access
    def file_papers(self) -> Any:
        """The ticked papers have passed the check and are put into their files (P7.05)."""
        try:
            flash(_n("%(num)s paper filed.", "%(num)s papers filed.", desk.file_ticked()), "success")
        except RuleError as error:
            return self.render_template("storage/papers.html", **desk.papers_page(error.message)), 422
        return redirect(url_for("FilingView.papers"))

    @expose("/labels")
    @has_access
    def labels(self) -> Any:
        """The labels to be printed again (P10.05)."""
        return self.render_template("storage/labels.html", **desk.labels_page())

    @expose("/labels/print", methods=["POST"])
    @has_access
    def print_labels(self) -> Any:
        """All of a site's, in one go."""
        site_id = whole_number(request.args.get("site"))
        return answers.pdf(lambda: desk.print_labels(site_id), url_for("FilingView.labels"))
