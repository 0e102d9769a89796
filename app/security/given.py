"""The rights that somebody's roles give: as FAB keeps them, or as a declaration that is data says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_appbuilder.security.sqla.models import (
    Permission,
    PermissionView,
    ViewMenu,
    assoc_permissionview_role,
    assoc_user_role,
)
from sqlalchemy import select

from app.kit.session import db

# by the first word of a permission ("Register:meetings"): (user, verb, rest) -> may; handed in by create_app
declared: dict[str, Callable[[Any, str, str], bool]] = {}


def by_declaration(person: Any, verb: str, permission: str) -> bool | None:
    """What a declaration says of this permission; None where none speaks of it."""
    kind, colon, rest = permission.partition(":")
    if not colon or kind not in declared:
        return None
    return person is not None and declared[kind](person, verb, rest)


def rights_of(user_id: int) -> frozenset[tuple[str, str]]:
    """The (permission, view) pairs that a user's roles give."""
    query = (
        select(Permission.name, ViewMenu.name)
        .join(PermissionView, PermissionView.permission_id == Permission.id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .join(assoc_permissionview_role, assoc_permissionview_role.c.permission_view_id == PermissionView.id)
        .join(assoc_user_role, assoc_user_role.c.role_id == assoc_permissionview_role.c.role_id)
        .where(assoc_user_role.c.user_id == user_id)
    )
    return frozenset((str(permission), str(view)) for permission, view in db.session.execute(query))
