"""Registers that are only added to: what was moved, renumbered, done with certificates, carried in and out."""

from __future__ import annotations

from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.archive.trails import FileNumber, PlaceMove
from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.storage import entries
from app.storage.models import CertificateLine, StoreEntry


class PlaceMoveView(RecordView):
    """What was put elsewhere, when and by whom; only added to."""

    datamodel = SQLAInterface(PlaceMove)
    class_permission_name = "PlaceMove"
    route_base = "/place-moves"
    titles = Titles(one=_l("Move of a place"), many=_l("What was moved"), new=_l("New move of a place"))
    list_columns = ["moved_at", "moved", "file", "from_place", "to_place", "user", "reason"]
    search_columns = ["moved_at"]
    order_columns = ["moved_at"]
    fieldsets = [(_l("What was moved"), ["moved", "file", "from_place", "to_place", "moved_at", "user", "reason"])]
    add_columns = edit_columns = []


class FileNumberView(RecordView):
    """The concordance: which number a file had, and which it has since."""

    datamodel = SQLAInterface(FileNumber)
    class_permission_name = "FileNumber"
    route_base = "/file-numbers"
    titles = Titles(one=_l("Renumbering"), many=_l("Concordance of numbers"), new=_l("New renumbering"))
    list_columns = ["old", "new", "file", "changed_at", "user", "reason"]
    search_columns = ["old", "new", "changed_at"]
    order_columns = ["old", "new", "changed_at"]
    fieldsets = [(_l("Renumbering"), ["old", "new", "file", "changed_at", "user", "reason"])]
    add_columns = edit_columns = []


class CertificateLineView(RecordView):
    """What happened to a certificate; only added to."""

    datamodel = SQLAInterface(CertificateLine)
    class_permission_name = "CertificateLine"
    route_base = "/certificate-lines"
    titles = Titles(
        one=_l("Line of a certificate"), many=_l("What happened to it"), new=_l("New line of a certificate")
    )
    list_columns = ["at", "what", "person", "user", "reason"]
    search_columns = ["what", "at"]
    order_columns = ["at"]
    fieldsets = [(_l("What happened to it"), ["certificate", "what", "at", "person", "user", "reason"])]
    add_columns = edit_columns = []


class StoreEntryView(RecordView):
    """Who and what came into the rooms and went out (P5.02); only added to."""

    datamodel = SQLAInterface(StoreEntry)
    class_permission_name = "StoreEntry"
    route_base = "/store-entries"
    titles = Titles(one=_l("Entry"), many=_l("In and out"), new=_l("New entry"))
    list_columns = ["at", "place", "way", "who", "what", "reason", "user"]
    search_columns = ["at", "way", "who"]
    order_columns = ["at"]
    base_order = ("at", "desc")
    fieldsets = [(_l("Entry"), ["place", "way", "who", "what", "reason", "at"])]
    show_fieldsets = [(_l("Entry"), ["place", "way", "at", "who", "what", "reason", "user"])]
    on_add = entries.enter
