"""Forms as files: `<room>/prints/<key>.yaml` and `<key>.html`, found. Adding one touches no other file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from app.kit import yamls
from app.kit.language import CODES, say
from app.printing import subjects
from app.printing.subjects import Words

WORDS = {
    "type": "object",
    "required": list(CODES),
    "additionalProperties": False,
    "properties": {language: {"type": "string", "minLength": 1} for language in CODES},
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["code", "title", "subject", "permission", "sample"],
    "properties": {
        "code": {"type": "string", "pattern": "^[A-Z]+(-[A-Z0-9]+)+$"},
        "title": WORDS,
        "subject": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        "permission": {"type": "string", "pattern": "^[A-Z][A-Za-z]+$"},
        "paper": {"type": "string", "pattern": r"^(A4|A4 landscape|A5|\d+mm \d+mm)$"},
        "copies": {"type": "array", "items": WORDS},
        "shows_sealed": {"type": "boolean"},
        "confidential": {"type": "boolean"},
        "words": {"type": "object", "additionalProperties": WORDS},
        "sample": {"type": "object"},
    },
}


class FormError(ValueError):
    """A form's files do not fit together."""


@dataclass(frozen=True)
class Form:
    """One printed form.

    `copies` are the labels of the sheets in order (第一联 …), one sheet when empty; `shows_sealed` is False
    where a form says nothing that a sealed file keeps back; `digest` changes with either file.
    """

    key: str
    room: str
    code: str
    titles: Words
    subject_keys: tuple[str, ...]
    permission: str
    paper: str
    copies: tuple[Words, ...]
    shows_sealed: bool
    confidential: bool
    words: Mapping[str, Words]
    sample: Mapping[str, Any]
    digest: str

    @property
    def template(self) -> str:
        return f"{self.room}/{self.key}.html"

    @property
    def copy_count(self) -> int:
        return max(1, len(self.copies))

    @property
    def many(self) -> bool:
        """Prints a list of records rather than one."""
        return self.declared()[0].many

    def declared(self) -> list[subjects.Subject]:
        found = subjects.all_subjects()
        missing = [key for key in self.subject_keys if key not in found]
        if missing:
            raise FormError(f"{self.key}: no room declares the subject {missing[0]}")
        return [found[key] for key in self.subject_keys]

    def about(self, model: type) -> str | None:
        """The subject's key where a key alone would not say which record is meant; None for the first subject."""
        key = self.subject_for(model).key
        return None if key == self.subject_keys[0] else key

    def subject_for(self, model: type) -> subjects.Subject:
        """How this form reads a record of `model`; a FormError when it cannot."""
        for each in self.declared():
            if issubclass(model, each.model):
                return each
        raise FormError(f"{self.key} does not print {model.__name__}")

    def title(self) -> str:
        """The title in the reader's language."""
        return say(self.titles)


@cache
def _found() -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for path in sorted(subjects.APP.glob("*/prints/*.yaml")):
        form = read(path)
        if form.key in forms:
            raise FormError(f"two forms are called {form.key}")
        forms[form.key] = form
    return forms


def read(path: Path) -> Form:
    """One form from its two files. Raises FormError with the place that does not fit."""
    text, page = path.read_text(encoding="utf-8"), path.with_suffix(".html")
    body = json.loads(json.dumps(yamls.read(text), default=str))
    for error in Draft202012Validator(SCHEMA).iter_errors(body):
        where = ".".join(str(step) for step in error.absolute_path) or "form"
        raise FormError(f"{path.name}, {where}: {error.message}")
    if not page.is_file():
        raise FormError(f"{path.name} has no {page.name} beside it")
    return Form(
        key=path.stem,
        room=path.parent.parent.name,
        code=body["code"],
        titles=body["title"],
        subject_keys=tuple(body["subject"]),
        permission=body["permission"],
        paper=body.get("paper", "A4"),
        copies=tuple(body.get("copies", [])),
        shows_sealed=body.get("shows_sealed", True),
        confidential=body.get("confidential", False),
        words=body.get("words", {}),
        sample=body["sample"],
        digest=hashlib.sha256(text.encode() + page.read_bytes()).hexdigest(),
    )


def all() -> list[Form]:  # noqa: A001 - forms.all() reads as it is meant
    """Every form, by key."""
    return list(_found().values())


def by_key(key: str) -> Form | None:
    return _found().get(key)


def for_subject(model: Any) -> list[Form]:
    """The forms that print one record of `model`."""
    return [form for form, many in _printing(model) if not many]


def for_list(model: Any) -> list[Form]:
    """The forms that print a list of records of `model`."""
    return [form for form, many in _printing(model) if many]


@cache
def _printing(model: Any) -> list[tuple[Form, bool]]:
    """Each form that prints the model's records, with whether it prints many."""
    fits = {(form.key, each.many) for form in all() for each in form.declared() if issubclass(model, each.model)}
    return [(form, many) for form in all() for many in (False, True) if (form.key, many) in fits]
