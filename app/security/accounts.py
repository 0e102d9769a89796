"""Accounts: who may log in and in which role. A change of password, roles or standing ends every session."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import func, select

from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit, logins, passwords, roles, sessions
from app.security.models import Account

# (what, how many) that a person still has in hand: asked of the rooms above before an account is closed (P1.20)
still_holds: list[Callable[[Any], Iterable[tuple[Any, int]]]] = []

# what stands against giving somebody these roles, in words; None is a person who has no account yet (P12.06)
may_take: list[Callable[[User | None, set[str]], Iterable[Any]]] = []

USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")


class StillHoldsError(RuleError):
    """An account is not closed while its person has something in hand."""

    def __init__(self, user: User, message: Any) -> None:
        super().__init__(message)
        self.user_id = user.id


def find(username: str) -> User | None:
    """The user of that name, whatever its case."""
    folded = username.strip().lower()
    return db.session.scalar(select(User).where(func.lower(User.username) == folded)) if folded else None


def nobody_yet() -> bool:
    """There is no user at all."""
    return db.session.scalar(select(User.id).limit(1)) is None


def everybody() -> Sequence[User]:
    """All users by name."""
    return db.session.scalars(select(User).order_by(User.username)).all()


def split_name(full_name: str) -> tuple[str, str]:
    """FAB keeps two names and shows "first last"; a Chinese name is one word and goes into the last."""
    words = full_name.split()
    return (" ".join(words[:-1])[:64], words[-1][:64]) if words else ("", "")


def open_account(
    username: str, full_name: str, role_names: Iterable[str], password: str, *, by: Any = None, one_time: bool = False,
    without_exam: str | None = None,
) -> User:  # fmt: skip
    """A new user. `one_time`: the password must be changed at the first login.

    `without_exam`: why somebody at the machine gives a role whose condition is not met (P12.06), "" where they do not;
    None for the system itself, which is not asked.
    """
    username = username.strip().lower()
    if not USERNAME.fullmatch(username):
        raise RuleError(_l("A user name is made of small letters, digits, dots and dashes."), field="username")
    if find(username) is not None:
        raise RuleError(_l("There is already a user of that name."), field="username")
    given = roles_called(role_names)
    names = {role.name for role in given}
    unready = list(_unready(None, names)) if without_exam else []
    if not unready and (by is not None or without_exam is not None):
        _refuse_unready(None, names)
    first, last = split_name(full_name)
    user = User(
        username=username,
        first_name=first,
        last_name=last or username,
        email=f"{username}@hudang.invalid",
        active=True,
        password=passwords.hashed(password),
        roles=given,
    )
    db.session.add(user)
    db.session.flush()
    db.session.add(Account(user_id=user.id, must_change_password=one_time, password_changed_at=now()))
    db.session.flush()
    waived = {"without_exam": without_exam} if unready else {}
    audit.write("open_account", user, {"roles": sorted(names), **waived}, by=by)
    return user


def roles_called(names: Iterable[str]) -> list[Role]:
    """The roles of those names; at least one, and no unknown one."""
    wanted = sorted(set(names))
    found = list(db.session.scalars(select(Role).where(Role.name.in_(wanted))))
    if not wanted or len(found) != len(wanted) or not set(wanted) <= set(roles.ROLES):
        raise RuleError(_l("Choose a role."), field="roles")
    _refuse_mixed_duties(set(wanted))
    return found


def _refuse_mixed_duties(names: set[str]) -> None:
    """System, audit and business are three different people (GB/T 22239)."""
    if len(names) > 1 and names & {"admin", "auditor"}:
        raise RuleError(_l("Administrator and auditor hold no other role: duties are split."), field="roles")


def change_roles(user: User, names: Iterable[str], *, by: Any = None) -> None:
    """Give other roles; the user logs in anew."""
    wanted = roles_called(names)
    if {role.name for role in wanted} == {role.name for role in user.roles}:
        return
    if by is not None and by.id == user.id:
        raise RuleError(_l("Nobody changes their own roles."), field="roles")
    before = sorted(role.name for role in user.roles)
    if by is not None:
        _refuse_unready(user, {role.name for role in wanted} - set(before))
    _keep_an_admin(user, {role.name for role in wanted})
    user.roles = wanted
    db.session.flush()
    sessions.end_all(user)
    audit.write("change_roles", user, {"from": before, "to": sorted(role.name for role in wanted)}, by=by)


class UnreadyError(RuleError):
    """A role's condition is not met."""


