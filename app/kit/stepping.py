"""Walking a record's moves from its page, and letting a masked value out for a reason."""

from __future__ import annotations

import unicodedata
from typing import Any

from flask import abort, flash, jsonify, redirect, request
from werkzeug.wrappers import Response

from app.kit import moves
from app.kit.errors import RuleError
from app.kit.guard import audit_write, gate
from app.kit.kinds import length, mapper_of
from app.kit.labels import _l, column_info
from app.kit.pages import Link
from app.kit.reading import read_day, read_number
from app.kit.refusals import REFUSALS, words
from app.kit.saving import home_of
from app.kit.session import attempt, db

LONGEST_ANSWER = 1000
LONGEST_REASON = 200
NUMBERS = {"hours", "days", "quantity", "pages"}


def links(view: Any, record: Any) -> list[Link]:
    """The moves this reader may make with the record now, as buttons."""
    return [
        Link(move.label, view.url("move", pk=record.id, name=move.name), "post", move.style, asks=move.asks)
        for move in moves.offered(view.moves, record, gate.may, gate.user())
    ]


def move(view: Any, pk: int, name: str) -> Response:
    """Make one move; a refusal is told on the record's page."""
    record = view.fetch(pk)
    step = next((each for each in view.moves if each.name == name), None) or abort(404)
    permission, verb = step.permission
    gate.demand(verb, permission)
    try:
        with attempt():
            said = {key: answer_of(view.model, key) for key, _label in step.asks}
            moves.walk(view.moves, record, name, by=gate.user(), write=audit_write, **said)
            db.session.flush()
    except REFUSALS as error:
        flash(words(error, view.model)[1], "danger")
    else:
        flash(_l("Done: %(what)s", what=step.label), "success")
    return redirect(home_of(view, record))


def answer_of(model: type, key: str) -> Any:
    """What was typed where the button asked: `*_on` is a date, counts are numbers, all else is text that fits."""
    typed = request.form.get(key, "").strip()
    try:
        if key.endswith("_on"):
            return read_day(typed) if typed else None
        if key in NUMBERS:
            return read_number(unicodedata.normalize("NFKC", typed)) if typed else None
    except ValueError as error:
        raise RuleError(error.args[0], field=key) from None
    longest = (length(model, key) if key in mapper_of(model).columns else None) or LONGEST_ANSWER
    if "\x00" in typed or len(typed) > longest:
        raise RuleError(_l("At most %(count)s characters.", count=longest), field=key)
    return typed


def reveal(view: Any, pk: int, column: str) -> Response:
    """The plain value of a masked column as JSON, for a reason; the line is committed before it leaves."""
    record = view.fetch(pk)
    if column not in view.shown_columns() or not column_info(view.model, column).get("mask"):
        abort(404)
    try:
        answer = jsonify(value=plain(record, column, request.form.get("reason", "").strip()))
    except RuleError as error:
        answer = jsonify(error=str(error))
        answer.status_code = 422
    answer.headers["Cache-Control"] = "no-store"
    return answer


def plain(record: Any, column: str, reason: str) -> str:
    """Ask the gate, with a reason it can keep."""
    if not reason or "\x00" in reason:
        raise RuleError(_l("Say why you need to see it."), field="reason")
    if len(reason) > LONGEST_REASON:
        raise RuleError(_l("At most %(count)s characters.", count=LONGEST_REASON), field="reason")
    value = gate.reveal(record, column, reason)
    if value is gate.SEALED:
        abort(403)
    return str(value)
