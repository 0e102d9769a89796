"""Declaring a register with the form: rows come and go, what is wrong is said beside the field it is in."""

from __future__ import annotations

from typing import Any

from app.kit.labels import _l
from app.registers.checking import Where, problems
from app.registers.declaration import Body
from app.registers.declaring import Misfit, path_of
from app.registers.form_fields import DeclarationForm
from app.registers.form_filling import fill
from app.registers.form_reading import body_of, is_empty


def of_body(body: Body, key: str, scheme: str = "") -> DeclarationForm:
    """The form of a declaration."""
    form = DeclarationForm(key)
    fill(form, body, scheme=scheme)
    return form


def of_sent(sent: Any, key: str) -> DeclarationForm:
    """The form as it was sent."""
    form = DeclarationForm(key)
    form.top.process(sent)
    for table in form.tables:
        table.read(sent)
    return form


def body_if_right(form: DeclarationForm) -> Body | None:
    """The declaration, or None where something is wrong: then that is said beside its field."""
    right = [each.validate() for each in form.forms() if each is form.top or not is_empty(each)]
    body = body_of(form)
    if not body["fields"]:
        form.top.form_errors.append(_l("A register has at least one field."))
    if not all(right) or is_wrong(form):
        return None
    for where, why in problems(body):
        say_wrong(form, where, why)
    return None if is_wrong(form) else body


def is_wrong(form: DeclarationForm) -> bool:
    return any(form.wrong()) or bool(form.top.form_errors)


def refused(form: DeclarationForm, error: Misfit) -> None:
    """What is refused when it is stored, beside its field."""
    say_wrong(form, error.where, error.message)


def say_wrong(form: DeclarationForm, where: Where, why: Any) -> None:
    """An error to the field that the path leads to; above the form where it shows no such field."""
    found = _at(form, where)
    if found is None:
        form.top.form_errors.append(_l("%(where)s: %(why)s", where=path_of(where), why=why))
    elif why not in found.errors:
        found.errors = [*found.errors, why]


def _at(form: DeclarationForm, where: Where) -> Any:
    steps = [*where, "", "", ""]
    table = next((each for each in form.tables if each.name == steps[0]), None)
    if table is None:
        return _in(form.top, steps[0], steps[1])
    if not isinstance(steps[1], int) or steps[1] >= len(table.forms):
        return None
    row = table.forms[steps[1]]
    return _in(row, steps[2], steps[3]) or _in(row, "key", "") or _in(row, "name", "") or _in(row, "label", "")


def _in(form: Any, name: Any, language: Any) -> Any:
    """The field of a name; of a name in three languages the one that is meant, or the first."""
    for found in (name, f"{name}_{language}", f"{name}_zh_Hans"):
        if found in form and form[found].type != "HiddenField":
            return form[found]
    return None
