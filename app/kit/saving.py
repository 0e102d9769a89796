"""Storing what was typed: rules, the optimistic lock, and reasons beside fields; a refusal leaves nothing behind.

Nothing is flushed before a rule or we say so: a half-filled record must not meet the database's constraints,
and a rule that compares with what is stored must find it stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from flask import abort, flash, redirect, request
from flask_appbuilder.utils.base import get_safe_redirect, is_safe_redirect_url
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms.form import BaseForm

from app.kit import forms, once
from app.kit.cells import cell, name_of
from app.kit.declaring import groups_of
from app.kit.errors import StaleError
from app.kit.guard import audit_write, gate
from app.kit.kinds import has_kept_back, keys_of, relations
from app.kit.labels import _l, label
from app.kit.pages import Cell, FormPage
from app.kit.refusals import REFUSALS, STALE, STILL_USED, demand_filled, is_stale, tell, words
from app.kit.session import attempt, db

Answer = Response | tuple[str, int]
SILENT = {"version", "updated_at", "updated_by_id", "created_at", "created_by_id"}
WRONG = _l("Some fields need another look.")


def add(view: Any) -> Answer:
    """The form of a new record, and storing it."""
    form = forms.form_for(view, view.add_names)
    forms.fill_in(form, view, view.add_names, None, request.form if request.method == "POST" else None)
    if request.method != "POST":
        forms.prefill(form, view, view.add_names, request.args)
        forms.fill_known(form, view)
        return draw_add(view, form), 200
    if before := once.replayed(form[once.FIELD].data):
        return redirect(before)
    if not form.validate():
        return draw_add(view, form, WRONG), 422
    try:
        with attempt(), db.session.no_autoflush:
            once.claim(form[once.FIELD].data)
            record = store_new(view, form)
            answer = after_add(view, form, record)
            once.answered(form[once.FIELD].data, answer)
    except REFUSALS as error:
        if before := once.replayed(form[once.FIELD].data):
            return redirect(before)
        return draw_add(view, form, tell(form, error, view.model) or WRONG), 409 if is_stale(error) else 422
    flash(_l("Saved"), "success")
    return redirect(answer)


def after_add(view: Any, form: BaseForm, record: Any) -> str:
    """Where the desk goes on: back to where the form was opened, where the view says, or to the new record."""
    after = view.rule("after_add")
    return safe_next(form) or (after(record) if after else home_of(view, record))


def known_values(view: Any, asked: MultiDict[str, str]) -> dict[str, Any]:
    """What a form opened with these choices would know, as its fields say it: {name: [value, words]}."""
    form = forms.form_for(view, view.add_names)
    forms.fill_in(form, view, view.add_names, None, None)
    forms.prefill(form, view, view.add_names, asked)
    before = {name: form[name].data for name in view.add_names}
    forms.fill_known(form, view)
    filled = [name for name in view.add_names if form[name].data != before[name]]
    return {name: forms.typed_of(form[name]) for name in filled}


def store_new(view: Any, form: BaseForm) -> Any:
    """Make the record, let the rule look at it (it may answer another one), store it, write the line."""
    record, rule = view.model(), view.rule("on_add")
    forms.populate(form, view.add_names, record)
    db.session.add(record)
    made = (rule(record, by=gate.user()) if rule else None) or record
    if made is not record and record in db.session.new:
        db.session.expunge(record)
    demand_filled(made)
    db.session.add(made)
    db.session.flush()
    audit_write("add", made, {"columns": sorted(view.add_names)}, by=gate.user())
    return made


def is_locked(record: Any) -> bool:
    """What lies in a filed file is not changed: a grant is for reading."""
    return gate.is_sealed(record) or gate.is_filed(record)


def edit(view: Any, pk: int) -> Answer:
    """The form of a record, and storing what was changed; refused while the record lies in a filed file."""
    record = view.fetch(pk)
    if is_locked(record):
        abort(403)
    if has_kept_back(view.model):
        gate.note_read(record, "open")
    form = forms.form_for(view, view.edit_names, record)
    forms.fill_in(form, view, view.edit_names, record, request.form if request.method == "POST" else None)
    if request.method != "POST":
        form["next"].data = request.args.get("next", "")
        return draw_edit(view, form, record), 200
    if not form.validate():
        return draw_edit(view, form, record, WRONG), 422
    try:
        with attempt(), db.session.no_autoflush:
            store_changes(view, form, record)
    except REFUSALS as error:
        return refuse_edit(view, form, pk, error)
    flash(_l("Saved"), "success")
    return redirect(safe_next(form) or home_of(view, record))


def store_changes(view: Any, form: BaseForm, record: Any) -> None:
    """Set what was typed, let the rule look at it, store it, write the names of what changed."""
    if form["version"].data != str(record.version):
        raise StaleError(STALE)
    rule = view.rule("on_edit")
    forms.populate(form, view.edit_names, record)
    touched = set(changed(record))
    if rule:
        rule(record, by=gate.user())
    touched |= set(changed(record))
    demand_filled(record)
    db.session.flush()
    if touched:
        audit_write("edit", record, {"columns": sorted(touched)}, by=gate.user())


def changed(record: Any) -> Iterator[str]:
    """Names of columns and relations that differ from what is stored; a key is told by its relation's name."""
    state, model = sa_inspect(record), type(record)
    named = {key for name in relations(model) for key in keys_of(model, name)}
    for attribute in state.attrs:
        is_many = attribute.key in state.mapper.relationships and not keys_of(model, attribute.key)
        if attribute.key not in SILENT | named and not is_many and attribute.history.has_changes():
            yield attribute.key


