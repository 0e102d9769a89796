"""Reports read from a replica where there is one; what they write, and all else, goes to the database itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.demo.makers import user
from app.estate.models import Site
from app.kit.session import db, finish_work, replica
from app.reporting import rules
from app.security import audit, sessions
from app.security.models import AuditLine
from tests.conftest import settings
from tests.operations.conftest import copy_house, sqlite3

pytestmark = [pytest.mark.live, pytest.mark.once]


@pytest.fixture
def two(app: Flask, data_dir: Path, tmp_path: Path) -> Iterator[Flask]:
    """A console beside a replica in which a site is called otherwise."""
    for name in ("main", "copy"):
        (tmp_path / name).mkdir()
        copy_house(data_dir, tmp_path / name)
    with closing(sqlite3.connect(tmp_path / "copy" / "hudang.db")) as copy, copy:
        copy.execute("UPDATE site SET name = 'as it was' WHERE id = (SELECT min(id) FROM site)")
    url = f"sqlite:///{tmp_path / 'copy' / 'hudang.db'}"
    made = create_app(settings(tmp_path / "main", "") | {"SQLALCHEMY_BINDS": {"replica": {"url": url}}})
    with made.app_context():
        yield made
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
    del db.metadatas["replica"]  # every other console of this run is without one


def test_only_selects_of_reports_are_asked_of_the_replica(two: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    first = select(Site.name).order_by(Site.id).limit(1)
    lines = select(func.count(AuditLine.id))
    here, before = db.session.scalar(first), db.session.scalar(lines) or 0
    with replica():
        assert db.session.scalar(first) == "as it was" != here
        audit.write("log_out", None, {})
        finish_work()
        assert db.session.scalar(lines) == before  # the copy lags
    assert db.session.scalar(first) == here and db.session.scalar(lines) == before + 1
    seen: list[Any] = []
    report = next(iter(rules.all_reports().values()))

    def make(asked: Any) -> Any:
        seen.append(db.session.scalar(first))
        return report.make(asked)

    monkeypatch.setitem(rules.all_reports(), report.key, dataclasses.replace(report, make=make))
    client = two.test_client()
    client.set_cookie(two.config["SESSION_COOKIE_NAME"], sessions.issue(user("manager")))
    finish_work()
    db.session.remove()
    assert client.get(f"/reports/{report.key}").status_code == 200 and seen == ["as it was"]
