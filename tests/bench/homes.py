"""Seeded consoles, kept and used again, and copies of one to be worked in."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

import config
from app.kit.session import db, finish_work
from app.security import setup
from tests.bench import house, postgres, seed


@dataclass(frozen=True)
class Home:
    """A seeded console: its DATA_DIR, and its DATABASE_URL where that is not SQLite's file in it."""

    folder: Path
    url: str = ""


def seeded(kept: Path, engine: str, rows: int, audit_lines: int = 0) -> Home:
    """A console with so many customers, made where it is missing."""
    name = f"{rows}" + (f"-audit-{audit_lines}" if audit_lines else "")
    home = Home(kept / (f"{engine}-{name}" if engine != "sqlite" else name))
    if engine != "sqlite":
        home = Home(home.folder, postgres.database(kept, f"bench_{name.replace('-', '_')}"))
    if not (home.folder / "SEEDED").exists():
        sys.stderr.write(f"making up {rows:,} customers …\n")
        app = house.opened(home.folder, home.url)
        with app.app_context():
            seed.build(app, rows, audit_lines, seed.teller())
            db.engine.dispose()
        (home.folder / "SEEDED").touch()
    return home


def prepared(home: Home) -> Flask:
    """The console over a seeded house, brought up to what this version says."""
    app = house.opened(home.folder, home.url)
    with app.app_context():
        upgrade(directory=str(config.ROOT / "migrations"))
        setup.sync_permissions(app)
        finish_work()
        db.session.remove()
    return app


@contextmanager
def copied(home: Home, folder: Path) -> Iterator[Home]:
    """The same house once more, to be worked in; its database is gone afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(home.folder, folder, symlinks=True, ignore=shutil.ignore_patterns("hudang.db*", "jobs.db*"))
    if home.url:
        with postgres.copy(home.url, "copied") as url:
            yield Home(folder, url)
        return
    library = config.sqlite_module()
    with (
        closing(library.connect(home.folder / "hudang.db")) as old,
        closing(library.connect(folder / "hudang.db")) as new,
    ):
        old.backup(new)
    yield Home(folder)
