"""What a scheme says of archives proper: kinds of material with their codes, and how numbers are spelt."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter
from typing import Any

from app.archive.schemes.parts import Part
from app.archive.schemes.shape import KEY, NAMES, listed, record
from app.fonds.words import CATEGORIES, PERIODS, SPELLINGS
from app.kit.labels import _l

FIELDS = {"fonds", "code", "year", "period", "body", "body_code", "sequence"}
KIND = record(
    ["key", "category", "code", "name"],
    key=KEY,
    name=NAMES,
    category={"enum": [key for key in CATEGORIES if key]},
    code={"type": "string", "pattern": "^[A-Z]{2,4}$"},
    uncovered={"type": "boolean"},
    source={"type": "string"},
)
SCHEMA = record(
    ["kinds", "numbers"],
    kinds=listed(KIND, minItems=1),
    numbers=record(list(SPELLINGS), **{key: {"type": "string", "pattern": r"\{sequence"} for key in SPELLINGS}),
    periods=listed({"enum": [key for key in PERIODS if key]}, minItems=1),
)


def check(body: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Keys used twice, and numbers that ask for what an item does not say."""
    part = body["fonds"]
    keys = [kind["key"] for kind in part["kinds"]]
    for place, key in enumerate(keys):
        if key in keys[:place]:
            yield ("fonds", "kinds", place, "key"), _l("%(key)s is there twice", key=key)
    for spelling, template in part["numbers"].items():
        unknown = _fields(template) - FIELDS
        if unknown:
            yield ("fonds", "numbers", spelling), _l("an item has no %(key)s", key=", ".join(sorted(unknown)))


def _fields(template: str) -> set[str]:
    try:
        return {name for _text, name, _spec, _conversion in Formatter().parse(template) if name is not None}
    except ValueError:
        return {template}


PART = Part(key="fonds", schema=SCHEMA, check=check)
