"""Uploaded sheets between the steps of an import: encrypted, under opaque names, for a day, for their owner only."""

from __future__ import annotations

import base64
import json
import re
import secrets
from typing import Any

from app.kit import stored
from app.security import crypto

A_DAY = 24 * 3600
PARTS = ("sheet", "plan", "wrong", "state")


def shelf() -> stored.Store:
    """Where uploads lie."""
    return stored.store("imports")


def new_token() -> str:
    return secrets.token_hex(20)


def put(token: str, part: str, content: bytes) -> None:
    """Keep one part of an import, encrypted under its own name."""
    sealed = crypto.encrypt(f"import.{token}.{part}", base64.b64encode(content).decode())
    stored.put(shelf(), _name(token, part), sealed.encode("ascii"))


def get(token: str, part: str) -> bytes | None:
    """A part of an import, or None when it is gone, or was never there."""
    if not re.fullmatch(r"[0-9a-f]{40}", token):
        return None
    sealed = shelf().get(_name(token, part))
    return base64.b64decode(crypto.decrypt(f"import.{token}.{part}", sealed.decode("ascii"))) if sealed else None


def put_json(token: str, part: str, content: Any) -> None:
    put(token, part, json.dumps(content, ensure_ascii=False).encode())


def get_json(token: str, part: str) -> Any:
    content = get(token, part)
    return json.loads(content) if content is not None else None


def drop(token: str, *parts: str) -> None:
    """Delete parts of an import; all of them when none is named."""
    where = shelf()
    for part in parts or PARTS:
        where.delete(_name(token, part))


def sweep(older_than: int = A_DAY) -> int:
    """Delete what is older than a day; answers how many files."""
    where = shelf()
    old = [kept.name for kept in where.listed() if kept.age > older_than]
    for name in old:
        where.delete(name)
    return len(old)


def _name(token: str, part: str) -> str:
    if part not in PARTS or not re.fullmatch(r"[0-9a-f]{40}", token):
        raise ValueError("no such part of an import")
    return f"{token}.{part}"
