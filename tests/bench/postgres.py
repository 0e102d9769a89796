"""A PostgreSQL of the bench's own, from the wheel that the tests use, with its usual settings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import create_engine, text

from tests.databases import start


def database(folder: Path, name: str) -> str:
    """The URL of a database of that name, made where it is missing; its server ends with this process."""
    # short: a socket's path has at most 107 characters
    home = Path("/tmp") / f"hudang-bench-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:8]}"
    start(home)
    url = f"postgresql+psycopg://postgres:@/postgres?host={home}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}) is None:
            connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.replace("/postgres?", f"/{name}?")


@contextmanager
def copy(url: str, name: str) -> Iterator[str]:
    """The URL of a copy of that database, on the same server, while it is needed; nobody may be connected to it."""
    at = urlsplit(url)
    engine = create_engine(at._replace(path="/postgres").geturl(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {at.path.strip('/')}"))
        try:
            yield at._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def process(url: str) -> int:
    """The server's first process."""
    folder = Path(parse_qs(urlsplit(url).query)["host"][0])
    return int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
