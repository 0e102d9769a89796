"""Schemes, their limits and keepers as the house looks after them."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_appbuilder import expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.security.decorators import permission_name

from app.archive import access, keepers, limits, scheme_page, schemes
from app.archive.keeping import Keeper, SchemeLimit
from app.archive.models import Scheme
from app.archive.schemes import drafting
from app.kit.labels import _l
from app.kit.records import RecordView, Titles


class SchemeView(RecordView):
    """How each trade keeps its files: read, copied, edited as a draft, put in force by another."""

    datamodel = SQLAInterface(Scheme)
    class_permission_name = "Scheme"
    route_base = "/schemes"
    titles = Titles(one=_l("Scheme"), many=_l("Schemes"), new=_l("New scheme"))
    list_columns = ["key", "revision", "effective_from", "state"]
    search_columns = ["key", "state"]
    order_columns = ["key", "effective_from"]
    base_order = ("key", "asc")
    fieldsets = [(_l("Scheme"), ["source_text"])]
    show_fieldsets = [(_l("Scheme"), ["key", "revision", "effective_from", "state", "digest"])]
    add_columns = []
    edit_states = {"draft"}
    on_edit = drafting.amend
    form_choices = {"key": access.scheme_words}
    moves = drafting.MOVES

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """The whole scheme in words: stages, papers, who lets read, what else it declares."""
        return self.render_template("archive/scheme.html", **scheme_page.shown(self, self.fetch(pk)))

    @expose("/<int:pk>/export.yaml")
    @has_access
    @permission_name("show")
    def export_text(self, pk: int) -> Response:
        """The scheme as a file that loads as the same scheme."""
        scheme = self.fetch(pk)
        name = f"{scheme.key}-{scheme.revision}.yaml"
        head = {"Content-Disposition": f"attachment; filename={name}"}
        return Response(schemes.exported(scheme), mimetype="application/yaml", headers=head)


class SchemeLimitView(RecordView):
    """Numbers that a scheme needs and the house sets; the director fills in what the source lost."""

    datamodel = SQLAInterface(SchemeLimit)
    class_permission_name = "SchemeLimit"
    route_base = "/scheme-limits"
    titles = Titles(one=_l("Limit"), many=_l("Limits of schemes"), new=_l("New limit"))
    list_columns = ["scheme_key", "key", "value"]
    search_columns = ["scheme_key"]
    order_columns = ["scheme_key"]
    base_order = ("scheme_key", "asc")
    fieldsets = [(_l("Limit"), ["scheme_key", "key", "value", "source"])]
    add_columns = []
    edit_columns = ["value"]
    form_choices = {"scheme_key": access.scheme_words, "key": scheme_page.limit_words}
    on_edit = limits.amend


class KeeperView(RecordView):
    """Who was appointed to keep which files (P11.01)."""

    datamodel = SQLAInterface(Keeper)
    class_permission_name = "Keeper"
    route_base = "/keepers"
    titles = Titles(one=_l("Keeper of files"), many=_l("Keepers of files"), new=_l("Appoint a keeper"))
    list_columns = ["scheme_key", "site", "user", "from_on", "until_on", "appointed_by"]
    search_columns = ["scheme_key"]
    order_columns = ["from_on"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Keeper of files"), ["scheme_key", "site", "user", "reason"])]
    show_fieldsets = [
        (_l("Keeper of files"), ["scheme_key", "site", "user", "from_on", "until_on", "appointed_by", "reason"])
    ]
    edit_columns = []
    form_choices = {"scheme_key": access.scheme_words}
    on_add = keepers.appoint
    moves = keepers.MOVES
