"""The audit chain, sessions and failed logins; FAB's users and roles get their words here too."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from flask_appbuilder.models.sqla import Model
from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from app.kit.columns import Moment, choice, now, text, today
from app.kit.labels import _l
from app.kit.session import Record
from app.security import details, roles
from app.security.audit_words import ACTIONS, SUBJECTS

NAMES_HINT = _l("Names with spaces between, like units customers repairs.")
ADDED_HINT = _l("Of those: repairs, complaints, or nothing.")
TOKEN_STATES = {
    "asked": _l("Waits for the manager"),
    "approved": _l("Approved"),
    "refused": _l("Refused"),
    "revoked": _l("Revoked"),
}


_WRITTEN = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def canonical(value: Any) -> str:
    """The one way a value is written as JSON, so that a MAC over it is stable."""
    return _WRITTEN.encode(value)


class CanonicalJson(TypeDecorator[dict[str, Any]]):
    """A dict stored as its canonical JSON text; the chain is computed over exactly these characters."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Any) -> str:
        return canonical(value or {})

    def process_result_value(self, value: str | None, dialect: Any) -> dict[str, Any]:
        """Anything but a JSON object, which only tampering leaves behind, is shown as it is."""
        try:
            found = json.loads(value or "{}")
        except ValueError:
            found = value
        return found if isinstance(found, dict) else {"?": found}


class Described(property):
    """A property with a label, so that screens can show it like a column."""

    def __init__(self, label: Any, read: Callable[[Any], Any]) -> None:
        super().__init__(read)
        self.info = {"label": label}


class AuditLine(Model):
    """One thing somebody did. `id` counts without gaps; `mac` chains it to the line before (G5).

    The subject's site is `subject_site_id`, not `site_id`: lines are read by right, not by site.
    """

    __tablename__ = "audit_line"
    append_only = True
    __table_args__ = (
        Index("ix_audit_line_subject", "subject_type", "subject_id"),
        Index("ix_audit_line_user", "user_id", "at"),
        Index("ix_audit_line_action", "action", "at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info={"label": _l("No.")})
    at: Mapped[dt.datetime] = mapped_column(Moment, index=True, info={"label": _l("When")})
    user_id: Mapped[int | None] = mapped_column(Integer, info={"label": _l("User key")})
    username: Mapped[str] = text(128, _l("Who"))
    action: Mapped[str] = text(40, _l("What"), required=True, choices=ACTIONS)
    subject_type: Mapped[str] = text(60, _l("Kind of record"), choices=SUBJECTS)
    subject_id: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Record key")})
    subject_site_id: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Site key")})
    detail: Mapped[dict[str, Any]] = mapped_column(CanonicalJson, default=dict, info={"label": _l("Details")})
    ip: Mapped[str] = text(45, _l("From address"))
    previous_mac: Mapped[str] = text(64, _l("Seal of the line before"), required=True)
    mac: Mapped[str] = text(64, _l("Seal"), required=True)

    details = Described(_l("Details"), lambda self: details.as_words(self.subject_type, self.detail))

    @property
    def site_id(self) -> int | None:
        """For whoever only holds the line; not a column, so rows are not scoped by it."""
        return self.subject_site_id

    def __str__(self) -> str:
        return str(self.id)


class LoginSession(Model):
    """A session kept on the server. The cookie holds a random token; only its SHA-256 is stored (G8)."""

    __tablename__ = "login_session"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), index=True)
    data: Mapped[str] = mapped_column(Text, default="{}")
    created_at: Mapped[dt.datetime] = mapped_column(Moment, default=now)
    seen_at: Mapped[dt.datetime] = mapped_column(Moment, default=now, index=True)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class LoginFailure(Model):
    """Counted for every machine alike: failed logins of one account or address, and until when it is locked (G7);
    how often an address asked a public page.
    """

    __tablename__ = "login_failure"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(64))
    count: Mapped[int] = mapped_column(Integer, default=0)
    first_at: Mapped[dt.datetime] = mapped_column(Moment, default=now)
    locked_until: Mapped[dt.datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("uq_login_failure_kind_key", "kind", "key", unique=True),)


