"""The forms of logging in, changing a password, and making the first administrator."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import PasswordField

from app.kit.errors import RuleError
from app.kit.fields import ChoiceField, Filled, NotLonger, TextField, TickField
from app.kit.labels import _l
from app.security import accounts, gate, roles

SIGNS = _l("Small letters, digits, dots, dashes")
HINT = _l("At least ten characters, and not one that many people use.")


class LoginForm(FlaskForm):
    username = TextField(_l("User name"), [Filled(), NotLonger(128)])
    password = PasswordField(_l("Password"), [Filled(), NotLonger(200)])


class PasswordForm(FlaskForm):
    current = PasswordField(_l("Current password"), [Filled(), NotLonger(200)])
    password = PasswordField(_l("New password"), [Filled(), NotLonger(200)], description=HINT)
    repeat = PasswordField(_l("New password again"), [Filled(), NotLonger(200)])

    def validate_repeat(self, field: Any) -> None:
        if field.data != self.password.data:
            raise ValueError(_l("The two are not the same."))


class FirstAdminForm(FlaskForm):
    code = TextField(_l("Code that the server printed"), [Filled(), NotLonger(40)])
    username = TextField(_l("User name"), [Filled(), NotLonger(64)])
    full_name = TextField(_l("Name"), [Filled(), NotLonger(60)])
    password = PasswordField(_l("New password"), [Filled(), NotLonger(200)], description=HINT)
    repeat = PasswordField(_l("New password again"), [Filled(), NotLonger(200)])

    def validate_repeat(self, field: Any) -> None:
        if field.data != self.password.data:
            raise ValueError(_l("The two are not the same."))


class NewUserForm(FlaskForm):
    username = TextField(_l("User name"), [Filled(), NotLonger(64)], description=SIGNS)
    full_name = TextField(_l("Name"), [Filled(), NotLonger(60)])
    role = ChoiceField(_l("Role"), [Filled()], words=[("", ""), *roles.ROLES.items()])


class UserForm(FlaskForm):
    full_name = TextField(_l("Name"), [Filled(), NotLonger(60)])
    role = ChoiceField(_l("Role"), [Filled()], words=roles.ROLES.items())
    active = TickField(_l("May log in"))


def say(form: FlaskForm, refusal: RuleError) -> Any:
    """Put a rule's refusal beside its field; what belongs to none is returned for the top of the page."""
    if refusal.field and refusal.field in form:
        field = form[refusal.field]
        field.errors = [*field.errors, refusal.message]
        return ""
    return refusal.message


def with_way_out(form: FlaskForm, refusal: RuleError) -> Any:
    """The same; who still holds something is led to handing it over (P1.20)."""
    words = say(form, refusal)
    if not isinstance(refusal, accounts.StillHoldsError) or not gate.may("add", "Clearance"):
        return words
    url = url_for("ClearanceView.of_user", user_id=refusal.user_id)
    return Markup('{} <a href="{}">{}</a>').format(words, url, _l("Hand everything over"))
