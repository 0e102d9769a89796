"""Declaring a register on screen, as a form or as text: tried before it counts, what is wrong said where it stands."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from wtforms import HiddenField
from wtforms.form import BaseForm

from app.archive import access
from app.kit import once
from app.kit.errors import RuleError
from app.kit.fields import Filled, NotLonger, SourceField
from app.kit.labels import _l
from app.kit.session import attempt
from app.registers import declaring, form_page, known, overview
from app.registers.checking import parse
from app.registers.declaration import Body, Declaration
from app.registers.form_fields import DeclarationForm
from app.security import gate

LONGEST = 60_000


def declare(view: Any, text: str, key: str = "") -> Any:
    """Show the form; try what was typed, or store it. `key` is the register that gets a new version."""
    if request.method != "POST":
        as_text = request.args.get("as") == "text"
        return _text(view, text_form(text), key) if as_text else _form(view, _fresh(parse(text), key), key)
    return _text_sent(view, text, key) if "text" in request.form else _form_sent(view, key)


def _fresh(body: Body, key: str) -> DeclarationForm:
    """The form at first; for a scheme's extra fields it begins with what those are."""
    scheme = request.args.get("scheme", "")
    if scheme and not key:
        body = {**body, "bound": "file", "single": True, "states": [], "moves": []}
        body = {name: value for name, value in body.items() if name not in ("number", "list", "due") and value != []}
    return form_page.of_body(body, key, scheme)


def text_form(text: str) -> BaseForm:
    """The form with a declaration's text in it."""
    field: Any = SourceField(_l("Declaration (YAML)"), [Filled(), NotLonger(LONGEST)])
    form = BaseForm({"text": field, once.FIELD: HiddenField()})
    form["text"].masked = ""
    sent = request.form if request.method == "POST" and "text" in request.form else None
    form.process(sent, data={"text": text, once.FIELD: once.new()})
    return form


def _form_sent(view: Any, key: str) -> Any:
    """A row's button, the other tab, a try, or the real thing."""
    form, how = form_page.of_sent(request.form, key), request.form.get("how", "")
    if any(table.act(how) for table in form.tables):
        return _form(view, form, key)
    if how == "to_text":
        return _text(view, text_form(overview.text_of(form_page.body_of(form))), key)
    if before := once.replayed(form.top[once.FIELD].data):
        return redirect(before)
    body = form_page.body_if_right(form)
    try:
        if body is None:
            return _form(view, form, key), 422
        _refuse_other(body, key)
        if how == "try":
            return _form(view, form, key, Declaration(body))
        return redirect(_store(body, form.top, _scheme(form.top["scheme"].data if "scheme" in form.top else "")))
    except declaring.Misfit as error:
        form_page.refused(form, error)
    return _form(view, form, key), 422


def _text_sent(view: Any, text: str, key: str) -> Any:
    form, how = text_form(text), request.form.get("how", "")
    if before := once.replayed(form[once.FIELD].data):
        return redirect(before)
    try:
        body = parse(form["text"].data or "") if form.validate() else None
        if body is None:
            return _text(view, form, key), 422
        _refuse_other(body, key)
        if how == "to_form":
            return _form(view, form_page.of_body(body, key, request.args.get("scheme", "")), key)
        if how == "try":
            return _text(view, form, key, Declaration(body))
        return redirect(_store(body, form, _scheme(request.args.get("scheme", ""))))
    except RuleError as error:
        form["text"].errors = [*form["text"].errors, error.message]
        return _text(view, form, key), 422


def _refuse_other(body: Body, key: str) -> None:
    """A new version is of the same register, and a new register is not one that is there."""
    if key and body["key"] != key:
        raise declaring.Misfit(_l("A register keeps its key: %(key)s.", key=key), ("key",))
    if not key and known.find(body["key"]) is not None:
        raise declaring.Misfit(_l("There is a register %(key)s already.", key=body["key"]), ("key",))


def _scheme(key: str | None) -> str:
    return key if key and key in dict(access.scheme_words()) else ""


def _store(body: Body, form: BaseForm, scheme: str = "") -> str:
    with attempt():
        once.claim(form[once.FIELD].data)
        found = declaring.declare(body, scheme_key=scheme, by=gate.user())
        url = url_for("RegisterView.show", key=found.key)
        once.answered(form[once.FIELD].data, url)
    flash(_l("Saved"), "success")
    return url


def _form(view: Any, form: DeclarationForm, key: str, tried: Declaration | None = None) -> str:
    return _drawn(view, "registers/declare_form.html", form, key, tried)


def _text(view: Any, form: BaseForm, key: str, tried: Declaration | None = None) -> str:
    return _drawn(view, "registers/declare.html", form, key, tried)


def _drawn(view: Any, page: str, form: Any, key: str, tried: Declaration | None) -> str:
    back = url_for("RegisterView.show", key=key) if key else url_for("RegisterView.list")
    preview = overview.told(tried) if tried is not None else {}
    return str(view.render_template(page, form=form, key=key, back=back, **preview))


def withdraw(key: str) -> Any:
    """The button's work."""
    if known.find(key) is None:
        abort(404)
    declaring.withdraw(key, by=gate.user())
    flash(_l("Saved"), "success")
    return redirect(url_for("RegisterView.show", key=key))
