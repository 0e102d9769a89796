"""G9: no other site presses our buttons, and every reply carries its headers.

That reading changes nothing is tried by everybody on a furnished house: `tests/house/test_traps_rows.py`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_appbuilder.models.sqla import Model
from sqlalchemy import select

from app.archive.models import File
from app.demo import makers
from app.estate.rules import find_site
from app.kit import problems
from app.kit.errors import RuleError
from app.kit.session import SAFE_METHODS, db
from app.security import refusals, web
from tests.conftest import SITE
from tests.standing import Made, Standing

pytestmark = pytest.mark.once

Login = Callable[..., FlaskClient]
# Reading is written down, sessions are touched, wrong keys of calendars are counted, and search may catch up on what
# changed; nothing else
MAY_CHANGE = re.compile(r"audit_line|login_session|login_failure|search_\w+")


def digest_of(table: str) -> str:
    rows = db.session.execute(select(Model.metadata.tables[table])).all()
    return hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()


def all_tables() -> dict[str, str]:
    db.session.expire_all()
    return {name: digest_of(name) for name in Model.metadata.tables if not MAY_CHANGE.fullmatch(name)}


def filled(app: Flask, rule: Any, keys: dict[str, Any]) -> str:
    words = {"what": "file", "ending": "csv"}
    values = {name: keys.get(name, words.get(name, 1)) for name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, values)


@pytest.fixture(scope="module")
def _file(standing: Standing) -> Made:
    def write() -> File:
        made = makers.make_file(makers.make_unit(site=find_site(SITE)), by=makers.user("archivist"))
        makers.make_document(made)
        makers.make_moving(made.tenancy, checked=True)
        return made

    return standing(write)


@pytest.fixture
def keys(_file: Made) -> dict[str, Any]:
    """What fills the holes of addresses: records of one file have low and often the same keys."""
    file: File = _file()
    return {
        "pk": file.id, "document_id": file.documents[0].id, "column": "id_number", "relation": "unit",
        "ending": "csv", "name": "file", "address": "x", "token": "x", "key": "file_label", "serial": "x",
        "batch": "x",
    }  # fmt: skip


def unsafe(app: Flask) -> Iterator[tuple[Any, str]]:
    for rule in app.url_map.iter_rules():
        for method in set(rule.methods or ()) - SAFE_METHODS:
            yield rule, method


@pytest.fixture
def guarded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


@pytest.mark.parametrize("name", ["clerk", "admin"])
def test_no_unsafe_address_works_without_a_token(
    app: Flask, login: Login, keys: dict[str, Any], guarded: None, name: str
) -> None:
    person, before = login(name), all_tables()
    for rule, method in unsafe(app):
        refusal = 401 if rule.rule.startswith(problems.PREFIX) else 400  # of a program, cookies are not looked at
        assert person.open(filled(app, rule, keys), method=method).status_code == refusal, rule
    assert all_tables() == before


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost.evil.example", "http://localhost:81"]
)
def test_no_unsafe_address_works_from_a_foreign_origin(
    app: Flask, login: Login, keys: dict[str, Any], origin: str
) -> None:
    """Even with a token, which tests have switched off here."""
    supervisor, before = login("supervisor"), all_tables()
    for rule, method in unsafe(app):
        answer = supervisor.open(filled(app, rule, keys), method=method, headers={"Origin": origin})
        assert answer.status_code == 403, rule
    assert all_tables() == before


def test_a_page_of_another_site_is_refused_by_what_the_browser_says(login: Login, keys: dict[str, Any]) -> None:
    for said in ("cross-site", "same-site"):
        answer = login("supervisor").post(f"/files/{keys['pk']}/move/close", headers={"Sec-Fetch-Site": said})
        assert answer.status_code == 403


def test_with_its_own_origin_the_same_button_works(login: Login, keys: dict[str, Any]) -> None:
    """The negative control: the guard is what refused."""
    before = all_tables()
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert login("supervisor").post(f"/files/{keys['pk']}/move/close", headers=headers).status_code == 302
    assert all_tables() != before


def test_with_its_token_the_same_button_works(login: Login, keys: dict[str, Any], guarded: None) -> None:
    supervisor = login("supervisor")
    page = supervisor.get(f"/files/{keys['pk']}").get_data(as_text=True)
    token = re.search(r'name="csrf-token" content="([^"]+)"', page)
    assert token is not None
    address = f"/files/{keys['pk']}/move/close"
    assert login("supervisor").post(address, data={"csrf_token": token.group(1)}).status_code == 400
    assert supervisor.post(address, data={"csrf_token": token.group(1)}).status_code == 302


def test_every_reply_carries_the_headers(app: Flask, login: Login, client: FlaskClient, keys: dict[str, Any]) -> None:
    pages = ("/", "/login", "/healthz", "/favicon.ico", "/files/", "/nothing")
    replies = [(client, "GET", address) for address in pages]
    replies += [(client, "POST", "/nothing"), (client, "POST", "/login"), (client, "DELETE", "/login")]
    supervisor = login("supervisor")
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            replies.append((supervisor, "GET", filled(app, rule, keys)))
    for visitor, method, address in replies:
        answer = visitor.open(address, method=method)
        answer.get_data()
        for name, value in web.HEADERS.items():
            assert answer.headers.get(name) == value, (address, name)
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'") and "frame-ancestors 'none'" in policy, address
        assert "unsafe" not in policy or answer.mimetype == "application/pdf"
        is_file_of_the_skin = address.startswith(("/static/", "/favicon")) and answer.status_code == 200
        assert is_file_of_the_skin or answer.headers["Cache-Control"] == "no-store", address


def test_scripts_run_by_a_nonce_that_is_new_each_time(client: FlaskClient) -> None:
    nonces = set()
    for _ in range(5):
        answer = client.get("/login")
        nonce = re.search(r"'nonce-([\w-]{20,})'", answer.headers["Content-Security-Policy"])
        assert nonce is not None
        page = answer.get_data(as_text=True)
        scripts = re.findall(r"<script[^>]*>", page)
        assert scripts and all(f'nonce="{nonce.group(1)}"' in script for script in scripts)
        assert not re.search(r"<style|\son\w+=|style=|javascript:", page)
        nonces.add(nonce.group(1))
    assert len(nonces) == 5


def test_https_is_kept_in_production(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Strict-Transport-Security" not in client.get("/login").headers
    monkeypatch.setitem(app.config, "PRODUCTION", True)
    assert client.get("/login").headers["Strict-Transport-Security"].startswith("max-age=")


def test_a_strange_host_is_refused_and_never_reflected(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    answer = client.get("/files/", headers={"Host": "evil.example"})
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []  # nothing for who watches the log
    assert answer.status_code == 400
    assert "evil.example" not in answer.get_data(as_text=True) + str(answer.headers)


@pytest.mark.parametrize(
    "wanted, safe",
    [
        ("/files/?state=open", "/files/?state=open"), ("//evil.example", ""), ("/\\evil.example", ""),
        ("https://evil.example", ""),
        ("javascript:alert(1)", ""), ("", ""), (None, ""), ("files", ""), ("/a\nb", ""), ("/\t/evil.example", ""),
        ("/a\\b", ""),
    ],
)  # fmt: skip
def test_only_our_own_pages_are_gone_on_to(wanted: str | None, safe: str) -> None:
    assert refusals.safe_next(wanted) == safe


def test_a_visitor_is_sent_to_log_in_and_comes_back(client: FlaskClient) -> None:
    from tests.conftest import PASSWORD

    answer = client.get("/files/?state=open")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login?next=/files/?state%3Dopen"
    entered = client.post(answer.headers["Location"], data={"username": "clerk", "password": PASSWORD})
    assert entered.headers["Location"] == "/files/?state=open"
    client.post("/logout")
    away = client.post("/login?next=//evil.example", data={"username": "clerk", "password": PASSWORD})
    assert away.headers["Location"] == "/"


def test_a_person_without_the_right_is_told_so(login: Login) -> None:
    answer = login("admin").get("/files/")
    assert answer.status_code == 403 and "not allowed" in answer.get_data(as_text=True)


FABS_OWN = [
    "/user/list/", "/users/list/", "/roles/list/", "/api/v1/security/login", "/swagger/v1", "/api/v1/menu/",
    "/api/v1/_openapi", "/register/form", "/resetmypassword/form", "/resetpassword/form?pk=1", "/lang/en", "/back",
    "/userinfoeditview/form", "/static/appbuilder/js/ab.js", "/permissions/list/", "/viewmenus/list/",
]  # fmt: skip


@pytest.mark.parametrize("address", FABS_OWN)
def test_none_of_the_frameworks_own_pages_is_there(login: Login, client: FlaskClient, address: str) -> None:
    for visitor in (client, login("admin")):
        assert visitor.get(address).status_code == 404
        assert visitor.post(address).status_code in (404, 405)


def test_only_our_views_are_registered(app: Flask) -> None:
    for view in app.view_functions.values():
        assert not view.__module__.startswith("flask_appbuilder."), view


def explode(error: Exception) -> Callable[[], Any]:
    def view() -> Any:
        raise error

    return view


@pytest.mark.parametrize(
    "error, code",
    [(ValueError("四号文件柜的密码"), 500), (RuleError("One unit, one file."), 422), (OverflowError("too large"), 404)],
    ids=["bug", "rule", "number"],
)
def test_an_error_tells_nothing_of_the_inside(
    app: Flask, login: Login, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int
) -> None:
    monkeypatch.setitem(app.view_functions, "RoleView.list", explode(error))
    answer = login("admin").get("/roles/")
    page = answer.get_data(as_text=True)
    assert answer.status_code == code and "Traceback" not in page and "密码" not in page
    assert ("One unit, one file." in page) == isinstance(error, RuleError)


@pytest.mark.parametrize("language, words", [("en", "There is nothing here"), ("zh_Hans", 'lang="zh-Hans"')])
def test_error_pages_speak_the_readers_language(client: FlaskClient, language: str, words: str) -> None:
    client.set_cookie("language", language)
    answer = client.get("/nothing")
    assert answer.status_code == 404 and words in answer.get_data(as_text=True)


def test_scripts_are_told_in_json(client: FlaskClient) -> None:
    answer = client.get("/search/suggest?q=1", headers={"Accept": "application/json"})
    assert answer.status_code == 401 and answer.get_json()["message"]


def test_a_body_that_is_too_large_is_refused(app: Flask, login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)
    answer = login("clerk").post("/password/", data={"current": "x" * 2000})
    assert answer.status_code == 413
