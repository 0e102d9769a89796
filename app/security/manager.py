"""FAB's security manager as we use it: its tables, our rights, sessions and hashes, and none of its screens."""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, g, session
from flask_appbuilder.security.sqla.manager import SecurityManager
from flask_appbuilder.security.sqla.models import User
from flask_login import AnonymousUserMixin, LoginManager
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.kit.session import db
from app.security import bearer, gate


class HudangSecurityManager(SecurityManager):
    """Answers FAB's questions from the gate.

    FAB asks the database for every button and menu entry; the gate reads a user's rights once a request.
    """

    def __init__(self, appbuilder: Any) -> None:
        super().__init__(appbuilder)
        _keep_fabs_views_out(appbuilder)

    def register_views(self) -> None:
        """None of FAB's: its user screens, registration and password pages write on GET and ask for nothing."""

    def create_login_manager(self, app: Flask) -> LoginManager:
        """Known to Flask-Login for `current_user` only; its cookies are not used."""
        manager = LoginManager()
        app.login_manager = manager  # type: ignore[attr-defined]
        return manager

    def create_jwt_manager(self, app: Flask) -> Any:
        """FAB's bearer tokens are not used; ours are in `bearer`."""
        return None

    def has_access(self, permission_name: str, view_name: str) -> bool:
        """Asked by `@has_access`. A visitor is sent to the log-in page (401), a person refused (403)."""
        gate.demand(permission_name.removeprefix("can_"), view_name)
        return True

    def is_item_public(self, permission_name: str, view_name: str) -> bool:
        """Nothing is: public pages do not ask."""
        return False

    def get_user_menu_access(self, menu_names: list[str] | None = None) -> set[str]:
        return {name for name in menu_names or [] if gate.may("menu_access", name)}

    @staticmethod
    def before_request() -> None:
        """Who this request is from, by the session on the server."""
        if getattr(session, "broken", False):
            abort(503)
        user_id = getattr(session, "user_id", None)
        if bearer.is_wanted():
            g.user = bearer.user()
        else:
            g.user = getattr(session, "user", None) or (_load(user_id) if user_id is not None else None)
        g._login_user = g.user or AnonymousUserMixin()


def _load(user_id: int) -> User | None:
    """The user and their roles in one statement."""
    query = select(User).where(User.id == user_id, User.active.is_(True)).options(joinedload(User.roles))
    return db.session.scalars(query).unique().first()


def _keep_fabs_views_out(appbuilder: Any) -> None:
    """FAB adds its language and "back" pages, which write on GET, whatever the settings say."""
    add = appbuilder.add_view_no_menu

    def add_ours(view: Any, *args: Any, **kwargs: Any) -> Any:
        kind = view if isinstance(view, type) else type(view)
        if kind.__module__.startswith("flask_appbuilder."):
            return view
        return add(view, *args, **kwargs)

    appbuilder.add_view_no_menu = add_ours
