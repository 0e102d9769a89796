"""Logging in: the same answer and the same time for whoever is unknown, and a lock after a few failures (G7)."""

from __future__ import annotations

import datetime as dt
import hashlib

from flask import current_app
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import before_commit, db
from app.security import audit, passwords
from app.security.models import LoginFailure

ACCOUNT, ADDRESS, ASKED = "account", "address", "asked"
A_MINUTE = dt.timedelta(minutes=1)
FAILURES_AN_ADDRESS = 50
TOKENS_FROM = "tokens from "
KEPT = dt.timedelta(days=2)  # longer than any lock
WRONG = _l("User name or password is wrong.")
LOCKED = _l("Too many failed logins. Please wait a quarter of an hour, or ask an administrator.")


def check(username: str, password: str, address: str) -> User:
    """The user who may come in; a RuleError otherwise, which tells nothing about the account.

    Lock and failures hang on the name that was typed, whether there is such an account or not.
    """
    username = username.strip().lower()[:128]
    if is_locked(username, address):
        raise RuleError(LOCKED)
    user = db.session.scalar(select(User).where(func.lower(User.username) == username))
    may_enter = user is not None and bool(user.active)
    right = passwords.is_right(password, user.password if user is not None and may_enter else None)
    if user is None or not right:
        note_failure(username, address, user)
        raise RuleError(WRONG)
    forget(username)
    db.session.execute(delete(LoginFailure).where(LoginFailure.first_at < now() - KEPT))
    user.last_login = now().replace(tzinfo=None)
    user.login_count = (user.login_count or 0) + 1
    user.fail_login_count = 0
    audit.write("log_in", user, {}, by=user)
    return user


def is_locked(username: str, address: str) -> bool:
    """The name or the address has failed too often lately."""
    rows = [_row(ACCOUNT, username)]
    if address:
        rows.append(_row(ADDRESS, address))
    return any(row.locked_until is not None and row.locked_until > now() for row in rows)


def note_failure(username: str, address: str, user: User | None) -> None:
    """Count a failure; the last one allowed locks. The typed name is not kept: it may be a password."""
    account = _count(_row(ACCOUNT, username), int(current_app.config["LOCK_AFTER"]))
    if address:
        _count(_row(ADDRESS, address), most_of_an_address())
    if user is not None:
        user.fail_login_count = (user.fail_login_count or 0) + 1
    db.session.flush()
    audit.write("log_in_failed", user, {"locked": account.locked_until is not None})


def is_barred(address: str) -> bool:
    """Too many wrong tokens came from there lately. Counted apart from logins: a program must not lock out its desk."""
    query = select(LoginFailure.locked_until).where(
        LoginFailure.kind == ADDRESS, LoginFailure.key == _key(TOKENS_FROM + address)
    )
    until = db.session.scalar(query)
    return until is not None and until > now()


def note_wrong_token(address: str) -> None:
    """Count it; the last one allowed bars the address for a while."""
    _count(_row(ADDRESS, TOKENS_FROM + address), most_of_an_address())


def may_ask(what: str, address: str, most: int) -> bool:
    """At most so often a minute from one address, whichever machine it asks; being let in is counted."""
    key = f"{what} {address}"
    query = select(LoginFailure.count).where(
        LoginFailure.kind == ASKED, LoginFailure.key == _key(key), LoginFailure.first_at > now() - A_MINUTE
    )
    if (db.session.scalar(query) or 0) >= most:
        return False
    before_commit(lambda: _note_asking(key))
    return True


def _note_asking(key: str) -> None:
    row = _row(ASKED, key)
    if row.first_at <= now() - A_MINUTE:
        row.count, row.first_at = 0, now()
    row.count += 1


def most_of_an_address() -> int:
    return int(current_app.config.get("FAILURES_AN_ADDRESS", FAILURES_AN_ADDRESS))


def forget(username: str) -> None:
    """No failures of this account any more."""
    key = _key(username.strip().lower())
    db.session.execute(delete(LoginFailure).where(LoginFailure.kind == ACCOUNT, LoginFailure.key == key))


def locked_names(usernames: list[str]) -> set[str]:
    """Those of the accounts that are locked now."""
    keys = {_key(name.lower()): name for name in usernames}
    query = select(LoginFailure.key).where(
        LoginFailure.kind == ACCOUNT, LoginFailure.key.in_(keys), LoginFailure.locked_until > now()
    )
    return {keys[key] for key in db.session.scalars(query)}


def _count(row: LoginFailure, most: int) -> LoginFailure:
    minutes = dt.timedelta(minutes=int(current_app.config["LOCK_MINUTES"]))
    if row.first_at < now() - minutes or (row.locked_until is not None and row.locked_until <= now()):
        row.count, row.first_at, row.locked_until = 0, now(), None
    row.count += 1
    if row.count >= most:
        row.locked_until = now() + minutes
    return row


def _row(kind: str, name: str) -> LoginFailure:
    """The counter, locked against other processes until this transaction ends; made when first needed."""
    query = select(LoginFailure).where(LoginFailure.kind == kind, LoginFailure.key == _key(name)).with_for_update()
    row = db.session.scalar(query, execution_options={"populate_existing": True})
    if row is None:
        try:
            with db.session.begin_nested():
                db.session.add(LoginFailure(kind=kind, key=_key(name), count=0, first_at=now()))
        except IntegrityError:  # another process was quicker
            pass
        row = db.session.scalar(query)
    assert row is not None
    return row


def _key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
