"""A program hands in complaints and repairs by the desk's own rules, once, and is told why not."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.complaints import promises
from app.complaints.models import Complaint
from app.customers import rules as customers
from app.demo import makers
from app.estate.rules import find_site
from app.kit import columns, once
from app.kit.session import db
from app.repairs import kinds
from app.repairs.models import Repair
from app.security import tokens
from app.security.models import AuditLine
from tests.conftest import SITE
from tests.standing import Made, Standing

Program = Callable[..., FlaskClient]
Login = Callable[..., FlaskClient]
THERE = "/api/v1/complaints"
SAID = {"complainant": "王小明", "phone": "19900001234", "content": "走廊空调漏水", "urgency": "urgent"}
UNHEARD = {"NUL": "漏\x00水", "half a pair": "漏\ud800水", "bell": "漏\x07水"}


@pytest.fixture(scope="module")
def _unit(standing: Standing) -> Made:
    def write() -> Any:
        file = makers.make_file(makers.make_unit("0501", site=find_site(SITE)))
        promises.put_in()
        customers.set_contact(file.customer, "daily", "李小红", "19900005678")
        return file.unit

    return standing(write)


@pytest.fixture
def unit(_unit: Made) -> Any:
    """A let unit whose daily contact is known."""
    return _unit()


def complaints() -> int:
    return db.session.scalar(select(func.count(Complaint.id))) or 0


def test_a_complaint_is_handed_in_by_the_desks_rules(program: Program, unit: Any, cast: Any) -> None:
    answer = program().post(THERE, json=SAID | {"unit": unit.id})
    assert answer.status_code == 201, answer.text
    made = db.session.get_one(Complaint, answer.json["id"])
    assert answer.headers["Location"] == f"{THERE}/{made.id}" and answer.headers["ETag"] == f'"{made.version}"'
    assert made.number.startswith("TS-") and made.tenancy is not None and made.state == "received"
    assert made.created_by_id == cast["clerk"].id and made.solve_due_at > made.answer_due_at
    assert answer.json["unit"] == {"id": unit.id, "name": "0501"} and answer.json["content"] == SAID["content"]


def test_what_follows_from_the_unit_need_not_be_sent(program: Program, unit: Any) -> None:
    answer = program().post(THERE, json={"unit": unit.id, "content": "漏水"})
    assert (answer.json["complainant"], answer.json["phone"]) == ("李小红", "19900005678")


def test_what_is_sent_is_not_overwritten_by_what_is_known(program: Program, unit: Any) -> None:
    answer = program().post(THERE, json=SAID | {"unit": unit.id, "phone": None})
    assert (answer.json["complainant"], answer.json["phone"]) == ("王小明", "")


def test_each_addition_is_a_line_with_the_token(program: Program, unit: Any, cast: Any) -> None:
    made = program().post(THERE, json=SAID | {"unit": unit.id}).json
    mine = AuditLine.subject_type == "Complaint", AuditLine.subject_id == made["id"]
    lines = {line.action: line for line in db.session.scalars(select(AuditLine).where(*mine))}
    assert {"open_complaint", "add", "open"} <= set(lines)
    assert all(line.detail["token"] and line.user_id == cast["clerk"].id for line in lines.values())
    assert "token" not in (db.session.scalars(select(AuditLine).order_by(AuditLine.id)).first() or lines["add"]).detail


def test_the_same_key_again_answers_the_same_and_adds_nothing(program: Program, unit: Any) -> None:
    clerk, before = program(), complaints()
    answers = [
        clerk.post(THERE, json=SAID | {"unit": unit.id}, headers={"Idempotency-Key": "order-7"}) for _ in range(3)
    ]
    assert [answer.status_code for answer in answers] == [201] * 3
    assert len({answer.headers["Location"] for answer in answers}) == 1 and complaints() == before + 1
    other = clerk.post(THERE, json=SAID | {"unit": unit.id}, headers={"Idempotency-Key": "order-8"})
    assert other.json["id"] != answers[0].json["id"]


def test_without_a_key_twice_is_twice(program: Program, unit: Any) -> None:
    """The negative control."""
    clerk, before = program(), complaints()
    for _ in range(2):
        clerk.post(THERE, json=SAID | {"unit": unit.id})
    assert complaints() == before + 2


def test_the_same_key_with_something_else_is_refused(program: Program, unit: Any) -> None:
    clerk, key = program(), {"Idempotency-Key": "order-7"}
    clerk.post(THERE, json=SAID | {"unit": unit.id}, headers=key)
    before = complaints()
    answer = clerk.post(THERE, json=SAID | {"unit": unit.id, "content": "别的"}, headers=key)
    assert answer.status_code == 422 and complaints() == before


def test_a_key_belongs_to_its_caller(program: Program, unit: Any) -> None:
    key, before = {"Idempotency-Key": "order-7"}, complaints()
    for name in ("clerk", "supervisor"):
        assert program(name).post(THERE, json=SAID | {"unit": unit.id}, headers=key).status_code == 201
    assert complaints() == before + 2


def test_a_refused_try_does_not_use_the_key_up(program: Program, unit: Any) -> None:
    clerk, key = program(), {"Idempotency-Key": "order-7"}
    late = (columns.now() + dt.timedelta(days=9)).isoformat(timespec="seconds")
    assert clerk.post(THERE, json=SAID | {"unit": unit.id, "received_at": late}, headers=key).status_code == 422
    assert clerk.post(THERE, json=SAID | {"unit": unit.id}, headers=key).status_code == 201


def test_a_key_taken_at_the_same_moment_answers_what_the_other_made(
    program: Program, unit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two at once: the second does not find the key before it claims it."""
    clerk, key, asked = program(), {"Idempotency-Key": "order-7"}, []
    first, real = clerk.post(THERE, json=SAID | {"unit": unit.id}, headers=key), once.replayed

    def late(slip: str | None) -> str | None:
        asked.append(slip)
        return None if len(asked) == 1 else real(slip)

    monkeypatch.setattr(once, "replayed", late)
    before = complaints()
    second = clerk.post(THERE, json=SAID | {"unit": unit.id}, headers=key)
    assert second.status_code == 201 and second.json["id"] == first.json["id"] and complaints() == before


