"""G15: no identity number is readable in what is stored or left behind.

1,000 invented numbers (sequence 000) go in as people bring them: by roster and by forms. `plainly` switches the
encryption off; the same look then finds them.
"""

from __future__ import annotations

import io
import logging
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from app.customers.models import Customer
from app.demo import makers
from app.demo.names import Inventor
from app.kit.session import db, finish_work
from app.security import crypto, sessions
from tests.conftest import PASSWORD, migrate, settings
from tests.exchange import houses
from tests.privacy import people

pytestmark = pytest.mark.live
MANY, FEW, TYPED = 1_000, 20, 12
HEADS = ["单元号", "租户名称", "负责人", "身份证号", "日常联系人", "电话"]
NUMBER = re.compile(rb"\d{14}000[\dX]")


@pytest.fixture
def house(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """A console of its own whose temporary files lie where we can look."""
    from app import create_app
    from app.demo import tower
    from app.estate import rules as estate
    from app.security import setup

    (tmp_path / "temp").mkdir()
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    app = create_app(settings(tmp_path / "data", database))
    with app.app_context():
        migrate(app)
        setup.sync_permissions(app)
        makers.make_scheme()
        site = estate.add_site("甲乙大厦")
        for person in tower.make_cast(PASSWORD).values():
            estate.assign(site, person)
        finish_work()
        yield app
        db.session.remove()
        db.engine.dispose()


def enter(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie(app.config["SESSION_COOKIE_NAME"], sessions.issue(makers.user(name)))
    finish_work()
    return client


def planted(count: int) -> list[str]:
    """So many different invented numbers."""
    inventor, numbers = Inventor(11), dict[str, None]()
    while len(numbers) < count:
        numbers[inventor.identity_number()] = None
    return list(numbers)


def bring_in(app: Flask, numbers: list[str], folder: Path) -> None:
    """By roster, step by step as the desk does; then a few by form, and out again as every file there is."""
    inventor, clerk = Inventor(5), enter(app, "clerk")
    typed, rows = numbers[:TYPED], numbers[TYPED:]
    lines: list[list[Any]] = [HEADS]
    for place, number in enumerate(rows):
        who = [f"{inventor.firm()[0]}{place}", inventor.person(), number, inventor.person(), inventor.telephone()]
        lines.append([f"{3 + place // 40:02d}{1 + place % 40:02d}", *who])
    content = houses.write(folder / "roster.xlsx", {"名单": lines}).read_bytes()
    (folder / "roster.xlsx").unlink()
    site_id = db.session.scalar(text("SELECT id FROM site"))
    sent = clerk.post("/import/upload", data={"site": site_id, "file": (io.BytesIO(content), "名单.xlsx")})
    token = re.search(r"/import/([0-9a-f]{40})", sent.location)
    assert token is not None
    clerk.post(f"/import/{token[1]}/columns", data={})
    assert clerk.post(f"/import/{token[1]}/apply", data={"how": "good"}).status_code == 302
    for number in typed:
        form = {"site": site_id, "kind": "person", "name": f"自然人{number[6:14]}", "id_number": number}
        assert clerk.post("/customers/add", data=form).status_code == 302
    manager = enter(app, "manager")
    for ending in ("csv", "xlsx"):
        assert manager.get(f"/customers/export.{ending}").status_code == 200
    one = db.session.scalars(select(Customer).where(Customer.id_number_index != "")).first()
    assert one is not None
    clerk.get(f"/customers/{one.id}")
    clerk.post(f"/customers/{one.id}/reveal/id_number", data={"reason": "核对"})
    clerk.get(f"/customers/?id_number={one.id_number}")
    clerk.post("/customers/add", data={"site": site_id, "name": "", "id_number": one.id_number})  # refused
    finish_work()


def readable(app: Flask, folder: Path, wanted: list[str], log: str) -> set[str]:
    """Which of the numbers stand in plain in the database, in any file, in temporary ones, or in the log."""
    db.session.remove()
    told = [log.encode(), *_everything_stored(), *(part for path in folder.rglob("*") for part in _parts(path))]
    found = {number.decode() for content in told for number in NUMBER.findall(content)}
    return found & set(wanted)


def _everything_stored() -> Iterator[bytes]:
    """Every cell of every table as the database gives it out, word indexes and all."""
    for table in people._tables():
        for row in db.session.execute(text(f'SELECT * FROM "{table}"')):
            yield b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in row)
    db.session.remove()


def _parts(path: Path) -> Iterator[bytes]:
    """A file's bytes, SQLite's own and its journal too; of a zip also what is in it."""
    if not path.is_file() or "fonts" in path.parts:
        return
    yield path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name) for name in archive.namelist())


def test_no_identity_number_is_readable_anywhere(house: Flask, tmp_path: Path, caplog: Any) -> None:
    caplog.set_level(logging.INFO)
    numbers = planted(MANY)
    bring_in(house, numbers, tmp_path)
    kept = list(db.session.scalars(select(Customer.id_number).where(Customer.id_number_index != "")))
    assert set(kept) == set(numbers)  # they went in, every one, and come out again
    assert readable(house, tmp_path, numbers, caplog.text) == set()


def test_without_the_encryption_the_same_look_finds_them(
    house: Flask, tmp_path: Path, caplog: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""
    monkeypatch.setattr(crypto, "encrypt", lambda _context, value: value)
    monkeypatch.setattr(crypto, "decrypt", lambda _context, stored: stored)
    numbers = planted(FEW + TYPED)
    bring_in(house, numbers, tmp_path)
    assert readable(house, tmp_path, numbers, caplog.text) == set(numbers)
