"""Where orders wait for the worker: a small SQLite file in DATA_DIR, or nowhere (`JOBS_IMMEDIATE`: done at once)."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from huey import MemoryHuey, SqliteHuey
from huey.api import Huey

NAME = "hudang"


def make(app: Flask) -> Huey:
    """The app's queue. Its connection is closed again: web workers fork and must not share it."""
    if app.config.get("JOBS_IMMEDIATE"):
        return MemoryHuey(NAME, immediate=True)
    path = Path(app.config["DATA_DIR"]) / "jobs.db"
    # Huey uses the interpreter's SQLite, whose WAL mode may lose writes
    queue = SqliteHuey(NAME, filename=str(path), journal_mode="delete", fsync=True, timeout=15)
    queue.storage.close()
    return queue


def name_of(app: Flask) -> str:
    """What tells this queue from that of another machine which shares the database; made when first needed."""
    path = Path(app.config["DATA_DIR"]) / "jobs.name"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_hex(8))
    except FileExistsError:
        pass
    return path.read_text().strip()


@contextmanager
def alone(app: Flask) -> Iterator[None]:
    """Only one worker serves a queue: a second one waits here until the first is gone, however it went."""
    with open(Path(app.config["DATA_DIR"]) / "jobs.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
