"""Declaring a register on screen: its text is tried before it counts, and what is wrong is said with its line."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from wtforms import HiddenField
from wtforms.form import BaseForm

from app.kit import once
from app.kit.errors import RuleError
from app.kit.fields import Filled, NotLonger, SourceField
from app.kit.labels import _l
from app.kit.session import attempt
from app.registers import declaring, known, overview
from app.registers.checking import parse
from app.registers.declaration import Declaration
from app.security import gate

LONGEST = 60_000


def form_of(text: str) -> BaseForm:
    """The form with a declaration's text in it."""
    field: Any = SourceField(_l("Declaration (YAML)"), [Filled(), NotLonger(LONGEST)])
    form = BaseForm({"text": field, once.FIELD: HiddenField()})
    form["text"].masked = ""
    form.process(request.form if request.method == "POST" else None, data={"text": text, once.FIELD: once.new()})
    return form


def declare(view: Any, text: str, key: str = "") -> Any:
    """Show the form; try what was typed, or store it. `key` is the register that gets a new version."""
    form = form_of(text)
    if request.method != "POST":
        return _drawn(view, form, key)
    if before := once.replayed(form[once.FIELD].data):
        return redirect(before)
    try:
        body = parse(form["text"].data or "") if form.validate() else None
        if body is None:
            return _drawn(view, form, key), 422
        _refuse_other(body, key)
        if request.form.get("how") == "try":
            return _drawn(view, form, key, Declaration(body))
        return redirect(_store(body, form))
    except RuleError as error:
        form["text"].errors = [*form["text"].errors, error.message]
        return _drawn(view, form, key), 422


def _refuse_other(body: dict[str, Any], key: str) -> None:
    """A new version is of the same register, and a new register is not one that is there."""
    if key and body["key"] != key:
        raise RuleError(_l("A register keeps its key: %(key)s.", key=key), field="text")
    if not key and known.find(body["key"]) is not None:
        raise RuleError(_l("There is a register %(key)s already.", key=body["key"]), field="text")


def _store(body: dict[str, Any], form: BaseForm) -> str:
    with attempt():
        once.claim(form[once.FIELD].data)
        found = declaring.declare(body, by=gate.user())
        url = url_for("RegisterView.show", key=found.key)
        once.answered(form[once.FIELD].data, url)
    flash(_l("Saved"), "success")
    return url


def _drawn(view: Any, form: BaseForm, key: str, tried: Declaration | None = None) -> str:
    back = url_for("RegisterView.show", key=key) if key else url_for("RegisterView.list")
    preview = overview.told(tried) if tried is not None else {}
    return str(view.render_template("registers/declare.html", form=form, key=key, back=back, **preview))


def withdraw(key: str) -> Any:
    """The button's work."""
    if known.find(key) is None:
        abort(404)
    declaring.withdraw(key, by=gate.user())
    flash(_l("Saved"), "success")
    return redirect(url_for("RegisterView.show", key=key))
