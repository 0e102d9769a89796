"""Reports on screen and as files."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.security.decorators import permission_name

from app.reporting import exports, page, rules
from app.reporting.rules import Shown


class ReportView(BaseView):
    """The index, and each report: parameters on top, pictures, the table; as SVG, Excel, CSV, JSON and on paper."""

    route_base = "/reports"
    class_permission_name = "Report"
    default_view = "list"
    base_permissions = ["can_list", "can_show", "can_export", "can_print", "can_money"]

    @expose("/")
    @has_access
    def list(self) -> Any:
        return self.render_template("reporting/index.html", groups=rules.offered())

    @expose("/<key>")
    @has_access
    def show(self, key: str) -> Any:
        shown = rules.draw(_asked(key))
        return self.render_template("reporting/report.html", page=page.of(shown))

    @expose("/<key>.svg")
    @has_access
    @permission_name("show")
    def picture(self, key: str) -> Any:
        """The picture `n`, counted from 1."""
        drawn = rules.draw(_asked(key)).drawn
        number = request.args.get("n", "1")
        if not number.isascii() or not number.isdigit() or not 0 < int(number[:4]) <= len(drawn):
            abort(404)
        return Response(drawn[int(number) - 1][1], mimetype="image/svg+xml")

    @expose("/<key>.<any(xlsx, csv, json):ending>")
    @has_access
    def export(self, key: str, ending: str) -> Any:
        shown = _asked(key)
        rules.note_export(shown)
        response = Response(exports.make(shown, ending), mimetype=exports.ENDINGS[ending])
        response.headers["Content-Disposition"] = f'attachment; filename="{exports.file_name(shown, ending)}"'
        return response

    @expose("/<key>/print", methods=["POST"])
    @has_access
    def print(self, key: str) -> Any:
        """By POST: a print is a line in the log."""
        return rules.print_report(rules.draw(_asked(key)))


def _asked(key: str) -> Shown:
    """The report for this reader and these parameters; 404, 403."""
    report = rules.find(key) or abort(404)
    return rules.ask(report, request.args)
