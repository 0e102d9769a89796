"""Who is acting: the person of this request, the person a piece of work is done for, or the system itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from flask import g, has_request_context, request

_on_behalf: ContextVar[Any] = ContextVar("on_behalf", default=None)
NOTES = "hudang.notes"
SYSTEM = object()


def current() -> Any:
    """The acting user; None for an anonymous visitor and for the system."""
    person = _on_behalf.get()
    if person is SYSTEM:
        return None
    if person is None and has_request_context():
        person = g.get("user")
    return person if person is not None and getattr(person, "is_active", False) else None


def come_by_token(key: int) -> None:
    """This request is a program's; every line that it leaves says by which token."""
    notes()["token"] = key


def token() -> int | None:
    """The key of the token that this request came by; None for a person."""
    found: int | None = notes().get("token")
    return found


def is_system() -> bool:
    """A command or a job of nobody's: no request, and nobody it is done for."""
    person = _on_behalf.get()
    return person is SYSTEM or (person is None and not has_request_context())


@contextmanager
def as_system() -> Iterator[None]:
    """Inside a request, what the console does for itself: nothing that is found out may be told to who asked."""
    token = _on_behalf.set(SYSTEM)
    try:
        yield
    finally:
        _on_behalf.reset(token)


@contextmanager
def acting_as(user: Any) -> Iterator[None]:
    """Work done for `user` outside a request, e.g. in the worker: the gate answers as it would answer them."""
    token = _on_behalf.set(user)
    try:
        yield
    finally:
        _on_behalf.reset(token)


def notes() -> dict[Any, Any]:
    """What was found out during this request; thrown away with it, and not kept at all outside of one.

    Kept with the request and not on `g`, which lives as long as the app context and may outlive a request.
    """
    if not has_request_context():
        return {}
    found: dict[Any, Any] = request.environ.setdefault(NOTES, {})
    return found


class Plain(NamedTuple):
    """Who acted, as it is written down; it survives the end of a transaction without being read again."""

    id: int
    username: str


def plainly(person: Any) -> Plain | None:
    return Plain(person.id, person.username) if person is not None else None
