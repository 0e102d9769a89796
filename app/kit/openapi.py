"""The description of the REST interface (OpenAPI 3.1), made from what the rooms declare; it holds no personal data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from apispec import APISpec

from app.kit import forms
from app.kit.api_reading import LARGEST_SIZE, USUAL_SIZE
from app.kit.filters import parent_relations, search_form
from app.kit.kinds import FIGURES, kind, length, mapper_of
from app.kit.labels import _l, choices, column_info, label
from app.kit.problems import MEDIA_TYPE

VERSION = "1"
NULL = "null"
LARGEST_KEY = 2**31 - 1
REFERENCE = {
    "type": "object",
    "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
    "required": ["id", "name"],
    "additionalProperties": False,
}
PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
                "required": ["field", "message"],
            },
        },
    },
    "required": ["type", "title", "status"],
}
INVENTED = {"date": "2026-03-01", "moment": "2026-03-01T01:30:00Z", "flag": True, "money": 5400000, "area": 12050,
            "number": 1, "relation": {"id": 12, "name": "0501"}}  # fmt: skip
TYPE_OF = {"flag": "boolean", "number": "integer", "money": "integer", "area": "integer"}
FORMAT_OF = {"date": "date", "moment": "date-time"}
UNIT_OF = {"money": _l("In cents."), "area": _l("In hundredths of a square metre.")}


def document(apis: Iterable[Any]) -> dict[str, Any]:
    """The whole description in the caller's language."""
    spec = APISpec(
        title="Hudang 户档",
        version=VERSION,
        openapi_version="3.1.0",
        info={"description": str(_l("What other programs may read and add. docs/API.md says how to get a token."))},
        security=[{"token": []}],
    )
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    spec.components.schema("Problem", PROBLEM)
    for api in sorted(apis, key=lambda api: api.resource):
        _describe(spec, api)
    return dict(spec.to_dict())


def _describe(spec: APISpec, api: Any) -> None:
    """One resource: its schemas and its two addresses."""
    name = api.schema_name
    spec.tag({"name": api.resource, "description": str(api.view.titles.many)})
    spec.components.schema(f"{name}InList", shape(api, api.list_columns))
    spec.components.schema(name, shape(api, api.show_columns))
    spec.components.schema(f"{name}Page", page_shape(f"{name}InList"))
    both = {"get": _list_of(api, name)}
    if api.add_columns:
        spec.components.schema(f"New{name}", new_shape(api))
        both["post"] = _addition(api, name)
    spec.path(path=api.route_base, operations=both)
    spec.path(path=f"{api.route_base}/{{id}}", operations={"get": _one(api, name)})


def _list_of(api: Any, name: str) -> dict[str, Any]:
    return {
        "tags": [api.resource],
        "operationId": f"list_{api.resource.replace('/', '_')}",
        "summary": str(api.view.titles.many),
        "parameters": list(parameters(api.view)),
        "responses": responses(200, f"{name}Page", 400),
    }


def _one(api: Any, name: str) -> dict[str, Any]:
    key = {"type": "integer", "minimum": 1, "maximum": LARGEST_KEY}
    return {
        "tags": [api.resource],
        "operationId": f"show_{api.resource.replace('/', '_')}",
        "summary": str(api.view.titles.one),
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": key}],
        "responses": responses(200, name, 404),
    }


def _addition(api: Any, name: str) -> dict[str, Any]:
    words = str(_l("The same key again answers what was made the first time and adds nothing. Kept for 7 days."))
    key = {"name": "Idempotency-Key", "in": "header", "description": words, "schema": {"type": "string"}}
    sent = {"application/json": {"schema": {"$ref": f"#/components/schemas/New{name}"}}}
    return {
        "tags": [api.resource],
        "operationId": f"add_{api.resource.replace('/', '_')}",
        "summary": str(api.view.titles.new),
        "parameters": [key],
        "requestBody": {"required": True, "content": sent},
        "responses": responses(201, name, 400, 409, 413, 415, 422),
    }


