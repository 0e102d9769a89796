"""The audit: who did what to which record, in the same transaction, chained so that no change stays unseen.

`write` notes a line; the lines of a unit of work are sealed and stored together right before its commit,
so that the lock on the chain's end is held for that moment only and never crosses other locks. A line noted
inside a savepoint that is rolled back goes with it. Whoever reads lines finds the noted ones stored.
"""

from __future__ import annotations

import datetime as dt
import marshal
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from flask import has_request_context, request
from sqlalchemy import Connection, event, select, text
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction
from sqlalchemy.sql import visitors

from app.kit.columns import now
from app.kit.fresh import put
from app.kit.session import db
from app.security import actor, chain
from app.security.models import AuditLine, canonical

__all__ = ["AuditFailure", "AuditLine", "Subject", "subject_of", "write"]

NOTED, MARKS, MOVE = "audit_noted", "audit_marks", "audit_move"
CHAIN_LOCK = 0x4855_4441  # any number of our own
COLUMNS = (*chain.SEALED_COLUMNS, "detail", "previous_mac", "mac")
AT_ONCE = 5000


class AuditFailure(RuntimeError):
    """A line could not be written: nothing is done and nothing is shown (answered as 503)."""


class Subject(NamedTuple):
    """What a line is about. `record` is kept while its key is not known yet."""

    kind: str
    id: int | None
    site_id: int | None
    record: Any = None


class Said(NamedTuple):
    """One line: what was done to what. `detail` is canonical JSON."""

    action: str
    subject: Subject
    detail: str


@dataclass
class Noted:
    """Lines of one moment that wait to be sealed; many are packed, so that a long piece of work stays small."""

    at: dt.datetime
    user_id: int | None
    username: str
    ip: str
    lines: Sequence[Said] = ()
    packed: bytes = b""

    def said(self) -> Iterable[Said]:
        if not self.packed:
            return self.lines
        told = marshal.loads(zlib.decompress(self.packed))
        return (Said(action, Subject(*subject), detail) for action, subject, detail in told)


def subject_of(subject: Any) -> Subject:
    """A record's, class's or nothing's name in a line; a Subject is one already."""
    if isinstance(subject, Subject):
        return subject
    if subject is None or isinstance(subject, type):
        return Subject(subject.__name__ if subject else "", None, None)
    key, site = getattr(subject, "id", None), getattr(subject, "site_id", None)
    return Subject(type(subject).__name__, key, site, subject if key is None else None)


def write(action: str, subject: Any, detail: dict[str, Any], *, by: Any = None) -> None:
    """Note one line in this transaction. `subject` is a record, a model class or None; `by` the user who acts.

    `detail` holds keys, numbers, states and reasons, never personal data.
    """
    _note(by).lines = [Said(action, subject_of(subject), canonical(_with_token(detail)))]


def write_all(lines: Iterable[tuple[str, Any, dict[str, Any]]], *, by: Any = None) -> None:
    """Note many lines at once, as `write` does each; their records have keys."""
    told = [(action, tuple(subject_of(what)[:3]), canonical(_with_token(detail))) for action, what, detail in lines]
    if told:
        _note(by).packed = zlib.compress(marshal.dumps(told), 1)


def _note(by: Any) -> Noted:
    """What waits from now on, said by whoever acts."""
    user = by if by is not None else actor.current()
    ip = (request.remote_addr or "") if has_request_context() else ""
    session = db.session()
    if not session.in_transaction():
        session.begin()  # else a rollback would not be heard of, and the line stay
    username = user.username if user is not None else ""
    noted = Noted(now().astimezone(dt.UTC), getattr(user, "id", None), username, ip[:45])
    session.info.setdefault(NOTED, []).append(noted)
    return noted


def _with_token(detail: dict[str, Any]) -> dict[str, Any]:
    token = actor.token()
    return detail if token is None else {**detail, "token": token}


def settle(session: Session) -> None:
    """Seal and store what was noted. AuditFailure when that is not possible."""
    noted: list[Noted] = session.info.get(NOTED, [])
    if not noted:
        return
    try:
        with session.no_autoflush:
            session.flush()
            _store(session, noted)
    except Exception as error:
        raise AuditFailure("the audit cannot be written") from error
    noted.clear()


def _store(session: Session, noted: list[Noted]) -> None:
    connection = session.connection()
    head = _locked_head(connection)
    trusted = session.info[MOVE][1] if MOVE in session.info else chain.agrees(head, connection)
    sealed = _sealed(head, noted)
    while rows := list(islice(sealed, AT_ONCE)):
        put(connection, AuditLine.__table__, dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)), raw=("detail",))
        head = chain.Head(rows[-1][0], rows[-1][-1])
    session.info[MOVE] = (head, trusted)


def _sealed(head: chain.Head, noted: Iterable[Noted]) -> Iterator[tuple[Any, ...]]:
    """The lines as rows of COLUMNS, each sealed over the one before."""
    secret, number, before = chain.key(), head.id, head.mac
    for one in noted:
        at, who = chain.plain(one.at), (one.user_id, one.username)
        for action, subject, detail in one.said():
            number += 1
            told = (*who, action, *(subject if subject.record is None else subject_of(subject.record))[:3], one.ip)
            mac = chain.seal(secret, before, (number, at, *told), detail)
            yield number, one.at, *told, detail, before, mac
            before = mac


def _locked_head(connection: Connection) -> chain.Head:
    """The last line, read while nobody else can add one until this transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
    # SQLite: whatever may write has said BEGIN IMMEDIATE (kit.session)
    last = connection.execute(select(AuditLine.id, AuditLine.mac).order_by(AuditLine.id.desc()).limit(1)).first()
    return chain.Head(*last) if last is not None else chain.START


@event.listens_for(Session, "before_commit")
def _settle_before_commit(session: Session) -> None:
    if not session.in_nested_transaction():
        settle(session)


@event.listens_for(Session, "do_orm_execute")
def _settle_before_reading(state: ORMExecuteState) -> None:
    waiting = state.is_select and state.session.info.get(NOTED) and not state.session.in_nested_transaction()
    if waiting and _names_the_audit(state.statement):
        settle(state.session)


def _names_the_audit(statement: Any) -> bool:
    """Looked for in the statement itself: its `get_final_froms` would compile it each time."""
    return any(getattr(each, "name", "") == AuditLine.__tablename__ for each in visitors.iterate(statement))


@event.listens_for(Session, "after_transaction_create")
def _mark_savepoint(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        marks = session.info.setdefault(MARKS, WeakKeyDictionary())
        marks[transaction] = len(session.info.get(NOTED, []))


@event.listens_for(Session, "after_soft_rollback")
def _forget_undone(session: Session, previous: SessionTransaction) -> None:
    """What was noted in a rolled back savepoint did not happen."""
    if previous.nested:
        del session.info.get(NOTED, [])[session.info.get(MARKS, {}).get(previous, 0) :]
    else:
        session.info.pop(NOTED, None)
        session.info.pop(MOVE, None)


@event.listens_for(Session, "after_commit")
def _move_anchor(session: Session) -> None:
    if session.in_nested_transaction():
        return
    last, trusted = session.info.pop(MOVE, (None, False))
    if last is not None and trusted:
        chain.move_anchor(last)
