"""G19, the quick round: fifty writers who read first; with deferred transactions the same fifty are told "locked"."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text, update

import config
from app import create_app
from app.demo.makers import user
from app.kit import session
from app.kit.columns import now
from app.kit.session import db, finish_work
from app.security import sessions
from app.security.models import LoginSession
from tests.conftest import settings
from tests.operations import writers
from tests.operations.conftest import copy_house

pytestmark = [pytest.mark.live, pytest.mark.once]


def test_fifty_writers_are_never_told_that_the_database_is_locked(
    app: Flask, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = create_app(settings(copy_house(data_dir, tmp_path), ""))
    assert writers.at_once(house, 50, 2) == Counter(written=100)
    monkeypatch.setattr(session, "_is_reading", lambda: True)  # the negative control: BEGIN instead of BEGIN IMMEDIATE
    assert writers.at_once(house, 50, 2)["database is locked"] > 0
    with house.app_context():
        db.engine.dispose()


def test_a_session_is_stored_although_its_page_has_read_and_somebody_has_written(
    app: Flask, data_dir: Path, tmp_path: Path
) -> None:
    """A snapshot that others wrote behind cannot be turned into a write, however long one waits."""
    house = create_app(settings(copy_house(data_dir, tmp_path), ""))
    long_ago = now() - dt.timedelta(minutes=5)

    def read_and_be_overtaken(answer: Any) -> Any:
        db.session.execute(text("SELECT count(*) FROM customer"))
        with closing(config.sqlite_module().connect(tmp_path / "hudang.db")) as other, other:
            other.execute("UPDATE counter SET last = last + 1")
            other.execute("DELETE FROM login_failure")
        return answer

    with house.app_context():
        token = sessions.issue(user("clerk"))
        db.session.execute(update(LoginSession).values(seen_at=long_ago))
        finish_work()
        db.session.remove()
    house.after_request(read_and_be_overtaken)
    browser = house.test_client()
    browser.set_cookie(house.config["SESSION_COOKIE_NAME"], token)
    assert browser.get("/customers/").status_code == 200
    with house.app_context():
        newest = select(LoginSession.seen_at).where(LoginSession.ended_at.is_(None)).order_by(LoginSession.id.desc())
        assert db.session.scalars(newest).first() > long_ago
        db.session.remove()
        db.engine.dispose()
