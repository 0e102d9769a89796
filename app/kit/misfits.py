"""What a JSON schema finds wrong, in the reader's words: the library itself speaks English only."""

from __future__ import annotations

from typing import Any

from jsonschema.exceptions import ValidationError

from app.kit.labels import _l

TYPES = {
    "object": _l("fields with values"),
    "array": _l("a list"),
    "string": _l("text"),
    "integer": _l("a whole number"),
    "boolean": _l("true or false"),
    "null": _l("nothing"),
}


def told(error: ValidationError) -> Any:
    """Why one thing does not fit."""
    asked = error.validator_value
    if error.validator == "type":
        kinds = asked if isinstance(asked, list) else [asked]
        return _l("must be %(what)s", what=" / ".join(str(TYPES.get(kind, kind)) for kind in kinds))
    if error.validator == "enum":
        return _l("must be one of: %(what)s", what="、".join(map(str, asked)))
    if error.validator == "required":
        return _l("%(what)s is missing", what="、".join(name for name in asked if name not in error.instance))
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        return _l("%(what)s is not known here", what="、".join(name for name in error.instance if name not in known))
    if error.validator in ("minimum", "exclusiveMinimum"):
        return _l("must be at least %(number)s", number=asked)
    if error.validator in ("minLength", "minItems", "minProperties"):
        return _l("must not be empty")
    if error.validator == "uniqueItems":
        return _l("something is there twice")
    return _l("“%(what)s” is not written as it must be", what=str(error.instance)[:60])
