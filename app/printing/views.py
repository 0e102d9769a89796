"""Printing, the print log, and the page a square code leads to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.security.decorators import permission_name

from app.kit.cells import cell, show_url
from app.kit.columns import today
from app.kit.labels import _l, label
from app.kit.reading import read_day
from app.kit.records import RecordView, Titles
from app.printing import answers, finding, forms, long, rules, standing
from app.printing.models import PrintLine
from app.security import audit, gate

SAID = ("form_key", "copy_no", "copies", "times_printed", "language", "printed_by", "printed_at", "content_hash")


class PrintLineView(RecordView):
    """Every sheet that was printed; only read."""

    datamodel = SQLAInterface(PrintLine)
    class_permission_name = "PrintLine"
    route_base = "/prints"
    titles = Titles(one=_l("Printed sheet"), many=_l("Print log"), new=_l("New print"))
    list_columns = ["serial", "form_key", "copy_no", "copies", "times_printed", "printed_by", "printed_at"]
    search_columns = ["serial", "form_key", "printed_at"]
    order_columns = ["serial", "printed_at"]
    base_order = ("serial", "desc")
    fieldsets = [
        (_l("Printed sheet"), ["serial", "form_key", "copy_no", "copies", "times_printed", "language"]),
        (_l("Who and when"), ["printed_by", "printed_at"]),
        (_l("Checks"), ["subject_type", "subject_id", "form_digest", "content_hash", "pdf_sha256"]),
    ]
    add_columns = edit_columns = []


class PrintView(BaseView):
    """Makes a form's PDF. Only by POST: a print is a line in the log."""

    route_base = "/print"
    class_permission_name = "Print"
    default_view = "print_form"

    @expose("/<key>/<int:pk>", methods=["POST"])
    @has_access
    def print_form(self, key: str, pk: int) -> Any:
        """One record on one form."""
        form = _allowed(key, many=False)
        record = finding.record(form, pk, request.args.get("about")) or abort(404)
        if rules.shows_too_much(form, record):
            abort(403)
        if long.is_long(form, record):
            return redirect(long.order([form], record, answers.language()))
        return answers.pdf(
            lambda: rules.print_record(form, record, by=gate.user(), language=answers.language()),
            url_for("HomeView.index"),
        )

    @expose("/<key>", methods=["POST"])
    @has_access
    @permission_name("print_form")
    def print_list(self, key: str) -> Any:
        """A register of the days `from` to `to`; this month, or year, where nothing is said."""
        form = _allowed(key, many=True)
        first, last = _day("from", form.declared()[0].first_day()), _day("to", today())
        if (waits_at := long.order_register(form, first, last, answers.language())) is not None:
            return redirect(waits_at)
        records = finding.register(form, first, last)
        return answers.pdf(
            lambda: rules.print_list(form, records, by=gate.user(), language=answers.language()),
            url_for("HomeView.index"),
        )

    @expose("/ready/<token>")
    @has_access
    @permission_name("print_form")
    def fetch(self, token: str) -> Any:
        """A long print that is ready: for who ordered it, for a day."""
        title, content = long.ready.fetch(token) or abort(404)
        audit.write("fetch_print", None, {"title": title}, by=gate.user())
        return answers.ready(b"".join(content), title)


def _allowed(key: str, *, many: bool) -> forms.Form:
    form = forms.by_key(key)
    if form is None or form.many != many:
        abort(404)
    gate.demand("print", form.permission)
    return form


def _day(name: str, otherwise: dt.date) -> dt.date:
    try:
        return read_day(request.values.get(name, ""))
    except ValueError:
        return otherwise


def serial_page(serial: str) -> Any:
    """Which print this is. Who has not logged in, or works elsewhere, learns whether it is genuine and still holds,
    and nothing else."""
    line = finding.line(serial)
    told: dict[str, Any] = {"standing": standing.of(line) if line is not None else None, "said": [], "record_url": None}
    if line is not None and gate.user() is not None and line.site_id in gate.site_ids():
        told["said"] = [(label(PrintLine, name), cell(line, name)) for name in SAID]
        record = finding.printed(line)
        told["record_url"] = show_url(record) if record is not None else None
    page = render_template("printing/serial.html", serial=serial[:20], line=line, **told)
    return page, 200 if line is not None else 404
