"""FAB.md's safety traps 6 to 12 on the real console: sessions, headers, hosts, ways on, uploads, no 5xx."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.kit.kinds import relation
from app.kit.session import db
from app.security import web
from tests.conftest import PASSWORD
from tests.house.full_house import OURS, SITED, furnish, record_views
from tests.house.test_matrix import asking

Login = Callable[..., FlaskClient]
PARTS = range(3)  # of a long way, for as many workers and shorter waits
HUGE = [2**31 - 1, 2**31, 2**63, 10**30, 0]
FOREIGN = ["//evil.example", "https://evil.example/x", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)"]
# One of each at once: what breaks a page is not mended by the next one, and none of them leaves a list empty.
RUBBISH_OF = {
    "page": ["page=abc", "page=-1", "page=0", "page=99999999999999999999", "page=%00", "page=1.5", "page=２"],
    "size": ["size=100000", "psize=100000", "psize=-1", "psize=abc"],
    "order": [
        "order=nonsense", "order=nonsense&dir=x", "dir=x", "order=%00", "order=id;drop table file", "order=password",
        "order=__class__",
    ],
    "others": [
        "unknown=1", "_flt_0_x=1", "columns=!()", "keys=!(x)", "_external=1&_scheme=x", "=", "&&&", "%00=%00", "a[]=1",
        "endpoint=x&view=y&self=z&pk=1&filename=w",
    ],
}  # fmt: skip
SEARCHES = [
    "q=%00", "q=%ff%fe", "q=%F0%9F%92%A9", "q=" + "a" * 5000, "q=" + "a%20" * 2000, "q='", "q=%25", "q=\\",
    "q=%ED%A0%80", "q=(filters:!((col:x,opr:eq,value:1)))", "q=!(", "q={}", "q=1&q=2&page=1&page=2",
]  # fmt: skip
RUBBISH = ["&".join(filter(None, each)) for each in zip_longest(*RUBBISH_OF.values(), fillvalue="")] + SEARCHES
DAYS = ["2025-02-30", "0000-00-00", "9999-12-31", "-1", "abc", "%00", "99999999999999999999", "1e999", "NaN", "2025-13"]


# --- 6, 7: a cookie that is over -----------------------------------------------------------------------------------


def enter(app: Flask, name: str = "clerk", password: str = PASSWORD) -> tuple[FlaskClient, str]:
    """A browser after logging in with a password, and what its cookie holds."""
    client, cookie = app.test_client(), app.config["SESSION_COOKIE_NAME"]
    answer = client.post("/login", data={"username": name, "password": password})
    assert answer.status_code == 302 and client.get("/files/").status_code == 200
    said = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith(cookie + "="))
    assert "HttpOnly" in said and "SameSite=Lax" in said and "Expires" not in said and "Max-Age" not in said
    kept = client.get_cookie(cookie)
    assert kept is not None
    return client, str(kept.value)


def thief(app: Flask, token: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie(app.config["SESSION_COOKIE_NAME"], token)
    return client


def test_a_stolen_cookie_dies_at_log_out(app: Flask, site: Any) -> None:
    client, token = enter(app)
    assert thief(app, token).get("/files/").status_code == 200
    client.post("/logout")
    assert thief(app, token).get("/files/").status_code == 302


def test_a_stolen_cookie_dies_when_the_password_changes(app: Flask, site: Any) -> None:
    client, token = enter(app)
    form = {"current": PASSWORD, "password": "Another-Horse-77!", "repeat": "Another-Horse-77!"}
    assert client.post("/password/", data=form | {"current": "wrong"}).status_code == 422
    assert thief(app, token).get("/files/").status_code == 200
    assert client.post("/password/", data=form).status_code == 302
    assert thief(app, token).get("/files/").status_code == 302
    assert client.get("/files/").status_code == 200


def test_the_cookie_is_sent_over_https_only_in_production(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    answer = app.test_client().post("/login", data={"username": "clerk", "password": PASSWORD})
    assert any("Secure" in each for each in answer.headers.getlist("Set-Cookie"))


def test_what_people_search_for_is_not_in_their_cookie(app: Flask, site: Any) -> None:
    client, token = enter(app)
    for address in ("/files/?q=SECRET", "/customers/?name=SECRET", "/search/?q=SECRET"):
        answer = client.get(address)
        assert "SECRET" not in str(answer.headers.getlist("Set-Cookie"))
    assert thief(app, token).get("/files/").status_code == 200 and len(token) < 60


# --- 8, 9: every reply ---------------------------------------------------------------------------------------------


def replies(app: Flask, login: Login) -> Iterator[tuple[int, Any]]:
    """(status that is meant, reply) of pages, files and each kind of error."""
    manager, nobody = login("manager"), app.test_client()
    yield 200, manager.get("/files/")
    yield 200, manager.get("/files/export.csv")
    yield 200, nobody.get("/login")
    yield 200, nobody.get("/healthz")
    yield 302, nobody.get("/files/")
    yield 400, nobody.get("/login", headers={"Host": "evil.example"})
    yield 401, nobody.post("/login", data={"username": "clerk", "password": "wrong"})
    yield 403, manager.get("/audit/")
    yield 403, manager.post("/files/1/move/close", headers={"Origin": "https://evil.example"})
    yield 404, manager.get("/nothing")
    yield 404, nobody.get("/static/nothing.js")
    yield 404, nobody.get("/static/../config.py")
    yield 405, manager.post("/files/")
    yield 422, manager.post("/customers/add", data={})


def test_every_reply_carries_its_headers(app: Flask, login: Login, site: Any) -> None:
    for status, answer in replies(app, login):
        answer.get_data()
        assert answer.status_code == status, answer.request.path
        missing = {name for name, value in web.HEADERS.items() if answer.headers.get(name) != value}
        assert not missing, answer.request.path
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy, answer.request.path
        assert answer.headers["Cache-Control"] == "no-store", answer.request.path


def test_without_the_guard_the_headers_are_missed(app: Flask, login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [each for each in app.after_request_funcs[None] if each is not web.add_headers]
    monkeypatch.setitem(app.after_request_funcs, None, kept)
    assert "X-Frame-Options" not in app.test_client().get("/login").headers


@pytest.mark.parametrize("status", [500, 503, 413])
def test_a_reply_to_a_bug_carries_them_too(
    app: Flask, login: Login, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    from werkzeug.exceptions import default_exceptions

    def broken() -> None:
        raise ValueError("secret of the inside") if status == 500 else default_exceptions[status]()

    monkeypatch.setitem(app.view_functions, "FileView.list", broken)
    answer = login("manager").get("/files/")
    assert answer.status_code == status and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        "secret" not in answer.get_data(as_text=True)
        and "default-src 'none'" in answer.headers["Content-Security-Policy"]
    )


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host", "X-Host", "Forwarded"])
def test_a_spoofed_host_is_nowhere_reflected(client: FlaskClient, name: str) -> None:
    said = "host=evil.example" if name == "Forwarded" else "evil.example"
    for address in ("/", "/files/", "/login", "/nothing"):
        answer = client.get(address, headers={name: said})
        assert (answer.status_code == 400) == (name == "Host")
        assert "evil.example" not in answer.get_data(as_text=True) + str(answer.headers)


@pytest.mark.parametrize("there", FOREIGN)
def test_nothing_leads_to_another_host(app: Flask, login: Login, site: Any, there: str) -> None:
    away = app.test_client().post(
        "/login", query_string={"next": there}, data={"username": "clerk", "password": PASSWORD}
    )
    assert away.headers["Location"] == "/"
    clerk = login("clerk")
    form = {"kind": "firm", "name": "某某公司", "site": site.id, "next": there}
    made = clerk.post("/customers/add", data=form)
    assert made.status_code == 302 and made.headers["Location"].startswith("/customers/")
    page = clerk.get("/customers/add", query_string={"next": there}).get_data(as_text=True)
    assert f'href="{there}"' not in page


def test_a_form_goes_back_to_a_page_of_ours(login: Login, site: Any) -> None:
    """The negative control: what was refused is the host."""
    form = {"kind": "firm", "name": "某某公司", "site": site.id, "next": "/files/?state=open"}
    assert login("clerk").post("/customers/add", data=form).headers["Location"] == "/files/?state=open"


def test_no_role_is_built_into_the_settings(app: Flask) -> None:
    """FAB matches FAB_ROLES by prefix: `can_list` would give `can_list_secrets` too. Ours are rows, exact ones."""
    from app.security import gate

    assert not app.config.get("FAB_ROLES")
    assert gate.rights_of(10**6) == frozenset()
    clerk = gate.rights_of(_key("clerk"))
    assert ("can_list", "File") in clerk and ("can_lis", "File") not in clerk and ("can_export", "File") not in clerk


def _key(name: str) -> int:
    from app.demo import makers

    return int(makers.user(name).id)


# --- 10: uploads ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["x.html", "x.php", "x.svg", "x.exe", "../x.pdf", "x", "营业执照.pdf"])
def test_no_upload_is_taken_by_its_name(app: Flask, login: Login, site: Any, name: str) -> None:
    from app.archive.models import Scan

    paper = furnish(site, OURS, filed=False)[next(one for one in SITED if one.__name__ == "Document")]
    db.session.commit()
    before = db.session.query(Scan).count()
    body = {"scan": (io.BytesIO(b"<script>alert(1)</script>"), name, "application/pdf")}
    assert login("clerk").post(f"/scans/add/{paper.id}", data=body).status_code == 302
    assert db.session.query(Scan).count() == before


# --- 11, 12: no question breaks a page -----------------------------------------------------------------------------


@pytest.fixture
def asker(login: Login, both: Any, all_rights: None) -> FlaskClient:
    """Who asks in a furnished house. What furnished it is let go of, or every answer would look it up anew."""
    manager = login("manager")
    db.session.expunge_all()
    return manager


@pytest.mark.parametrize("part", PARTS)
def test_no_rubbish_breaks_a_list(app: Flask, asker: FlaskClient, part: int) -> None:
    broken = []
    for view in [*record_views(app)][part :: len(PARTS)]:
        for asked in RUBBISH:
            answer = asker.get(f"{view.route_base}/?{asked}")
            if answer.status_code != 200:
                broken.append(f"{view.route_base}/?{asked[:60]}: {answer.status_code}")
    assert not broken, "\n".join(broken)


def test_no_impossible_value_breaks_a_filter(app: Flask, asker: FlaskClient) -> None:
    """Every column of a list at once: one that breaks is not mended by the others."""
    broken, tried = [], 0
    for view in record_views(app):
        for typed in DAYS if view.search_columns else []:
            asked = "&".join(f"{name}={typed}&{name}_from={typed}&{name}_to={typed}" for name in view.search_columns)
            if (status := asker.get(f"{view.route_base}/?{asked}").status_code) != 200:
                broken.append(f"{view.route_base}/?{asked}: {status}")
            tried += len(view.search_columns)
    assert tried > 1000
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("part", PARTS)
def test_no_rubbish_breaks_an_export_a_choice_or_the_search(app: Flask, asker: FlaskClient, part: int) -> None:
    broken = []
    addresses = ["/search/", "/search/suggest", "/", "/files/export.csv", "/customers/export.xlsx", "/papers/add"]
    for view in record_views(app):
        names = [one for one in {*view.add_names, *view.edit_names} if relation(view.model, one) is not None]
        addresses += [f"{view.route_base}/choose/{name}" for name in names[:1]]
        addresses += [f"{view.route_base}/choose/nonsense"] if names else []
    assert len(addresses) > 40
    for address in addresses[part :: len(PARTS)]:
        for asked in RUBBISH:
            answer = asker.get(f"{address}?{asked}")
            answer.get_data()
            if answer.status_code >= 500:
                broken.append(f"{address}?{asked[:60]}: {answer.status_code}")
    assert not broken, "\n".join(broken)


def test_no_key_breaks_an_address(app: Flask, login: Login, asker: FlaskClient) -> None:
    """That there is no such record is told on the same page at every address: it is drawn once a key."""
    broken, tried = [], 0
    assert {asker.get(f"/files/{key}").status_code for key in HUGE} == {404}
    script = asking(login("manager"))
    bind = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        keys = [name for name in rule.arguments if name in ("pk", "document_id", "job_id")]
        if not keys or rule.rule.startswith("/api/"):  # those take no cookie: tests/api tries them with a token
            continue
        others = {"name": "close", "column": "id_number", "key": "file_cover", "relation": "unit", "what": "file"}
        others["ending"] = "csv"
        for method in sorted(set(rule.methods or ()) - {"HEAD", "OPTIONS"}):
            for key in HUGE:
                values = {name: key if name in keys else others.get(name, "x") for name in rule.arguments}
                answer = script.open(bind.build(rule.endpoint, values, method=method), method=method)
                tried += 1
                if answer.status_code != 404:
                    broken.append(f"{method} {rule.rule} {key}: {answer.status_code}")
    assert tried > 200
    assert not broken, "\n".join(broken)


def test_a_page_holds_at_most_a_hundred_rows(
    app: Flask, login: Login, site: Any, drawn: list[Any], all_rights: None
) -> None:
    from app.demo import makers

    floor = makers.make_floor(site)
    for _ in range(101):
        makers.make_unit(floor=floor)
    db.session.commit()
    for size, rows in (("100000", 25), ("100", 100), ("-1", 25), ("101", 25)):
        login("manager").get(f"/units/?psize={size}")
        assert len(drawn[-1].rows) == rows
