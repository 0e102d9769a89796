"""Bringing in a roster on screen: upload, columns, preview, result."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from flask import Response, abort, redirect, request, send_file, url_for
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.security.decorators import permission_name

from app.exchange import rooms, steps
from app.exchange.fields import STATES
from app.exchange.steps import STATE_WORDS, TONES, run_import
from app.exchange.store import uploads
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.pages import Link, ListPage
from app.kit.paging import Place, links, whole_number
from app.security import gate

__all__ = ["ImportView", "run_import", "start_job"]

# Handed in by app/views.py: the jobs room is beside this one. start_job("import", owner, payload) -> job
start_job: Callable[[str, Any, dict[str, Any]], Any] | None = None
ROWS_A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportView(BaseView):
    """Four steps; each works without script, and each belongs to who uploaded the sheet."""

    route_base = "/import"
    class_permission_name = "Import"
    default_view = "start"

    @expose("/")
    @has_access
    def start(self) -> Any:
        return self.render_template("exchange/start.html", **start_page())

    @expose("/upload", methods=["POST"])
    @has_access
    def upload(self) -> Any:
        """Read the sheet and go on to its columns; a file that cannot be read is refused beside the field."""
        try:
            return redirect(url_for("ImportView.columns", token=uploaded()))
        except RuleError as error:
            return self.render_template("exchange/start.html", **start_page(error)), 422

    @expose("/<token>/columns", methods=["GET", "POST"])
    @has_access
    def columns(self, token: str) -> Any:
        """What each column is; what was chosen is planned, long sheets by a job."""
        page: dict[str, Any] = {"token": token, "it": own(token), "fields": choices()}
        if request.method == "GET":
            return self.render_template("exchange/columns.html", **page)
        try:
            steps.choose(token, page["it"], request.form)
            return redirect(plan_then(token, page["it"]))
        except RuleError as error:
            return self.render_template("exchange/columns.html", problem=error, **page), 422

    @expose("/<token>")
    @has_access
    def preview(self, token: str) -> Any:
        return self.render_template("exchange/preview.html", **rows_page(token, "ImportView.preview"))

    @expose("/<token>/apply", methods=["POST"])
    @has_access
    def apply(self, token: str) -> Any:
        """Order the work: good rows in, or nothing in if any is wrong."""
        own(token)
        return redirect(ordered({"token": token, "step": "apply", "all_or_nothing": request.form.get("how") == "all"}))

    @expose("/<token>/result")
    @has_access
    @permission_name("preview")
    def result(self, token: str) -> Any:
        page = rows_page(token, "ImportView.result")
        has_report = uploads.get(token, "wrong") is not None
        return self.render_template("exchange/result.html", has_report=has_report, **page)

    @expose("/<token>/report.xlsx")
    @has_access
    def report(self, token: str) -> Response:
        """The wrong rows as a sheet."""
        return wrong_rows(token)


def start_page(error: RuleError | None = None) -> dict[str, Any]:
    return {"sites": rooms.the("sites")(gate.site_ids()), "error": error, "chosen": request.form.get("site", "")}


def uploaded() -> str:
    """Keep what was uploaded; answers its token."""
    sheet, site = request.files.get("file"), request.form.get("site", "")
    content = sheet.stream.read() if sheet is not None else b""
    return steps.begin((sheet.filename if sheet else "") or "", content, whole_number(site), gate.user().id)


def wrong_rows(token: str) -> Response:
    own(token)
    content = uploads.get(token, "wrong") or abort(404)
    return send_file(io.BytesIO(content), mimetype=XLSX, as_attachment=True, download_name="wrong-rows.xlsx")


def own(token: str) -> dict[str, Any]:
    """The acting user's own import; 404 for anybody else's, and for one that is gone."""
    user = gate.user()
    state = steps.state_of(token, user.id) if user is not None else None
    return state if state is not None else abort(404)


def choices() -> list[tuple[str, Any]]:
    """What a column can be."""
    return [("", _l("Ignore this column")), *((field.key, field_label(field)) for field in rooms.fields().values())]


def field_label(field: Any) -> Any:
    """Contacts are alike in their column's label, so the group is said with it."""
    groups = {"daily": _l("Daily contact"), "emergency": _l("Emergency contact"), "finance": _l("Finance contact")}
    group = groups.get(field.key.split("_")[0])
    return f"{group} · {field.label}" if group and not field.key.endswith("_both") else field.label


def plan_then(token: str, state: dict[str, Any]) -> str:
    """Plan at once and show it, or order the planning; answers where to go."""
    if steps.is_long(state):
        return ordered({"token": token, "step": "preview"})
    steps.make_preview(token, state)
    return url_for("ImportView.preview", token=token)


def ordered(payload: dict[str, Any]) -> str:
    """The page of the ordered job; where no jobs are kept the work is done at once."""
    if start_job is None:
        return str(steps.run_import(payload, lambda _done, _total: None)["url"])
    return url_for("JobView.show", pk=start_job("import", gate.user(), payload).id)


def rows_page(token: str, endpoint: str) -> dict[str, Any]:
    """One page of planned rows, filtered by state, with the counts as filters."""
    state, plan = own(token), uploads.get_json(token, "plan") or abort(404)
    wanted = request.args.get("state", "")
    rows = [row for row in plan["rows"] if is_wanted(row, wanted)]
    place = Place.read(request.args.get("page"), None, ROWS_A_PAGE).clamped(len(rows))

    def address(page: int = 1, state: str = wanted) -> str:
        return url_for(endpoint, token=token, state=state or None, page=page if page > 1 else None)

    shown = rows[place.offset : place.offset + place.size]
    pages = links(place, len(rows), False, address)
    filters = [("", _l("All rows")), *((s, STATE_WORDS[s]) for s in STATES), ("warning", _l("With a warning"))]
    used = {s for s, _label in filters if any(is_wanted(row, s) for row in plan["rows"])} | {""}
    tabs = [Link(label, address(1, s), current=wanted == s) for s, label in filters if s in used]
    pager = ListPage(_l("Rows"), [], shown, total=len(rows), first=place.offset, pages=pages)
    said = {"words": STATE_WORDS, "tones": TONES, "states": STATES}
    return {"token": token, "it": state, "plan": plan, "rows": shown, "tabs": tabs, "pager": pager, **said}


def is_wanted(row: dict[str, Any], wanted: str) -> bool:
    if wanted == "warning":
        return any(level == "warning" for level, _column, _reason in row["problems"])
    return not wanted or row["state"] == wanted
