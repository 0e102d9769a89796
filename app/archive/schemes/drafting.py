"""A user's own version of a scheme: copied, edited as text, put in force by somebody else (P1.22, P2.02)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from sqlalchemy import func, select

from app.archive import schemes
from app.archive.models import Scheme
from app.archive.schemes.lines import line_of
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit

KEY = re.compile(r"^[a-z][a-z0-9_]{0,39}$")


def copy(scheme: Scheme, *, by: Any = None, new_key: str = "") -> Scheme:
    """A draft of the scheme's next revision, or of a new scheme under another key."""
    key = new_key.strip() or scheme.key
    if not KEY.match(key):
        raise RuleError(_l("Small letters, figures and underscores, a letter first."), field="new_key")
    if new_key.strip() and db.session.scalar(select(Scheme.id).where(Scheme.key == key)) is not None:
        raise RuleError(_l("There is a scheme of this key already."), field="new_key")
    last = db.session.scalar(select(func.max(Scheme.revision)).where(Scheme.key == key)) or 0
    changes = {"key": key, "revision": last + 1, "effective_from": today().isoformat()}
    text = _reworded(scheme.source_text or schemes.exported(scheme), changes)
    draft = Scheme(
        key=key, revision=last + 1, effective_from=today(), state="draft", source_text=text,
        body=schemes.parse(text, key), digest="",
    )  # fmt: skip
    db.session.add(draft)
    db.session.flush()
    audit.write("copy_scheme", draft, {"key": key, "revision": draft.revision, "from": scheme.id}, by=by)
    return draft


def _reworded(text: str, changes: dict[str, Any]) -> str:
    """The text with some of its first-level fields said anew, everything else as somebody wrote it."""
    lines = text.splitlines()
    for name, value in changes.items():
        lines[line_of(text, [name]) - 1] = f"{name}: {value}"
    return "\n".join(lines) + "\n"


def amend(scheme: Scheme, *, by: Any = None) -> None:
    """A draft's text is checked as a file would be; what is in force does not change."""
    if scheme.state != "draft":
        raise RuleError(_l("This version is in force: copy it to change it."))
    body = schemes.parse(scheme.source_text, scheme.key)
    taken = select(Scheme.id).where(Scheme.key == body["key"], Scheme.revision == body["revision"])
    if db.session.scalar(taken.where(Scheme.id != scheme.id)) is not None:
        raise RuleError(_l("There is such a revision already."), field="source_text")
    scheme.body, scheme.key, scheme.revision = body, body["key"], body["revision"]
    scheme.effective_from = dt.date.fromisoformat(body["effective_from"])


def put_in_force(scheme: Scheme, *, by: Any = None) -> None:
    """From its day on new files are made under it; what goes with it is put in where the house has none of its own."""
    scheme.body = schemes.parse(scheme.source_text, scheme.key)
    scheme.digest = schemes.digest_of(scheme.body)
    if scheme.effective_from < today():
        raise RuleError(_l("It takes effect today at the earliest."))
    scheme.state = "in_force"
    db.session.flush()
    schemes.bring_in(scheme.key, scheme.body)


def _by_another(scheme: Scheme, user: Any) -> None:
    if user is not None and scheme.created_by_id == user.id:
        raise RuleError(_l("Somebody else puts it in force than who drafted it."))


MOVES = [
    Move(
        "copy", {"in_force"}, None, "Scheme:copy", _l("Copy to change it"), copy,
        asks=(("new_key?", _l("Key of a new scheme (empty: next version of this one)")),),
    ),
    Move(
        "put_in_force", {"draft"}, "in_force", "Scheme:put_in_force", _l("Put in force"), put_in_force,
        guard=_by_another, style="primary",
    ),
    Move("discard", {"draft"}, "discarded", "Scheme:copy", _l("Discard the draft"), style="danger"),
]  # fmt: skip
