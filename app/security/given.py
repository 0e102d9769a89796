"""The rights that somebody's roles give: as FAB keeps them, or as a declaration that is data says."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from flask import current_app
from flask_appbuilder.security.sqla.models import (
    Permission,
    PermissionView,
    ViewMenu,
    assoc_permissionview_role,
    assoc_user_role,
)
from sqlalchemy import ScalarSelect, Select, bindparam, func, select

from app.kit.session import db
from app.security import sessions

# by the first word of a permission ("Register:meetings"): (user, verb, rest) -> may; handed in by create_app
declared: dict[str, Callable[[Any, str, str], bool]] = {}


def by_declaration(person: Any, verb: str, permission: str) -> bool | None:
    """What a declaration says of this permission; None where none speaks of it."""
    kind, colon, rest = permission.partition(":")
    if not colon or kind not in declared:
        return None
    return person is not None and declared[kind](person, verb, rest)


def rights_of(user_id: int) -> frozenset[tuple[str, str]]:
    """The (permission, view) pairs that a user's roles give.

    They come as one text: the same text gives the same set, which is made once and not at every request.
    """
    told = sessions.asked_along("rights", user_id)
    if told is None:
        told = db.session.scalar(_query(), {"user_key": user_id})
    return _as_pairs(told or "")


def rights_as_text(user_key: Any) -> ScalarSelect[Any]:
    """What a user's roles give, a line each: "can_list File"."""
    said = func.aggregate_strings(Permission.name + " " + ViewMenu.name, "\n")
    return (
        select(func.coalesce(said, ""))
        .select_from(assoc_user_role)
        .join(assoc_permissionview_role, assoc_permissionview_role.c.role_id == assoc_user_role.c.role_id)
        .join(PermissionView, PermissionView.id == assoc_permissionview_role.c.permission_view_id)
        .join(Permission, Permission.id == PermissionView.permission_id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .where(assoc_user_role.c.user_id == user_key)
        .scalar_subquery()
    )


def permission_of(model: type) -> str:
    """The permission name of the model's screen; the model's own name where it has none."""
    view = current_app.extensions.get("record_views", {}).get(model)
    return str(view.class_permission_name) if view is not None else model.__name__


@cache
def _query() -> Select[Any]:
    return select(rights_as_text(bindparam("user_key")))


@lru_cache(maxsize=256)
def _as_pairs(said: str) -> frozenset[tuple[str, str]]:
    pairs = (line.partition(" ") for line in said.splitlines())
    return frozenset((permission, view) for permission, _space, view in pairs)
