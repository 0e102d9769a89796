"""A form or a button is meant once: a second press of the same one answers what the first did, and writes nothing.

Every form that writes carries a random key. The first to claim it stores it with what it writes, in one transaction;
whoever comes later with the same key, at the same moment too, is sent to where the first was sent.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Integer, String, UniqueConstraint, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.columns import Moment, now
from app.kit.guard import gate
from app.kit.labels import _l
from app.kit.session import db

FIELD = "once"
KEPT = dt.timedelta(days=7)
KEY = re.compile(r"[A-Za-z0-9_.:-]{8,64}")


class OnceKey(Model):
    """A key that has been used, by whom, and the address that answered."""

    __tablename__ = "once_key"
    __table_args__ = (UniqueConstraint("user_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True, info={"label": _l("Key")})
    user_id: Mapped[int] = mapped_column(Integer, info={"label": _l("User key")})
    key: Mapped[str] = mapped_column(String(64), info={"label": _l("Key of the form")})
    url: Mapped[str] = mapped_column(String(500), default="", info={"label": _l("Address")})
    at: Mapped[dt.datetime] = mapped_column(Moment, default=now, info={"label": _l("When")})


def new() -> str:
    """A key for a form that is about to be drawn."""
    return secrets.token_urlsafe(18)


def replayed(key: str | None) -> str | None:
    """The address that answered this key before; None for a fresh key, or none."""
    if not _is_one(key):
        return None
    query = select(OnceKey.url).where(OnceKey.user_id == _user_id(), OnceKey.key == key)
    return db.session.scalar(query)


def claim(key: str | None) -> bool:
    """Use the key up in this transaction. An IntegrityError says that somebody was faster: then ask `replayed`."""
    if not _is_one(key):
        return False
    db.session.execute(delete(OnceKey).where(OnceKey.user_id == _user_id(), OnceKey.at < now() - KEPT))
    db.session.execute(insert(OnceKey).values(user_id=_user_id(), key=key, url="", at=now()))
    return True


def answered(key: str | None, url: str) -> None:
    """Keep where the first press was sent."""
    if _is_one(key):
        mine = (OnceKey.user_id == _user_id(), OnceKey.key == key)
        db.session.execute(update(OnceKey).where(*mine).values(url=url[:500]))


def keep(key: str | None, url: str) -> None:
    """Claim the key and say at once where it leads."""
    if claim(key):
        answered(key, url)


def _is_one(key: str | None) -> bool:
    return bool(key) and KEY.fullmatch(key or "") is not None


def _user_id() -> int:
    return int(getattr(gate.user(), "id", None) or 0)
