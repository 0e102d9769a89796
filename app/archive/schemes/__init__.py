"""Schemes as data: found, checked against their shape, loaded by command (`flask schemes load`), exported the same."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from sqlalchemy import select

from app.archive import access, limits
from app.archive.models import Scheme
from app.archive.schemes import parts, shape
from app.archive.schemes.lines import line_of
from app.kit import misfits, yamls
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit

FOLDER = Path(__file__).parent


def shipped() -> Iterator[Path]:
    """The scheme files that come with the console."""
    return iter(sorted(FOLDER.glob("*.yaml")))


def read(path: Path) -> dict[str, Any]:
    """One scheme file as plain data; a RuleError names the line and field that does not fit."""
    return parse(path.read_text(encoding="utf-8"), path.name)


def parse(text: str, name: str) -> dict[str, Any]:
    """A scheme's text as plain data; a RuleError names the line and field that does not fit."""
    try:
        body = yamls.read(text)
    except yaml.YAMLError as error:
        raise RuleError(_l("%(file)s is no YAML: %(why)s", file=name, why=_told(error)), field="source_text") from error
    plain: dict[str, Any] = json.loads(json.dumps(body, default=str))
    for path, why in problems(plain):
        where = ".".join(str(step) for step in path) or "YAML"
        line = line_of(text, path)
        raise RuleError(
            _l("%(file)s, line %(line)s, %(where)s: %(why)s", file=name, line=line, where=where, why=why),
            field="source_text",
        )
    return plain


def _told(error: yaml.YAMLError) -> str:
    """Where and why, without the text around it."""
    mark = getattr(error, "problem_mark", None)
    return f"{mark.line + 1}: {getattr(error, 'problem', '')}" if mark is not None else str(error)


def problems(body: Any) -> Iterator[tuple[Sequence[str | int], Any]]:
    """(path, words) of whatever does not fit, the nearest to the top first."""
    errors = list(Draft202012Validator(shape.schema()).iter_errors(body))
    if errors:
        yield from sorted(
            ((tuple(error.absolute_path), misfits.told(error)) for error in errors), key=lambda one: len(one[0])
        )
        return
    yield from _strangers(body)
    for part in parts.found():
        if part.key in body and part.check is not None:
            yield from part.check(body)


def _strangers(body: dict[str, Any]) -> Iterator[tuple[Sequence[str | int], Any]]:
    """Names that point at nothing, and names that are used twice."""
    sections, stages = _keys(body["sections"]), _keys(body.get("stages", []))
    papers = _keys(body["papers"])
    for place, paper in enumerate(body["papers"]):
        if paper["section"] not in sections:
            yield ("papers", place, "section"), _l("paper %(key)s names no section of the scheme", key=paper["key"])
        if "stage" in paper and paper["stage"] not in stages:
            yield ("papers", place, "stage"), _l("paper %(key)s names no stage of the scheme", key=paper["key"])
    for place, line in enumerate(body.get("access", [])):
        if "paper" in line and line["paper"] not in papers:
            yield ("access", place, "paper"), _l("there is no class of paper %(key)s", key=line["paper"])
    for name in ("sections", "papers", "stages", "limits"):
        keys = [each["key"] for each in body.get(name, [])]
        for place, key in enumerate(keys):
            if key in keys[:place]:
                yield (name, place, "key"), _l("%(key)s is there twice", key=key)


def _keys(items: list[dict[str, Any]]) -> set[str]:
    return {item["key"] for item in items}


def digest_of(body: Any) -> str:
    """What tells one content from another, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def load(path: Path, *, by: Any = None) -> Scheme:
    """Bring a scheme file in. The same content changes nothing; new content under an old revision is refused."""
    text = path.read_text(encoding="utf-8")
    return keep(parse(text, path.name), text=text, by=by)


def load_shipped(*, by: Any = None) -> None:
    """Bring in what comes with the console; a file that was brought in word for word is not read again."""
    known = set(db.session.scalars(select(Scheme.source_text).where(Scheme.state == "in_force")))
    for path in shipped():
        if path.read_text(encoding="utf-8") not in known:
            load(path, by=by)


def keep(body: dict[str, Any], *, text: str = "", by: Any = None) -> Scheme:
    """Store a checked scheme as a version of its own (P1.22), and put in what goes with it."""
    digest, key, revision = digest_of(body), body["key"], body["revision"]
    found = db.session.scalar(select(Scheme).where(Scheme.key == key, Scheme.revision == revision))
    if found is not None and found.digest != digest:
        raise RuleError(_l("Scheme %(key)s changed: give it a new revision.", key=key), field="source_text")
    scheme = found or Scheme(key=key, revision=revision, body=body, digest=digest, source_text=text)
    if found is None:
        scheme.effective_from = dt.date.fromisoformat(body["effective_from"])
        db.session.add(scheme)
        db.session.flush()
        audit.write("load", scheme, {"key": key, "revision": revision}, by=by)
        access.forget_schemes()
    bring_in(key, body)
    return scheme


def bring_in(key: str, body: dict[str, Any]) -> None:
    """What goes with a scheme and is the house's own afterwards."""
    access.bring_in(key, body)
    limits.bring_in(key, body)
    for part in parts.found():
        if part.bring_in is not None:
            part.bring_in(key, body)


def exported(scheme: Scheme) -> str:
    """The scheme as text that loads as the same scheme: as somebody wrote it, where that is known."""
    return scheme.source_text or str(yaml.safe_dump(scheme.body, allow_unicode=True, sort_keys=False, width=120))


def part_of(scheme: Scheme, key: str) -> Any:
    """What the scheme says under a key, or None."""
    return scheme.body.get(key)


def current(key: str) -> Scheme:
    """The newest revision of a scheme that is in force today."""
    scheme = db.session.scalar(
        select(Scheme)
        .where(Scheme.key == key, Scheme.state == "in_force", Scheme.effective_from <= today())
        .order_by(Scheme.effective_from.desc(), Scheme.revision.desc())
        .limit(1)
    )
    if scheme is None:
        raise RuleError(_l("Scheme %(key)s is not loaded.", key=key))
    return scheme
