"""The page on which everybody chooses for themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.kit.pages import Card
from app.kit.session import db, finish_work
from app.security import roles
from app.telling.models import TellingChoice, TellingLine
from tests.telling.conftest import MailServer, RobotHost

Login = Callable[..., FlaskClient]


@pytest.mark.parametrize("role", list(roles.ROLES))
def test_everybody_reaches_it_from_every_page(login: Login, role: str) -> None:
    client = login(role)
    assert 'href="/telling/"' in client.get("/").text
    page = client.get("/telling/")
    assert page.status_code == 200 and "Tell me another way" in page.text


def form(**said: str) -> dict[str, str]:
    plain = {"channel": "wecom", "language": "en", "is_on": "y", "is_waiting": "y", "hours": "14:00 8:30"}
    return plain | said


def test_a_choice_is_made_changed_and_taken_back(login: Login, robot_host: RobotHost, cast: Any) -> None:
    client = login("clerk")
    address = f"{robot_host.url}/r?key=very-secret-1234"
    made = client.post("/telling/add", data=form(address=address))
    assert made.status_code == 302, made.text
    choice = db.session.scalars(select(TellingChoice)).one()
    assert (choice.user_id, choice.hours, choice.address) == (cast["clerk"].id, "08:30, 14:00", address)
    assert (choice.is_overdue, choice.is_waiting, choice.is_immediate) == (False, True, False)
    for page in ("/telling/", f"/telling/{choice.id}", f"/telling/{choice.id}/edit"):
        text = client.get(page).text
        assert "very-secret" not in text and "****1234" in text, page
    changed = {"version": str(choice.version), "address": "", "language": "en", "hours": "", "is_immediate": "y"}
    assert client.post(f"/telling/{choice.id}/edit", data=changed).status_code == 302
    db.session.refresh(choice)
    assert (choice.address, choice.hours, choice.is_immediate, choice.is_on) == (address, "", True, False)
    assert client.post(f"/telling/{choice.id}/delete").status_code == 302
    assert db.session.scalars(select(TellingChoice)).all() == []


def test_a_second_choice_of_one_channel_is_refused(login: Login, robot_host: RobotHost) -> None:
    client = login("clerk")
    address = f"{robot_host.url}/r"
    assert client.post("/telling/add", data=form(address=address)).status_code == 302
    again = client.post("/telling/add", data=form(address=address))
    assert again.status_code == 422 and "edit what is there" in again.text
    assert login("manager").post("/telling/add", data=form(address=address)).status_code == 302


def test_nobody_sees_or_touches_the_choices_and_messages_of_others(
    login: Login, robot_host: RobotHost, chosen: Callable[..., TellingChoice]
) -> None:
    choice = chosen("clerk", "wecom", f"{robot_host.url}/r?key=x1234")
    line = TellingLine(user_id=choice.user_id, chosen=choice, channel="wecom", slot="2026-07-01 08:30")
    db.session.add(line)
    finish_work()
    own, choice_id, line_id = login("clerk"), choice.id, line.id
    assert "****1234" in own.get("/telling/").text and own.get(f"/told/{line_id}").status_code == 200
    assert "2026-07-01 08:30" in own.get(f"/telling/{choice_id}").text
    for name in ("admin", "manager", "auditor", "stranger"):
        other = login(name)
        assert "1234" not in other.get("/telling/").text
        assert "2026-07-01 08:30" not in other.get("/told/").text
        assert "2026-07-01 08:30" not in other.get(f"/told/?chosen={choice_id}").text
        at = f"/telling/{choice_id}"
        for method, address in (("GET", at), ("GET", f"{at}/edit"), ("POST", f"{at}/edit"), ("POST", f"{at}/delete"),
                                ("POST", f"{at}/trial"), ("GET", f"/told/{line_id}")):  # fmt: skip
            assert other.open(address, method=method).status_code == 404, (name, address)
    assert db.session.get(TellingChoice, choice_id) is not None and not robot_host.taken


def test_a_trial_message_is_sent_at_once_and_once_a_minute(
    login: Login, mail_server: MailServer, cards: dict[str, list[Card]], chosen: Callable[..., TellingChoice]
) -> None:
    cards["clerk"] = [Card("查阅待批", 7, "/lookups/")]
    choice_id, client = chosen("clerk", "mail", "front@desk.example", is_on=False).id, login("clerk")
    assert "Send a trial message" in client.get(f"/telling/{choice_id}").text
    job = client.post(f"/telling/{choice_id}/trial")
    told = client.get(job.location + "/progress").get_json()
    assert told["state"] == "done" and told["next_url"] == f"/telling/{choice_id}"
    assert len(mail_server.inbox.mails) == 1
    again = client.post(f"/telling/{choice_id}/trial", follow_redirects=True)
    assert "Wait a little" in again.text and len(mail_server.inbox.mails) == 1
    line = db.session.scalars(select(TellingLine)).one()
    assert (line.occasion, line.state, line.tries) == ("trial", "sent", 1)


def test_a_trial_that_fails_says_why_and_is_not_repeated(
    login: Login, robot_host: RobotHost, cards: dict[str, list[Card]], chosen: Callable[..., TellingChoice]
) -> None:
    robot_host.answers = [(200, b'{"errcode":93000,"errmsg":"invalid webhook url"}')]
    choice_id, client = chosen("clerk", "wecom", f"{robot_host.url}/r").id, login("clerk")
    job = client.post(f"/telling/{choice_id}/trial")
    told = client.get(job.location + "/progress").get_json()
    assert told["state"] == "failed" and "refused" in told["message"]
    line = db.session.scalars(select(TellingLine)).one()
    assert (line.state, line.code, len(robot_host.taken)) == ("failed", "93000", 1)
    assert "93000" in client.get(f"/telling/{choice_id}").text


def test_the_audit_names_what_was_chosen_but_not_the_address(app: Flask, login: Login, robot_host: RobotHost) -> None:
    from app.security.models import AuditLine

    login("clerk").post("/telling/add", data=form(address=f"{robot_host.url}/r?key=very-secret"))
    line = db.session.scalars(select(AuditLine).where(AuditLine.subject_type == "TellingChoice")).one()
    assert line.action == "add" and "address" in str(line.detail) and "very-secret" not in str(line.detail)


def test_what_was_told_stays_when_the_choice_is_taken_back(
    login: Login, robot_host: RobotHost, cards: dict[str, list[Card]], chosen: Callable[..., TellingChoice]
) -> None:
    choice_id, client = chosen("clerk", "wecom", f"{robot_host.url}/r").id, login("clerk")
    client.post(f"/telling/{choice_id}/trial")
    assert client.post(f"/telling/{choice_id}/delete").status_code == 302
    db.session.expire_all()
    line = db.session.scalars(select(TellingLine)).one()
    assert line.choice_id is None and client.get(f"/told/{line.id}").status_code == 200
    assert "Trial" in client.get("/told/").text
