"""Workbooks of a great many rows: prepared as long work with a bar, kept encrypted for a day for who ordered them.

A workbook is there whole before its first byte can be sent, and a browser does not wait that long. CSV is sent row by
row, however many there are.
"""

from __future__ import annotations

import json
from typing import Any

from flask import current_app, url_for
from sqlalchemy import func, literal, select
from werkzeug.datastructures import MultiDict

from app.jobs import rules as jobs
from app.kit.errors import RuleError
from app.kit.exports import file_name, parts
from app.kit.filters import Asked
from app.kit.labels import _l
from app.kit.session import db
from app.security import crypto, gate
from app.security.locker import Locker

MOST_AT_ONCE = 20_000
KIND = "export"
ready = Locker("exports")


def later(asked: Asked, ending: str) -> str | None:
    """The page that offers the work, for a workbook of more rows than one waits for."""
    if ending != "xlsx" or view_called(name_of(asked.view)) is not asked.view or not is_long(asked):
        return None
    args: dict[str, Any] = dict(asked.args)
    return url_for("ExportView.order", name=name_of(asked.view), **args)


def is_long(asked: Asked) -> bool:
    beyond = asked.query().with_only_columns(literal(1)).order_by(None).offset(MOST_AT_ONCE).limit(1)
    return db.session.scalar(beyond) is not None


def name_of(view: Any) -> str:
    return str(view.route_base).strip("/")


def view_called(name: str) -> Any:
    views = current_app.extensions["record_views"].values()
    return next((view for view in views if name_of(view) == name), None)


def order(view: Any, args: MultiDict[str, str]) -> int:
    """Have the workbook prepared; answers the job. What was searched for is kept encrypted."""
    asked = Asked.read(view, args)
    sealed = crypto.encrypt("export.args", json.dumps(asked.args, ensure_ascii=False))
    return jobs.start(KIND, gate.user(), {"view": name_of(view), "args": sealed}).id


def run(job: Any, progress: jobs.Progress) -> dict[str, Any]:
    """The job: it reads only, so nobody waits for it."""
    view = view_called(job.payload["view"])
    if view is None or not gate.may("export", view.class_permission_name):
        raise RuleError(_l("Your role no longer includes this work."))
    asked = Asked.read(view, MultiDict(json.loads(crypto.decrypt("export.args", job.payload["args"]))))
    total = int(db.session.scalar(select(func.count()).select_from(asked.query().order_by(None).subquery())) or 0)
    blocks = parts(asked, "xlsx", lambda done: progress(done, total))
    token = ready.keep(blocks, file_name(asked, "xlsx"), ("export", view.class_permission_name))
    gate.note_read(view.model, "export")
    progress(total, total)
    return {"url": f"/exports/{token}"}
