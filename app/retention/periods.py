"""The retention table: what a scheme ships, what the house made of it, and when something falls due under it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import inspect, select

from app.archive.models import Document, File
from app.kit.columns import DESK_TIME
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.retention.models import RetentionRule
from app.security import audit

WHOLE_FILE = ""
LONGEST = {"years": 100, "months": 1200, "days": 36500}
LENGTHS = ("is_permanent", *LONGEST, "clock")


def bring_in(scheme_key: str, body: dict[str, Any]) -> int:
    """The lines a scheme ships, as far as the house has none of its own; how many were added.

    A scheme that ships none gets one line for the whole file without a length: it must be filled in.
    """
    known = set(table_of(scheme_key))
    fresh = [line for line in body.get("retention", [{}]) if line.get("paper", WHOLE_FILE) not in known]
    db.session.add_all([_made(scheme_key, line) for line in fresh])
    db.session.flush()
    return len(fresh)


def _made(scheme_key: str, line: dict[str, Any]) -> RetentionRule:
    return RetentionRule(
        scheme_key=scheme_key,
        paper_class=line.get("paper", WHOLE_FILE),
        clock=line.get("clock", "moved_out"),
        is_permanent=line.get("permanent", False),
        years=line.get("years"),
        months=line.get("months"),
        days=line.get("days"),
        is_confidential=not line.get("ordinary", False),
        basis=line.get("basis", ""),
        source=line.get("source", ""),
    )


def table_of(scheme_key: str) -> dict[str, RetentionRule]:
    """A scheme's lines by class of paper; "" is the whole file."""
    lines = select(RetentionRule).where(RetentionRule.scheme_key == scheme_key)
    return {rule.paper_class: rule for rule in db.session.scalars(lines)}


def tables() -> dict[str, dict[str, RetentionRule]]:
    """Every scheme's lines, in one statement."""
    found: dict[str, dict[str, RetentionRule]] = {}
    for rule in db.session.scalars(select(RetentionRule).order_by(RetentionRule.id)):
        found.setdefault(rule.scheme_key, {})[rule.paper_class] = rule
    return found


def rule_for(record: File | Document, table: dict[str, RetentionRule] | None = None) -> RetentionRule:
    """The line that a file, or a paper, is kept under. RuleError where there is none, or its length is lost."""
    file = record if isinstance(record, File) else record.file
    table = table_of(file.scheme.key) if table is None else table
    own = table.get(record.paper_class) if isinstance(record, Document) else None
    rule = own or table.get(WHOLE_FILE)
    if rule is None or rule.is_lost:
        raise RuleError(
            _l("The retention table lacks a period: fill it in first (%(rule)s).", rule=rule or file.scheme.key)
        )
    return rule


def began_on(record: File | Document, rule: RetentionRule) -> dt.date | None:
    """From when the period counts; None while its clock has not begun."""
    file = record if isinstance(record, File) else record.file
    if rule.clock in ("moved_out", "trade_ended"):
        return file.closed_on
    made = made_on(record) if rule.paper_class else file.opened_on
    return dt.date(made.year + 1, 1, 1) if rule.clock == "fiscal_year" else made


def made_on(record: File | Document) -> dt.date:
    """When a paper was made: its date of issue, else when it was written down."""
    if isinstance(record, File):
        return record.opened_on
    return record.issued_on or record.created_at.astimezone(DESK_TIME).date()


def due_on(record: File | Document, table: dict[str, RetentionRule] | None = None) -> dt.date | None:
    """The day from which it is no longer kept; None where it is permanent or the clock has not begun."""
    rule = rule_for(record, table)
    began = began_on(record, rule)
    return after(began, rule) if began is not None and not rule.is_permanent else None


def after(began: dt.date, rule: RetentionRule) -> dt.date:
    """The end of a period that began then; the last of a shorter month stands for the 29th to 31st."""
    month = began.month - 1 + 12 * (rule.years or 0) + (rule.months or 0)
    year, month = began.year + month // 12, month % 12 + 1
    day = min(began.day, calendar.monthrange(year, month)[1])
    return dt.date(year, month, day) + dt.timedelta(days=rule.days or 0)


def latest_start(rule: RetentionRule, day: dt.date) -> dt.date:
    """The latest day on which a period may have begun that is over by `day`."""
    months = 12 * (rule.years or 0) + (rule.months or 0)
    rough = day - dt.timedelta(days=rule.days or 0)
    month = rough.month - 1 - months
    year, month = rough.year + month // 12, month % 12 + 1
    start = dt.date(year, month, min(rough.day, calendar.monthrange(year, month)[1])) + dt.timedelta(days=4)
    while after(start, rule) > day:
        start -= dt.timedelta(days=1)
    return start


def settle_rule(rule: RetentionRule, *, by: Any = None) -> None:
    """A line of the table says one thing: permanent, or a length; for a class or scheme that has none yet."""
    _check(rule)
    with db.session.no_autoflush:
        if rule.paper_class in table_of(rule.scheme_key):
            raise RuleError(_l("The retention table has a line for this already."), field="paper_class")
    audit.write("set_period", rule, {"from": "", "to": rule.length}, by=by)


def amend_rule(rule: RetentionRule, *, by: Any = None) -> None:
    """Another period; the audit keeps the old one and the new one."""
    _check(rule)
    before = RetentionRule(**{name: _before(rule, name) for name in LENGTHS})
    old, new = (f"{each.length} {each.clock}" for each in (before, rule))
    if old != new:
        audit.write("set_period", rule, {"from": old, "to": new}, by=by)


def _before(rule: RetentionRule, name: str) -> Any:
    history: Any = inspect(rule).attrs[name].history
    return (history.deleted or history.unchanged or [None])[0]


def _check(rule: RetentionRule) -> None:
    for name, most in LONGEST.items():
        if not 0 <= (getattr(rule, name) or 0) <= most:
            raise RuleError(_l("Between 0 and %(most)s.", most=most), field=name)
    if rule.is_permanent and (rule.years or rule.months or rule.days):
        raise RuleError(_l("Either permanent or a length, not both."), field="is_permanent")
    if rule.is_lost:
        raise RuleError(_l("Say how long it is kept."), field="years")


def in_chinese(rule: RetentionRule) -> str:
    """The length as lists of the archive say it, e.g. 10年."""
    if rule.is_permanent:
        return "永久"
    return _joined(((rule.years, "年"), (rule.months, "个月"), (rule.days, "天")))


def kept_in_chinese(began: dt.date, until: dt.date) -> str:
    """How long something was kept, in whole years and months."""
    months = (until.year - began.year) * 12 + until.month - began.month - (until.day < began.day)
    return _joined(((months // 12, "年"), (months % 12, "个月"))) or "不足1个月"


def _joined(parts: Iterable[tuple[int | None, str]]) -> str:
    return "".join(f"{count}{unit}" for count, unit in parts if count)


def in_words(rule: RetentionRule) -> Any:
    """The length in the reader's language."""
    if rule.is_permanent:
        return _l("Permanent")
    said = ((rule.years, _l("years")), (rule.months, _l("months")), (rule.days, _l("days")))
    return " ".join(f"{count} {unit}" for count, unit in said if count) or _l("To be filled in")
