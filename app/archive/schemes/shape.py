"""What a scheme may say: the JSON schema of the archive's own fields."""

from __future__ import annotations

from typing import Any

from app.archive.models import APPROVER_WORDS, MODES, SEALS, SUBJECTS
from app.archive.schemes import parts
from app.kit.language import CODES


def names(longest: int | None = None) -> dict[str, Any]:
    """A name in every language, each of at most so many signs."""
    one = {"type": "string", "minLength": 1} | ({"maxLength": longest} if longest else {})
    spoken = dict.fromkeys(CODES, one)
    return {"type": "object", "required": list(CODES), "additionalProperties": False, "properties": spoken}


NAMES = names()
KEY = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
HOURS = {"type": ["integer", "null"], "minimum": 1}
ROLES = {"type": "array", "items": {"enum": list(APPROVER_WORDS)}}


def record(required: list[str], /, **properties: Any) -> dict[str, Any]:
    """An object with just these fields."""
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def listed(item: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": item, **more}


ACCESS = record(
    ["mode"],
    paper=KEY,
    mode={"enum": sorted(MODES)},
    seal={"enum": sorted(SEALS)},
    allowed={"type": "boolean"},
    chain=ROLES,
    longest_hours=HOURS,
    beyond=ROLES,
    utmost_hours={"type": "integer", "minimum": 1},
    source={"type": "string"},
)
PAPER = record(
    ["key", "section", "name"],
    key=KEY,
    section=KEY,
    name=NAMES,
    required={"type": "boolean"},
    stage=KEY,
    expires={"type": "boolean"},
    sensitive={"type": "boolean"},
    numbered={"type": "boolean"},
    signed={"type": "boolean"},
)
LIMIT = record(
    ["key", "name", "value"],
    key=KEY,
    name=NAMES,
    value={"type": ["integer", "null"], "minimum": 0},
    source={"type": "string"},
)
FIELDS: dict[str, Any] = {
    "key": KEY,
    "name": NAMES,
    "about": NAMES,
    "revision": {"type": "integer", "minimum": 1},
    "effective_from": {"type": "string", "format": "date"},
    "subject": {"enum": sorted(SUBJECTS)},
    "keepers": listed(NAMES),
    "file_number": {"type": "string", "pattern": r"\{sequence"},
    "order": {"enum": ["newest_first", "oldest_first", "as_listed"]},
    "complete_within_days": {"type": "integer", "minimum": 1},
    "needs_appointed_keeper": {"type": "boolean"},
    "files_papers_when": {"enum": ["complete", "any"]},
    "access": listed(ACCESS),
    "sections": listed(record(["key", "name"], key=KEY, name=NAMES), minItems=1),
    "papers": listed(PAPER, minItems=1),
    "stages": listed(record(["key", "name"], key=KEY, name=NAMES), minItems=2),
    "gaps": {"enum": ["refuse", "warn"]},
    "limits": listed(LIMIT),
    "forms": listed(KEY),
}
REQUIRED = ["key", "name", "revision", "effective_from", "subject", "file_number", "order", "sections", "papers"]


def schema() -> dict[str, Any]:
    """The archive's fields and those of the rooms above."""
    return record(REQUIRED, **FIELDS, **{part.key: part.schema for part in parts.found()})
