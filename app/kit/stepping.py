"""Walking a record's moves from its page, and letting a masked value out for a reason."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, jsonify, redirect, request
from werkzeug.wrappers import Response
from wtforms.form import BaseForm

from app.kit import asking, moves, once
from app.kit.cells import name_of
from app.kit.errors import RuleError
from app.kit.guard import audit_write, gate
from app.kit.labels import _l, column_info
from app.kit.moves import Move
from app.kit.pages import FormPage, Link
from app.kit.refusals import REFUSALS, tell, words
from app.kit.saving import WRONG, Answer, home_of
from app.kit.session import attempt, db

LONGEST_REASON = 200


def links(view: Any, record: Any) -> list[Link]:
    """The moves this reader may make with the record now, as buttons."""
    return [link(view, record, step) for step in moves.offered(view.moves, record, gate.may, gate.user())]


def link(view: Any, record: Any, step: Move) -> Link:
    """One step as a button, with the form of what it asks."""
    form = asking.form_of(view, step, prefix=f"{step.name}-") if step.asks else None
    url = view.url("move", pk=record.id, name=step.name)
    return Link(step.label, url, "post", step.style, asks=step.asks, form=form)


def move(view: Any, pk: int, name: str) -> Answer:
    """Make one move; a refusal is told on the record's page, or beside the fields of what was asked."""
    record = view.fetch(pk)
    step = next((each for each in view.moves if each.name == name), None) or abort(404)
    permission, verb = step.permission
    gate.demand(verb, permission)
    form = asking.form_of(view, step, request.form)
    if before := once.replayed(form[once.FIELD].data):
        return redirect(before)
    if not form.validate():
        return ask_again(view, step, record, form, WRONG)
    try:
        with attempt():
            once.claim(form[once.FIELD].data)
            moves.walk(view.moves, record, name, by=gate.user(), write=audit_write, **asking.answers(form, step))
            db.session.flush()
            once.answered(form[once.FIELD].data, home_of(view, record))
    except REFUSALS as error:
        return refuse(view, pk, step, form, error)
    flash(_l("Done: %(what)s", what=step.label), "success")
    return redirect(home_of(view, record))


def refuse(view: Any, pk: int, step: Move, form: BaseForm, error: Exception) -> Answer:
    """Somebody pressed the same button before: their answer. Else the reason, and what was typed is kept."""
    if before := once.replayed(form[once.FIELD].data):
        return redirect(before)
    record = view.fetch(pk)
    if step.asks and record.state in step.source:
        return ask_again(view, step, record, form, tell(form, error, view.model) or WRONG)
    flash(words(error, view.model)[1], "danger")
    return redirect(home_of(view, record))


def ask_again(view: Any, step: Move, record: Any, form: BaseForm, problem: Any) -> Answer:
    """What the step asks as a page of its own, with what was typed and what is wrong with it."""
    page = FormPage(
        title=f"{name_of(record)} · {step.label}",
        form=form,
        groups=[(step.label, step.asked)],
        cancel_url=home_of(view, record),
        submit_label=step.label,
        problem=problem,
    )
    return str(view.render_template("hudang/form.html", page=page)), 422


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
