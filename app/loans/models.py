"""Loans, the files on them, how each came back, and the reminders that were sent."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, UniqueConstraint, event, select
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, Session, attributes, mapped_column, relationship

from app.archive.approvals import WAITING_WORDS, Approvable
from app.archive.models import File
from app.estate.models import Place, Site, Sited
from app.incidents.models import Incident
from app.kit.columns import Moment, choice, signature, text
from app.kit.labels import _l
from app.kit.session import AppendOnlyError, Record

PURPOSE_KINDS = {
    "check": _l("To check something"),
    "follow_up": _l("Follow-up of a client"),
    "meeting": _l("For a meeting"),
    "authority": _l("An authority or a court asks"),
    "copying": _l("To be copied or bound"),
    "other": _l("Other"),
}
RESULT_NEEDED = frozenset({"follow_up"})  # P1.16: not returned without saying what came of it
LOAN_STATES = WAITING_WORDS | {
    "approved": _l("Approved, to be fetched"),
    "out": _l("On loan"),
    "returned": _l("Returned"),
    "lost": _l("Lost in part or whole"),
    "refused": _l("Refused"),
    "withdrawn": _l("Withdrawn"),
}
LOAN_TONES = {
    "asked": "warn", "passed": "warn", "raised": "warn", "approved": "good", "out": "warn", "returned": "good",
    "lost": "bad", "refused": "bad",
}  # fmt: skip
LINE_STATES = {
    "asked": _l("Asked for"),
    "out": _l("On loan"),
    "back": _l("Back in its place"),
    "lost": _l("Lost"),
}
LINE_TONES = {"out": "warn", "back": "good", "lost": "bad"}
CONDITIONS = {"complete": _l("Complete and unharmed"), "damaged": _l("Damaged or incomplete"), "lost": _l("Lost")}
REMINDERS = {
    "before": _l("Due tomorrow"),
    "due": _l("Due today"),
    "late": _l("One day overdue"),
    "very_late": _l("Seven days overdue"),
}


class Loan(Sited, Approvable, Record, Model):
    """One loan (P1.15, P7.08, P11.08). `due_on` is the last day: at its end, 24:00, the loan is overdue.

    A `place` is borrowed whole; `left_out` says which of its files are not, and why.
    """

    __tablename__ = "loan"
    __table_args__ = (UniqueConstraint("site_id", "number"), Index("ix_loan_due", "state", "due_on"))
    number: Mapped[str] = text(30, _l("Loan number"), required=True)
    borrower_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("Borrower")})
    department: Mapped[str] = text(60, _l("Department"))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), info={"label": _l("Everything kept in")})
    left_out: Mapped[str] = text(2000, _l("Left out"))
    purpose_kind: Mapped[str] = choice(_l("Kind of purpose"), PURPOSE_KINDS, "check")
    purpose: Mapped[str] = text(300, _l("What it is needed for"), required=True)
    days: Mapped[int] = mapped_column(
        Integer,
        default=3,
        info={"label": _l("For how many days"), "hint": _l("More than usual needs one more approval.")},
    )
    is_same_day: Mapped[bool] = mapped_column(Boolean, default=False, info={"label": _l("Back the same day")})
    state: Mapped[str] = choice(_l("State"), LOAN_STATES, "asked", tones=LOAN_TONES)
    approved_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Approved at")})
    handed_out_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Handed out at")})
    handed_out_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Handed out by")})
    borrower_signature: Mapped[str] = signature(_l("Signature of the borrower"))
    keeper_signature: Mapped[str] = signature(_l("Signature of the keeper"))
    is_signed_on_paper: Mapped[bool] = mapped_column(Boolean, default=False, info={"label": _l("Both signed on paper")})
    due_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Due back on")})
    result: Mapped[str] = text(500, _l("Result of the loan"))
    follow_up_id: Mapped[int | None] = mapped_column(
        ForeignKey("follow_up.id"), index=True, info={"label": _l("Follow-up")}
    )
    is_checked: Mapped[bool] = mapped_column(
        Boolean, default=False, info={"label": _l("Counted, complete and unharmed, back in its place")}
    )
    returned_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Returned on")})
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    borrower: Mapped[Any] = relationship("User", foreign_keys=[borrower_id], info={"label": _l("Borrower")})
    file: Mapped[File | None] = relationship(info={"label": _l("File")})
    place: Mapped[Place | None] = relationship(info={"label": _l("Everything kept in")})
    handed_out_by: Mapped[Any] = relationship(
        "User", foreign_keys=[handed_out_by_id], info={"label": _l("Handed out by")}
    )
    follow_up: Mapped[Any] = relationship("FollowUp", info={"label": _l("Follow-up")})
    lines: Mapped[list[LoanLine]] = relationship(
        back_populates="loan", order_by="LoanLine.position", info={"label": _l("Files on loan")}
    )

    @property
    def asker_id(self) -> int | None:
        return self.borrower_id

    def __str__(self) -> str:
        return self.number


class LoanLine(Sited, Record, Model):
    """A file on a loan. Once it was handed out only its return is noted; the database lends no file twice."""

    __tablename__ = "loan_line"
    __table_args__ = (
        UniqueConstraint("loan_id", "file_id"),
        Index(
            "uq_loan_line_out",
            "file_id",
            unique=True,
            sqlite_where=sql("state = 'out'"),
            postgresql_where=sql("state = 'out'"),
        ),
    )
    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), index=True, info={"label": _l("Loan")})
    position: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("No.")})
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    pages: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Pages lent")})
    state: Mapped[str] = choice(_l("State"), LINE_STATES, "asked", tones=LINE_TONES)
    is_checked: Mapped[bool] = mapped_column(
        Boolean, default=False, info={"label": _l("Counted, complete and unharmed, back in its place")}
    )
    loan: Mapped[Loan] = relationship(back_populates="lines", info={"label": _l("Loan")})
    file: Mapped[File] = relationship(info={"label": _l("File")})

    def __str__(self) -> str:
        return f"{self.loan.number} · {self.file.number}"


class LoanReturn(Sited, Record, Model):
    """How a lent file came back, or that it did not: who looked, how many pages; only added (law 6)."""

    __tablename__ = "loan_return"
    append_only = True
    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), index=True, info={"label": _l("Loan")})
    line_id: Mapped[int] = mapped_column(ForeignKey("loan_line.id"), unique=True, info={"label": _l("File on loan")})
    returned_at: Mapped[dt.datetime] = mapped_column(Moment, info={"label": _l("Returned at")})
    received_by_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Taken back by")})
    pages: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Pages counted")})
    condition: Mapped[str] = choice(
        _l("Condition"), CONDITIONS, "complete", tones={"complete": "good", "damaged": "bad", "lost": "bad"}
    )
    remark: Mapped[str] = text(500, _l("Remark"))
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), info={"label": _l("Incident")})
    loan: Mapped[Loan] = relationship(info={"label": _l("Loan")})
    line: Mapped[LoanLine] = relationship(info={"label": _l("File on loan")})
    received_by: Mapped[Any] = relationship("User", foreign_keys=[received_by_id], info={"label": _l("Taken back by")})
    incident: Mapped[Incident | None] = relationship(info={"label": _l("Incident")})

    def __str__(self) -> str:
        return f"{CONDITIONS[self.condition]}"


class LoanReminder(Sited, Record, Model):
    """That the borrower was reminded, once a loan and kind of reminder; only added."""

    __tablename__ = "loan_reminder"
    __table_args__ = (UniqueConstraint("loan_id", "kind"),)
    append_only = True
    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), info={"label": _l("Loan")})
    kind: Mapped[str] = choice(_l("Reminder of a loan"), REMINDERS, "due")
    reminded_at: Mapped[dt.datetime] = mapped_column(Moment, info={"label": _l("Reminded at")})
    loan: Mapped[Loan] = relationship(info={"label": _l("Loan")})

    def __str__(self) -> str:
        return f"{REMINDERS[self.kind]}"


RETURN_FIELDS = frozenset({"state", "is_checked", "version", "updated_at", "updated_by_id"})


@event.listens_for(Session, "before_flush")
def _lent_lines_do_not_change(session: Session, _context: Any, _instances: Any) -> None:
    """Law 6: what was handed out is never edited away; its return is noted, once."""
    for record in list(session.deleted):
        if isinstance(record, LoanLine):
            raise AppendOnlyError("files on a loan are never deleted")
    for record in list(session.dirty):
        if isinstance(record, LoanLine) and session.is_modified(record):
            _check_change(session, record)


def _check_change(session: Session, line: LoanLine) -> None:
    history = attributes.get_history(line, "state")
    before = next(iter(history.deleted or history.unchanged), None)
    if before is None:  # set without having been read: ask what is stored
        before = session.scalar(select(LoanLine.state).where(LoanLine.id == line.id))
    columns = [column.key for column in LoanLine.__mapper__.column_attrs]
    changed = {name for name in columns if attributes.get_history(line, name).has_changes()}
    if before in ("back", "lost") or (before == "out" and changed - RETURN_FIELDS):
        raise AppendOnlyError("a file that was lent keeps its line")