@pytest.mark.parametrize("key", ["", "a b", "a" * 201, "ключ".encode().decode("latin-1")])
def test_a_key_that_is_none(program: Program, unit: Any, key: str) -> None:
    assert program().post(THERE, json=SAID, headers={"Idempotency-Key": key}).status_code == 400


def test_a_rules_refusal_stands_beside_its_field_in_the_callers_language(program: Program, unit: Any) -> None:
    late = (columns.now() + dt.timedelta(days=9)).isoformat(timespec="seconds")
    answer = program().post(THERE, json=SAID | {"unit": unit.id, "received_at": late})
    assert answer.status_code == 422 and answer.mimetype == "application/problem+json"
    assert answer.json["errors"] == [{"field": "received_at", "message": "This lies in the future."}]
    chinese = program(language="zh-CN").post(THERE, json={"unit": unit.id, "complainant": "王"})
    assert [error["field"] for error in chinese.json["errors"]] == ["content"]
    assert not chinese.json["errors"][0]["message"].isascii()


def test_everything_that_is_wrong_is_told_at_once(program: Program, site: Any) -> None:
    answer = program().post(THERE, json={"phone": "abc", "urgency": "at once", "content": "长" * 3000})
    assert {error["field"] for error in answer.json["errors"]} >= {"phone", "urgency", "content", "complainant"}


@pytest.mark.parametrize(
    "field, value",
    [
        ("unit", "12"),
        ("unit", True),
        ("unit", 1.5),
        ("unit", [1]),
        ("unit", {"id": 1}),
        ("unit", 2**31),
        ("unit", -1),
        ("unit", 10**400),
        ("content", 5),
        ("content", None),
        ("content", ""),
        ("content", []),
        ("urgency", "x"),
        ("received_at", "2026-03-01"),
        ("received_at", "2026-13-01T00:00:00Z"),
        ("received_at", 5),
        ("phone", 19900001234),
        ("received_at", "0001-01-01T00:00:00+14:00"),
        ("state", "closed"),
        ("number", "X"),
        ("id", 1),
        ("site", 1),
        ("verdict", "A"),
        ("tenancy", 1),
        ("__class__", "x"),
        ("once", "abcdefgh"),
        ("next", "/x"),
        ("", "x"),
    ],
)
def test_values_that_cannot_be(program: Program, unit: Any, field: str, value: Any) -> None:
    before = complaints()
    answer = program().post(THERE, json=SAID | {"unit": unit.id} | {field: value})
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json["errors"]] == [field] and complaints() == before


@pytest.mark.parametrize("words", UNHEARD.values(), ids=UNHEARD)
def test_characters_that_cannot_be_stored(program: Program, unit: Any, words: str) -> None:
    for sent in ({"content": words}, {words: "x"}):
        body = json.dumps(SAID | {"unit": unit.id} | sent)
        answer = program().post(THERE, data=body, content_type="application/json")
        assert answer.status_code == 422, answer.text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"1",
        b"\xff\xfe",
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":1,"a":2}',
        b"{'a':1}",
        b"[" * 30_000,
        b'{"a":' * 9_000,
        b'{"unit":' + b"9" * 5_000 + b"}",
        '{"a":1}'.encode("utf-16"),
    ],
)
def test_bodies_that_are_no_json_object(program: Program, unit: Any, body: bytes) -> None:
    answer = program().post(THERE, data=body, content_type="application/json")
    assert answer.status_code == 400 and answer.json["status"] == 400


def test_other_kinds_of_content_and_too_much_of_it(program: Program, unit: Any) -> None:
    clerk = program()
    assert clerk.post(THERE, data=SAID).status_code == 415
    assert clerk.post(THERE, data=json.dumps(SAID), content_type="text/plain").status_code == 415
    answer = clerk.post(THERE, json=SAID | {"content": "a" * 70_000})
    assert answer.status_code == 413 and answer.mimetype == "application/problem+json"


