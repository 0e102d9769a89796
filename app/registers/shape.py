"""What a declaration of a register may say: the JSON schema."""

from __future__ import annotations

from typing import Any

from app.archive.schemes.shape import names, record
from app.security.roles import ROLES

KINDS = (
    "text", "long_text", "number", "money", "date", "moment", "flag", "choice", "several", "person", "file",
    "customer", "unit", "entry", "signature",
)  # fmt: skip
EVERYONE = "everyone"
BOUND = ("nothing", "file", "customer", "unit")
TONES = ("good", "warn", "bad", "quiet")

NAMES = names(120)
KEY = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,38}[a-z0-9]$"}
REGISTER_KEY = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,30}[a-z0-9]$"}  # the print log has 40 signs for it
KEYS = {"type": "array", "items": KEY, "uniqueItems": True}
ROLE_LIST = {"type": "array", "items": {"enum": [*ROLES, EVERYONE]}, "uniqueItems": True}
TRUE = {"type": "boolean"}


FIELD = record(
    ["key", "label", "kind"],
    key=KEY,
    label=NAMES,
    kind={"enum": list(KINDS)},
    words={"type": "object", "minProperties": 1, "propertyNames": KEY, "additionalProperties": NAMES},
    register=KEY,
    required=TRUE,
    sealed=TRUE,
    searched=TRUE,
    hint=NAMES,
    default={"type": ["string", "integer", "boolean"]},
    roles=ROLE_LIST,
)
STATE = record(["key", "name"], key=KEY, name=NAMES, tone={"enum": list(TONES)}, over=TRUE)
MOVE = record(
    ["key", "name", "from", "roles"],
    **{
        "key": KEY,
        "name": NAMES,
        "from": {**KEYS, "minItems": 1},
        "to": KEY,
        "roles": ROLE_LIST,
        "asks": {"type": "array", "items": {"type": "string", "pattern": r"^[a-z][a-z0-9_]*\??$"}},
        "reason": TRUE,
        "not_who": KEYS,
        "style": {"enum": ["primary", "danger"]},
    },
)
SCHEMA: dict[str, Any] = record(
    ["key", "name", "entry", "read", "write", "fields"],
    key=REGISTER_KEY,
    name=NAMES,
    entry=NAMES,
    about=NAMES,
    read=ROLE_LIST,
    write=ROLE_LIST,
    number={"type": "string", "maxLength": 50},
    bound={"enum": list(BOUND)},
    single=TRUE,
    sealed_with_file=TRUE,
    filed_as={"type": "string"},
    called=KEYS,
    fields={"type": "array", "minItems": 1, "items": FIELD},
    states={"type": "array", "minItems": 1, "items": STATE},
    moves={"type": "array", "items": MOVE},
    due=KEY,
    held_by=KEY,
    due_after=record(["field", "days"], field=KEY, days={"type": "integer", "minimum": 0}),
    wall=KEY,
    list=KEYS,
    order=record(["by"], by=KEY, down=TRUE),
    print=record([], columns=KEYS, copies={"type": "array", "items": NAMES, "maxItems": 5}),
    acknowledge=record(["roles"], roles=ROLE_LIST, version=KEY, states=KEYS),
    condition_of_role=record(["roles", "person", "state"], roles=ROLE_LIST, person=KEY, state=KEY, until=KEY),
    periodic=record(
        ["days", "due", "after"],
        days={"type": ["integer", "string"]},
        due=KEY,
        after=KEY,
        carry=KEYS,
    ),
)
