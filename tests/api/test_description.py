"""What the description says is what the interface does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.kit.kinds import kind, length
from app.kit.labels import choices
from tests.api import page
from tests.api.conftest import of_rooms
from tests.house.full_house import furnish

Program = Callable[..., FlaskClient]
DOCUMENT = {
    "type": "object",
    "required": ["openapi", "info", "paths", "components"],
    "properties": {
        "openapi": {"const": "3.1.0"},
        "info": {"type": "object", "required": ["title", "version"]},
        "paths": {
            "type": "object",
            "patternProperties": {"^/": {"$ref": "#/$defs/path"}},
            "additionalProperties": False,
        },
    },
    "$defs": {
        "path": {"type": "object", "additionalProperties": {"$ref": "#/$defs/operation"}},
        "operation": {
            "type": "object",
            "required": ["operationId", "summary", "responses", "tags"],
            "properties": {
                "responses": {
                    "type": "object",
                    "minProperties": 2,
                    "patternProperties": {"^[1-5][0-9][0-9]$": {"type": "object", "required": ["description"]}},
                    "additionalProperties": False,
                },
                "parameters": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["name", "in", "schema"],
                        "properties": {"in": {"enum": ["query", "path", "header"]}},
                    },
                },
            },
        },
    },
}


@pytest.fixture
def described(program: Program) -> dict[str, Any]:
    found: dict[str, Any] = program("manager").get("/api/v1/openapi.json").json
    return found


def fits(described: dict[str, Any], name: str, value: Any) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
    jsonschema.Draft202012Validator(schema).validate(value)


def references(found: Any) -> list[str]:
    if isinstance(found, dict):
        own = [found["$ref"]] if "$ref" in found else []
        return own + [one for value in found.values() for one in references(value)]
    return [one for value in found for one in references(value)] if isinstance(found, list) else []


def test_the_document_is_well_formed(described: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(DOCUMENT).validate(described)
    operations = [one for path in described["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names) >= 8
    for schema in described["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    for reference in references(described):
        assert reference.removeprefix("#/components/schemas/") in described["components"]["schemas"]


def test_every_address_is_described_and_no_other(app: Flask, described: dict[str, Any]) -> None:
    there = {
        (rule.rule.replace("<int:pk>", "{id}"), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and not rule.rule.endswith(".json")
        if not rule.rule.startswith("/api/v1/registers")  # each is described under its own key
        for method in set(rule.methods or ()) - {"HEAD", "OPTIONS"}
    }
    assert there == {(path, method) for path, both in described["paths"].items() for method in both}


@pytest.mark.parametrize("filed", [False, True])
def test_every_answer_is_as_described(program: Program, described: dict[str, Any], site: Any, filed: bool) -> None:
    made, clerk = furnish(site, "甲", filed=filed), program("manager")
    for api in of_rooms().values():
        name = api.model.__name__
        page = clerk.get(f"/api/v1/{api.resource}").json
        assert page["items"], api.resource
        fits(described, f"{name}Page", page)
        fits(described, name, clerk.get(f"/api/v1/{api.resource}/{made[api.model].id}").json)


def test_every_refusal_is_as_described(program: Program, described: dict[str, Any], client: FlaskClient) -> None:
    clerk = program(reads="units")
    answers = [
        client.get("/api/v1/units"), clerk.get("/api/v1/customers"), clerk.get("/api/v1/units/0"),
        clerk.put("/api/v1/units"), clerk.get("/api/v1/units?page=x"),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [401, 403, 404, 405, 400]
    for answer in answers:
        fits(described, "Problem", answer.json)
        assert answer.json["status"] == answer.status_code


def test_words_values_and_lengths_come_from_the_columns(described: dict[str, Any]) -> None:
    for api in of_rooms().values():
        told = described["components"]["schemas"][api.model.__name__]["properties"]
        assert set(told) == {"id", "version", "sealed", *api.show_columns}
        for name in api.show_columns:
            assert told[name]["title"]
            if "enum" in told[name]:
                assert set(told[name]["enum"]) - {None, ""} == set(choices(api.model, name)) - {""}
            if "maxLength" in told[name]:
                assert told[name]["maxLength"] == length(api.model, name)
            if kind(api.model, name) == "date":
                assert told[name]["format"] == "date"


def test_examples_fit_their_own_schema(described: dict[str, Any]) -> None:
    for schema in described["components"]["schemas"].values():
        for column in schema["properties"].values():
            for example in column.get("examples", []):
                jsonschema.Draft202012Validator(column).validate(example)


def test_the_description_speaks_the_callers_language(program: Program) -> None:
    said = program(language="zh-CN").get("/api/v1/openapi.json").json
    assert said["components"]["schemas"]["Unit"]["properties"]["number"]["title"] == "单元"


def test_the_documents_table_is_what_the_code_says() -> None:
    assert page.PAGE.read_text(encoding="utf-8") == page.as_it_should_be()
    for path in of_rooms():
        assert f"| `{path}` |" in page.as_it_should_be()
