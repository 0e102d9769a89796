"""The record view: a room declares what its records look like; list, page, form, moves and exports follow."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, jsonify, request
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.security.decorators import permission_name

from app.kit import choosing, declaring, exports, filters, listing, printable, saving, showing, stepping
from app.kit.addresses import address
from app.kit.declared import Declared, Titles
from app.kit.pages import Link
from app.kit.paging import whole_number
from app.kit.reading import LARGEST_INTEGER

__all__ = ["RecordView", "Titles"]


class RecordView(Declared, BaseView):
    """Everything but what is declared is decided here; rules decide about records, the gate about readers."""

    def __init__(self) -> None:
        declaring.settle(self)
        super().__init__()
        self.base_permissions = sorted({*self.base_permissions, *declaring.move_permissions(self)})
        declaring.check(self)

    def create_blueprint(self, *args: Any, **kwargs: Any) -> Any:
        """Being put on the console makes this the view that shows the model's records."""
        current_app.extensions.setdefault("record_views", {})[self.model] = self
        return super().create_blueprint(*args, **kwargs)

    def shown_columns(self) -> set[str]:
        """What the list and the record's page show."""
        return {*self.list_columns, *declaring.names_of(self.show_fieldsets or self.fieldsets)}

    def default_order(self) -> list[Any]:
        return filters.ordering(self.model, *self.base_order)

    def url(self, endpoint: str, **args: Any) -> str:
        return address(f"{self.endpoint}.{endpoint}", **args)

    def fetch(self, pk: int) -> Any:
        """The record of that key inside the reader's scope; 404 for any other."""
        return (choosing.find(self.model, pk) if pk <= LARGEST_INTEGER else None) or abort(404)

    def move_links(self, record: Any) -> list[Link]:
        return stepping.links(self, record)

    def print_links(self, record: Any) -> list[Link]:
        return listing.print_links(self, self.url("print_record", pk=record.id)) + printable.of_record(record)

    @expose("/")
    @has_access
    def list(self) -> Any:
        return self.render_template("hudang/list.html", page=listing.list_page(self, request.args))

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        return self.render_template("hudang/show.html", page=showing.show_page(self, self.fetch(pk)))

    @expose("/add", methods=["GET", "POST"])
    @has_access
    def add(self) -> Any:
        return saving.add(self)

    @expose("/known")
    @has_access
    @permission_name("add")
    def known_values(self) -> Any:
        return jsonify(saving.known_values(self, request.args))

    @expose("/<int:pk>/edit", methods=["GET", "POST"])
    @has_access
    def edit(self, pk: int) -> Any:
        return saving.edit(self, pk)

    @expose("/<int:pk>/delete", methods=["POST"])
    @has_access
    def delete(self, pk: int) -> Any:
        return saving.delete(self, pk)

    @expose("/<int:pk>/move/<name>", methods=["POST"])
    @has_access
    @permission_name("show")
    def move(self, pk: int, name: str) -> Any:
        return stepping.move(self, pk, name)

    @expose("/<int:pk>/reveal/<column>", methods=["POST"])
    @has_access
    def reveal(self, pk: int, column: str) -> Any:
        return stepping.reveal(self, pk, column)

    @expose("/choose/<relation>")
    @has_access
    @permission_name("list")
    def choose(self, relation: str) -> Any:
        found, more = choosing.asked(self, relation, request.args.get("q", ""), whole_number(request.args.get("page")))
        return jsonify(results=[{"id": key, "text": str(words)} for key, words in found], more=more)

    @expose("/export.<any(csv,xlsx):ending>")
    @has_access
    def export(self, ending: str) -> Any:
        return exports.answer(filters.Asked.read(self, request.args), ending)

    @expose("/<int:pk>/print", methods=["POST"])
    @has_access
    @permission_name("print")
    def print_record(self, pk: int) -> Any:
        return printable.print_record(self, self.fetch(pk))

    @expose("/print", methods=["POST"])
    @has_access
    @permission_name("print")
    def print_list(self) -> Any:
        return printable.print_list(self, filters.Asked.read(self, request.args))
