"""Logging in, passwords, users, roles and the audit as people see them."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.security.decorators import permission_name
from flask_appbuilder.security.sqla.models import User

from app.kit import listing, showing, stepping
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.security import accounts, audit, entry, gate, logins, overview, sessions, setup, token_page, tokens
from app.security.models import ApiToken, AuditLine
from app.security.refusals import safe_next


class LoginView(BaseView):
    """Coming in and going out; before there is any account, making the first one."""

    route_base = ""
    class_permission_name = "Login"
    default_view = "login"

    @expose("/login", methods=["GET", "POST"])
    def login(self) -> Any:
        """The same answer for a wrong name and a wrong password."""
        home = safe_next(request.args.get("next")) or "/"
        if gate.user() is not None:
            return redirect(home)
        if request.method == "GET" and setup.nobody_yet():
            return redirect(url_for("LoginView.first_admin"))
        form, problem = entry.LoginForm(), ""
        if form.validate_on_submit():
            try:
                user = logins.check(form.username.data, form.password.data, request.remote_addr or "")
            except RuleError as refusal:
                problem = refusal.message
            else:
                sessions.log_in(user)
                return redirect(home)
        page = self.render_template("hudang/login.html", form=form, problem=problem)
        return page, 401 if problem else 422 if form.errors else 200

    @expose("/logout", methods=["POST"])
    def logout(self) -> Any:
        if gate.user() is not None:
            audit.write("log_out", gate.user(), {})
        sessions.log_out()
        return redirect(url_for("LoginView.login"))

    @expose("/setup", methods=["GET", "POST"])
    def first_admin(self) -> Any:
        """Gone as soon as there is one account; needs the code that the server printed."""
        if not setup.nobody_yet():
            abort(404)
        form, problem = entry.FirstAdminForm(), ""
        if form.validate_on_submit():
            try:
                user = setup.first_admin_from(form.data, request.remote_addr or "")
            except RuleError as refusal:
                problem = entry.say(form, refusal)
            else:
                sessions.log_in(user)
                return redirect("/")
        page = self.render_template("hudang/first_admin.html", form=form, problem=problem)
        return page, 422 if form.errors or problem else 200


class PasswordView(BaseView):
    """Everybody's own password."""

    route_base = "/password"
    class_permission_name = "Password"
    default_view = "change"

    @expose("/", methods=["GET", "POST"])
    @has_access
    def change(self) -> Any:
        """Asks for the current one; all other sessions of this person end."""
        form, problem = entry.PasswordForm(), ""
        if form.validate_on_submit():
            try:
                accounts.change_own_password(gate.user(), form.current.data, form.password.data)
            except RuleError as refusal:
                problem = entry.say(form, refusal)
            else:
                sessions.log_in(gate.user())
                flash(_l("Your password is changed."), "success")
                return redirect("/")
        page = self.render_template("hudang/password.html", form=form, problem=problem)
        return page, 422 if form.errors or problem else 200


