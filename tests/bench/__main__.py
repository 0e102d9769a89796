"""`make bench`: how long a page and a sheet take on this machine, as medians over a made-up tower.

Seeded and repeatable: the tower of `--floors` floors (12 units each) is built anew in a folder that is thrown away.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event, func, select

import config
from app import create_app
from app.archive.models import File
from app.demo import tower
from app.demo.makers import user
from app.kit.session import db, finish_work
from app.printing import fonts
from app.security import sessions, setup
from tests.conftest import settings

PASSWORD = "Bench-Tower-2026!"
TIMES = 15


def build(app: Flask, floors: int) -> None:
    """The made-up tower in an empty database."""
    upgrade(directory=str(config.ROOT / "migrations"))
    setup.sync_permissions(app)
    tower.load(PASSWORD, floors, days=0)
    finish_work()
    db.session.remove()


def enter(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie(app.config["SESSION_COOKIE_NAME"], sessions.issue(user(name)))
    finish_work()
    return client


def measure(act: Callable[[], Any]) -> tuple[float, float, int]:
    """(median, slowest) in ms and SQL statements of one warm run."""
    statements = 0

    def count(*_args: Any) -> None:
        nonlocal statements
        statements += 1

    answer = act()
    if answer.status_code != 200:
        raise SystemExit(f"answered {answer.status_code}")
    event.listen(db.engine, "before_cursor_execute", count)
    act()
    event.remove(db.engine, "before_cursor_execute", count)
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken), max(taken), statements


def pages(client: FlaskClient) -> dict[str, Callable[[], Any]]:
    """What is timed, by name."""
    last = (db.session.scalar(select(func.count(File.id))) or 1) // 25 + 1
    return {
        "home": lambda: client.get("/"),
        "list of files, first page": lambda: client.get("/files/"),
        "list of files, last page": lambda: client.get(f"/files/?page={last}"),
        "search, one character": lambda: client.get("/search/suggest?q=瑞"),
        "search, initials": lambda: client.get("/search/suggest?q=rh"),
        "search, end of a telephone": lambda: client.get("/search/suggest?q=0123"),
        "a unit's file": lambda: client.get("/files/1"),
        "form of a new tenancy": lambda: client.get("/tenancies/add"),
        "all customers as CSV": lambda: client.get("/customers/export.csv"),
        "label as PDF": lambda: client.post("/print/file_label/1"),
        "cover as PDF": lambda: client.post("/print/file_cover/1"),
        "contents as PDF": lambda: client.post("/print/file_contents/1"),
        "registration form as PDF": lambda: client.post("/print/customer_registration/1"),
        "look-up request as PDF": lambda: client.post("/print/lookup_request/1"),
        "hand-over, two copies, as PDF": lambda: client.post("/print/handover_receipt/1"),
        "a customer as shown, as PDF": lambda: client.post("/customers/1/print"),
        "list of a floor's units as PDF": lambda: client.post("/units/print?number=03"),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--floors", type=int, default=24)
    floors = options.parse_args().floors
    with tempfile.TemporaryDirectory() as folder:
        fonts.prepare(config.ROOT / "var")
        (Path(folder) / "fonts").symlink_to(config.ROOT / "var" / "fonts")
        app = create_app(settings(Path(folder), ""))
        with app.app_context():
            began = time.perf_counter()
            build(app, floors)
            sys.stdout.write(f"{floors * 12} units built in {time.perf_counter() - began:.1f} s\n\n")
            sys.stdout.write(f"{'':30}{'median ms':>10}{'slowest':>10}{'SQL':>6}\n")
            client = enter(app, "supervisor")
            for name, act in pages(client).items():
                median, slowest, statements = measure(act)
                sys.stdout.write(f"{name:30}{median:10.1f}{slowest:10.1f}{statements:6}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