def refuse_edit(view: Any, form: BaseForm, pk: int, error: Exception) -> Answer:
    """The form again with all that was typed; after a conflict with both values, and the lock renewed."""
    problem = tell(form, error, view.model) or WRONG
    db.session.expire_all()
    record = view.fetch(pk)
    if not is_stale(error):
        return draw_edit(view, form, record, problem), 422
    form["version"].data = str(record.version)
    return draw_edit(view, form, record, problem, list(conflict(view, form, record))), 409


def conflict(view: Any, form: BaseForm, record: Any) -> Iterator[tuple[Any, Cell, Cell]]:
    """(label, what is stored now, what was typed) where the two differ."""
    for name in view.edit_names:
        field, now = form[name], getattr(record, name)
        if (field.masked and not field.data) or field.data == now or (not field.data and not now):
            continue
        stored = cell(record, name)
        typed = Cell(field.data if stored.kind in ("flag", "money", "area") else forms.words_of(field), stored.kind)
        yield label(view.model, name), stored, typed if stored.kind not in ("masked", "link") else Cell(typed.value)


def delete(view: Any, pk: int) -> Response:
    """Take a record away, where nothing hangs on it."""
    record = view.fetch(pk)
    if is_locked(record):
        abort(403)
    try:
        with attempt():
            audit_write("delete", record, {}, by=gate.user())
            db.session.delete(record)
            db.session.flush()
    except REFUSALS as error:
        flash(STILL_USED if isinstance(error, IntegrityError) else words(error, view.model)[1], "danger")
        return redirect(home_of(view, record))
    flash(_l("Deleted"), "success")
    return redirect(safe_address(request.form.get("next", "")) or view.url("list"))


def draw_add(view: Any, form: BaseForm, problem: Any = "") -> str:
    known = view.url("known_values") if view.known is not None else ""
    return draw(view, form, view.titles.new, view.add_names, view.url("list"), problem, known_url=known)


def draw_edit(view: Any, form: BaseForm, record: Any, problem: Any = "", both: Sequence[Any] = ()) -> str:
    return draw(view, form, name_of(record), view.edit_names, home_of(view, record), problem, conflict=list(both))


def draw(view: Any, form: BaseForm, title: Any, names: Sequence[str], back: str, problem: Any, **more: Any) -> str:
    groups, cancel = groups_of(view, list(names)), safe_next(form) or back
    page = FormPage(title, form, groups, cancel, _l("Save"), problem, **more)
    return str(view.render_template("hudang/form.html", page=page))


def home_of(view: Any, record: Any) -> str:
    """The record's page; the list for those who may not open it."""
    if not gate.may("show", view.class_permission_name):
        return str(view.url("list"))
    return str(view.url("show", pk=record.id))


def safe_next(form: BaseForm) -> str:
    """Where the form was opened from, if that is an address of ours; else ""."""
    return safe_address(form["next"].data or "")


def safe_address(address: str) -> str:
    """`address` if it stays on this host, else "". Browsers read a backslash as a slash and drop tabs."""
    if not re.fullmatch(r"/(?![/\\])[^\\\x00-\x20\x7f]*", address) or not is_safe_redirect_url(address):
        return ""
    return str(get_safe_redirect(address))
