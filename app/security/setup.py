"""Bringing a database's accounts and rights to what this version says, and the first administrator."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from flask import Flask, current_app
from flask_appbuilder.models.sqla import Model
from flask_appbuilder.security.sqla.models import (
    Permission,
    PermissionView,
    Role,
    User,
    ViewMenu,
    assoc_permissionview_role,
)
from sqlalchemy import Table, delete, insert, select

from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import accounts, logins, passwords, roles
from app.security.models import Setup

Pair = tuple[str, str]
RIGHTS, DEMO = "rights", "demo_passwords"
nobody_yet = accounts.nobody_yet


def create_user(
    username: str, *, full_name: str, roles: Iterable[str], password: str, demo: bool = False, by: Any = None
) -> User:
    """A new account; the made-up tower's (`demo`) may have any password."""
    if not demo:
        passwords.check(password, username)
    return accounts.open_account(username, full_name, roles, password, by=by)


def set_demo_passwords(users: Sequence[User], password: str) -> None:
    """Give the demo accounts the password of the settings, where one has another.

    Looking at eight hashes takes a second: it is done again only once the password, the key or a hash has changed.
    """
    if _is_kept(DEMO, _seal(users, password)):
        return
    for user in users:
        set_demo_password(user, password)
    _keep(DEMO, _seal(users, password))


def _seal(users: Sequence[User], password: str) -> str:
    secret: str = current_app.config["SECRET_KEY"]
    said = json.dumps([password, *(user.password for user in users)])
    return hmac.digest(secret.encode(), said.encode(), "sha256").hex()


def set_demo_password(user: User, password: str) -> None:
    """Give a demo account the password of the settings, where it is another."""
    if not passwords.is_right(password, user.password):
        accounts.set_password(user, password)


# --- rights -------------------------------------------------------------------------------------------------


def sync_permissions(app: Flask) -> bool:
    """Permissions, menu and the eight roles exactly as `roles.py` says; quick when nothing has changed.

    FAB does this view by view at every start (6.6 s); here it is a handful of statements, once a version.
    """
    wanted = wanted_rights(app)
    digest = hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()
    if _is_kept(RIGHTS, digest):
        return False
    _write_rights({role: {(name, view) for name, view in pairs} for role, pairs in wanted.items()})
    _keep(RIGHTS, digest)
    return True


def _is_kept(key: str, digest: str) -> bool:
    """What is wanted is what was settled last."""
    state = db.session.get(Setup, key)
    return state is not None and state.value == digest


def _keep(key: str, digest: str) -> None:
    db.session.merge(Setup(key=key, value=digest))
    db.session.flush()


def wanted_rights(app: Flask) -> dict[str, list[Pair]]:
    """Every role's (permission, view) pairs, the menu entries that follow from them included."""
    menus = list(menu_entries(app))
    wanted = {}
    for role in roles.ROLES:
        pairs = set(roles.rights_of(role))
        pairs |= {("menu_access", name) for name, right in menus if right in pairs}
        wanted[role] = sorted(pairs)
    return wanted


def menu_entries(app: Flask) -> Iterator[tuple[str, Pair]]:
    """(menu name, the right that makes it visible): whoever may open an entry's first page sees it."""
    for category in app.extensions["appbuilder"].menu.get_list():
        for item in [category, *category.childs]:
            view = item.baseview
            if view is not None:
                right = (f"can_{view.default_view}", view.class_permission_name)
                yield item.name, right
                if item is not category:
                    yield category.name, right


def _write_rights(wanted: dict[str, set[Pair]]) -> None:
    every = set().union(*wanted.values())
    permissions = _keys_by_name(Permission.__table__, {name for name, _view in every})
    views = _keys_by_name(ViewMenu.__table__, {view for _name, view in every})
    named = _keys_by_name(Role.__table__, set(wanted))
    pairs = _keys_of_pairs({(permissions[name], views[view]) for name, view in every})
    link = assoc_permissionview_role
    db.session.execute(delete(link).where(link.c.role_id.in_(named.values())))
    rows = [
        {"role_id": named[role], "permission_view_id": pairs[permissions[name], views[view]]}
        for role, rights in wanted.items()
        for name, view in sorted(rights)
    ]
    db.session.execute(insert(link), rows)
    db.session.expire_all()


def _keys_by_name(table: Any, names: set[str]) -> dict[str, int]:
    """Keys by name; what is missing is added."""
    known = dict(db.session.execute(select(table.c.name, table.c.id)).all())
    missing = [{"name": name} for name in sorted(names - set(known))]
    if missing:
        db.session.execute(insert(table), missing)
        known = dict(db.session.execute(select(table.c.name, table.c.id)).all())
    return known


def _keys_of_pairs(wanted: set[tuple[int, int]]) -> dict[tuple[int, int], int]:
    table: Table = Model.metadata.tables[PermissionView.__tablename__]
    query = select(table.c.permission_id, table.c.view_menu_id, table.c.id)
    known = {(name, view): key for name, view, key in db.session.execute(query)}
    missing = [{"permission_id": name, "view_menu_id": view} for name, view in sorted(wanted - set(known))]
    if missing:
        db.session.execute(insert(table), missing)
        known = {(name, view): key for name, view, key in db.session.execute(query)}
    return known


# --- the first administrator --------------------------------------------------------------------------------


def first_admin_code() -> str:
    """What the server prints at its start while there is no account: drawn from SECRET_KEY, so all workers agree."""
    secret: str = current_app.config["SECRET_KEY"]
    drawn = hmac.digest(secret.encode(), b"first administrator", "sha256")
    plain = base64.b32encode(drawn).decode()[:16]
    return "-".join(plain[start : start + 4] for start in range(0, 16, 4))


def first_admin(code: str, username: str, full_name: str, password: str, address: str = "") -> User:
    """The first account, an administrator; only while there is none, and only with the printed code."""
    if not nobody_yet():
        raise RuleError(_l("There are accounts already."))
    if logins.is_locked(RIGHTS, address):
        raise RuleError(logins.LOCKED)
    if not hmac.compare_digest(code.strip().upper().encode(), first_admin_code().encode()):
        logins.note_failure(RIGHTS, address, None)
        raise RuleError(_l("This is not the code that the server printed when it started."), field="code")
    return create_user(username, full_name=full_name, roles=["admin"], password=password)


def first_admin_from(typed: Mapping[str, str], address: str) -> User:
    """The same, from what was typed into the form."""
    return first_admin(typed["code"], typed["username"], typed["full_name"], typed["password"], address)
