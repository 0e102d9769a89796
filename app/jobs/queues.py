"""Where orders wait for the worker: Redis, a SQLite file in DATA_DIR, or nowhere (`JOBS_IMMEDIATE`: done at once).

The file belongs to one machine and one worker at a time (`alone`). Redis is shared: each piece of work that is being
done shows a sign of life there, and what shows none any more was left behind by a worker that died.
"""

from __future__ import annotations

import contextlib
import fcntl
import hmac
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from huey.api import Huey

NAME = "hudang"
LIFE_SECONDS = 60
BEAT_SECONDS = 10.0


def make(app: Flask) -> Huey:
    """The app's queue. Its connection is closed again: web workers fork and must not share it."""
    from huey import MemoryHuey, RedisHuey, SqliteHuey

    if app.config.get("JOBS_IMMEDIATE"):
        return MemoryHuey(NAME, immediate=True)
    if url := app.config.get("REDIS_URL"):
        from huey.serializer import SignedSerializer
        from redis import ConnectionPool

        # orders are pickled: one that was not signed with our key is not even opened
        signed = SignedSerializer(secret=app.config["SECRET_KEY"])
        pool = ConnectionPool.from_url(url, socket_connect_timeout=3, socket_timeout=10)
        return RedisHuey(name_of(app), connection_pool=pool, serializer=signed)
    path = Path(app.config["DATA_DIR"]) / "jobs.db"
    # Huey uses the interpreter's SQLite, whose WAL mode may lose writes
    queue = SqliteHuey(NAME, filename=str(path), journal_mode="delete", fsync=True, timeout=15)
    queue.storage.close()
    return queue


def is_shared(app: Flask) -> bool:
    """Workers of several machines serve the queue."""
    return bool(app.config.get("REDIS_URL")) and not app.config.get("JOBS_IMMEDIATE")


def name_of(app: Flask) -> str:
    """What tells this queue from another one beside it.

    In Redis drawn from SECRET_KEY, which the machines of one console share; else from a file in DATA_DIR, made when
    first needed, so that machines sharing a database leave each other's jobs alone.
    """
    if is_shared(app):
        return NAME + hmac.digest(app.config["SECRET_KEY"].encode(), b"jobs", "sha256").hex()[:16]
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
    """Only one worker serves a file: a second one waits here until the first is gone, however it went."""
    if is_shared(app):
        yield
        return
    with open(Path(app.config["DATA_DIR"]) / "jobs.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_alive(app: Flask, job_id: int) -> bool:
    """Somebody does this piece of work at this moment. Of a file's jobs nobody, when its only worker starts."""
    return is_shared(app) and bool(app.extensions["jobs"].storage.conn.exists(_life(app, job_id)))


def show_life(app: Flask, job_id: int) -> None:
    """Said before the work is claimed, so that it is never seen running and lifeless."""
    if is_shared(app):
        app.extensions["jobs"].storage.conn.set(_life(app, job_id), 1, ex=LIFE_SECONDS)


@contextmanager
def living(app: Flask, job_id: int) -> Iterator[None]:
    """While inside, this piece of work shows that it is being done."""
    if not is_shared(app):
        yield
        return
    from redis.exceptions import RedisError

    show_life(app, job_id)
    conn, key, over = app.extensions["jobs"].storage.conn, _life(app, job_id), threading.Event()

    def beat() -> None:
        while not over.wait(BEAT_SECONDS):
            with contextlib.suppress(RedisError):  # a later beat will do
                conn.set(key, 1, ex=LIFE_SECONDS)

    thread = threading.Thread(target=beat, daemon=True, name=f"life of job {job_id}")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        with contextlib.suppress(RedisError):
            conn.delete(key)


def _life(app: Flask, job_id: int) -> str:
    return f"{name_of(app)}.life.{job_id}"


def first_to(app: Flask, what: str, seconds: int) -> bool:
    """Whether nobody else of this queue began `what` within so many seconds: for what one worker does for all."""
    if not is_shared(app):
        return True
    key = f"{name_of(app)}.{what}"
    return bool(app.extensions["jobs"].storage.conn.set(key, 1, nx=True, ex=seconds))
