"""A token is asked for, approved by somebody else, shown once, and dies when it should."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from sqlalchemy import select, text

from app.demo import makers
from app.estate import rules as estate
from app.kit import columns
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import db
from app.security import accounts, audit, tokens
from app.security.models import ApiToken, AuditLine
from tests.api.conftest import approved, asked, speaking

Program = Callable[..., FlaskClient]
Login = Callable[..., FlaskClient]
THERE = "/api/v1/units"
SHOWN = re.compile(r"hudang_\d+_[A-Za-z0-9_-]{43}")


def later(monkeypatch: pytest.MonkeyPatch, **step: float) -> None:
    at = columns.now() + dt.timedelta(**step)
    monkeypatch.setattr(columns, "clock", lambda: at)


def revoke(secret: str, by: Any) -> None:
    token = db.session.get_one(ApiToken, int(secret.split("_")[1]))
    walk(tokens.MOVES, token, "revoke", by=by, write=audit.write, reason="换系统")
    db.session.commit()


def test_the_administrator_asks_the_manager_approves_and_the_program_comes_in(
    app: Flask, login: Login, cast: Any, site: Any
) -> None:
    admin, manager = login("admin"), login("manager")
    typed = {
        "name": "门禁", "purpose": "核对住户", "acting": cast["clerk"].id, "reads": "units，customers", "writes": "",
        "expires_on": (columns.today() + dt.timedelta(days=90)).isoformat(),
    }  # fmt: skip
    page = admin.post("/api-tokens/add", data=typed)
    assert page.status_code == 302, page.text
    assert not SHOWN.search(admin.get(page.location).text)
    told = manager.post(f"{page.location}/move/approve")
    secret = SHOWN.findall(told.text)
    assert told.status_code == 200 and len(secret) == 1
    assert speaking(app, secret[0]).get(THERE).status_code == 200
    for visitor in (admin, manager):
        assert not SHOWN.search(visitor.get(page.location).text)
        assert not SHOWN.search(visitor.get("/api-tokens/").text)
    again = manager.post(f"{page.location}/move/approve")
    assert again.status_code == 302 and not SHOWN.search(manager.get(again.location).text)


def test_the_token_itself_is_stored_nowhere(program: Program) -> None:
    secret = program().environ_base["HTTP_AUTHORIZATION"].split("_", 2)[2]
    for table in ("api_token", "login_session", "audit_line", "once_key"):
        assert not [row for row in db.session.execute(text(f"SELECT * FROM {table}")) if secret in str(row)]


def test_nobody_approves_what_they_asked_for_or_who_they_are(app: Flask, cast: Any, login: Login) -> None:
    own = asked(cast["manager"], cast["admin"])
    with pytest.raises(RuleError):
        approved(own, cast["manager"])
    theirs = asked(cast["clerk"], cast["manager"])
    db.session.commit()
    answer = login("manager").post(f"/api-tokens/{theirs.id}/move/approve")
    assert answer.status_code == 302 and theirs.state == "asked"


def test_the_administrator_cannot_approve(app: Flask, cast: Any, login: Login) -> None:
    token = asked(cast["clerk"], cast["director"])
    db.session.commit()
    assert login("admin").post(f"/api-tokens/{token.id}/move/approve").status_code == 403
    assert token.state == "asked"


def test_a_manager_of_another_site_cannot_approve(app: Flask, cast: Any) -> None:
    estate.assign(makers.make_site(), cast["clerk"])
    token = asked(cast["clerk"], cast["admin"])
    with force_locale("en"), pytest.raises(RuleError, match="sites"):
        approved(token, cast["manager"])


def test_nobody_approves_what_they_may_not_do_themselves(app: Flask, cast: Any, monkeypatch: Any) -> None:
    token = asked(cast["clerk"], cast["admin"], reads="deposit-lines")
    held = frozenset(pair for pair in tokens.gate.rights_of(cast["manager"].id) if pair[1] != "DepositLine")
    monkeypatch.setattr(tokens.gate, "rights_of", lambda _key: held)
    with force_locale("en"), pytest.raises(RuleError, match="you may not"):
        approved(token, cast["manager"])


@pytest.mark.parametrize("name", ["admin", "auditor"])
def test_no_program_acts_as_an_administrator_or_an_auditor(app: Flask, cast: Any, name: str) -> None:
    with pytest.raises(RuleError):
        asked(cast[name], cast["admin"])


@pytest.mark.parametrize(
    "more",
    [
        {"days": 0},
        {"days": 366},
        {"days": -1},
        {"reads": "units passwords"},
        {"reads": "units", "writes": "units"},
        {"reads": "files", "writes": "customers"},
    ],
)
def test_what_cannot_be_asked_for(app: Flask, cast: Any, more: dict[str, Any]) -> None:
    with pytest.raises(RuleError):
        asked(cast["clerk"], cast["admin"], **more)


def test_a_token_is_never_amended(login: Login, cast: Any, app: Flask) -> None:
    token = asked(cast["clerk"], cast["admin"])
    db.session.commit()
    assert login("admin").get(f"/api-tokens/{token.id}/edit").status_code == 404


def test_it_is_worth_nothing_before_it_is_approved(app: Flask, cast: Any) -> None:
    token = asked(cast["clerk"], cast["admin"])
    token.token_hash = tokens._digest("a" * 43)
    db.session.commit()
    assert speaking(app, f"hudang_{token.id}_{'a' * 43}").get(THERE).status_code == 401


def test_a_revoked_token_dies_at_once(app: Flask, program: Program, cast: Any) -> None:
    clerk = program()
    assert clerk.get(THERE).status_code == 200
    revoke(clerk.environ_base["HTTP_AUTHORIZATION"].removeprefix("Bearer "), cast["admin"])
    answer = clerk.get(THERE)
    assert answer.status_code == 401 and answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("days, lives", [(30, True), (31, False)])
def test_a_token_dies_after_its_last_day(
    program: Program, monkeypatch: pytest.MonkeyPatch, days: int, lives: bool
) -> None:
    clerk = program(days=30)
    later(monkeypatch, days=days)
    assert (clerk.get(THERE).status_code == 200) is lives


def test_a_token_dies_with_its_account(program: Program, cast: Any) -> None:
    clerk = program()
    accounts.change_standing(cast["clerk"], False, by=cast["admin"])
    db.session.commit()
    assert clerk.get(THERE).status_code == 401


def test_an_account_given_another_role_takes_no_program_along(program: Program, cast: Any) -> None:
    """Else the administrator could make a clerk's approved token a manager's."""
    clerk = program()
    accounts.change_roles(cast["clerk"], ["manager"], by=cast["admin"])
    db.session.commit()
    assert clerk.get(THERE).status_code == 401


def test_a_site_taken_from_the_account_is_taken_from_its_program(program: Program, cast: Any, site: Any) -> None:
    makers.make_unit("0501", site=site)
    clerk = program()
    assert clerk.get(THERE).json["total"] == 1
    db.session.execute(text("DELETE FROM site_user WHERE user_id = :key"), {"key": cast["clerk"].id})
    db.session.commit()
    assert clerk.get(THERE).json["total"] == 0


def test_a_token_does_what_its_lists_say_and_no_more(program: Program) -> None:
    clerk = program(reads="units")
    assert clerk.get(THERE).status_code == 200
    answer = clerk.get("/api/v1/customers")
    assert answer.status_code == 403 and answer.mimetype == "application/problem+json"


def test_a_token_does_what_its_accounts_role_allows_and_no_more(program: Program) -> None:
    director = program("director")
    assert director.get("/api/v1/deposit-lines").status_code == 200
    assert program("archivist").get("/api/v1/deposit-lines").status_code == 403


def test_a_cookie_alone_reads_no_record(login: Login, site: Any) -> None:
    for resource in tokens.resources():
        answer = login("manager").get(f"/api/v1/{resource}")
        assert answer.status_code == 401 and answer.mimetype == "application/problem+json"


def test_a_cookie_adds_nothing_to_a_token(app: Flask, login: Login, program: Program) -> None:
    """A clerk's browser that also sends a stranger's token is the stranger, and keeps its own session untouched."""
    both, stranger = login("clerk"), program("stranger")
    makers.make_unit("0501", site=estate.find_site("测试大厦"))
    db.session.commit()
    both.environ_base |= stranger.environ_base
    assert both.get(THERE).json["items"] == []


def test_a_token_opens_no_screen(program: Program) -> None:
    clerk = program()
    assert clerk.get("/customers/").status_code == 302
    assert clerk.post("/customers/add", data={"name": "x"}).status_code == 302


def test_the_description_is_read_with_a_token_or_logged_in(client: FlaskClient, program: Program, login: Login) -> None:
    address = "/api/v1/openapi.json"
    assert client.get(address).status_code == 401
    assert program().get(address).status_code == 200
    assert login("admin").get(address).status_code == 200
    browser = login("admin")
    browser.environ_base |= {"HTTP_AUTHORIZATION": "Bearer nonsense"}
    assert browser.get(address).status_code == 401


WRONG = ["nonsense", "", "hudang_1_" + "a" * 43, "hudang_99999999_" + "a" * 43, "hudang_1_", "a" * 5000, "hudang_1_é"]


@pytest.mark.parametrize("said", WRONG)
def test_wrong_tokens_are_told_apart_by_nobody(app: Flask, program: Program, said: str) -> None:
    program()
    usual = speaking(app, "x").get(THERE)
    answer = speaking(app, said).get(THERE)
    assert (answer.status_code, answer.json) == (usual.status_code, usual.json)


def test_other_schemes_are_refused(app: Flask, program: Program) -> None:
    secret = program().environ_base["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    client = app.test_client()
    for said in (f"Basic {secret}", secret, f"Token {secret}", "Bearer", "Bearer  "):
        assert client.get(THERE, headers={"Authorization": said}).status_code == 401
    assert client.get(f"{THERE}?access_token={secret}").status_code == 401
    assert client.get(THERE, headers={"Authorization": f"bearer {secret}"}).status_code == 200


def test_fifty_wrong_tokens_bar_the_address_and_leave_the_desk_alone(
    app: Flask, program: Program, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "FAILURES_AN_ADDRESS", 5)
    clerk, guesser = program(), speaking(app, "hudang_1_" + "a" * 43)
    for _ in range(5):
        assert guesser.get(THERE).status_code == 401
    for barred in (guesser, clerk):
        answer = barred.get(THERE)
        assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 0
    assert client.post("/login", data={"username": "clerk", "password": "Correct-Horse-9!"}).status_code == 302
    assert clerk.get(THERE, environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200
    later(monkeypatch, minutes=16)
    assert clerk.get(THERE).status_code == 200


def test_a_wrong_token_is_a_line(app: Flask) -> None:
    speaking(app, "nonsense").get(THERE)
    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert line is not None and (line.action, line.username, line.detail) == ("token_refused", "", {})


def test_its_last_use_is_noted_once_a_minute_and_changes_nothing_else(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = program()
    token = db.session.scalars(select(ApiToken).order_by(ApiToken.id.desc())).first()
    assert token is not None and token.last_used_at is None
    before, noted = (token.version, token.updated_at), []
    for seconds in (0, 30, 31):
        later(monkeypatch, seconds=seconds)
        clerk.get(THERE)
        db.session.expire_all()
        noted.append(token.last_used_at)
    assert noted[0] == noted[1] != noted[2]
    assert (token.version, token.updated_at) == before


def test_the_list_says_that_a_token_is_over(
    login: Login, cast: Any, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved(asked(cast["clerk"], cast["admin"], days=10), cast["manager"])
    assert "Expired" not in login("admin").get("/api-tokens/").text
    later(monkeypatch, days=11)
    assert "Expired" in login("admin").get("/api-tokens/").text
