"""The console as the bench runs it: served behind one worker, or in this process."""

from __future__ import annotations

import gzip
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

import config
from app import create_app
from app.demo.makers import user
from app.kit.session import db, finish_work
from app.security import sessions
from tests.bench import seed
from tests.bench.serving import Server, served

PYTHON = Path(sys.executable)
READER = "supervisor"


def environ(folder: Path, url: str = "") -> dict[str, str]:
    """The console's environment for a seeded folder."""
    return {
        "DATA_DIR": str(folder),
        "DATABASE_URL": url,
        "DEMO_PASSWORD": seed.PASSWORD,
        "HOST": "127.0.0.1",
        "PYTHONPATH": str(config.ROOT),
        "PYTHONDONTWRITEBYTECODE": "",
    }


def opened(folder: Path, url: str = "") -> Flask:
    """The console in this process."""
    return create_app(seed.settings(folder, url) | {"WTF_CSRF_ENABLED": False, "JOBS_IMMEDIATE": True})


def ticket(app: Flask, name: str = READER) -> str:
    """The cookie of somebody who has logged in."""
    with app.app_context():
        token = sessions.issue(user(name))
        finish_work()
        db.session.remove()
    return f"{app.config['SESSION_COOKIE_NAME']}={token}"


@contextmanager
def console(app: Flask, name: str, folder: Path, url: str = "") -> Iterator[Server]:
    """The console behind one sync worker, a supervisor of all sites logged in."""
    with served(name, PYTHON, "run:create_app()", config.ROOT, environ(folder, url)) as server:
        server.cookie = ticket(app)
        yield server


def client(app: Flask, name: str = READER) -> FlaskClient:
    """A browser in this process."""
    made = app.test_client()
    made.set_cookie(*ticket(app, name).split("=", 1))
    return made


def asked(browser: FlaskClient, path: str) -> Callable[[], Any]:
    """Asks for a page that must be there."""

    def ask() -> Any:
        answer = browser.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}")
        return answer.data

    return ask


def statements(app: Flask, act: Callable[[], Any]) -> int:
    """SQL statements of one warm run."""
    count = [0]

    def note(*_args: Any) -> None:
        count[0] += 1

    act()
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return count[0]


LINKED = re.compile(r'(?:<link[^>]+href|<script[^>]+src|<img[^>]+src)="(/[^"]+)"')


def weight(server: Server, path: str) -> tuple[float, float]:
    """(KB of the page with all its files, KB of the page alone), as sent to a browser that takes compressed ones.

    A file that may not be kept counts as often as the page.
    """
    page = server.ask(path, **{"Accept-Encoding": "gzip, deflate"})
    body = _plain(page.body, page.headers.get("content-encoding", "")).decode()
    first = later = page.size
    for address in sorted(set(LINKED.findall(body))):
        answer = server.ask(address, **{"Accept-Encoding": "gzip, deflate"})
        first += answer.size
        if "max-age" not in answer.headers.get("cache-control", ""):
            later += answer.size
    return first / 1024, later / 1024


def _plain(body: bytes, encoding: str) -> bytes:
    if encoding == "gzip":
        return gzip.decompress(body)
    return zlib.decompress(body) if encoding == "deflate" else body
