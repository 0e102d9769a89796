"""Requests to read a filed file and what was granted, changes of papers that ask for consent, signed registers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.approvals import WAITING_WORDS, Approvable
from app.archive.models import MODES, SEALS, Document, File
from app.estate.models import Site, Sited
from app.kit.columns import Moment, choice, now, several, text
from app.kit.labels import _l
from app.kit.session import Record

REQUEST_STATES = {
    **WAITING_WORDS,
    "approved": _l("Approved"),
    "refused": _l("Refused"),
    "revoked": _l("Revoked"),
    "withdrawn": _l("Withdrawn"),
}
WAITING_TONES = dict.fromkeys(WAITING_WORDS, "warn")
TONES = {**WAITING_TONES, "approved": "good", "refused": "bad", "revoked": "bad"}
WAYS_OF_READING = {mode: MODES[mode] for mode in ("read_in_office", "copy")}  # taking away is a loan
CHANGE_STATES = {
    "asked": _l("Waits for the manager"),
    "agreed": _l("Agreed"),
    "refused": _l("Refused"),
    "withdrawn": _l("Withdrawn"),
}
CHANGE_TONES = {"asked": "warn", "agreed": "good", "refused": "bad"}
REGISTERS = {"lookups": _l("Register of look-ups"), "loans": _l("Register of loans")}


class LookupRequest(Approvable, Sited, Record, Model):
    """Who wants to read what of which file, for what, how and how long. The clock starts at approval (P10.07, G4).

    `classes` "" is the whole file without `spared`, the classes that had a line of their own in the access policy when
    it was asked; `seal` is the file's seal then: under another one the request is worth nothing.
    """

    __tablename__ = "lookup_request"
    __table_args__ = (Index("ix_lookup_request_live", "requester_id", "file_id", "state"),)
    number: Mapped[str] = text(30, _l("Request number"), required=True, unique=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    requester_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Asked by")})
    purpose: Mapped[str] = text(300, _l("Purpose"), required=True)
    mode: Mapped[str] = choice(_l("Way of reading"), WAYS_OF_READING, "read_in_office")
    classes: Mapped[str] = several(
        500, _l("Classes of paper"), hint=_l("None: the whole file, but for the classes with a rule of their own.")
    )
    spared: Mapped[str] = several(500, _l("Not with it"))
    seal: Mapped[str] = mapped_column(
        String(30),
        nullable=False,
        default="none",
        server_default="none",
        info={"label": _l("Further seal"), "choices": SEALS},
    )
    hours: Mapped[int] = mapped_column(Integer, default=8, info={"label": _l("For how many hours")})
    state: Mapped[str] = choice(_l("State"), REQUEST_STATES, "asked", tones=TONES)
    passed_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Passed on by")})
    passed_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Passed on at")})
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Decided by")})
    decided_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Decided at")})
    reason: Mapped[str] = text(300, _l("Reason of the decision"))
    expires_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Granted until")})
    file: Mapped[File] = relationship(info={"label": _l("File")})
    requester: Mapped[Any] = relationship("User", foreign_keys=[requester_id], info={"label": _l("Asked by")})
    passed_by: Mapped[Any] = relationship("User", foreign_keys=[passed_by_id], info={"label": _l("Passed on by")})
    decided_by: Mapped[Any] = relationship("User", foreign_keys=[decided_by_id], info={"label": _l("Decided by")})

    @property
    def asker_id(self) -> int | None:
        return self.requester_id

    @property
    def is_live(self) -> bool:
        """Approved, not revoked and not expired."""
        return self.state == "approved" and self.expires_at is not None and now() < self.expires_at

    def __str__(self) -> str:
        return self.number


class PaperChange(Sited, Record, Model):
    """A change of a working copy, which the manager has to agree to: its next version is a paper of its own (P10.08).

    What is left empty stays as the paper has it.
    """

    __tablename__ = "paper_change"
    paper_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True, info={"label": _l("Paper")})
    what: Mapped[str] = text(300, _l("What changes"), required=True)
    why: Mapped[str] = text(300, _l("Why"), required=True)
    title: Mapped[str] = text(200, _l("New title"), sealed=True)
    reference: Mapped[str] = text(60, _l("New document number"), sealed=True)
    issued_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Issued on")})
    valid_until: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Valid until")})
    pages: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Pages")})
    state: Mapped[str] = choice(_l("State"), CHANGE_STATES, "asked", tones=CHANGE_TONES)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Asked by")})
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Decided by")})
    decided_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Decided at")})
    reason: Mapped[str] = text(300, _l("Reason of the decision"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), info={"label": _l("New version")})
    paper: Mapped[Document] = relationship(foreign_keys=[paper_id], info={"label": _l("Paper")})
    asked_by: Mapped[Any] = relationship("User", foreign_keys=[asked_by_id], info={"label": _l("Asked by")})
    decided_by: Mapped[Any] = relationship("User", foreign_keys=[decided_by_id], info={"label": _l("Decided by")})
    new_version: Mapped[Document | None] = relationship(foreign_keys=[version_id], info={"label": _l("New version")})

    def __str__(self) -> str:
        return self.what


class RegisterReview(Sited, Record, Model):
    """A month's register, looked through and signed by the manager; `digest` is over what it said then."""

    __tablename__ = "register_review"
    __table_args__ = (UniqueConstraint("site_id", "register", "month"),)
    append_only = True
    register: Mapped[str] = choice(_l("Register"), REGISTERS, "lookups")
    month: Mapped[str] = text(7, _l("Month"), required=True)
    lines: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Lines")})
    digest: Mapped[str] = mapped_column(String(64), info={"label": _l("Checksum of the content (SHA-256)")})
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Signed by")})
    signed_at: Mapped[dt.datetime] = mapped_column(Moment, info={"label": _l("Signed at")})
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    signed_by: Mapped[Any] = relationship("User", foreign_keys=[signed_by_id], info={"label": _l("Signed by")})

    def __str__(self) -> str:
        return f"{REGISTERS[self.register]} {self.month}"
