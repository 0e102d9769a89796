"""Ready or not, figures for Prometheus, and lines of a log that tell nobody's data."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import event, inspect, text

from app import create_app
from app.kit.session import db
from app.operations import logs, readiness
from tests.conftest import settings
from tests.operations.conftest import copy_house

Login = Callable[..., FlaskClient]
TOKEN = "a token that is long enough to be one"


def test_a_console_that_has_all_it_needs_is_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


@pytest.mark.once
def test_what_is_missing_is_named_and_nothing_else_is_told(
    app: Flask, client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dead() -> None:
        raise ConnectionError("redis://:secret@queue.example:6379")

    (tmp_path / "file").touch()
    with monkeypatch.context() as broken:
        broken.setitem(app.config, "DATA_DIR", str(tmp_path / "file"))
        broken.setattr(app.extensions["jobs"], "pending_count", dead)
        answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "not ready: files, queue\n")
    revisions = readiness.known_revisions()
    db.session.execute(text("UPDATE alembic_version SET version_num = :old"), {"old": revisions[-2]})
    assert client.get("/readyz").text == "not ready: migrations\n"
    db.session.execute(text("UPDATE alembic_version SET version_num = 'ffffffffffff'"))
    assert client.get("/readyz").text == "ok\n"  # a newer console went ahead


@pytest.mark.once
@pytest.mark.no_app
def test_without_a_database_nothing_is_told_of_where_it_was_looked_for(tmp_path: Path) -> None:
    lost = create_app(settings(tmp_path, "postgresql+psycopg://hudang:secret@127.0.0.1:9/hudang?connect_timeout=1"))
    answer = lost.test_client().get("/readyz")
    assert (answer.status_code, answer.text) == (503, "not ready: database, migrations\n")


@pytest.mark.once
def test_figures_are_for_the_token_only_and_name_routes(
    app: Flask, data_dir: Path, tmp_path: Path, client: FlaskClient
) -> None:
    assert client.get("/metrics").status_code == 404  # nobody asked for it
    measured = create_app(settings(copy_house(data_dir, tmp_path), "") | {"METRICS_TOKEN": TOKEN})
    desk = measured.test_client()
    desk.get("/customers/?q=张三")
    desk.get("/customers/13800138000")
    desk.get("/no/such/page/张三")
    assert desk.get("/metrics").status_code == 403
    assert desk.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 403
    told = desk.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    assert 'hudang_request_seconds_count{method="GET",route="/customers/",status="302"} 1.0' in told
    assert 'route="/customers/<int:pk>"' in told and 'route="none",status="404"' in told
    assert 'hudang_jobs{state="waiting"} 0.0' in told and "hudang_database_connections" in told
    assert "张三" not in told and "13800138000" not in told


@pytest.fixture
def lines(app: Flask, data_dir: Path, tmp_path: Path) -> Any:
    """A console that logs JSON, and what it wrote so far."""
    before, level = logging.root.handlers[:], logs.REQUESTS.level
    logged = create_app(settings(copy_house(data_dir, tmp_path), "") | {"LOG_FORMAT": "json"})
    handler = logging.root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(out := io.StringIO())
    yield logged, lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    logging.root.handlers[:] = before
    logs.REQUESTS.setLevel(level)


@pytest.mark.once
def test_a_walk_leaves_lines_without_anybodys_data(lines: Any, site: Any, cast: Any) -> None:
    logged, told = lines
    secrets = ("张三丰", "13800138000", "110101199003072316", cast["manager"].username)
    with logged.app_context():
        desk = logged.test_client()
        desk.post("/login", data={"username": secrets[3], "password": "wrong 张三丰"})
        desk.get(f"/customers/?q={secrets[0]}&telephone={secrets[1]}")
        desk.get(f"/customers/{secrets[1]}", headers={"X-Request-Id": secrets[1]})
        try:
            db.session.execute(text("SELECT nothing FROM customer WHERE name = :name"), {"name": secrets[0]})
        except Exception:
            logging.getLogger("app").exception("asked for %s", "a customer")
        db.session.rollback()
    walk = [line for line in told() if line["logger"] == "hudang.request"]
    assert [(line["method"], line["route"]) for line in walk][1:] == [
        ("GET", "/customers/"),
        ("GET", "/customers/<int:pk>"),
    ]
    assert {"at", "level", "request", "status", "ms", "user"} <= set(walk[0]) and walk[1]["status"] == 302
    failed = next(line for line in told() if line.get("error"))
    assert failed["error"][0] == "OperationalError" and "test_watching.py" in failed["trace"][0]
    said = json.dumps(told(), ensure_ascii=False)
    assert not [secret for secret in secrets if secret in said]


@pytest.mark.once
def test_a_person_is_a_number_in_the_log(lines: Any, cast: Any, app: Flask) -> None:
    logged, told = lines
    with logged.test_request_context("/customers/?q=张三"):
        logs.begin()
        logs.g.user = cast["clerk"]
        logs.tell(logged.response_class("张三"))
    assert told()[-1] | {"at": "", "ms": 0, "request": ""} == {
        "at": "", "level": "info", "logger": "hudang.request", "message": "request", "request": "",
        "user": cast["clerk"].id, "method": "GET", "route": "/customers/", "status": 200, "ms": 0,
    }  # fmt: skip


@pytest.mark.once
def test_the_log_asks_the_database_for_nothing(lines: Any, cast: Any) -> None:
    """A person's record is put down at the commit: to read its key would begin another transaction."""
    logged, told = lines
    asked: list[str] = []
    with logged.test_request_context("/"):
        logs.begin()
        logs.g.user = person = db.session.get(User, cast["clerk"].id)
        db.session.commit()
        assert inspect(person).expired
        event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
        logs.tell(logged.response_class(""))
        assert told()[-1]["user"] == cast["clerk"].id and asked == []
        db.session.remove()


def test_database_errors_do_not_repeat_what_was_asked(app: Flask) -> None:
    """hide_parameters: else names and numbers would stand in every log."""
    with pytest.raises(Exception) as failure:
        db.session.execute(text("SELECT nothing FROM customer WHERE name = :name"), {"name": "张三丰"})
    assert "张三丰" not in str(failure.value)
    db.session.rollback()
