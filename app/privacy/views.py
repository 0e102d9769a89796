"""Consents, what people ask about their data, what has to be done, and the register of personal columns."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Response, flash, redirect, send_file, url_for
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.security.decorators import permission_name

from app.kit import showing
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.privacy import consents, rules, screens, tasks
from app.privacy.models import Consent, DataRequest, DataTask
from app.security import gate


class ConsentView(RecordView):
    """Who agreed to what, shown which words, and took it back: lines that stay."""

    datamodel = SQLAInterface(Consent)
    class_permission_name = "Consent"
    route_base = "/consents"
    titles = Titles(one=_l("Consent"), many=_l("Consents"), new=_l("Write down a consent"))
    list_columns = ["number", "customer", "contact", "purpose", "verdict", "way", "said_at"]
    search_columns = ["number", "purpose", "verdict", "said_at"]
    order_columns = ["number", "said_at"]
    base_order = ("number", "desc")
    fieldsets = [(_l("Consent"), ["customer", "contact", "purpose", "verdict", "way", "client_signature"])]
    show_fieldsets = [
        (_l("Consent"), ["number", "customer", "contact", "purpose", "verdict", "way", "said_at", "taken_by"]),
        (_l("What was shown"), ["notice_version", "notice_digest", "client_signature"]),
    ]
    edit_columns = []
    on_add = consents.write_down

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """With the words that were shown."""
        record = self.fetch(pk)
        shown = screens.with_words(showing.show_page(self, record), record)
        return self.render_template("hudang/show.html", page=shown)


class DataRequestView(RecordView):
    """What a person asks about their own data, and its answer (PIPL 44–47)."""

    datamodel = SQLAInterface(DataRequest)
    class_permission_name = "DataRequest"
    route_base = "/data-requests"
    titles = Titles(one=_l("Request about data"), many=_l("Requests about data"), new=_l("New request about data"))
    list_columns = ["number", "customer", "contact", "kind", "state", "received_on", "due_on"]
    search_columns = ["number", "kind", "state", "due_on"]
    order_columns = ["number", "due_on"]
    base_order = ("number", "desc")
    fieldsets = [
        (_l("Request"), ["customer", "contact", "kind", "asker", "received_on", "wanted"]),
        (_l("Correction"), ["correct_column", "correct_value"]),
    ]
    show_fieldsets = [
        (_l("Request"), ["number", "customer", "contact", "kind", "asker", "received_on", "due_on", "wanted"]),
        (_l("Correction"), ["correct_column", "correct_value"]),
        (_l("Identity"), ["taken_by", "proof", "verified_by"]),
        (_l("Decision"), ["state", "approved_by", "approved_at", "exported_at", "done_at", "reason"]),
    ]
    edit_states = {"received"}
    on_add, on_edit = rules.take_down, rules.amend
    form_choices = {"correct_column": rules.correctable}
    moves = rules.MOVES

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """With the way to what is held, and to the data once approved."""
        record = self.fetch(pk)
        shown = screens.with_holdings(showing.show_page(self, record), record)
        return self.render_template("hudang/show.html", page=shown)

    @expose("/<int:pk>/holdings")
    @has_access
    @permission_name("show")
    def holdings(self, pk: int) -> Any:
        """What the export will hold: kinds, fields and counts, no values."""
        return self.render_template("hudang/list.html", page=screens.holdings(self.fetch(pk)))

    @expose("/<int:pk>/bundle", methods=["POST"])
    @has_access
    @permission_name("bundle")
    def bundle(self, pk: int) -> Any:
        """Everything held about the person, as a zip."""
        record = self.fetch(pk)
        try:
            packed = rules.hand_out(record, by=gate.user())
        except RuleError as error:
            flash(str(error), "danger")
            return redirect(url_for("DataRequestView.show", pk=pk))
        return send_file(BytesIO(packed), "application/zip", True, f"{record.number}.zip")


class DataTaskView(RecordView):
    """What has to be done once a consent ended or data was erased."""

    datamodel = SQLAInterface(DataTask)
    class_permission_name = "DataTask"
    route_base = "/data-tasks"
    titles = Titles(one=_l("Task about data"), many=_l("Tasks about data"), new=_l("New task"))
    list_columns = ["kind", "customer", "contact", "due_on", "assignee", "state"]
    search_columns = ["kind", "state", "due_on"]
    order_columns = ["due_on"]
    base_order = ("due_on", "asc")
    fieldsets = [(_l("What has to be done"), ["kind", "customer", "contact", "due_on", "assignee", "state", "outcome"])]
    show_fieldsets = [
        (_l("What has to be done"), ["kind", "customer", "contact", "due_on", "assignee", "state"]),
        (_l("Because of"), ["consent", "request", "document", "found_in"]),
        (_l("Done"), ["outcome", "done_by", "done_at"]),
    ]
    add_columns = []
    edit_columns = []
    moves = tasks.MOVES


class PersonalDataView(BaseView):
    """The register of personal columns, on screen, on paper and as a file: the record of processing."""

    route_base = "/personal-data"
    class_permission_name = "PersonalData"
    default_view = "list"
    base_permissions = ["can_list", "can_print", "can_export"]

    @expose("/")
    @has_access
    def list(self) -> Any:
        return self.render_template("hudang/list.html", page=screens.register())

    @expose("/export.<any(xlsx, csv):ending>")
    @has_access
    def export(self, ending: str) -> Response:
        return screens.exported(ending)

    @expose("/print", methods=["POST"])
    @has_access
    def print(self) -> Any:
        return screens.printed()
