"""Uploaded sheets between the steps of an import: encrypted, under opaque names, for a day, for their owner only."""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import time
from pathlib import Path
from typing import Any

from flask import current_app

from app.security import crypto

A_DAY = 24 * 3600
PARTS = ("sheet", "plan", "wrong", "state")


def folder() -> Path:
    """Where uploads lie; made when first needed, readable by the console only."""
    path = Path(current_app.config["DATA_DIR"]) / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def new_token() -> str:
    return secrets.token_hex(20)


def put(token: str, part: str, content: bytes) -> None:
    """Keep one part of an import, encrypted under its own name."""
    sealed = crypto.encrypt(f"import.{token}.{part}", base64.b64encode(content).decode())
    partial = _path(token, part).with_suffix(".part")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(sealed)
    os.replace(partial, _path(token, part))


def get(token: str, part: str) -> bytes | None:
    """A part of an import, or None when it is gone, or was never there."""
    if not re.fullmatch(r"[0-9a-f]{40}", token):
        return None
    try:
        sealed = _path(token, part).read_text(encoding="ascii")
    except OSError:
        return None
    return base64.b64decode(crypto.decrypt(f"import.{token}.{part}", sealed))


def put_json(token: str, part: str, content: Any) -> None:
    put(token, part, json.dumps(content, ensure_ascii=False).encode())


def get_json(token: str, part: str) -> Any:
    content = get(token, part)
    return json.loads(content) if content is not None else None


def drop(token: str, *parts: str) -> None:
    """Delete parts of an import; all of them when none is named."""
    for part in parts or PARTS:
        _path(token, part).unlink(missing_ok=True)


def sweep(now: float | None = None) -> int:
    """Delete what is older than a day; answers how many files."""
    gone = 0
    for path in folder().iterdir():
        try:
            if path.stat().st_mtime < (now or time.time()) - A_DAY:
                path.unlink(missing_ok=True)
                gone += 1
        except FileNotFoundError:
            continue
    return gone


def _path(token: str, part: str) -> Path:
    if part not in PARTS or not re.fullmatch(r"[0-9a-f]{40}", token):
        raise ValueError("no such part of an import")
    return folder() / f"{token}.{part}"
