"""Notices, their receipts, and writing to several tenants at once."""

from __future__ import annotations

import io
from typing import Any

from flask import abort, flash, redirect, send_file, url_for
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.security.decorators import permission_name
from flask_babel import get_locale

from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.kit.session import attempt
from app.notices import batches, letters, rules, writing
from app.notices.models import LetterTemplate, Notice, NoticeReceipt
from app.security import gate


class NoticeReceiptView(RecordView):
    """Who has signed for a notice and who has not; signing is filling in the form."""

    datamodel = SQLAInterface(NoticeReceipt)
    class_permission_name = "NoticeReceipt"
    route_base = "/notice-receipts"
    titles = Titles(one=_l("Acknowledgement"), many=_l("Acknowledgements"), new=_l("New acknowledgement"))
    list_columns = ["notice", "unit", "tenancy", "state", "due_on", "received_by", "received_at"]
    search_columns = ["state", "due_on"]
    order_columns = ["due_on"]
    base_order = ("id", "asc")
    fieldsets = [(_l("Receives and signs"), ["received_by", "client_signature", "is_signed_on_paper", "remark"])]
    show_fieldsets = [
        (_l("Notice"), ["notice", "unit", "tenancy", "due_on"]),
        (
            _l("Receives and signs"),
            ["state", "received_by", "received_at", "is_signed_on_paper", "client_signature", "remark"],
        ),
    ]
    add_columns = []
    on_edit = rules.sign
    edit_states = {"open"}
    moves = rules.RECEIPT_MOVES


class NoticeView(RecordView):
    """Drafted, issued with a name, signed for by each tenant, then closed and filed (P7.01)."""

    datamodel = SQLAInterface(Notice)
    class_permission_name = "Notice"
    route_base = "/notices"
    titles = Titles(one=_l("Notice"), many=_l("Notices"), new=_l("New notice"))
    list_columns = ["number", "site", "kind", "title", "scope", "unit", "issued_on", "issued_by", "sign_by_on", "state"]
    search_columns = ["number", "title", "kind", "state", "issued_on", "batch"]
    order_columns = ["number", "issued_on"]
    base_order = ("number", "desc")
    fieldsets = [
        (_l("Goes to"), ["scope", "unit", "floor", "site"]),
        (_l("Notice"), ["kind", "title", "body", "title_en", "body_en", "sign_by_on"]),
    ]
    show_fieldsets = [
        (_l("Notice"), ["number", "kind", "title", "body", "title_en", "body_en"]),
        (_l("Goes to"), ["scope", "unit", "tenancy", "floor", "site", "sign_by_on", "batch"]),
        (_l("Issued"), ["issued_by", "issued_on", "issued_at", "reason"]),
    ]
    on_add, on_edit = rules.write, rules.amend
    edit_states = {"draft"}
    moves = rules.MOVES
    related_views = [NoticeReceiptView]


class LetterTemplateView(RecordView):
    """A site's own wording of the letters; deleting it brings back what was shipped."""

    datamodel = SQLAInterface(LetterTemplate)
    class_permission_name = "LetterTemplate"
    route_base = "/letter-templates"
    titles = Titles(one=_l("Wording of a letter"), many=_l("Wording of letters"), new=_l("New wording"))
    list_columns = ["key", "site", "title", "updated_at"]
    search_columns = ["key"]
    order_columns = ["key"]
    base_order = ("id", "asc")
    fieldsets = [(_l("Letter"), ["key", "site"]), (_l("Wording"), ["title", "body", "title_en", "body_en"])]
    add_columns = ["key", "site"]
    edit_columns = ["title", "body", "title_en", "body_en"]
    can_delete = True
    on_add, on_edit = letters.copy, letters.amend
    after_add = staticmethod(lambda template: url_for("LetterTemplateView.edit", pk=template.id))


class LetterView(BaseView):
    """Write to several: choose whom, read every letter, then make, issue and print them together."""

    route_base = "/letters"
    class_permission_name = "Letters"
    default_view = "write"

    @expose("/", methods=["GET", "POST"])
    @has_access
    def write(self) -> Any:
        """The choices and the letters as they would be; nothing is written."""
        shown = writing.page()
        return self.render_template("notices/write.html", **shown), 422 if shown["problem"] else 200

    @expose("/make", methods=["POST"])
    @has_access
    @permission_name("write")
    def make(self) -> Any:
        try:
            return writing.make()
        except RuleError as error:
            return self.render_template("notices/write.html", **writing.page(error)), 422

    @expose("/<batch>")
    @has_access
    @permission_name("show")
    def batch(self, batch: str) -> Any:
        return self.render_template("notices/batch.html", **writing.batch_page(batch))

    @expose("/<batch>/issue", methods=["POST"])
    @has_access
    def issue(self, batch: str) -> Any:
        notices = batches.of_batch(batch) or abort(404)
        with attempt():
            count = batches.issue_all(notices, by=gate.user())
        flash(writing.issued_words(count), "success")
        return redirect(url_for("LetterView.batch", batch=batch))

    @expose("/<batch>/print", methods=["POST"])
    @has_access
    @permission_name("print_all")
    def print_all(self, batch: str) -> Any:
        """Every issued letter as one PDF."""
        notices = batches.of_batch(batch) or abort(404)
        try:
            pdf = batches.print_all(notices, by=gate.user(), language=str(get_locale()))
        except RuleError as error:
            flash(str(error), "danger")
            return redirect(url_for("LetterView.batch", batch=batch))
        answer = send_file(io.BytesIO(pdf), mimetype="application/pdf", download_name=f"{batch}.pdf")
        answer.headers["Cache-Control"] = "no-store"
        return answer