class Account(Model):
    """What FAB's user does not keep: whether the password is a one-time one, and its age."""

    __tablename__ = "account"
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), primary_key=True)
    must_change_password: Mapped[bool] = mapped_column(Boolean, default=False)
    password_changed_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class ApiToken(Record, Model):
    """What lets another program in: asked for by the administrator, approved by a manager, shown once (docs/API.md).

    The program acts as `acting`: rights and sites are that account's, as far as `reads` and `writes` name them.
    Only the SHA-256 of the token is stored. `roles` are the account's at the approval: with others it is worth nothing.
    """

    __tablename__ = "api_token"
    name: Mapped[str] = text(100, _l("Program"), required=True)
    purpose: Mapped[str] = text(300, _l("Purpose"), required=True)
    acting_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("Acts as")})
    reads: Mapped[str] = text(300, _l("May read"), required=True, hint=NAMES_HINT)
    writes: Mapped[str] = text(300, _l("May add"), hint=ADDED_HINT)
    expires_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Valid until")})
    state: Mapped[str] = choice(_l("State"), TOKEN_STATES, "asked", tones={"asked": "warn", "approved": "good"})
    roles: Mapped[str] = text(200, _l("Roles at the approval"))
    token_hash: Mapped[str] = mapped_column(String(64), default="", info={"label": _l("Token"), "hidden": True})
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Asked by")})
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Decided by")})
    decided_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Decided at")})
    last_used_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Last used")})
    revoked_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Revoked at")})
    reason: Mapped[str] = text(300, _l("Reason"))
    acting: Mapped[User] = relationship("User", foreign_keys=[acting_id], info={"label": _l("Acts as")})
    asked_by: Mapped[Any] = relationship("User", foreign_keys=[asked_by_id], info={"label": _l("Asked by")})
    decided_by: Mapped[Any] = relationship("User", foreign_keys=[decided_by_id], info={"label": _l("Decided by")})

    standing = Described(_l("State now"), lambda self: self.standing_word)
    roles_then = Described(_l("Roles at the approval"), lambda self: details.as_roles(self.roles))

    @property
    def is_expired(self) -> bool:
        """Its last day is over."""
        return today() > self.expires_on

    @property
    def standing_word(self) -> str:
        """The state as people read it; the calendar ends a token, nobody has to."""
        is_over = self.state in ("asked", "approved") and self.is_expired
        return str(_l("Expired") if is_over else TOKEN_STATES[self.state])

    def __str__(self) -> str:
        return self.name


class Setup(Model):
    """What `flask setup` wrote last: a digest of permissions, menus and roles."""

    __tablename__ = "setup_state"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))


WORDS: dict[type, dict[str, Any]] = {
    User: {
        "id": _l("Key"),
        "first_name": _l("First name"),
        "last_name": _l("Name"),
        "username": _l("User name"),
        "password": _l("Password"),
        "active": _l("May log in"),
        "email": _l("E-mail"),
        "last_login": _l("Last login"),
        "login_count": _l("Logins"),
        "fail_login_count": _l("Failed logins"),
        "created_on": _l("Created"),
        "changed_on": _l("Changed"),
        "roles": _l("Roles"),
    },
    Role: {"id": _l("Key"), "name": _l("Role"), "permissions": _l("Rights"), "user": _l("Users")},
}
HIDDEN = {("User", "password")}


def name_foreign_columns() -> None:
    """FAB's tables carry no words of their own: set them once, where every screen looks (law 5)."""
    for model, words in WORDS.items():
        mapper: Any = sa_inspect(model)
        for name, word in words.items():
            info = mapper.columns[name].info if name in mapper.columns else mapper.relationships[name].info
            info.setdefault("label", word)
            if (model.__name__, name) in HIDDEN:
                info["hidden"] = True
    sa_inspect(Role).columns["name"].info["choices"] = roles.ROLES


def _role_word(role: Role) -> str:
    return str(roles.ROLES.get(role.name, role.name))


def _person(user: User) -> str:
    return f"{user.first_name} {user.last_name}".strip()


name_foreign_columns()
Role.__str__, User.__str__ = _role_word, _person
