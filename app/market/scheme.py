"""What a scheme says of its customers as a market: facets, fields, grades, credit, ways of paying, sources, surveys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.archive.schemes.parts import Body, Part, Where
from app.archive.schemes.shape import KEY, NAMES, ROLES, listed, record
from app.kit.labels import _l

DAYS = {"type": "integer", "minimum": 1}
YUAN = {"type": "integer", "minimum": 0}
WORD = record(["key", "name"], key=KEY, name=NAMES, prospect={"type": "boolean"}, buying={"type": "boolean"})
FACET = record(["key", "name", "words"], key=KEY, name=NAMES, words=listed(WORD, minItems=2))
FIELD = record(["key", "name"], key=KEY, name=NAMES)
GROUP = record(["key", "name", "fields"], key=KEY, name=NAMES, fields=listed(FIELD, minItems=1))
SOURCE = record(
    ["key", "name"], key=KEY, name=NAMES, needs_verification={"type": "boolean"}, by_customer={"type": "boolean"}
)
LEAST = record([], sales_yuan=YUAN, years={"type": "integer", "minimum": 0}, credit=KEY)
GRADE = record(
    ["key", "name", "at_least", "channel", "sales", "collection"],
    key=KEY, name=NAMES, at_least=LEAST, channel=NAMES, sales=NAMES, collection=NAMES,
)  # fmt: skip
CREDIT = record(
    ["key", "name", "limit_yuan", "terms", "handling"], key=KEY, name=NAMES, limit_yuan=YUAN, terms=NAMES,
    handling=NAMES,
)  # fmt: skip
MODE = record(["key", "name"], key=KEY, name=NAMES, on_credit={"type": "boolean"}, chain=ROLES)
SURVEY = record(
    ["key", "name", "questions", "target"],
    key=KEY, name=NAMES, questions=listed(FIELD, minItems=1), target={"type": "integer", "minimum": 1, "maximum": 100},
    every_days=DAYS,
)  # fmt: skip
SCHEMA = record(
    ["stale_after_days", "facets", "groups", "sources", "grades", "grade_over_days", "credit_grades", "payment_modes"],
    stale_after_days=DAYS,
    grade_over_days=DAYS,
    link_days=DAYS,
    evaluation_every_days=DAYS,
    facets=listed(FACET, minItems=1),
    groups=listed(GROUP, minItems=1),
    sources=listed(SOURCE, minItems=1),
    grades=listed(GRADE, minItems=2),
    credit_grades=listed(CREDIT, minItems=1),
    payment_modes=listed(MODE, minItems=1),
    surveys=listed(SURVEY),
)
LISTS = ("facets", "groups", "sources", "grades", "credit_grades", "payment_modes", "surveys")


def check(body: Body) -> Iterator[tuple[Where, Any]]:
    """What the shape cannot say: no key twice, grades that name a credit grade, a last grade for everybody."""
    part = body["market"]
    for name in LISTS:
        yield from _twice(("market", name), part.get(name, []))
    for name, inner in (("facets", "words"), ("groups", "fields"), ("surveys", "questions")):
        for place, each in enumerate(part.get(name, [])):
            yield from _twice(("market", name, place, inner), each[inner])
    yield from _grades(part)
    yield from _modes(part)


def _twice(where: Where, items: list[dict[str, Any]]) -> Iterator[tuple[Where, Any]]:
    keys = [each["key"] for each in items]
    for place, key in enumerate(keys):
        if key in keys[:place]:
            yield (*where, place, "key"), _l("%(key)s is there twice", key=key)


def _grades(part: dict[str, Any]) -> Iterator[tuple[Where, Any]]:
    known = {each["key"] for each in part["credit_grades"]}
    for place, grade in enumerate(part["grades"]):
        if grade["at_least"].get("credit", "") not in {*known, ""}:
            yield ("market", "grades", place, "at_least", "credit"), _l("there is no credit grade of that key")
    last = len(part["grades"]) - 1
    if part["grades"][last]["at_least"]:
        yield ("market", "grades", last, "at_least"), _l("the last grade is for everybody: it asks for nothing")


def _modes(part: dict[str, Any]) -> Iterator[tuple[Where, Any]]:
    """Whatever is not paid at once needs somebody who agrees (P13.04)."""
    for place, mode in enumerate(part["payment_modes"]):
        if mode.get("on_credit") and not mode.get("chain"):
            yield ("market", "payment_modes", place, "chain"), _l("say who agrees to this way of paying")
    if all(mode.get("on_credit") for mode in part["payment_modes"]):
        yield ("market", "payment_modes"), _l("one way of paying is at once, without credit")


PART = Part(key="market", schema=SCHEMA, check=check)
