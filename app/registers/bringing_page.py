"""Bringing in a sheet on screen: upload, preview, result; the sheet is kept encrypted, for a day, for its owner."""

from __future__ import annotations

import io
from typing import Any

from flask import abort, redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from app.exchange import reading, report
from app.exchange.rules import Outcome
from app.exchange.steps import STATE_WORDS, TONES
from app.exchange.store import uploads
from app.kit.errors import RuleError
from app.kit.labels import _l, label
from app.kit.session import abandon_work
from app.registers import bringing
from app.security import gate
from app.security.locker import new_token

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200


def upload(view: Any) -> Any:
    """The form of a sheet; what was sent is tried and kept, and nothing is stored yet."""
    if not view.add_names:
        abort(404)
    if request.method == "GET":
        return _start(view)
    try:
        return redirect(url_for("EntrySheetView.preview", key=view.declared.key, token=_begin(view)))
    except RuleError as error:
        return _start(view, error), 422


def _start(view: Any, error: RuleError | None = None) -> str:
    heads = [label(view.model, name) for name in view.add_names]
    told = {"view": view, "heads": heads, "error": error, "back": view.url("list")}
    return str(view.render_template("registers/bring.html", **told))


def _begin(view: Any) -> str:
    """Read the sheet, try every row, keep what came of it."""
    sheet = request.files.get("file")
    content = sheet.stream.read() if sheet is not None else b""
    name = (sheet.filename if sheet is not None else "") or ""
    if not content:
        raise RuleError(_l("Choose the sheet to bring in."), field="file")
    uploads.sweep()
    abandon_work()  # the sheet is read while nobody waits for the database
    outcome = bringing.bring(view, reading.read_bytes(name, content), dry_run=True)
    token = new_token()
    uploads.put(token, "sheet", content)
    uploads.put_json(token, "state", {"owner": gate.user().id, "register": view.declared.key, "name": name[-120:]})
    uploads.put_json(token, "plan", told(outcome))
    return token


def told(outcome: Outcome) -> dict[str, Any]:
    """An outcome as the preview draws it."""
    rows = [
        {
            "sheet": row.sheet, "row": row.number, "state": row.state,
            "what": " · ".join(str(cell) for cell in row.cells.values() if cell not in (None, ""))[:120],
            "problems": [[problem.column, str(problem.reason)] for problem in row.problems],
        }
        for row in outcome.rows
    ]  # fmt: skip
    return {"new": outcome.new, "wrong": outcome.wrong, "written": outcome.written, "rows": rows}


def own(view: Any, token: str) -> dict[str, Any]:
    """The reader's own sheet of this register; 404 for anybody else's."""
    state = uploads.get_json(token, "state") or abort(404)
    if state.get("owner") != gate.user().id or state.get("register") != view.declared.key:
        abort(404)
    return dict(state)


def preview(view: Any, token: str) -> str:
    """New and wrong rows, each with its reason; after the work what came of it."""
    state, plan = own(view, token), uploads.get_json(token, "plan") or abort(404)
    rows = sorted(plan["rows"], key=lambda row: row["state"] != "wrong")
    return str(
        view.render_template(
            "registers/brought.html", view=view, state=state, plan=plan, rows=rows[:SHOWN], words=STATE_WORDS,
            tones=TONES, token=token, has_report=uploads.get(token, "wrong") is not None,
            list_url=view.url("list"), again=view.url("bring"),
        )
    )  # fmt: skip


def apply(view: Any, token: str) -> Response:
    """The good rows in, in one transaction; the wrong ones are kept as a sheet."""
    state, content = own(view, token), uploads.get(token, "sheet")
    if content is not None:
        outcome = bringing.bring(view, reading.read_bytes(state["name"], content), dry_run=False)
        if outcome.wrong:
            uploads.put(token, "wrong", report.wrong_rows(outcome))
        uploads.put_json(token, "plan", told(outcome))
        uploads.drop(token, "sheet")
    return redirect(url_for("EntrySheetView.preview", key=view.declared.key, token=token))


def wrong(view: Any, token: str) -> Response:
    """The wrong rows with their reasons."""
    own(view, token)
    content = uploads.get(token, "wrong") or abort(404)
    return send_file(io.BytesIO(content), mimetype=XLSX, as_attachment=True, download_name="wrong-rows.xlsx")
