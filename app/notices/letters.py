"""The wording of letters: shipped as files, a site's own copy in a table, filled in from the record.

A letter is a file, `letters/<key>.yaml`: title and body in three languages, with names in braces that are filled in.
Only the names of `PLACEHOLDERS` are: nothing of a record can be reached by a dot.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.kit import yamls
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.notices.models import LONGEST_BODY, LetterTemplate
from app.security import audit

FOLDER = Path(__file__).parent / "letters"
EVERY = (
    "customer", "unit", "floor", "building", "site", "manager_firm", "telephone", "today", "deadline",
)  # fmt: skip
PLACEHOLDERS: dict[str, tuple[str, ...]] = {
    "arrears": (*EVERY, "amount", "amount_capitals", "due_on", "count"),
    "violation": (*EVERY, "violation", "found_on"),
    "licence": (*EVERY, "licence", "valid_until"),
    "letter": EVERY,
}
NAMED = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Wording:
    """What a letter says, names in braces not filled in yet."""

    title: str
    title_en: str
    body: str
    body_en: str


@cache
def _file(key: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yamls.read((FOLDER / f"{key}.yaml").read_text(encoding="utf-8"))
    return found


def shipped(key: str, language: str = "zh_Hans") -> Wording:
    """The letter as it was shipped, in the writer's script, with the English beside it."""
    said, script = _file(key), "zh_Hant" if language == "zh_Hant" else "zh_Hans"
    return Wording(said["title"][script], said["title"]["en"], said["body"][script], said["body"]["en"])


def wording(site_id: int, key: str, language: str = "zh_Hans") -> Wording:
    """The site's own copy where there is one, else what was shipped."""
    query = select(LetterTemplate).where(LetterTemplate.site_id == site_id, LetterTemplate.key == key)
    own = db.session.scalar(query)
    return of_record(own) if own is not None else shipped(key, language)


def of_record(template: LetterTemplate) -> Wording:
    return Wording(**{field.name: getattr(template, field.name) or "" for field in fields(Wording)})


def check(said: Wording, key: str) -> None:
    """Refuse a name in braces that the letter does not know, and say which; a letter says something."""
    for field in fields(Wording):
        wrong = [name for name in NAMED.findall(getattr(said, field.name)) if name not in PLACEHOLDERS[key]]
        if wrong:
            reason = _l("{%(name)s} is not known here. Known are: %(known)s.", name=wrong[0], known=known(key))
            raise RuleError(reason, field=field.name)
    for name in ("title", "body"):
        if not getattr(said, name).strip():
            raise RuleError(_l("Please fill this in."), field=name)


def known(key: str) -> str:
    """The names that may stand in braces, as they are typed."""
    return " ".join(f"{{{name}}}" for name in PLACEHOLDERS[key])


def fill(said: Wording, values: Mapping[str, str]) -> Wording:
    """The letter with its names filled in; what a value says is never read again."""
    return Wording(**{field.name: _filled(getattr(said, field.name), values, field.name) for field in fields(Wording)})


def _filled(text: str, values: Mapping[str, str], place: str) -> str:
    filled = NAMED.sub(lambda found: values.get(found[1], found[0]), text)
    return filled[: 200 if place.startswith("title") else LONGEST_BODY]


# --- a site's own wording ---


def copy(template: LetterTemplate, *, by: Any = None) -> LetterTemplate:
    """A site begins its own wording with what was shipped, where nothing is typed."""
    begun = shipped(template.key)
    for field in fields(Wording):
        setattr(template, field.name, getattr(template, field.name) or getattr(begun, field.name))
    amend(template, by=by)
    db.session.add(template)
    db.session.flush()
    audit.write("draw_up", template, {"key": template.key}, by=by)
    return template


def amend(template: LetterTemplate, *, by: Any = None) -> None:
    """What always holds for a site's own wording."""
    check(of_record(template), template.key)