def _unready(user: User | None, names: set[str]) -> Iterator[Any]:
    """What the conditions of these roles ask that is not there, in words."""
    for ask in may_take:
        yield from ask(user, names)


def _refuse_unready(user: User | None, names: set[str]) -> None:
    """A role that has a condition is given once the condition is met."""
    for reason in _unready(user, names):
        raise UnreadyError(reason, field="roles")


def change_standing(user: User, active: bool, *, by: Any = None) -> None:
    """Let in or shut out. Shutting out ends every session at once."""
    if bool(user.active) == active:
        return
    if by is not None and by.id == user.id:
        raise RuleError(_l("Nobody shuts out themselves."), field="active")
    if not active:
        _keep_an_admin(user, set())
        _refuse_full_hands(user)
    user.active = active
    db.session.flush()
    sessions.end_all(user)
    audit.write("activate" if active else "deactivate", user, {}, by=by)


def _refuse_full_hands(user: User) -> None:
    """Nobody leaves with files, keys or open work (P1.20)."""
    found = [_l("%(what)s: %(count)s", what=what, count=count) for ask in still_holds for what, count in ask(user)]
    if found:
        held = str(_l(", ")).join(map(str, found))
        raise StillHoldsError(user, _l("%(user)s still holds %(held)s. It is handed over first.", user=user, held=held))


def _keep_an_admin(user: User, names: set[str]) -> None:
    """The last active administrator stays one."""
    if "admin" in names or "admin" not in {role.name for role in user.roles}:
        return
    others = (
        select(func.count(User.id))
        .join(User.roles)
        .where(Role.name == "admin", User.active.is_(True), User.id != user.id)
    )
    if not db.session.scalar(others):
        raise RuleError(_l("This is the last administrator."), field="roles")


def rename(user: User, full_name: str, *, by: Any = None) -> None:
    """Change how a person is called."""
    first, last = split_name(full_name)
    if not last:
        raise RuleError(_l("Please fill this in."), field="full_name")
    if (user.first_name, user.last_name) != (first, last):
        user.first_name, user.last_name = first, last
        db.session.flush()
        audit.write("rename_account", user, {}, by=by)


def change_own_password(user: User, current: str, new: str) -> None:
    """A person changes their password: the current one is asked for, and every session of theirs ends."""
    if logins.is_locked(user.username, ""):
        raise RuleError(logins.LOCKED, field="current")
    if not passwords.is_right(current, user.password):
        logins.note_failure(user.username, "", user)
        raise RuleError(_l("This is not your current password."), field="current")
    if current == new:
        raise RuleError(_l("The new password is the old one."), field="password")
    passwords.check(new, user.username)
    set_password(user, new, by=user)


def set_password(user: User, password: str, *, by: Any = None, one_time: bool = False) -> None:
    """Store another password, end every session, lift a lock."""
    user.password = passwords.hashed(password)
    account = db.session.get(Account, user.id)
    if account is None:
        account = Account(user_id=user.id)
        db.session.add(account)
    account.must_change_password, account.password_changed_at = one_time, now()
    db.session.flush()
    sessions.end_all(user)
    logins.forget(user.username)
    audit.write("change_password", user, {"one_time": one_time}, by=by)


def give_one_time_password(user: User, *, by: Any = None) -> str:
    """A new password to hand over; the person must change it when they log in."""
    password = passwords.one_time()
    set_password(user, password, by=by, one_time=True)
    return password


def unlock(user: User, *, by: Any = None) -> None:
    """Lift a lock after failed logins."""
    logins.forget(user.username)
    audit.write("unlock", user, {}, by=by)
