"""The eight people of the made-up tower, whom every start of a demo looks at."""

from __future__ import annotations

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from app.kit.session import db
from app.security import setup

CAST = {
    "clerk": ("林小满", "clerk"),
    "supervisor": ("周敏", "supervisor"),
    "manager": ("赵立群", "manager"),
    "director": ("郑国栋", "director"),
    "technician": ("祝安", "technician"),
    "archivist": ("何静", "archivist"),
    "auditor": ("孙明远", "auditor"),
    "admin": ("吴工", "admin"),
}


def make_people(password: str) -> dict[str, User]:
    """The eight demo accounts, all with one password."""
    return {
        name: setup.create_user(name, full_name=full_name, roles=[role], password=password, demo=True)
        for name, (full_name, role) in CAST.items()
    }


def set_passwords(password: str) -> None:
    """Give the demo accounts the password of the settings, where it is another."""
    query = select(User).where(User.username.in_(CAST)).order_by(User.id)
    setup.set_demo_passwords(db.session.scalars(query).all(), password)
