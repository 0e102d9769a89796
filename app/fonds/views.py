"""Holders, fonds, items and transfers as archivists see them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import IO, Any

from flask import flash, redirect, send_file
from flask_appbuilder import expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.security.decorators import permission_name

from app.fonds import filing, keeping, opening, page, rules, taking, transfers
from app.fonds.models import ArchivalItem, Fonds, FondsNote, Holder, Keeping, NumberChange
from app.fonds.sets import Transfer, TransferLine
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.printing import answers
from app.security import gate


def sent(view: RecordView, pk: int, name: str, kind: str, make: Callable[[], IO[bytes]]) -> Any:
    """A file, or why there is none on the transfer's page."""
    try:
        answer = send_file(make(), mimetype=kind, download_name=name, as_attachment=kind.endswith("zip"))
    except RuleError as error:
        flash(str(error), "danger")
        return redirect(view.url("show", pk=pk))
    answer.headers["Cache-Control"] = "no-store"
    return answer


class HolderView(RecordView):
    """Who keeps archives here: 市档案馆, 机关档案管理中心, 民族工商业档案馆 … (P5.03)."""

    datamodel = SQLAInterface(Holder)
    class_permission_name = "Holder"
    route_base = "/holders"
    titles = Titles(one=_l("Archive holder"), many=_l("Archive holders"), new=_l("New holder"))
    list_columns = ["site", "name", "kind", "head", "covered_by_on"]
    search_columns = ["name", "kind"]
    order_columns = ["name", "covered_by_on"]
    base_order = ("name", "asc")
    fieldsets = [(_l("Archive holder"), ["site", "name", "kind", "head", "covered_by_on", "remark"])]
    edit_columns = ["name", "kind", "head", "covered_by_on", "remark"]
    on_add = rules.add_holder


class FondsView(RecordView):
    """What one organisation left; closed it is one whole (P4.03), renumbered with a concordance (P5.07)."""

    datamodel = SQLAInterface(Fonds)
    class_permission_name = "Fonds"
    route_base = "/fonds"
    titles = Titles(one=_l("Fonds"), many=_l("Fonds"), new=_l("New fonds"))
    list_columns = ["number", "title", "organisation", "holder", "state", "closed_on"]
    search_columns = ["number", "title", "organisation", "state"]
    order_columns = ["number", "title", "closed_on"]
    base_order = ("number", "asc")
    fieldsets = [
        (_l("Fonds"), ["number", "title", "organisation", "holder"]),
        (_l("How it is kept"), ["scheme_key", "spelling"]),
    ]
    show_fieldsets = [*fieldsets, (_l("When it was closed"), ["closed_on", "close_reason", "file"])]
    edit_columns = ["title", "organisation", "spelling"]
    form_choices = {"scheme_key": page.scheme_choices}
    on_add, on_edit = rules.begin, rules.amend
    moves = rules.MOVES


class FondsNoteView(RecordView):
    """The sheets of the fonds' own file 全宗卷 (P4.07, P5.06); only added to."""

    datamodel = SQLAInterface(FondsNote)
    class_permission_name = "FondsNote"
    route_base = "/fonds-notes"
    titles = Titles(one=_l("Sheet of the fonds' own file"), many=_l("The fonds' own file"), new=_l("New sheet"))
    list_columns = ["made_on", "kind", "title", "author"]
    search_columns = ["kind", "made_on"]
    order_columns = ["made_on"]
    base_order = ("id", "asc")
    fieldsets = [(_l("Sheet of the fonds' own file"), ["fonds", "kind", "title", "said", "made_on", "author"])]
    edit_columns = []
    on_add = rules.write_note
    after_add = staticmethod(page.url_of_fonds)


