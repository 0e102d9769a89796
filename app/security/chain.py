"""The chain of seals over the audit: how a line is sealed, and the head kept outside the database (G5).

A plain hash chain does not notice a cut tail or a chain made anew; a key and a head elsewhere do.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hmac
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import Connection, select

from app.security.models import AuditLine

SEALED_COLUMNS = (
    "id", "at", "user_id", "username", "action", "subject_type", "subject_id", "subject_site_id", "ip",
)  # fmt: skip
log = logging.getLogger(__name__)


class Head(NamedTuple):
    """The last line: its number and seal."""

    id: int
    mac: str


START = Head(0, "0" * 64)


def key() -> bytes:
    """The key of the seals; without it a changed chain cannot be sealed anew."""
    configured: str = current_app.config["AUDIT_KEY"]
    if not configured:
        raise RuntimeError("AUDIT_KEY is not set")
    return configured.encode()


def seal(secret: bytes, previous: str, fields: Iterable[Any], detail: str) -> str:
    """HMAC-SHA256 over the seal before, SEALED_COLUMNS in order, and the detail as stored.

    Each part is told with its length, so that nothing can move from one column to the next.
    """
    parts = ["-" if part is None else f"{len(part)}:{part}" for part in map(plain, (previous, *fields, detail))]
    return hmac.digest(secret, "".join(parts).encode(), "sha256").hex()


def plain(part: Any) -> str | None:
    """A column as text, and text as it is; a moment as SQLite keeps it, in UTC."""
    if part is None or isinstance(part, str):
        return part
    if isinstance(part, dt.datetime):
        bare = part.astimezone(dt.UTC).replace(tzinfo=None) if part.tzinfo else part
        return bare.isoformat(" ", "microseconds")
    return str(part)


def head_file() -> Path:
    """Where the head lies outside the database; each machine keeps one, of the last line that it wrote itself."""
    return Path(current_app.config["DATA_DIR"]) / "audit-head"


def anchored() -> Head | None:
    """The head as kept outside the database; None when there is none. ValueError when unreadable."""
    try:
        number, mac = head_file().read_text(encoding="ascii").split()
    except FileNotFoundError:
        return None
    return Head(int(number), mac)


def agrees(head: Head, connection: Connection) -> bool:
    """Whether the database, whose last line is `head`, still holds the line its anchor names.

    Asked while the chain is locked, before lines are added: an anchor that the database contradicts is
    never moved again, or a cut tail would be forgotten as soon as new lines grow over it.
    """
    try:
        anchor = anchored()
    except ValueError:
        log.error("the head of the audit outside the database is unreadable")
        return False
    if anchor is None:
        return head == START
    if anchor == head:
        return True
    found = anchor.mac == connection.scalar(select(AuditLine.mac).where(AuditLine.id == anchor.id))
    if not found:
        log.error("the audit does not hold line %s, which its head outside the database names", anchor.id)
    return found


def move_anchor(last: Head) -> None:
    """Write the head of a committed transaction; a slower process never moves it back."""
    with open(head_file().with_suffix(".lock"), "a", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (anchored() or START).id < last.id:
            _write_head(last)


def begin_anchor(last: Head) -> None:
    """Write the head anew, whatever it was: somebody looked through the whole audit (`anchoring`)."""
    with open(head_file().with_suffix(".lock"), "a", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _write_head(last)


def _write_head(last: Head) -> None:
    partial = head_file().with_suffix(".part")
    with open(partial, "w", encoding="ascii") as out:
        out.write(f"{last.id} {last.mac}\n")
        out.flush()
        os.fsync(out.fileno())
    os.replace(partial, head_file())
