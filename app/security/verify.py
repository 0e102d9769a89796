"""The check of the whole audit: every line's seal, its place in the chain, and the head outside (G5)."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Text, select, type_coerce

from app.kit.session import db
from app.security import chain
from app.security.models import AuditLine

MOST_BREAKS = 50
AT_ONCE = 5000
PURGE = "purge_audit"
ACTION = chain.SEALED_COLUMNS.index("action")


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold, and why."""

    line: int
    reason: str


@dataclass
class Report:
    """What a check found; at most MOST_BREAKS breaks are kept."""

    lines: int = 0
    breaks: list[Break] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        return not self.breaks

    def note(self, line: int, reason: str) -> None:
        if len(self.breaks) < MOST_BREAKS:
            self.breaks.append(Break(line, reason))

    def as_dict(self) -> dict[str, Any]:
        return {"ok": self.ok, **asdict(self)}


def verify(*, outside: bool = True) -> Report:
    """Read the chain from its first line to its last. The head outside is read first: it may only lag behind.

    The first line may follow lines that were purged: then the last purge line must name just those.
    """
    began, report = time.monotonic(), Report()
    anchor = _anchor(report) if outside else None
    secret, last = chain.key(), chain.START
    start = purged = chain.START
    met = anchor is None or anchor == chain.START
    for row in _rows():
        fields, (detail, previous, mac) = tuple(row[:-3]), row[-3:]
        number = fields[0]
        if not report.lines and number > 1:
            last = start = chain.Head(number - 1, previous)
        report.lines += 1
        if number != last.id + 1:
            report.note(last.id + 1, f"lines are missing before line {number}")
        elif previous != last.mac:
            report.note(number, "does not follow the line before it")
        if chain.seal(secret, previous, fields, detail) != mac:
            report.note(number, "was changed, or was not written by this console")
        elif fields[ACTION] == PURGE:
            purged = _purged(detail)
        if anchor is not None and number == anchor.id:
            met = True
            if mac != anchor.mac:
                report.note(number, "is not the line that the head outside the database names")
        last = chain.Head(number, mac)
    if start != purged:
        report.note(min(start.id, purged.id) + 1, _begins_wrongly(start, purged))
    if not met and anchor is not None:
        report.note(last.id + 1, f"the end is cut off: there was a line {anchor.id}")
    if outside and anchor is None and report.lines and report.ok:
        report.note(last.id, "the head outside the database is missing")
    report.seconds = round(time.monotonic() - began, 2)
    return report


def _purged(detail: str) -> chain.Head:
    """The last of the lines that a purge line says it took away."""
    told = json.loads(detail)
    return chain.Head(told["through"], told["seal"])


def _begins_wrongly(start: chain.Head, purged: chain.Head) -> str:
    if start.id > purged.id:
        return f"lines are missing before line {start.id + 1}"
    return f"lines are there that were purged, up to line {purged.id}"


def _anchor(report: Report) -> chain.Head | None:
    try:
        return chain.anchored()
    except ValueError:
        report.note(0, "the head outside the database is unreadable")
        return None


def _rows() -> Iterator[Any]:
    """(sealed columns, detail, previous seal, seal) of every line as stored, streamed."""
    table = AuditLine.__table__
    columns = [table.c[name] for name in chain.SEALED_COLUMNS]
    as_stored = [type_coerce(each, Text) if each.name == "at" else each for each in columns]
    rest = [type_coerce(table.c.detail, Text), table.c.previous_mac, table.c.mac]
    query = select(*as_stored, *rest).order_by(table.c.id)
    for some in db.session.execute(query, execution_options={"yield_per": AT_ONCE}).partitions():
        yield from some
