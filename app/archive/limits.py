"""Numbers a scheme needs and the house sets: what the source lost must be filled in before its rule runs ([LOST])."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.archive.keeping import SchemeLimit
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit


def bring_in(scheme_key: str, body: dict[str, Any]) -> int:
    """The limits a scheme ships, as far as the house has none of its own; how many were added."""
    known = set(db.session.scalars(select(SchemeLimit.key).where(SchemeLimit.scheme_key == scheme_key)))
    fresh = [line for line in body.get("limits", []) if line["key"] not in known]
    db.session.add_all(
        SchemeLimit(scheme_key=scheme_key, key=line["key"], value=line["value"], source=line.get("source", ""))
        for line in fresh
    )
    db.session.flush()
    return len(fresh)


def of(scheme_key: str, key: str) -> int | None:
    """The number, None where the scheme knows no such limit; a RuleError where it must be filled in first."""
    found = db.session.scalar(select(SchemeLimit).where(SchemeLimit.scheme_key == scheme_key, SchemeLimit.key == key))
    if found is None:
        return None
    if found.value is None:
        raise RuleError(_l("Fill in this limit first, the source lost it: %(what)s.", what=found))
    return found.value


def lost() -> list[SchemeLimit]:
    """What must still be filled in."""
    return list(db.session.scalars(select(SchemeLimit).where(SchemeLimit.value.is_(None)).order_by(SchemeLimit.id)))


def amend(limit: SchemeLimit, *, by: Any = None) -> None:
    """The director fills a number in; what was and what is stays in the audit."""
    if limit.value is None or limit.value < 0:
        raise RuleError(_l("A whole number, zero or more."), field="value")
    audit.write("amend_limit", limit, {"scheme": limit.scheme_key, "key": limit.key, "to": limit.value}, by=by)
