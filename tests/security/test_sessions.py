"""G8: a session dies when it should, and its cookie says nothing and cannot be read by scripts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import OperationalError

from app.kit import columns
from app.kit.session import db
from app.security import accounts, sessions
from app.security.models import LoginSession
from tests.conftest import PASSWORD

Login = Callable[..., FlaskClient]
HERE = "/password/"


def alive(client: FlaskClient) -> bool:
    return client.get(HERE).status_code == 200


def enter(client: FlaskClient, name: str = "clerk", password: str = PASSWORD) -> Any:
    return client.post("/login", data={"username": name, "password": password})


def token_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("hudang")
    assert cookie is not None
    return cookie.value


def later(monkeypatch: pytest.MonkeyPatch, **step: float) -> None:
    """Move the clock of the console."""
    at = columns.now() + dt.timedelta(**step)
    monkeypatch.setattr(columns, "clock", lambda: at)


def test_logging_in_opens_a_session(client: FlaskClient) -> None:
    assert not alive(client)
    assert enter(client).status_code == 302
    assert alive(client)


def test_the_cookie_is_httponly_samesite_and_secure_where_asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    said = enter(app.test_client()).headers["Set-Cookie"]
    assert "HttpOnly" in said and "SameSite=Lax" in said and "Path=/" in said and "Secure" not in said
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    assert "Secure" in enter(app.test_client()).headers["Set-Cookie"]


def test_the_token_is_not_stored(client: FlaskClient) -> None:
    enter(client)
    token = token_of(client)
    assert len(token) >= 40
    stored = db.session.execute(select(LoginSession.__table__)).all()
    assert stored and all(token not in str(row) for row in stored)


def test_a_token_from_before_the_login_is_worth_nothing_after_it(app: Flask, client: FlaskClient) -> None:
    client.get("/login")
    before = token_of(client)
    stored = select(func.count(LoginSession.id)).where(LoginSession.token_hash == sessions._digest(before))
    assert db.session.scalar(stored) == 1
    enter(client)
    assert token_of(client) != before and db.session.scalar(stored) == 0
    thief = app.test_client()
    thief.set_cookie("hudang", before)
    assert not alive(thief)


def test_a_made_up_token_is_not_taken_on(client: FlaskClient) -> None:
    client.set_cookie("hudang", "chosen-by-somebody-else")
    client.get("/login")
    assert token_of(client) != "chosen-by-somebody-else"


def test_a_session_ends_at_logout(app: Flask, client: FlaskClient) -> None:
    enter(client)
    kept = token_of(client)
    answer = client.post("/logout")
    assert answer.status_code == 302 and client.get_cookie("hudang") is None
    thief = app.test_client()
    thief.set_cookie("hudang", kept)
    assert not alive(thief)


def test_logging_out_is_never_a_get(login: Login) -> None:
    clerk = login("clerk")
    assert clerk.get("/logout").status_code == 405
    assert alive(clerk)


@pytest.mark.parametrize("minutes, lives", [(29, True), (31, False)])
def test_a_session_ends_after_half_an_hour_without_a_request(
    login: Login, monkeypatch: pytest.MonkeyPatch, minutes: int, lives: bool
) -> None:
    clerk = login("clerk")
    later(monkeypatch, minutes=minutes)
    assert alive(clerk) is lives


def test_each_request_begins_the_half_hour_anew(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = login("clerk")
    for _ in range(4):
        later(monkeypatch, minutes=20)
        assert alive(clerk)


def test_a_session_ends_after_eight_hours_whatever_is_done(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = login("clerk")
    for _ in range(23):
        later(monkeypatch, minutes=20)
        assert alive(clerk)
    later(monkeypatch, minutes=21)
    assert not alive(clerk)


def test_a_password_change_ends_every_session_but_the_one_it_was_made_in(login: Login) -> None:
    desk, telephone = login("clerk"), login("clerk")
    new = "Mulberry-7-Lantern"
    answer = desk.post(HERE, data={"current": PASSWORD, "password": new, "repeat": new})
    assert answer.status_code == 302
    assert alive(desk) and not alive(telephone)


def test_other_roles_end_every_session(login: Login, cast: Any) -> None:
    desks = [login("clerk"), login("clerk")]
    accounts.change_roles(cast["clerk"], ["supervisor"], by=cast["admin"])
    db.session.commit()
    assert not any(alive(desk) for desk in desks)


def test_a_deactivated_user_is_out_at_once(login: Login, cast: Any) -> None:
    desk, other = login("clerk"), login("supervisor")
    accounts.change_standing(cast["clerk"], False, by=cast["admin"])
    db.session.commit()
    assert not alive(desk) and alive(other)
    assert enter(desk).status_code == 401


def test_even_a_deactivation_by_hand_in_the_database_holds(login: Login, cast: Any) -> None:
    desk = login("clerk")
    db.session.execute(text("UPDATE ab_user SET active = :no WHERE username = 'clerk'"), {"no": False})
    db.session.commit()
    assert not alive(desk)


def fixation(_desk: FlaskClient, _cast: Any, _monkeypatch: Any) -> str:
    """The token that a browser held before somebody logged in with it."""
    client = current_app.test_client()
    client.get("/login")
    before = token_of(client)
    enter(client, "supervisor")
    return before


def made_up(_desk: FlaskClient, _cast: Any, _monkeypatch: Any) -> str:
    return "chosen-by-somebody-else"


def logged_out(desk: FlaskClient, _cast: Any, _monkeypatch: Any) -> str:
    kept = token_of(desk)
    desk.post("/logout")
    return kept


def password_changed(desk: FlaskClient, _cast: Any, _monkeypatch: Any) -> str:
    elsewhere = current_app.test_client()
    enter(elsewhere)
    new = {"current": PASSWORD, "password": "Mulberry-7-Lantern", "repeat": "Mulberry-7-Lantern"}
    assert elsewhere.post(HERE, data=new).status_code == 302
    return token_of(desk)


def one_time_password_given(desk: FlaskClient, cast: Any, _monkeypatch: Any) -> str:
    accounts.give_one_time_password(cast["clerk"], by=cast["admin"])
    return token_of(desk)


def roles_changed(desk: FlaskClient, cast: Any, _monkeypatch: Any) -> str:
    accounts.change_roles(cast["clerk"], ["supervisor"], by=cast["admin"])
    return token_of(desk)


def shut_out(desk: FlaskClient, cast: Any, _monkeypatch: Any) -> str:
    accounts.change_standing(cast["clerk"], False, by=cast["admin"])
    return token_of(desk)


def shut_out_by_hand(desk: FlaskClient, _cast: Any, _monkeypatch: Any) -> str:
    db.session.execute(text("UPDATE ab_user SET active = :no WHERE username = 'clerk'"), {"no": False})
    return token_of(desk)


def idle(desk: FlaskClient, _cast: Any, monkeypatch: Any) -> str:
    later(monkeypatch, minutes=30, seconds=1)
    return token_of(desk)


def all_day(desk: FlaskClient, _cast: Any, monkeypatch: Any) -> str:
    for _ in range(24):
        later(monkeypatch, minutes=20)
        desk.get(HERE)
    later(monkeypatch, seconds=1)
    return token_of(desk)


DEATHS = [fixation, made_up, logged_out, password_changed, one_time_password_given, roles_changed, shut_out,
          shut_out_by_hand, idle, all_day]  # fmt: skip


@pytest.mark.parametrize("end", DEATHS)
def test_none_of_ten_survives(app: Flask, login: Login, cast: Any, monkeypatch: pytest.MonkeyPatch, end: Any) -> None:
    """The negative control is in it: before its end the session did open the page."""
    desk, thief = login("clerk"), app.test_client()
    assert len(DEATHS) == 10 and alive(desk)
    token = end(desk, cast, monkeypatch)
    db.session.commit()
    thief.set_cookie("hudang", token)
    assert not alive(thief)


def test_without_the_ending_a_stolen_token_would_live_on(app: Flask, client: FlaskClient, monkeypatch: Any) -> None:
    """The negative control of the tests above: nothing but `_end` keeps the old token out."""
    enter(client)
    kept = token_of(client)
    monkeypatch.setattr(sessions, "_end", lambda _which: None)
    client.post("/logout")
    thief = app.test_client()
    thief.set_cookie("hudang", kept)
    assert alive(thief)


def test_the_use_of_a_session_is_noted_once_a_minute(login: Login, monkeypatch: pytest.MonkeyPatch, cast: Any) -> None:
    clerk = login("clerk")
    seen = select(LoginSession.seen_at).where(LoginSession.user_id == cast["clerk"].id, LoginSession.ended_at.is_(None))
    clerk.get(HERE)
    first = db.session.scalar(seen)
    later(monkeypatch, seconds=30)
    clerk.get(HERE)
    assert db.session.scalar(seen) == first
    later(monkeypatch, seconds=31)
    clerk.get(HERE)
    assert db.session.scalar(seen) == columns.now() != first


def test_files_of_the_skin_cost_no_session(client: FlaskClient) -> None:
    before = db.session.scalar(select(func.count(LoginSession.id)))
    answer = client.get("/healthz")
    assert "Set-Cookie" not in answer.headers and "Set-Cookie" not in client.get("/favicon.ico").headers
    assert db.session.scalar(select(func.count(LoginSession.id))) == before


@pytest.mark.parametrize("address", ["/static/none.css", "/api/v1/none", "/healthz", "/favicon.ico"])
def test_what_needs_no_session_ends_none(login: Login, address: str) -> None:
    """The page that says that a file is missing has a form, too, and once took a session of its own for it."""
    clerk = login("clerk")
    kept = token_of(clerk)
    answer = clerk.get(address)
    assert "Set-Cookie" not in answer.headers and token_of(clerk) == kept and alive(clerk)


def test_who_is_logged_in_is_not_sent_to_log_in_while_the_database_is_gone(
    login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = login("clerk")
    kept = token_of(clerk)

    def gone(_token: str) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    with monkeypatch.context() as broken:
        broken.setattr(sessions, "_find", gone)
        for answer in (clerk.get(HERE), clerk.post("/customers/add", data={"name": "x"})):
            assert answer.status_code == 503 and "Location" not in answer.headers
        assert clerk.get("/healthz").status_code == 200
    assert token_of(clerk) == kept and alive(clerk)


def test_old_sessions_are_swept(cast: Any) -> None:
    sessions.issue(cast["clerk"])
    db.session.execute(update(LoginSession).values(created_at=columns.now() - dt.timedelta(days=3)))
    kept = sessions.issue(cast["clerk"])
    sessions.sweep()
    assert db.session.scalar(select(func.count(LoginSession.id))) == 1 and kept
