"""Rubbish gets a clear answer in one shape, in the caller's language, and never a 500."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from app.kit.kinds import is_kept_back, mapper_of
from tests.api.conftest import of_rooms
from tests.house.full_house import furnish

Program = Callable[..., FlaskClient]
QUESTIONS = [
    "page=abc", "page=0", "page=-1", "page=1.5", "page=２", "page=99999999999999999999", "page=%00", "page=1000001",
    "size=0", "size=101", "size=abc", "psize=25", "order=nonsense", "order=id", "order=password", "order=__class__",
    "dir=x", "order=", "unknown=1", "_flt_0_x=1", "q=%00", "q=" + "a" * 5000, "%00=1", "a[]=1", "_external=1",
    "customer=abc", "customer=-1", "filter={}",
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_that_is_not_understood_is_told(program: Program, site: Any, question: str) -> None:
    answer = program().get(f"/api/v1/files?{question}")
    assert answer.status_code == 400 and answer.mimetype == "application/problem+json"
    assert answer.json["status"] == 400 and answer.json["errors"][0]["message"]


@pytest.mark.parametrize(
    "question", ["q=%ff%fe", "q=%ED%A0%80", "q=%F0%9F%92%A9", "q='", "q=%25", "page=1000000", "q="]
)
def test_odd_words_find_nothing(program: Program, site: Any, question: str) -> None:
    answer = program().get(f"/api/v1/files?{question}")
    assert answer.status_code == 200 and answer.json["items"] == []


@pytest.mark.parametrize("key", [0, 2**31 - 1, 2**31, 2**63, 10**30, "abc", "-1", "1.5", "%00", "1%00", "１"])
def test_keys_that_are_none(program: Program, key: Any) -> None:
    manager = program("manager")
    for resource in of_rooms():
        answer = manager.get(f"/api/v1/{resource}/{key}")
        assert answer.status_code == 404 and answer.json["title"] == "There is nothing here"


def test_a_key_of_another_record_finds_nothing(program: Program, site: Any) -> None:
    furnish(site, "甲")
    assert program().get(f"/api/v1/files?customer={2**31 + 5}").json["items"] == []


def test_other_methods_are_refused_in_the_same_shape(program: Program, site: Any) -> None:
    clerk = program()
    for method in ("PUT", "PATCH", "DELETE"):
        for address in ("/api/v1/units", "/api/v1/units/1"):
            answer = clerk.open(address, method=method)
            assert answer.status_code == 405 and answer.json["status"] == 405 and "GET" in answer.headers["Allow"]
    assert clerk.post("/api/v1/units", json={}).status_code == 405


def test_unknown_addresses_are_problems_too(program: Program, client: FlaskClient) -> None:
    for visitor in (program(), client):
        for address in ("/api/v1/nothing", "/api/v2/units", "/api/v1/units/", "/api/"):
            answer = visitor.get(address)
            assert answer.status_code == 404 and answer.mimetype == "application/problem+json"


def test_refusals_speak_the_callers_language(program: Program, site: Any) -> None:
    assert program().get("/api/v1/units/0").json["title"] == "There is nothing here"
    chinese = program(language="zh-TW").get("/api/v1/units/0").json["title"]
    assert chinese and not chinese.isascii()


def test_nothing_kept_back_can_be_asked_about(program: Program, site: Any) -> None:
    """Each masked, sealed or hidden column × filter, span and order: refused, whoever holds the value."""
    made, clerk, tried = furnish(site, "甲"), program("manager"), set()
    for api in of_rooms().values():
        record = made.get(api.model)
        for attribute in mapper_of(api.model).column_attrs:
            name = attribute.key
            if not is_kept_back(api.model, name):
                continue
            value = quote(str(getattr(record, name, None) or "1101"))
            for question in (f"{name}={value}", f"{name}_from={value}", f"order={name}", f"order={name}&dir=desc"):
                answer = clerk.get(f"/api/v1/{api.resource}?{question}")
                assert answer.status_code == 400, f"{api.resource} {question}"
                assert value not in answer.text
            found = clerk.get(f"/api/v1/{api.resource}?q={value}")
            assert found.status_code == 400 or found.json["items"] == []
            tried.add(name)
    assert {"id_number", "id_number_index", "representative", "amount_cents", "remark"} <= tried


def test_nothing_hidden_is_among_the_answers(program: Program) -> None:
    for api in of_rooms().values():
        for name in (*api.list_columns, *api.show_columns):
            column = mapper_of(api.model).columns.get(name)
            assert column is None or not column.info.get("hidden")