def responses(code: int, schema: str, *refusals: int) -> dict[str, Any]:
    """What may come back; every refusal has the one shape."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    found: dict[str, Any] = {str(code): {"description": schema, "content": content}}
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for refusal in sorted({*refusals, 401, 403, 429, 503}):
        found[str(refusal)] = {"description": "Problem", "content": problem}
    return found


def parameters(view: Any) -> Iterator[dict[str, Any]]:
    """What a list may be asked: the screen's own filters and orders, page and size."""
    for name in parent_relations(view):
        yield _parameter(name, label(view.model, name), {"type": "integer"})
    form = search_form(view)
    form.process(None)
    for field in form:
        values = [choice.value for choice in field.iter_choices()] if hasattr(field, "iter_choices") else []
        yield _parameter(field.name, field.label.text, {"type": "string"} | ({"enum": values} if values else {}))
    if view.order_columns:
        yield _parameter("order", _l("Sort by"), {"type": "string", "enum": list(view.order_columns)})
        yield _parameter("dir", _l("Direction"), {"type": "string", "enum": ["asc", "desc"]})
    yield _parameter("page", _l("Page"), {"type": "integer", "minimum": 1, "default": 1})
    size = {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": USUAL_SIZE}
    yield _parameter("size", _l("Records a page"), size)


def _parameter(name: str, words: Any, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": str(words), "schema": schema}


def shape(api: Any, names: Iterable[str]) -> dict[str, Any]:
    """A record as it is answered."""
    found: dict[str, Any] = {"id": {"type": "integer"}, "version": {"type": "integer"}}
    found |= {name: column_shape(api, name) for name in names}
    sealed = str(_l("The columns that are null because the record's file is sealed"))
    found["sealed"] = {"type": "array", "items": {"type": "string"}, "description": sealed}
    return {"type": "object", "properties": found, "required": list(found), "additionalProperties": False}


def page_shape(line: str) -> dict[str, Any]:
    found = {
        "items": {"type": "array", "items": {"$ref": f"#/components/schemas/{line}"}},
        "page": {"type": "integer"},
        "size": {"type": "integer"},
        "total": {"type": ["integer", NULL], "description": str(_l("null above 10,000: counting costs too much"))},
        "next": {"type": ["string", NULL]},
    }
    return {"type": "object", "properties": found, "required": list(found), "additionalProperties": False}


def column_shape(api: Any, name: str) -> dict[str, Any]:
    """One column of an answer: its word, type, values and an invented example."""
    model, of, info = api.model, kind(api.model, name), column_info(api.model, name)
    found: dict[str, Any] = {"title": str(label(model, name))}
    if of == "relation":
        return found | {"anyOf": [REFERENCE, {"type": NULL}], "examples": [_example(api, name, of)]}
    if of == "other":
        return found | {"type": ["string", "integer", "boolean", NULL]}
    may_be_null = bool(info.get("sealed") or mapper_of(model).columns[name].nullable)
    word = TYPE_OF.get(of, "string") if not info.get("mask") else "string"
    found["type"] = [word, NULL] if may_be_null else word
    found |= _limits(api.view, name, of, may_be_null)
    if info.get("mask"):
        return found | {"description": str(_l("Shortened; never whole."))}
    if of in UNIT_OF:
        found["description"] = str(UNIT_OF[of])
    return found | {"examples": [_example(api, name, of)]}


def new_shape(api: Any) -> dict[str, Any]:
    """What is sent for a new record."""
    view, found, required = api.view, {}, []
    for name in api.add_columns:
        of = kind(api.model, name)
        word = "integer" if of == "relation" else TYPE_OF.get(of, "string")
        found[name] = {"title": str(label(api.model, name)), "type": [word, NULL]} | _limits(view, name, of, True)
        example = _example(api, name, of)
        found[name]["examples"] = [example["id"] if of == "relation" else example]
        if forms.is_required(view, name) and forms.default_of(api.model, name) is None:
            required.append(name)
    return {"type": "object", "properties": found, "required": required, "additionalProperties": False}


def _limits(view: Any, name: str, of: str, may_be_null: bool) -> dict[str, Any]:
    """Values, formats and lengths; a masked value is not held to them."""
    if column_info(view.model, name).get("mask") or of == "relation":
        return {}
    if of == "choice" and name not in view.form_choices:
        words = choices(view.model, name)
        said = "; ".join(f"{value}: {word}" for value, word in words.items() if value)
        empty = [""] if forms.default_of(view.model, name) == "" and "" not in words else []
        return {"enum": [*words, *empty, *([None] if may_be_null else [])], "description": said}
    if of in FORMAT_OF:
        return {"format": FORMAT_OF[of]}
    longest = length(view.model, name) if of in ("text", "choice") else None
    return {"maxLength": longest} if longest else {}


def _example(api: Any, name: str, of: str) -> Any:
    """An invented value."""
    if name in api.examples:
        return api.examples[name]
    if of in INVENTED or of in FIGURES:
        return INVENTED.get(of, 1)
    if column_info(api.model, name).get("kind") == "phone":
        return "19900001234"
    values = list(choices(api.model, name))
    return values[0] if values else str(label(api.model, name))
