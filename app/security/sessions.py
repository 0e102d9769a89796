"""Sessions kept on the server: the cookie is a random token, everything else lies in `login_session` (G8).

A session ends at log-out, after SESSION_IDLE_MINUTES without a request, after SESSION_HOURS in all, when its
user is deactivated, and, all of a user's at once, when their password or roles change.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from flask import session as flask_session
from flask.sessions import SessionInterface, SessionMixin
from flask.wrappers import Request, Response
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, delete, event, insert, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, joinedload
from werkzeug.datastructures import CallbackDict
from werkzeug.exceptions import HTTPException

from app.kit.columns import now
from app.kit.session import SAFE_METHODS, abandon_work, db, finish_work
from app.security import actor
from app.security.models import Account, LoginSession

TOUCH_EVERY = dt.timedelta(seconds=60)
WITHOUT_SESSION = ("/static/", "/favicon.ico", "/healthz", "/api/")
YET_WITH_ONE = "/api/v1/openapi.json"  # people read it too
KEPT_AT_LOGIN = ("language",)
OF_ONE_REQUEST = ("user", "writing", "csrf_token", "csrf_masked", "csrf_valid", "_login_user")
log = logging.getLogger(__name__)
# What rooms above want to know at every request, asked in the statement that finds the session: by name, a scalar
# subquery made from the column of the user's key. `asked_along` gives the answer out, once; create_app() lists them.
along: dict[str, Callable[[Any], ScalarSelect[Any]]] = {}


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """What is stored for one browser. `row` is its key in `login_session`, None while nothing is stored."""

    def __init__(self, found: Any = None) -> None:
        def on_update(_self: Any) -> None:
            self.modified = True

        super().__init__(json.loads(found.data) if found is not None else {}, on_update)
        self.modified = self.is_new_token = self.is_unkept = self.over = False
        self.is_unread = False  # there may be one: the database did not say
        self.row: int | None = found.id if found is not None else None
        self.user_id: int | None = found.user_id if found is not None else None
        self.user: User | None = found.User if found is not None else None
        self.must_change_password = bool(found is not None and found.must_change_password)
        self.seen_at: dt.datetime | None = found.seen_at if found is not None else None
        self.token = ""

    @property
    def is_stale(self) -> bool:
        """Its last use is to be noted, at most once a minute."""
        return self.row is not None and self.seen_at is not None and now() - self.seen_at >= TOUCH_EVERY

    @property
    def needs_storing(self) -> bool:
        return not self.over and not self.is_unkept and (self.modified or self.is_stale)

    def store(self) -> None:
        """Write it in the running transaction; a first thing to keep makes a row and a token."""
        if self.row is None:
            if self:
                self.row, self.token = _new_row(None, dict(self))
                self.is_new_token = True
        else:
            values: dict[str, Any] = {"seen_at": now()}
            if self.modified:
                values["data"] = _as_text(self)
            db.session.execute(update(LoginSession).where(LoginSession.id == self.row).values(**values))
        self.modified, self.seen_at = False, now()

    def become(self, row: int, token: str, user_id: int | None, data: dict[str, Any]) -> None:
        """Go on as another session, with a new token."""
        self.clear()
        self.update(data)
        self.row, self.token, self.user_id, self.user, self.seen_at = row, token, user_id, None, now()
        self.is_new_token, self.modified, self.over = True, False, False


class ServerSessions(SessionInterface):
    """Flask's way in: load when a request begins, store when its answer is ready."""

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        for name in OF_ONE_REQUEST:  # an app context may outlive a request
            g.pop(name, None)
        if _is_without(request.path):
            return _unkept()
        token = request.cookies.get(self.get_cookie_name(app), "")
        if not token or len(token) > 100:
            return ServerSession()
        if request.method not in SAFE_METHODS:
            with suppress(HTTPException):
                request.form  # noqa: B018  a slow body is read before the database is locked
        try:
            return ServerSession(_find(token))
        except SQLAlchemyError:
            log.exception("sessions cannot be read")
            abandon_work()
            lost = _unkept()
            lost.is_unread = True
            return lost

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not isinstance(session, ServerSession):
            return
        if session.accessed or session.row is not None:
            response.vary.add("Cookie")
        if session.needs_storing:
            _store_apart(session)
        if session.over:
            response.delete_cookie(self.get_cookie_name(app), path="/")
        elif session.is_new_token:
            response.set_cookie(
                self.get_cookie_name(app),
                session.token,
                httponly=True,
                secure=bool(app.config.get("SESSION_COOKIE_SECURE")),
                samesite="Lax",
                path="/",
            )


def _unkept() -> ServerSession:
    """What lasts for this answer only: a page without the reader's session must not put another in its place."""
    session = ServerSession()
    session.is_unkept = True
    return session


def _is_without(path: str) -> bool:
    return path.startswith(WITHOUT_SESSION) and path != YET_WITH_ONE


def init_app(app: Flask) -> None:
    app.session_interface = ServerSessions()


