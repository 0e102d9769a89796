"""How products do at a customer's (P8.08)."""

from __future__ import annotations

from typing import Any

from app.estate.numbers import numbered
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.market import profiles
from app.market.models import QualityNote
from app.security import audit

SERIES = "ZL"


def note(line: QualityNote, *, by: Any = None) -> QualityNote:
    """Written down at the customer's, of a product and perhaps a batch."""
    with db.session.no_autoflush:
        profile = profiles.settle(line)
        check(line)
        line.state = "open"
        line.number = numbered(line.site_id, SERIES)
    db.session.add(line)
    profiles.refresh(profile)
    db.session.flush()
    audit.write("note_quality", line, {"number": line.number}, by=by)
    return line


def check(line: QualityNote, *, by: Any = None) -> None:
    """A product, words, and a day that has come."""
    line.noted_on = line.noted_on or today()
    if line.noted_on > today():
        raise RuleError(_l("This day is still to come."), field="noted_on")
    if not (line.product or "").strip():
        raise RuleError(_l("Say which product."), field="product")
    if not (line.observed or "").strip():
        raise RuleError(_l("Say what was seen."), field="observed")


def settle(line: QualityNote, *, by: Any, outcome: str = "") -> None:
    """It is said what came of it."""
    if not outcome.strip():
        raise RuleError(_l("Say how it ended."), field="outcome")
    line.outcome, line.settled_on = outcome.strip()[:500], today()


MOVES = [
    Move(
        "settle", {"open"}, "settled", "QualityNote:settle", _l("Deal with it"), settle,
        asks=(("outcome", _l("How it ended")),), style="primary",
    ),
]  # fmt: skip