def test_too_much_without_a_length(program: Program, unit: Any) -> None:
    body = io.BytesIO(json.dumps(SAID | {"content": "a" * 70_000}).encode())
    environ = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = program().post(THERE, input_stream=body, content_type="application/json", environ_overrides=environ)
    assert answer.status_code == 413


def test_a_strangers_program_hands_in_nothing_here(program: Program, unit: Any) -> None:
    answer = program("stranger").post(THERE, json=SAID | {"unit": unit.id})
    assert answer.status_code == 422 and [error["field"] for error in answer.json["errors"]] == ["unit"]


def test_a_token_that_may_only_read_adds_nothing(program: Program, unit: Any) -> None:
    assert program(writes="").post(THERE, json=SAID | {"unit": unit.id}).status_code == 403


def test_a_role_that_may_only_read_adds_nothing(program: Program, unit: Any) -> None:
    director = program("director")
    assert director.get(THERE).status_code == 200
    assert director.post(THERE, json=SAID | {"unit": unit.id}).status_code == 403


def test_a_cookie_adds_nothing(login: Login, unit: Any, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """No other site's page can use a person's session here, with the forms' token switched on or off."""
    for enabled in (True, False):
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", enabled)
        assert login("clerk").post(THERE, json=SAID | {"unit": unit.id}).status_code == 401


def test_a_token_needs_no_forms_token(program: Program, unit: Any, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert program().post(THERE, json=SAID | {"unit": unit.id}).status_code == 201


def test_a_page_of_another_origin_is_refused_even_with_a_token(program: Program, unit: Any) -> None:
    answer = program().post(THERE, json=SAID | {"unit": unit.id}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403 and answer.mimetype == "application/problem+json"


def test_what_is_sent_and_answered_is_as_described(program: Program, unit: Any) -> None:
    clerk = program()
    parts = clerk.get("/api/v1/openapi.json").json["components"]

    def fits(name: str, value: Any) -> None:
        schema = {"$ref": f"#/components/schemas/{name}", "components": parts}
        jsonschema.Draft202012Validator(schema).validate(value)

    sent = SAID | {"unit": unit.id, "received_at": "2026-03-01T09:30:00+08:00"}
    fits("NewComplaint", sent)
    answer = clerk.post(THERE, json=sent)
    fits("Complaint", answer.json)
    assert answer.json["received_at"] == "2026-03-01T01:30:00Z"
    with pytest.raises(jsonschema.ValidationError):
        fits("NewComplaint", sent | {"state": "closed"})


# --- repairs ---


def kind_of(program: FlaskClient, name: str) -> int:
    """The key of a kind of repair, as a program finds it."""
    found = program.get("/api/v1/repair-kinds", query_string={"name": name}).json["items"]
    key: int = found[0]["id"]
    return key


def test_a_repair_is_handed_in_by_the_desks_rules_once(program: Program, unit: Any, cast: Any) -> None:
    kinds.default_kinds()
    db.session.commit()
    clerk = program()
    sent = {"unit": unit.id, "kind": kind_of(clerk, "电梯"), "fault": "电梯异响"}
    answers = [clerk.post("/api/v1/repairs", json=sent, headers={"Idempotency-Key": "fault-1"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201], answers[0].text
    assert answers[0].json == answers[1].json
    repair = db.session.scalars(select(Repair)).one()
    assert answers[0].headers["Location"] == f"/api/v1/repairs/{repair.id}"
    assert repair.number.startswith("WX-") and repair.state == "open" and repair.tenancy is not None
    assert repair.due_at - repair.reported_at == dt.timedelta(hours=2)
    assert (repair.reporter, repair.created_by_id) == ("李小红", cast["clerk"].id)


def test_a_repair_in_a_common_part_says_where(program: Program, site: Any) -> None:
    kinds.default_kinds()
    db.session.commit()
    clerk = program()
    sent = {"kind": kind_of(clerk, "公共区域"), "fault": "灯不亮"}
    refused = clerk.post("/api/v1/repairs", json=sent)
    assert refused.status_code == 422 and [error["field"] for error in refused.json["errors"]] == ["place"]
    made = clerk.post("/api/v1/repairs", json=sent | {"place": "3F 走廊", "site": site.id})
    assert made.status_code == 201 and made.json["place"] == "3F 走廊" and made.json["unit"] is None


def test_nobody_hands_in_a_repair_of_another_site(program: Program, unit: Any) -> None:
    kinds.default_kinds()
    db.session.commit()
    stranger = program("stranger")
    sent = {"unit": unit.id, "kind": kind_of(stranger, "电梯"), "fault": "电梯异响"}
    answer = stranger.post("/api/v1/repairs", json=sent)
    assert answer.status_code == 422 and [error["field"] for error in answer.json["errors"]] == ["unit"]
    assert db.session.scalar(select(func.count(Repair.id))) == 0


def test_only_what_others_bring_to_the_desk_is_added(program: Program) -> None:
    addable = {name for name, api in tokens.resources().items() if api.add_columns}
    assert addable == {"repairs", "complaints", "registers", "sales", "follow-ups"}