def cookie_name() -> str:
    """The name of the cookie that holds the token."""
    return str(current_app.config["SESSION_COOKIE_NAME"])


def issue(user: Any) -> str:
    """A new session of `user`: the token its cookie must hold. Stored when this transaction is committed."""
    return _new_row(user.id, _fresh())[1]


def log_in(user: Any) -> None:
    """This browser's session becomes one of `user`, under a new token: the old one is worth nothing (fixation)."""
    sweep()
    current = _current()
    data = _fresh() | {key: current[key] for key in KEPT_AT_LOGIN if key in current}
    if current.row is not None:
        db.session.execute(delete(LoginSession).where(LoginSession.id == current.row))
    current.become(*_new_row(user.id, data), user.id, data)
    g.pop("csrf_token", None)


def log_out() -> None:
    """End this browser's session."""
    current = _current()
    if current.row is not None:
        _end(LoginSession.id == current.row)
    current.clear()
    current.over, current.row = True, None


def end_all(user: Any) -> None:
    """End every session of `user`, from their next request on."""
    _end(LoginSession.user_id == user.id)


def sweep() -> None:
    """Forget what ended more than a day ago."""
    long_ago = now() - dt.timedelta(hours=int(current_app.config["SESSION_HOURS"]) + 24)
    db.session.execute(delete(LoginSession).where(LoginSession.created_at < long_ago))


def _current() -> ServerSession:
    found = flask_session._get_current_object()  # type: ignore[attr-defined]
    assert isinstance(found, ServerSession)
    return found


def _fresh() -> dict[str, Any]:
    return {"csrf_token": secrets.token_hex(20)}


def _as_text(data: Mapping[str, Any]) -> str:
    """Lazy words become the reader's words."""
    return json.dumps(dict(data), default=str)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _new_row(user_id: int | None, data: dict[str, Any]) -> tuple[int, str]:
    token = secrets.token_urlsafe(32)
    values = {"token_hash": _digest(token), "user_id": user_id, "data": _as_text(data)}
    row = db.session.scalar(
        insert(LoginSession).values(**values, created_at=now(), seen_at=now()).returning(LoginSession.id)
    )
    assert row is not None
    return row, token


def _end(which: ColumnElement[bool]) -> None:
    db.session.execute(
        update(LoginSession).where(which, LoginSession.ended_at.is_(None)).values(ended_at=now()),
        execution_options={"synchronize_session": False},
    )


def _find(token: str) -> Any:
    """The live session under `token`, with its user, their roles, and whether they must change the password."""
    at, hours, idle = now(), int(current_app.config["SESSION_HOURS"]), int(current_app.config["SESSION_IDLE_MINUTES"])
    since = {"begun": at - dt.timedelta(hours=hours), "used": at - dt.timedelta(minutes=idle)}
    found = db.session.execute(_finding(*along), {"digest": _digest(token), **since}).unique().first()
    if found is not None:
        for name in along:
            actor.notes()["along", name] = found.user_id, getattr(found, f"along_{name}")
    return found


@cache
def _finding(*names: str) -> Select[Any]:
    """The statement of `_find`, written once: it is asked at every request."""
    return (
        select(
            LoginSession.id,
            LoginSession.user_id,
            LoginSession.data,
            LoginSession.seen_at,
            Account.must_change_password,
            User,
            *(along[name](LoginSession.user_id).label(f"along_{name}") for name in names),
        )
        .options(joinedload(User.roles))
        .outerjoin(User, User.id == LoginSession.user_id)
        .outerjoin(Account, Account.user_id == LoginSession.user_id)
        .where(
            LoginSession.token_hash == bindparam("digest"),
            LoginSession.ended_at.is_(None),
            LoginSession.created_at > bindparam("begun"),
            LoginSession.seen_at > bindparam("used"),
            or_(LoginSession.user_id.is_(None), User.active.is_(True)),
        )
    )


def asked_along(name: str, user_id: int | None = None) -> Any:
    """What was asked along under that name, of this user where one is named; None when it was not, or was given out.

    Given out once only: what is asked again in the same request may have been changed by it.
    """
    of_whom, value = actor.notes().pop(("along", name), (None, None))
    return value if user_id in (None, of_whom) else None


def _store_apart(session: ServerSession) -> None:
    """A reading request is over; what its page took (a message, a token) is written on its own.

    Whatever has read since the commit ends first: SQLite cannot turn a snapshot that others wrote behind into a write.
    """
    db.session.rollback()
    g.writing = True
    try:
        session.store()
        finish_work()
    except SQLAlchemyError:
        log.exception("a session could not be stored")
        abandon_work()
    finally:
        g.pop("writing", None)


@event.listens_for(Session, "before_commit")
def _store_with_the_work(work: Session) -> None:
    """A writing request stores its session in its own transaction."""
    if work.in_nested_transaction() or not has_request_context() or request.method in SAFE_METHODS:
        return
    current = flask_session._get_current_object()  # type: ignore[attr-defined]
    if isinstance(current, ServerSession) and current.needs_storing:
        current.store()