class NumberChangeView(RecordView):
    """The concordance of numbers (P5.07); only added to."""

    datamodel = SQLAInterface(NumberChange)
    class_permission_name = "NumberChange"
    route_base = "/number-changes"
    titles = Titles(one=_l("Renumbering"), many=_l("Concordance of fonds"), new=_l("New renumbering"))
    list_columns = ["old", "new", "fonds", "item", "changed_at", "user", "reason"]
    search_columns = ["old", "new", "changed_at"]
    order_columns = ["old", "new", "changed_at"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Renumbering"), ["old", "new", "fonds", "item", "changed_at", "user", "reason"])]
    add_columns = edit_columns = []


class KeepingView(RecordView):
    """Fonds kept for another: with written consent, until a day (P4.04)."""

    datamodel = SQLAInterface(Keeping)
    class_permission_name = "Keeping"
    route_base = "/keepings"
    titles = Titles(one=_l("Keeping for another"), many=_l("Kept for others"), new=_l("Keep for another"))
    list_columns = ["fonds", "keeper", "owner", "consent_number", "reach_on", "state"]
    search_columns = ["state", "reach_on", "consent_number"]
    order_columns = ["reach_on"]
    base_order = ("reach_on", "asc")
    fieldsets = [(_l("Keeping for another"), ["fonds", "keeper", "owner", "reason", "reach_on"])]
    show_fieldsets = [
        *fieldsets,
        (_l("Written consent"), ["consent_number", "consent_by", "consent_on", "ended_on"]),
    ]
    edit_columns = []
    on_add = keeping.ask
    moves = keeping.MOVES


class ArchivalItemView(RecordView):
    """Items and volumes, from being collected to being filed (P2.03, P2.04)."""

    datamodel = SQLAInterface(ArchivalItem)
    class_permission_name = "ArchivalItem"
    route_base = "/archival-items"
    titles = Titles(one=_l("Archival item"), many=_l("Archival items"), new=_l("New archival item"))
    list_columns = ["number", "level", "kind", "year", "period", "title", "holder", "open_state", "state"]
    search_columns = [
        "number", "other_number", "title", "level", "category", "kind", "year", "period", "open_state", "secrecy",
        "state",
    ]  # fmt: skip
    order_columns = ["number", "year", "filed_on"]
    base_order = ("number", "asc")
    fieldsets = [
        (_l("Archival item"), ["fonds", "level", "volume", "kind", "year", "period", "body", "body_code"]),
        (
            _l("Description"),
            ["title", "responsible", "document_number", "day", "pages", "secrecy", "standard", "origin"],
        ),
        (
            _l("What it is made of"),
            ["carriers", "shelf_mm", "audio_count", "video_count", "photo_count", "object_count"],
        ),
        (_l("Where it is"), ["document", "place", "remark"]),
    ]
    show_fieldsets = [
        (_l("Archival item"), ["number", "other_number", "fonds", "holder", "level", "volume", "kind", "category"]),
        (_l("Retention"), ["year", "period", "body", "body_code", "filed_on", "open_state", "opened_on"]),
        *fieldsets[1:3],
        (
            _l("Where it is"),
            ["file", "document", "place", "copies", "no_copy_reason", "no_copy_on", "no_copy_by", "remark"],
        ),
    ]
    form_choices = {"kind": page.kind_choices}
    among = {"volume": page.volumes_only}
    edit_columns = [name for _title, names in fieldsets for name in names if name not in ("fonds", "level")]
    on_add, on_edit = filing.collect, filing.amend
    known = page.known_of
    moves = [*filing.MOVES, *opening.ITEM_MOVES]

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        return self.render_template("hudang/show.html", page=page.item_page(self, self.fetch(pk)))


class TransferLineView(RecordView):
    """What stands on a transfer's list."""

    datamodel = SQLAInterface(TransferLine)
    class_permission_name = "TransferLine"
    route_base = "/transfer-lines"
    titles = Titles(one=_l("Line"), many=_l("Lines"), new=_l("New line"))
    list_columns = ["position", "number", "title", "item", "found"]
    search_columns = ["number"]
    order_columns = ["position"]
    base_order = ("position", "asc")
    fieldsets = [(_l("Line"), ["transfer", "position", "number", "title", "item", "found"])]
    add_columns = edit_columns = []


class TransferView(RecordView):
    """Everything not yet transferred, as one set, to another holder (P4.05, P4.07)."""

    datamodel = SQLAInterface(Transfer)
    class_permission_name = "Transfer"
    route_base = "/transfers"
    titles = Titles(one=_l("Transfer"), many=_l("Transfers"), new=_l("New transfer"))
    list_columns = ["number", "fonds", "giver", "receiver", "nature", "drawn_on", "state"]
    search_columns = ["number", "nature", "state", "drawn_on"]
    order_columns = ["number", "drawn_on"]
    base_order = ("number", "desc")
    fieldsets = [
        (_l("Transfer"), ["fonds", "giver", "receiver", "nature", "statement"]),
        (_l("Who takes part"), ["giver_head", "giver_handler", "receiver_head", "receiver_handler", "supervisor"]),
        (_l("Checked"), ["containers", "giver_checks", "receiver_checks", "opinion"]),
    ]
    show_fieldsets = [
        *fieldsets,
        (_l("How far it is"), ["drawn_by", "drawn_on", "handover", "done_on", "digest"]),
    ]
    edit_columns = [name for _title, names in fieldsets for name in names if name not in ("fonds", "giver", "receiver")]
    edit_states = {"draft", "complete", "handed"}
    on_add, on_edit = transfers.draw_up, transfers.amend
    moves = transfers.MOVES
    related_views = [TransferLineView]

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        return self.render_template("hudang/show.html", page=page.transfer_page(self, self.fetch(pk)))

    @expose("/<int:pk>/set", methods=["POST"])
    @has_access
    @permission_name("print")
    def whole_set(self, pk: int) -> Any:
        """Every sheet of the set as one PDF."""
        transfer = self.fetch(pk)
        if (waits_at := taking.ordered(transfer, answers.language())) is not None:
            return redirect(waits_at)
        return sent(
            self, pk, f"{transfer.number}.pdf", "application/pdf",
            lambda: io.BytesIO(taking.whole_set(transfer, by=gate.user(), language=answers.language())),
        )  # fmt: skip

    @expose("/<int:pk>/package", methods=["POST"])
    @has_access
    @permission_name("export")
    def package(self, pk: int) -> Any:
        """The package as a zip."""
        transfer = self.fetch(pk)
        return sent(self, pk, f"{transfer.number}.zip", "application/zip", lambda: taking.package(transfer))
