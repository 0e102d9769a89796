"""What tenants say, and how soon they are answered and helped."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from flask_appbuilder.models.sqla import Model
from sqlalchemy import ForeignKey, Integer, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.dayrecords import DayRecord
from app.kit.columns import Moment, choice, text
from app.kit.labels import _l
from app.kit.session import Record

KINDS = {
    "complaint": _l("Complaint"),
    "suggestion": _l("Suggestion"),
    "inquiry": _l("Inquiry"),
    "praise": _l("Praise"),
}
TOPICS = {
    "service": _l("Service"),
    "equipment": _l("Equipment"),
    "cleaning": _l("Cleaning"),
    "safety": _l("Safety"),
    "fees": _l("Fees"),
    "neighbours": _l("Neighbours"),
    "other": _l("Other"),
}
URGENCIES = {"urgent": _l("Urgent"), "ordinary": _l("Ordinary")}
CHANNELS = {"desk": _l("Desk"), "telephone": _l("Telephone"), "letter": _l("Letter"), "online": _l("Online")}
VERDICTS = {
    "": _l("Not judged"),
    "A": _l("A · justified, our fault"),
    "B": _l("B · justified in part"),
    "C": _l("C · not justified"),
}
COMPLAINT_STATES = {
    "received": _l("Taken down"),
    "assigned": _l("Being handled"),
    "answered": _l("Answered"),
    "solved": _l("Solved, waits for the return visit"),
    "visited": _l("Return visit made"),
    "closed": _l("Case closed"),
}
WAITS = {
    "answer": _l("An answer"),
    "solution": _l("A solution"),
    "visit": _l("The return visit"),
    "verdict": _l("The verdict"),
    "": _l("Nothing"),
}
WAITS_FOR = {
    "received": "answer",
    "assigned": "answer",
    "answered": "solution",
    "solved": "visit",
    "visited": "verdict",
    "closed": "",
}
TONES = {"received": "warn", "assigned": "warn", "answered": "warn", "visited": "good"}


class Complaint(DayRecord, Record, Model):
    """One complaint (P7.03). What was promised when it was opened is kept: `answer_due_at`, `solve_due_at`.

    `waits_for` and `due_at` follow from the state whenever it is stored: lists filter by them.
    """

    __tablename__ = "complaint"
    filed_as = "complaint"
    OVER: ClassVar[frozenset[str]] = frozenset({"closed"})
    kind: Mapped[str] = choice(_l("Kind"), KINDS, "complaint")
    about: Mapped[str] = choice(_l("About"), TOPICS, "service")
    urgency: Mapped[str] = choice(_l("Urgency"), URGENCIES, "ordinary", tones={"urgent": "bad"})
    channel: Mapped[str] = choice(_l("Came by"), CHANNELS, "telephone")
    complainant: Mapped[str] = text(60, _l("Complainant"), required=True, sealed=True)
    phone: Mapped[str] = text(40, _l("Telephone"), kind="phone", sealed=True)
    content: Mapped[str] = text(2000, _l("What was said"), required=True, sealed=True)
    received_at: Mapped[dt.datetime] = mapped_column(Moment, index=True, info={"label": _l("Received at")})
    assignee_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), index=True, info={"label": _l("Handled by")}
    )
    answer_due_at: Mapped[dt.datetime] = mapped_column(Moment, index=True, info={"label": _l("Answer due")})
    answered_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Answered at")})
    answer: Mapped[str] = text(2000, _l("Answer"), sealed=True)
    solve_due_at: Mapped[dt.datetime] = mapped_column(Moment, index=True, info={"label": _l("Solution due")})
    solved_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Solved at")})
    solution: Mapped[str] = text(2000, _l("Solution"), sealed=True)
    verdict: Mapped[str] = choice(_l("Verdict"), VERDICTS, "")
    visited_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Return visit at")})
    closed_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Closed at")})
    reopened: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Times reopened")})
    state: Mapped[str] = choice(_l("State"), COMPLAINT_STATES, "received", tones=TONES)
    waits_for: Mapped[str] = choice(_l("Waits for"), WAITS, "answer")
    due_at: Mapped[dt.datetime | None] = mapped_column(Moment, index=True, info={"label": _l("Due")})
    assignee: Mapped[Any] = relationship("User", foreign_keys=[assignee_id], info={"label": _l("Handled by")})


@event.listens_for(Complaint, "before_insert")
@event.listens_for(Complaint, "before_update")
def _wait(_mapper: Any, _connection: Any, complaint: Complaint) -> None:
    """What a complaint waits for, and until when that was promised."""
    complaint.waits_for = WAITS_FOR[complaint.state]
    promised = {"answer": complaint.answer_due_at, "solution": complaint.solve_due_at}
    complaint.due_at = promised.get(complaint.waits_for)


class ComplaintPromise(Record, Model):
    """How soon a complaint of an urgency is answered (hours) and solved: in hours, or in working days."""

    __tablename__ = "complaint_promise"
    __table_args__ = (UniqueConstraint("urgency"),)
    urgency: Mapped[str] = choice(_l("Urgency"), URGENCIES, "ordinary")
    answer_hours: Mapped[int] = mapped_column(Integer, info={"label": _l("Answer within hours")})
    solve_hours: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Solution within hours")})
    solve_days: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Solution within working days")})

    def __str__(self) -> str:
        return str(URGENCIES.get(self.urgency, self.urgency))
