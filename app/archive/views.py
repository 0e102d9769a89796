"""Files, papers and scans as the desk sees them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask import Response, abort, flash, redirect, request, send_file, url_for
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.security.decorators import permission_name
from werkzeug.datastructures import FileStorage

from app.archive import access, filing, page, rules, scans, seals, stages
from app.archive.keeping import AccessRule
from app.archive.models import Document, File
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.kit.session import abandon_work
from app.security import gate


class DocumentView(RecordView):
    """The papers of a file."""

    datamodel = SQLAInterface(Document)
    class_permission_name = "Document"
    route_base = "/papers"
    titles = Titles(one=_l("Paper"), many=_l("Papers"), new=_l("New paper"))
    list_columns = ["file", "paper_class", "title", "issued_on", "valid_until", "copy_kind", "pages"]
    search_columns = ["paper_class", "issued_on", "valid_until", "copy_kind"]
    order_columns = ["issued_on", "valid_until"]
    base_order = ("id", "desc")
    fieldsets = [
        (_l("Paper"), ["file", "paper_class", "title", "reference", "issuer", "issued_on", "valid_until"]),
        (_l("Filing check"), ["copy_kind", "pages", "ink_is_good", "is_complete", "replaces", "remark"]),
    ]
    edit_columns = [
        "title",
        "reference",
        "issuer",
        "issued_on",
        "valid_until",
        "copy_kind",
        "pages",
        "ink_is_good",
        "is_complete",
        "remark",
    ]
    on_add, on_edit = rules.add_document, rules.amend_document
    form_choices = {"paper_class": page.class_choices}
    after_add = staticmethod(page.url_of_paper)
    moves = filing.MOVES


class FileView(RecordView):
    """The unit's file: found in the list, read whole on its page."""

    datamodel = SQLAInterface(File)
    class_permission_name = "File"
    route_base = "/files"
    titles = Titles(one=_l("File"), many=_l("Files"), new=_l("Open a file"))
    list_columns = ["number", "site", "unit", "customer", "title", "state", "seal", "opened_on", "place"]
    search_columns = ["number", "scheme_key", "subject", "state", "seal", "opened_on"]
    order_columns = ["number", "opened_on"]
    base_order = ("number", "asc")
    fieldsets = [(_l("File"), ["scheme_key", "unit", "customer", "title", "responsible", "deputy", "remark"])]
    show_fieldsets = [
        (_l("File"), ["number", "site", "unit", "customer", "title", "state", "scheme", "opened_on", "closed_on"]),
        (_l("Keeping"), ["place", "custodian", "label_name", "filed_at", "seal", "remark"]),
    ]
    edit_columns = ["remark"]
    on_add, on_edit = rules.open_typed_file, rules.amend_file
    form_choices = {"scheme_key": access.words_led_by(rules.HOME_SCHEME), "stage": stages.words_of}
    moves = [*rules.MOVES, *seals.MOVES]

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """The whole file on one page; opening it is a line (P9.03)."""
        return self.render_template("archive/file.html", **page.shown(self, pk, page.chapters))

    @expose("/<int:pk>/custody")
    @has_access
    @permission_name("show")
    def custody(self, pk: int) -> Any:
        """Whose hands the file was in, who asked for it, where it is, how long it is kept."""
        return self.render_template("archive/custody.html", **page.shown(self, pk, page.custody))


class AccessRuleView(RecordView):
    """The access policy: who lets what be read, how, and for how long; amended by the director."""

    datamodel = SQLAInterface(AccessRule)
    class_permission_name = "AccessRule"
    route_base = "/access-policy"
    titles = Titles(one=_l("Rule of access"), many=_l("Access policy"), new=_l("New rule of access"))
    list_columns = ["paper_class", "mode", "seal", "is_allowed", "chain", "longest_hours", "beyond", "utmost_hours"]
    search_columns = ["mode", "seal", "is_allowed"]
    order_columns = ["paper_class", "longest_hours"]
    base_order = ("id", "asc")
    fieldsets = [
        (_l("For what"), ["scheme_key", "paper_class", "mode", "seal", "source"]),
        (_l("What holds"), ["is_allowed", "chain", "longest_hours", "beyond", "utmost_hours"]),
    ]
    add_columns = []
    edit_columns = ["is_allowed", "chain", "longest_hours", "beyond", "utmost_hours"]
    form_choices = {"scheme_key": access.scheme_words, "paper_class": access.class_words}
    on_edit = access.amend


class ScanView(BaseView):
    """Stored pictures and PDFs of papers: brought in, let out through the gate only."""

    route_base = "/scans"
    class_permission_name = "Scan"
    default_view = "download"

    @expose("/<int:pk>")
    @has_access
    def download(self, pk: int) -> Response:
        """One scan, as an attachment; refused while its file is sealed to the reader."""
        scan = scans.fetch(pk) or abort(404)
        if gate.is_sealed(scan):
            abort(403)
        content = scans.read(scan)
        if content is None:  # `flask files verify` tells which
            abort(404)
        gate.note_read(scan, gate.DOWNLOAD)
        return send_file(BytesIO(content), scan.media_type, as_attachment=True, download_name=scan.original_name)

    @expose("/<int:pk>/read")
    @has_access
    @permission_name("download")
    def read(self, pk: int) -> Response:
        """One scan on the screen, where a look-up for reading lets it be seen but not taken out."""
        scan = scans.fetch(pk) or abort(404)
        if gate.is_sealed(scan):
            abort(403)
        content = scans.read(scan)
        if content is None:
            abort(404)
        gate.note_read(scan, "open")
        return send_file(BytesIO(content), scan.media_type, download_name=scan.original_name)

    @expose("/add/<int:document_id>", methods=["POST"])
    @has_access
    def add(self, document_id: int) -> Any:
        """Keep uploaded files as scans of a paper; each refused one is named with the reason."""
        _ = scans.fetch_document(document_id) or abort(404)
        abandon_work()  # files are cleaned while nobody waits for the database
        ready = [scan for upload in request.files.getlist("scan") if (scan := told_if_refused(upload)) is not None]
        document = scans.fetch_document(document_id) or abort(404)
        try:
            for scan in ready:
                scans.keep(document, scan, by=gate.user())
        except RuleError as error:
            flash(str(error), "danger")
        return redirect(url_for("FileView.show", pk=document.file_id))


def told_if_refused(
    upload: FileStorage, make_ready: Callable[[FileStorage], scans.Ready] = scans.make_ready
) -> scans.Ready | None:
    """The file made ready, or None and the reason on the next page."""
    try:
        return make_ready(upload)
    except RuleError as error:
        flash(f"{upload.filename}: {error}", "danger")
        return None
