"""Workbooks that take long, and how the console is doing."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, request, url_for
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.security.decorators import permission_name

from app.kit.exports import sent
from app.operations import exports, overview
from app.security import audit, gate


class ExportView(BaseView):
    """Ordered by whoever may export the list, fetched by who ordered it."""

    route_base = "/exports"
    class_permission_name = "Job"
    default_view = "order"

    @expose("/order/<path:name>", methods=["GET", "POST"])
    @has_access
    @permission_name("show")
    def order(self, name: str) -> Any:
        """Says that it takes a while, and begins when asked to."""
        view = exports.view_called(name) or abort(404)
        gate.demand("export", view.class_permission_name)
        if request.method == "POST":
            return redirect(url_for("JobView.show", pk=exports.order(view, request.args)))
        return self.render_template("operations/export.html", title=view.titles.many)

    @expose("/<token>")
    @has_access
    @permission_name("show")
    def fetch(self, token: str) -> Any:
        """A workbook that is ready, for a day."""
        name, content = exports.ready.fetch(token) or abort(404)
        audit.write("fetch_export", None, {"name": name}, by=gate.user())
        return sent(content, "xlsx", name)


class OperationsView(BaseView):
    """For the administrator: what is ready, what waits, and the search prepared anew."""

    route_base = "/operations"
    class_permission_name = "Operations"
    default_view = "show"

    @expose("/")
    @has_access
    def show(self) -> Any:
        return self.render_template("operations/show.html", **overview.told())

    @expose("/search", methods=["POST"])
    @has_access
    @permission_name("rebuild_search")
    def rebuild_search(self) -> Any:
        """Every record prepared anew for the search box, as long work."""
        return redirect(url_for("JobView.show", pk=overview.order_rebuild()))
