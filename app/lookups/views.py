"""Look-up requests, changes of papers, signed registers, and who saw what."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.archive import approvals
from app.archive.page import class_choices
from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.lookups import changes, letting_out, reviews, rules, seen
from app.lookups.models import LookupRequest, PaperChange, RegisterReview
from app.security import gate


class LookupRequestView(RecordView):
    """Ask, pass on, approve, refuse, revoke; the list is the register 查阅登记."""

    datamodel = SQLAInterface(LookupRequest)
    class_permission_name = "LookupRequest"
    route_base = "/lookups"
    titles = Titles(one=_l("Look-up request"), many=_l("Look-up requests"), new=_l("Ask to read a file"))
    list_columns = ["number", "file", "requester", "purpose", "mode", "state", "created_at", "decided_by", "expires_at"]
    search_columns = ["number", "state", "mode", "created_at"]
    order_columns = ["number", "created_at", "expires_at"]
    base_order = ("number", "desc")
    fieldsets = [(_l("Request"), ["file", "purpose", "mode", "hours", "classes"])]
    show_fieldsets = [
        (_l("Request"), ["number", "file", "classes", "spared", "requester", "purpose", "mode", "hours", "created_at"]),
        (_l("Decision"), ["chain", "state", "decided_by", "decided_at", "reason", "expires_at"]),
    ]
    edit_columns = []
    form_choices = {"classes": class_choices, "spared": class_choices}
    on_add = rules.ask
    moves = rules.MOVES

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """With everybody who has agreed or refused."""
        return self.render_template("hudang/show.html", page=approvals.page_of(self, self.fetch(pk)))


class PaperChangeView(RecordView):
    """Changes of working copies: proposed, agreed to by the manager."""

    datamodel = SQLAInterface(PaperChange)
    class_permission_name = "PaperChange"
    route_base = "/paper-changes"
    titles = Titles(one=_l("Change of a paper"), many=_l("Changes of papers"), new=_l("Ask for a change"))
    list_columns = ["paper", "what", "why", "state", "asked_by", "decided_by", "new_version"]
    search_columns = ["state", "created_at"]
    order_columns = ["created_at"]
    fieldsets = [
        (_l("Change"), ["paper", "what", "why"]),
        (_l("The paper from now on"), ["title", "reference", "issued_on", "valid_until", "pages"]),
    ]
    show_fieldsets = [
        *fieldsets,
        (_l("Decision"), ["state", "asked_by", "created_at", "decided_by", "decided_at", "reason", "new_version"]),
    ]
    edit_columns = []
    on_add = changes.ask
    moves = changes.MOVES


class RegisterReviewView(RecordView):
    """The months whose registers the manager has looked through and signed."""

    datamodel = SQLAInterface(RegisterReview)
    class_permission_name = "RegisterReview"
    route_base = "/register-reviews"
    titles = Titles(one=_l("Signed register"), many=_l("Signed registers"), new=_l("Sign a month's register"))
    list_columns = ["site", "register", "month", "lines", "signed_by", "signed_at"]
    search_columns = ["register", "month", "signed_at"]
    order_columns = ["month", "signed_at"]
    base_order = ("month", "desc")
    fieldsets = [(_l("Register"), ["site", "register", "month"])]
    show_fieldsets = [
        (_l("Register"), ["site", "register", "month", "lines"]),
        (_l("Signature"), ["signed_by", "signed_at", "digest"]),
    ]
    form_choices = {"register": reviews.kept, "month": reviews.months_of}
    on_add = reviews.sign


class SeenView(BaseView):
    """Who saw this file, what did this person see: one click from their pages."""

    route_base = "/seen"
    class_permission_name = "Seen"
    default_view = "of_file"
    base_permissions = ["can_of_file", "can_of_person", "can_export", "can_print"]

    @expose("/file/<int:pk>")
    @has_access
    def of_file(self, pk: int) -> Any:
        asked = seen.ask("file", pk, request.args) or abort(404)
        return self.render_template("hudang/list.html", page=seen.list_page(asked, request.args))

    @expose("/person/<int:pk>")
    @has_access
    def of_person(self, pk: int) -> Any:
        asked = seen.ask("person", pk, request.args) or abort(404)
        return self.render_template("hudang/list.html", page=seen.list_page(asked, request.args))

    @expose("/<any(file,person):what>/<int:pk>/export.<any(csv,xlsx):ending>")
    @has_access
    def export(self, what: str, pk: int, ending: str) -> Response:
        """All of it as a file."""
        gate.demand(f"of_{what}", "Seen")
        return letting_out.as_file(seen.ask(what, pk, request.args) or abort(404), ending)

    @expose("/<any(file,person):what>/<int:pk>/print", methods=["POST"])
    @has_access
    def print(self, what: str, pk: int) -> Any:
        """All of it on paper, numbered and in the print log."""
        gate.demand(f"of_{what}", "Seen")
        return letting_out.on_paper(seen.ask(what, pk, request.args) or abort(404))
