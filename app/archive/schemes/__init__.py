"""Schemes as files: found, checked against a schema, loaded by command (`flask schemes load`)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from sqlalchemy import select

from app.archive import access
from app.archive.models import MODES, SEALS, Scheme
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit

FOLDER = Path(__file__).parent
# what the rooms above keep of each scheme, by its key: put in when it is loaded
loaded: list[Callable[[str], Any]] = []
NAMES = {
    "type": "object",
    "required": ["zh_Hans", "zh_Hant", "en"],
    "additionalProperties": False,
    "properties": {lang: {"type": "string", "minLength": 1} for lang in ("zh_Hans", "zh_Hant", "en")},
}
KEY = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
ROLES = {"type": "array", "items": {"enum": ["supervisor", "manager", "director"]}}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["key", "name", "revision", "effective_from", "subject", "file_number", "order", "sections", "papers"],
    "properties": {
        "key": KEY,
        "name": NAMES,
        "revision": {"type": "integer", "minimum": 1},
        "effective_from": {"type": "string", "format": "date"},
        "subject": {"enum": ["unit"]},
        "file_number": {"type": "string", "pattern": r"\{sequence"},
        "order": {"enum": ["newest_first", "oldest_first"]},
        "complete_within_days": {"type": "integer", "minimum": 1},
        "access": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["mode"],
                "properties": {
                    "paper": KEY,
                    "mode": {"enum": sorted(MODES)},
                    "seal": {"enum": sorted(SEALS)},
                    "allowed": {"type": "boolean"},
                    "chain": ROLES,
                    "longest_hours": {"type": ["integer", "null"], "minimum": 1},
                    "beyond": ROLES,
                    "utmost_hours": {"type": "integer", "minimum": 1},
                    "source": {"type": "string"},
                },
            },
        },
        "sections": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "required": ["key", "name"], "properties": {"key": KEY, "name": NAMES}},
        },
        "papers": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["key", "section", "name"],
                "additionalProperties": False,
                "properties": {
                    "key": KEY,
                    "section": KEY,
                    "name": NAMES,
                    "required": {"type": "boolean"},
                    "expires": {"type": "boolean"},
                    "sensitive": {"type": "boolean"},
                },
            },
        },
    },
}


def shipped() -> Iterator[Path]:
    """The scheme files that come with the console."""
    return iter(sorted(FOLDER.glob("*.yaml")))


def read(path: Path) -> dict[str, Any]:
    """One scheme file as plain data; a RuleError names the field that does not fit."""
    body = yaml.safe_load(path.read_text(encoding="utf-8"))
    plain: dict[str, Any] = json.loads(json.dumps(body, default=str))
    for error in Draft202012Validator(SCHEMA).iter_errors(plain):
        where = ".".join(str(step) for step in error.absolute_path) or "scheme"
        raise RuleError(_l("%(file)s, %(where)s: %(why)s", file=path.name, where=where, why=error.message))
    _check_sections(path, plain)
    return plain


def _check_sections(path: Path, body: dict[str, Any]) -> None:
    sections = {section["key"] for section in body["sections"]}
    for paper in body["papers"]:
        if paper["section"] not in sections:
            raise RuleError(
                _l("%(file)s: paper %(key)s names no section of the scheme", file=path.name, key=paper["key"])
            )


def load(path: Path, *, by: Any = None) -> Scheme:
    """Bring a scheme file in. The same content changes nothing; new content under an old revision is refused."""
    body = read(path)
    digest = hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    key, revision = body["key"], body["revision"]
    found = db.session.scalar(select(Scheme).where(Scheme.key == key, Scheme.revision == revision))
    if found is not None:
        if found.digest != digest:
            raise RuleError(_l("Scheme %(key)s changed: give it a new revision.", key=key))
        _bring_in(key, body)
        return found
    scheme = Scheme(
        key=key,
        revision=revision,
        effective_from=dt.date.fromisoformat(body["effective_from"]),
        body=body,
        digest=digest,
    )
    db.session.add(scheme)
    db.session.flush()
    _bring_in(key, body)
    audit.write("load", scheme, {"key": key, "revision": revision}, by=by)
    return scheme


def _bring_in(key: str, body: dict[str, Any]) -> None:
    """What goes with a scheme and is the house's own afterwards."""
    access.bring_in(key, body)
    for put_in in loaded:
        put_in(key)


def current(key: str) -> Scheme:
    """The newest revision of a scheme that is in force today."""
    scheme = db.session.scalar(
        select(Scheme)
        .where(Scheme.key == key, Scheme.effective_from <= today())
        .order_by(Scheme.effective_from.desc(), Scheme.revision.desc())
        .limit(1)
    )
    if scheme is None:
        raise RuleError(_l("Scheme %(key)s is not loaded.", key=key))
    return scheme
