"""The registers' addresses: one view for the entries of all registers, one for their declarations."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.security.decorators import permission_name

from app.registers import attachments_page, bringing_page, drafting, overview
from app.registers.handing import bound, confirm_read, hand_on, list_entries, show_entry
from app.registers.sample import SAMPLE


class EntryView(BaseView):
    """Hands each request to the bound view of the register it names, which asks for the register's own right."""

    route_base = "/registers"
    class_permission_name = "Entry"
    default_view = "list"

    @expose("/<key>/")
    @has_access
    def list(self, key: str) -> Any:
        return list_entries(key)

    @expose("/<key>/<int:pk>")
    @has_access
    def show(self, key: str, pk: int) -> Any:
        return show_entry(key, pk)

    @expose("/<key>/<int:pk>/read", methods=["POST"])
    @has_access
    @permission_name("show")
    def confirm(self, key: str, pk: int) -> Any:
        return confirm_read(key, pk)

    @expose("/<key>/add", methods=["GET", "POST"])
    @has_access
    def add(self, key: str) -> Any:
        return hand_on(key, "add")

    @expose("/<key>/known")
    @has_access
    @permission_name("add")
    def known_values(self, key: str) -> Any:
        return hand_on(key, "known_values")

    @expose("/<key>/<int:pk>/edit", methods=["GET", "POST"])
    @has_access
    def edit(self, key: str, pk: int) -> Any:
        return hand_on(key, "edit", pk=pk)

    @expose("/<key>/<int:pk>/move/<name>", methods=["POST"])
    @has_access
    @permission_name("show")
    def step(self, key: str, pk: int, name: str) -> Any:
        return hand_on(key, "move", pk=pk, name=name)

    @expose("/<key>/choose/<relation>")
    @has_access
    @permission_name("list")
    def choices(self, key: str, relation: str) -> Any:
        return hand_on(key, "choose", relation=relation)


class EntrySheetView(BaseView):
    """Entries as files, on paper, and out of a sheet."""

    route_base = "/registers"
    class_permission_name = "Entry"
    default_view = "export"

    @expose("/<key>/export.<any(csv,xlsx):ending>")
    @has_access
    def export(self, key: str, ending: str) -> Any:
        return hand_on(key, "export", ending=ending)

    @expose("/<key>/<int:pk>/print", methods=["POST"])
    @has_access
    @permission_name("print")
    def print_record(self, key: str, pk: int) -> Any:
        return hand_on(key, "print_record", pk=pk)

    @expose("/<key>/print", methods=["POST"])
    @has_access
    @permission_name("print")
    def print_list(self, key: str) -> Any:
        return hand_on(key, "print_list")

    @expose("/<key>/bring", methods=["GET", "POST"])
    @has_access
    @permission_name("add")
    def bring(self, key: str) -> Any:
        return bringing_page.upload(bound(key, "add"))

    @expose("/<key>/bring/<token>")
    @has_access
    @permission_name("add")
    def preview(self, key: str, token: str) -> Any:
        return bringing_page.preview(bound(key, "add"), token)

    @expose("/<key>/bring/<token>/apply", methods=["POST"])
    @has_access
    @permission_name("add")
    def apply(self, key: str, token: str) -> Any:
        return bringing_page.apply(bound(key, "add"), token)

    @expose("/<key>/bring/<token>/wrong.xlsx")
    @has_access
    @permission_name("add")
    def wrong(self, key: str, token: str) -> Any:
        return bringing_page.wrong(bound(key, "add"), token)


class EntryAttachmentView(BaseView):
    """Files of entries: brought in, let out through the gate only."""

    route_base = "/registers"
    class_permission_name = "Entry"
    default_view = "download"

    @expose("/<key>/attachments/<int:pk>")
    @has_access
    @permission_name("show")
    def download(self, key: str, pk: int) -> Response:
        """One file, as an attachment; refused while its entry is sealed to the reader."""
        return attachments_page.download(key, pk)

    @expose("/<key>/<int:pk>/attach", methods=["POST"])
    @has_access
    @permission_name("edit")
    def add(self, key: str, pk: int) -> Any:
        """Keep uploaded files with an entry; each refused one is named with the reason."""
        return attachments_page.add(key, pk)


class RegisterView(BaseView):
    """The list of registers, and their declarations: read, tried, given a new version, withdrawn."""

    route_base = "/registers"
    class_permission_name = "Register"
    default_view = "list"

    @expose("/")
    @has_access
    def list(self) -> Any:
        return self.render_template("registers/index.html", groups=overview.groups(), links=overview.links())

    @expose("/declared/new", methods=["GET", "POST"])
    @has_access
    def declare(self) -> Any:
        return drafting.declare(self, SAMPLE)

    @expose("/declared/<key>")
    @has_access
    def show(self, key: str) -> Any:
        return self.render_template("registers/show.html", **overview.page(key))

    @expose("/declared/<key>/new-version", methods=["GET", "POST"])
    @has_access
    @permission_name("declare")
    def revise(self, key: str) -> Any:
        return drafting.declare(self, overview.exported(key), key)

    @expose("/declared/<key>.yaml")
    @has_access
    @permission_name("show")
    def export_text(self, key: str) -> Response:
        head = {"Content-Disposition": f"attachment; filename={key}.yaml"}
        return Response(overview.exported(key), mimetype="application/yaml", headers=head)

    @expose("/declared/<key>/withdraw", methods=["POST"])
    @has_access
    def withdraw(self, key: str) -> Any:
        return drafting.withdraw(key)
