"""The ledger of custody: whose hands a file came into and left, only added to (P12.07, law 6).

The lines follow the files at every flush, whichever way a file was opened, given, closed or destroyed. So for every
holder and class what was there + what came − what went − what was destroyed is what is there.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Date, ForeignKey, Index, Integer, event
from sqlalchemy.orm import Mapped, Session, attributes, backref, mapped_column, relationship

from app.archive.models import LIVE_STATES, File, Scheme
from app.estate.models import Sited
from app.kit import fresh
from app.kit.columns import choice, text, today
from app.kit.fresh import Make, made
from app.kit.labels import _l
from app.kit.session import Record, db

CUSTODY_KINDS = {
    "opened": _l("File opened"),
    "received": _l("Received"),
    "given": _l("Given away"),
    "moved": _l("Into another class"),
    "destroyed": _l("Destroyed"),
}
STANDINGS = {"live": _l("Live"), "left": _l("Moved out")}

At = tuple[int | None, str]  # (the holder's key or None, live or left)
_cause: ContextVar[str] = ContextVar("cause", default="")


class CustodyLine(Sited, Record, Model):
    """One file more (+1) or less (−1) with one holder in one class; the counter-holder is who had or got it."""

    __tablename__ = "custody_line"
    __table_args__ = (Index("ix_custody_line_balance", "site_id", "day", "holder_id", "scheme_key", "standing"),)
    append_only = True
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    scheme_key: Mapped[str] = text(40, _l("Scheme"), required=True)
    standing: Mapped[str] = choice(_l("Class"), STANDINGS, "live")
    day: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Date")})
    kind: Mapped[str] = choice(_l("What happened"), CUSTODY_KINDS, "opened", tones={"destroyed": "bad"})
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Holder")})
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("From or to whom")})
    amount: Mapped[int] = mapped_column(Integer, info={"label": _l("More or less")})
    cause: Mapped[str] = text(200, _l("Because of"))
    file: Mapped[File] = relationship(
        backref=backref("custody_lines", order_by="CustodyLine.id", info={"label": _l("Custody ledger")}),
        info={"label": _l("File")},
    )
    holder: Mapped[Any] = relationship("User", foreign_keys=[holder_id], info={"label": _l("Holder")})
    counter: Mapped[Any] = relationship("User", foreign_keys=[counter_id], info={"label": _l("From or to whom")})

    def __str__(self) -> str:
        return f"{self.file} · {CUSTODY_KINDS[self.kind]}"


@contextmanager
def because(words: str) -> Iterator[None]:
    """Whatever changes hands meanwhile does so for this: the number of a hand-over, of a destruction."""
    token = _cause.set(words[:200])
    try:
        yield
    finally:
        _cause.reset(token)


def enter(file: File, kind: str, *, by: Any = None, cause: str = "") -> None:
    """Write down what happened to a file and why; "destroyed" also before the file says so itself. Once only."""
    with because(cause or _cause.get()):
        _follow(file, None if kind == "destroyed" else _now_at(file), by)
    db.session.flush()


def position(file: Any) -> At | None:
    """Where the ledger says the file is; None before it is opened and once it is destroyed."""
    sums: Counter[At] = Counter()
    for line in file.custody_lines:
        sums[line.holder_id, line.standing] += line.amount
    return next((at for at, count in sums.items() if count > 0), None)


def standing_of(file: File) -> str:
    return "live" if file.state in LIVE_STATES else "left"


def _now_at(file: File) -> At | None:
    return None if file.state == "destroyed" else (file.custodian_id, standing_of(file))


def _follow(file: File, after: At | None, by: Any = None) -> None:
    """Bring the ledger from where it has the file to `after`."""
    with db.session.no_autoflush:
        before = position(file)
        for step in _steps(before, after):
            line = _line(file, *step)
            if by is not None:
                line.created_by_id = by.id
            db.session.add(line)


def _line(file: File, kind: str, at: At, counter: int | None, amount: int, make: Make = made) -> CustodyLine:
    return make(
        CustodyLine, file=file, site_id=file.site_id, scheme_key=_scheme_of(file).key, standing=at[1], day=today(),
        kind=kind, holder_id=at[0], counter_id=counter, amount=amount, cause=_cause.get(),
    )  # fmt: skip


def _steps(before: At | None, after: At | None) -> Iterator[tuple[str, At, int | None, int]]:
    """(kind, holder and class, counter-holder, +1 or −1) that lead from one to the other."""
    if before == after:
        return
    if before is None and after is not None:
        yield "opened", after, None, 1
    elif after is None and before is not None:
        yield "destroyed", before, None, -1
    elif before is not None and after is not None:
        (old, standing), (new, wanted) = before, after
        if old != new:
            yield "given", (old, standing), new, -1
            yield "received", (new, standing), old, 1
        if standing != wanted:
            yield "moved", (new, standing), None, -1
            yield "moved", (new, wanted), None, 1


def _scheme_of(file: File) -> Scheme:
    return file.scheme or db.session.get_one(Scheme, file.scheme_id)


@event.listens_for(Session, "before_flush")
def _the_ledger_follows(session: Session, _context: Any, _instances: Any) -> None:
    for record in [*session.new, *session.dirty]:
        if isinstance(record, File) and (record in session.new or _changed_hands(record)):
            _follow(record, _now_at(record))


def _new_files_begin(_session: Session, records: fresh.ByModel) -> None:
    """Files that no flush tells of."""
    for file in records.get(File, ()):
        for step in _steps(None, _now_at(file)):
            _line(file, *step, make=fresh.new)


fresh.followers.append(_new_files_begin)


def _changed_hands(file: File) -> bool:
    return any(attributes.get_history(file, name).has_changes() for name in ("custodian_id", "state"))
