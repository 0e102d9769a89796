"""Who may be sent to a repair."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.estate.models import SiteUser
from app.kit.session import db
from app.repairs.models import Repair
from app.security import roles


def technicians(site_id: int) -> list[User]:
    """The people of a site whose role takes repairs, by name."""
    query = (
        select(User)
        .join(SiteUser, SiteUser.user_id == User.id)
        .where(SiteUser.site_id == site_id, User.active)
        .order_by(User.last_name, User.id)
        .options(selectinload(User.roles))
    )
    return [user for user in db.session.scalars(query) if takes_repairs(user)]


def takes_repairs(user: User) -> bool:
    return any(role.name in roles.TABLE and roles.may(role.name, "accept", "Repair") for role in user.roles)


def choices(repair: Repair | None) -> list[tuple[str, Any]]:
    """(key, name) of those who can be sent to `repair`."""
    return [(str(user.id), user) for user in technicians(repair.site_id)] if repair is not None else []
