"""Who may be sent to a repair."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import ColumnElement, Select, select

from app.estate.models import SiteUser
from app.kit.session import db
from app.security import gate, roles


def crew(query: Select[Any]) -> Select[Any]:
    """Of a query for users those who take repairs at one of the reader's sites."""
    return taking(query).where(works_at(gate.site_ids()))


def taking(query: Select[Any]) -> Select[Any]:
    """Of a query for users those whose role takes repairs."""
    names = [name for name in roles.TABLE if roles.may(name, "accept", "Repair")]
    return query.where(User.active, User.roles.any(Role.name.in_(names)))


def works_at(sites: list[int]) -> ColumnElement[bool]:
    return User.id.in_(select(SiteUser.user_id).where(SiteUser.site_id.in_(sites)))


def technicians(site_id: int) -> list[User]:
    """The people of a site whose role takes repairs, by name."""
    query = taking(select(User)).where(works_at([site_id])).order_by(User.last_name, User.id)
    return list(db.session.scalars(query))


def takes_repairs(user: User) -> bool:
    return any(role.name in roles.TABLE and roles.may(role.name, "accept", "Repair") for role in user.roles)
