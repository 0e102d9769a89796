"""Registers for other programs: the same gate, roles, sites and rules as on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.kit.session import db
from app.registers import declaring
from app.registers.models import Entry
from tests.api.conftest import approved, approver_for, asked, forced, speaking
from tests.registers.conftest import BODY
from tests.registers.test_screens import add

Login = Callable[[str], FlaskClient]
ROOT = "/api/v1/registers"


def test_a_program_lists_reads_and_adds(spot_checks: Any, app: Flask, cast: Any, login: Login) -> None:
    entry = add(login("clerk"), topic="柜门未锁", cost="10.50", grade="grave")
    program = speaking(app, forced(cast["clerk"]))
    named = program.get(ROOT).get_json()["items"]
    assert [each["key"] for each in named] == ["spot_checks"]
    listed = program.get(f"{ROOT}/spot_checks?grade=grave").get_json()
    assert listed["total"] == 1 and listed["items"][0]["topic"] == "柜门未锁"
    shown = program.get(f"{ROOT}/spot_checks/{entry.id}").get_json()
    assert (shown["cost"], shown["state"], shown["number"]) == (1050, "found", entry.number)
    sent = {"topic": "程序写的", "grade": "small", "cost": 5000}
    head = {"Idempotency-Key": "once-and-only"}
    made = program.post(f"{ROOT}/spot_checks", json=sent, headers=head)
    assert made.status_code == 201 and made.get_json()["topic"] == "程序写的"
    again = program.post(f"{ROOT}/spot_checks", json=sent, headers=head)
    assert again.get_json()["id"] == made.get_json()["id"]
    assert db.session.query(Entry).count() == 2
    wrong = program.post(f"{ROOT}/spot_checks", json={"topic": "", "grade": "huge", "nothing": 1})
    assert wrong.status_code == 422 and {each["field"] for each in wrong.get_json()["errors"]} >= {"nothing"}


def test_a_program_may_no_more_than_its_account(app: Flask, cast: Any, login: Login) -> None:
    declaring.declare({**BODY, "read": ["manager"], "write": ["manager"]})
    entry = add(login("manager"), topic="经理的")
    program = speaking(app, forced(cast["clerk"]))
    for address in (f"{ROOT}/spot_checks", f"{ROOT}/spot_checks/{entry.id}"):
        assert program.get(address).status_code == 403
    assert program.post(f"{ROOT}/spot_checks", json={"topic": "x"}).status_code == 403
    assert program.get(ROOT).get_json()["items"] == []
    elsewhere = speaking(app, forced(cast["stranger"]))
    assert elsewhere.get(f"{ROOT}/spot_checks/{entry.id}").status_code in (403, 404)


def test_a_token_without_registers_gets_none(spot_checks: Any, app: Flask, cast: Any) -> None:
    token = asked(cast["clerk"], cast["admin"], reads="files", writes="")
    program = speaking(app, approved(token, approver_for(cast["clerk"])))
    assert program.get("/api/v1/files").status_code == 200
    assert program.get(f"{ROOT}/spot_checks").status_code == 403


def test_the_description_tells_of_each_register(spot_checks: Any, app: Flask, cast: Any) -> None:
    told = speaking(app, forced(cast["clerk"])).get("/api/v1/openapi.json").get_json()
    assert f"{ROOT}/spot_checks" in told["paths"]
    assert "deadline" in told["components"]["schemas"]["Entry_spot_checks"]["properties"]
