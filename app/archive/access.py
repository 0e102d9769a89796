"""The access policy as data: who may let which paper of which file be read, how, and for how long.

What a scheme ships is loaded with it; afterwards the lines are the house's own and amended on screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import inspect as sa_inspect
from sqlalchemy import or_, select
from sqlalchemy.orm import defer

from app.archive.keeping import AccessRule
from app.archive.models import APPROVER_WORDS, File, Scheme
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.language import say
from app.kit.session import db
from app.security import actor, audit

WHOLE_FILE = ""
AMENDED = ("is_allowed", "chain", "longest_hours", "beyond", "utmost_hours")


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


def approvers(file: File, mode: str = "read_in_office") -> str:
    """Who has to agree before the file as a whole is read, in words; "—" where the policy lets nobody read it."""
    rule = rules_of(file.scheme.key, mode, file.seal).get(WHOLE_FILE)
    chain = rule.chain.split() if rule is not None and rule.is_allowed else []
    return " → ".join(str(APPROVER_WORDS[role]) for role in chain) or "—"


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


def lost() -> list[AccessRule]:
    """The lines that allow something but lack what the source lost: who agrees, or for how long ([LOST])."""
    lacks = or_(AccessRule.longest_hours.is_(None), AccessRule.chain == "")
    return list(db.session.scalars(select(AccessRule).where(AccessRule.is_allowed, lacks).order_by(AccessRule.id)))


def scheme_words(_record: Any = None) -> list[tuple[str, Any]]:
    """The schemes that are loaded, by key."""
    return list({scheme.key: str(scheme) for scheme in newest()}.items())


def words_led_by(first: str) -> Callable[[Any], list[tuple[str, Any]]]:
    """The same, one of them before all others: what a form begins with."""
    return lambda _record: sorted(scheme_words(), key=lambda one: one[0] != first)


def class_words(_rule: Any = None) -> list[tuple[str, Any]]:
    """The classes of paper by key, the file as a whole first."""
    papers = [(paper["key"], paper["name"]) for scheme in newest() for paper in scheme.body["papers"]]
    return [(WHOLE_FILE, _l("The whole file")), *{key: say(names) for key, names in papers}.items()]


def newest() -> list[Scheme]:
    """Each scheme in its newest revision last, so that its words win; asked once a request."""
    found: list[Scheme] | None = actor.notes().get("schemes")
    if found is None:
        in_force = select(Scheme).where(Scheme.state == "in_force").options(defer(Scheme.source_text))
        found = list(db.session.scalars(in_force.order_by(Scheme.key, Scheme.revision)))
        actor.notes()["schemes"] = found
    return found


def forget_schemes() -> None:
    """A scheme was loaded in this request."""
    actor.notes().pop("schemes", None)


def amend(rule: AccessRule, *, by: Any = None) -> None:
    """The director changes a line: it must still name who agrees, and limits that make sense."""
    if rule.is_allowed and not rule.chain:
        raise RuleError(_l("Say who has to agree."), field="chain")
    for name in ("longest_hours", "utmost_hours"):
        hours = getattr(rule, name)
        if hours is not None and hours < 1:
            raise RuleError(_l("At least one hour."), field=name)
    if rule.is_allowed and rule.longest_hours is None:
        raise RuleError(_l("Fill in the limit: the source lost it."), field="longest_hours")
    if bool(rule.beyond) != (rule.utmost_hours is not None):
        raise RuleError(
            _l("More than the longest time needs both: who agrees, and the very most."),
            field="utmost_hours" if rule.beyond else "beyond",
        )
    if rule.utmost_hours is not None and rule.longest_hours is not None and rule.utmost_hours <= rule.longest_hours:
        raise RuleError(_l("The very most is more than the longest time."), field="utmost_hours")
    _note(rule, by)


def _note(rule: AccessRule, by: Any) -> None:
    """A line in the audit for each change, with what was and what is."""
    with db.session.no_autoflush:
        history: dict[str, Any] = {name: sa_inspect(rule).attrs[name].history for name in AMENDED}
    old = {name: told.deleted[0] for name, told in history.items() if told.has_changes() and told.deleted}
    for name, before in old.items():
        audit.write("amend_rule", rule, {"column": name, "from": before, "to": getattr(rule, name)}, by=by)


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