class UserView(RecordView):
    """Who may log in, and as what."""

    datamodel = SQLAInterface(User)
    class_permission_name = "User"
    route_base = "/users"
    titles = Titles(one=_l("User"), many=_l("Users"), new=_l("New user"))
    list_columns = ["username", "last_name", "roles", "active", "last_login"]
    search_columns = ["username", "last_name", "active"]
    order_columns = ["username"]
    base_order = ("username", "asc")
    fieldsets = [(_l("User"), ["username", "last_name", "roles", "active", "last_login", "login_count"])]
    add_columns = edit_columns = []

    @expose("/")
    @has_access
    def list(self) -> Any:
        page = listing.list_page(self, request.args)
        page.links = overview.new_user_links()
        return self.render_template("hudang/list.html", page=page)

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        user = self.fetch(pk)
        page = showing.show_page(self, user)
        page.links = overview.user_links(user)
        return self.render_template("hudang/show.html", page=page)

    @expose("/new", methods=["GET", "POST"])
    @has_access
    @permission_name("add")
    def open_account(self) -> Any:
        """A new account with a one-time password, which is shown once."""
        form = entry.NewUserForm()
        return overview.filled_in(self, form, self.titles.new, lambda: overview.open_account(form))

    @expose("/<int:pk>/change", methods=["GET", "POST"])
    @has_access
    @permission_name("edit")
    def change(self, pk: int) -> Any:
        """Name, role, and whether the person may log in; a change ends their sessions."""
        user = self.fetch(pk)
        form = entry.UserForm(data=overview.as_typed(user))
        return overview.filled_in(self, form, user, lambda: overview.change_account(user, form))

    @expose("/<int:pk>/unlock", methods=["POST"])
    @has_access
    def unlock(self, pk: int) -> Any:
        accounts.unlock(self.fetch(pk), by=gate.user())
        flash(_l("The account is unlocked."), "success")
        return redirect(self.url("show", pk=pk))

    @expose("/<int:pk>/new-password", methods=["POST"])
    @has_access
    def new_password(self, pk: int) -> Any:
        user = self.fetch(pk)
        overview.tell_once(user, accounts.give_one_time_password(user, by=gate.user()))
        return redirect(self.url("show", pk=pk))


class RoleView(BaseView):
    """What each role may do: read only, the table is part of the program."""

    route_base = "/roles"
    class_permission_name = "Role"
    default_view = "list"

    @expose("/")
    @has_access
    def list(self) -> Any:
        return self.render_template("hudang/list.html", page=overview.role_list())

    @expose("/<name>")
    @has_access
    def show(self, name: str) -> Any:
        return self.render_template("hudang/show.html", page=overview.role_page(name) or abort(404))


class AuditLineView(RecordView):
    """The audit: who did what, when, to what, from where. Nothing here can be changed."""

    datamodel = SQLAInterface(AuditLine)
    class_permission_name = "AuditLine"
    route_base = "/audit"
    titles = Titles(one=_l("Audit line"), many=_l("Audit"), new=_l("Audit line"))
    list_columns = ["at", "username", "action", "subject_type", "subject_id", "details", "ip"]
    search_columns = ["at", "username", "action", "subject_type", "subject_id"]
    order_columns = ["at"]
    base_order = ("id", "desc")
    fieldsets = [
        (_l("What happened"), ["id", "at", "username", "action", "subject_type", "subject_id", "details", "ip"]),
        (_l("Seal"), ["previous_mac", "mac"]),
    ]
    add_columns = edit_columns = []


class ApiTokenView(RecordView):
    """Which other programs are let in: asked for, approved, revoked; never amended."""

    datamodel = SQLAInterface(ApiToken)
    class_permission_name = "ApiToken"
    route_base = "/api-tokens"
    titles = Titles(one=_l("Program's access"), many=_l("Programs"), new=_l("Let a program in"))
    list_columns = ["name", "acting", "reads", "writes", "standing", "expires_on", "last_used_at"]
    search_columns = ["name", "state", "expires_on"]
    order_columns = ["name", "expires_on", "last_used_at"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Program"), ["name", "purpose", "acting", "reads", "writes", "expires_on"])]
    show_fieldsets = [
        (_l("Program"), ["name", "purpose", "acting", "reads", "writes", "expires_on", "standing", "last_used_at"]),
        (_l("Decision"), ["asked_by", "decided_by", "decided_at", "roles_then", "revoked_at", "reason"]),
    ]
    edit_columns = []
    on_add = tokens.ask
    moves = tokens.MOVES

    @expose("/<int:pk>/move/<name>", methods=["POST"])
    @has_access
    @permission_name("show")
    def move(self, pk: int, name: str) -> Any:
        """An approval answers with the token instead of going back to the page."""
        return token_page.approve(self, pk) if name == "approve" else stepping.move(self, pk, name)
