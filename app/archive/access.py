"""The access policy as data: who may let which paper of which file be read, how, and for how long.

What a scheme ships is loaded with it; afterwards the lines are the house's own and amended on screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from app.archive.models import AccessRule, File
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db

WHOLE_FILE = ""


def rules_of(scheme_key: str, mode: str, seal: str = "none") -> dict[str, AccessRule]:
    """The lines for a way of reading by class of paper; "" is the file as a whole."""
    wanted = (AccessRule.scheme_key == scheme_key, AccessRule.mode == mode, AccessRule.seal == seal)
    return {rule.paper_class: rule for rule in db.session.scalars(select(AccessRule).where(*wanted))}


def apart(file: File, mode: str) -> frozenset[str]:
    """The classes of paper with a line of their own: not meant by a request for the whole file."""
    return frozenset(rules_of(file.scheme.key, mode, file.seal)) - {WHOLE_FILE}


def rules_for(file: File, mode: str, classes: Sequence[str] = ()) -> list[AccessRule]:
    """The lines that a request for these classes must meet; none named: the whole file. RuleError where not allowed."""
    lines = rules_of(file.scheme.key, mode, file.seal)
    met = [lines.get(name) or lines.get(WHOLE_FILE) for name in classes] or [lines.get(WHOLE_FILE)]
    if not all(rule is not None and rule.is_allowed for rule in met):
        raise RuleError(_l("The access policy does not allow this way of reading."), field="mode")
    return list({rule.id: rule for rule in met if rule is not None}.values())


def chain_for(rules: Iterable[AccessRule], hours: int, *, field: str = "hours") -> set[str]:
    """The roles that must agree to so many hours; RuleError where a limit is missing or passed."""
    roles: set[str] = set()
    for rule in rules:
        if rule.longest_hours is None:
            raise RuleError(
                _l("The access policy lacks a limit that the source lost: fill it in first (%(rule)s).", rule=rule),
                field=field,
            )
        roles |= set(rule.chain.split())
        if hours > rule.longest_hours:
            roles |= _beyond(rule, hours, field)
    return roles


def _beyond(rule: AccessRule, hours: int, field: str) -> set[str]:
    """Who else must agree to more than the longest usual time."""
    most = rule.utmost_hours if rule.beyond and rule.utmost_hours else rule.longest_hours
    if most is None or hours > most:
        raise RuleError(_l("At most %(hours)s hours are allowed.", hours=most), field=field)
    return set(rule.beyond.split())


def bring_in(scheme_key: str, body: dict[str, Any]) -> int:
    """The lines a scheme ships, as far as the house has none of its own; how many were added."""
    known = {
        (rule.paper_class, rule.mode, rule.seal)
        for rule in db.session.scalars(select(AccessRule).where(AccessRule.scheme_key == scheme_key))
    }
    added = 0
    for line in body.get("access", []):
        key = (line.get("paper", WHOLE_FILE), line["mode"], line.get("seal", "none"))
        if key not in known:
            db.session.add(_made(scheme_key, key, line))
            added += 1
    db.session.flush()
    return added


def _made(scheme_key: str, key: tuple[str, str, str], line: dict[str, Any]) -> AccessRule:
    paper, mode, seal = key
    return AccessRule(
        scheme_key=scheme_key,
        paper_class=paper,
        mode=mode,
        seal=seal,
        is_allowed=line.get("allowed", True),
        chain=" ".join(line.get("chain", [])),
        longest_hours=line.get("longest_hours"),
        beyond=" ".join(line.get("beyond", [])),
        utmost_hours=line.get("utmost_hours"),
        source=line.get("source", ""),
    )
