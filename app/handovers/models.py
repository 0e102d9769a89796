"""Hand-over lists: what goes from whom to whom, signed by three."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.models import File
from app.estate.models import Site, Sited
from app.kit.columns import Moment, choice, text
from app.kit.labels import _l
from app.kit.session import Record

HANDOVER_STATES = {
    "draft": _l("Being listed"),
    "signing": _l("Being signed"),
    "done": _l("Signed and locked"),
    "void": _l("Given up"),
}
SIGNER_ROLES = {"giver": _l("Hands over"), "receiver": _l("Receives"), "supervisor": _l("Supervises")}


class Handover(Sited, Record, Model):
    """One hand-over list (P4.09, P7.08): after all three have signed nothing in it can change."""

    __tablename__ = "handover"
    number: Mapped[str] = text(30, _l("Hand-over number"), required=True, unique=True)
    handed_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Date")})
    giver_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Hands over")})
    giver_department: Mapped[str] = text(100, _l("Department handing over"))
    receiver_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Receives")})
    receiver_department: Mapped[str] = text(100, _l("Department receiving"))
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Supervises")})
    reason: Mapped[str] = text(300, _l("Reason of the hand-over"), required=True)
    state: Mapped[str] = choice(_l("State"), HANDOVER_STATES, "draft", tones={"signing": "warn", "done": "good"})
    digest: Mapped[str] = mapped_column(String(64), default="", info={"label": _l("Digest of the list (SHA-256)")})
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    giver: Mapped[Any] = relationship("User", foreign_keys=[giver_id], info={"label": _l("Hands over")})
    receiver: Mapped[Any] = relationship("User", foreign_keys=[receiver_id], info={"label": _l("Receives")})
    supervisor: Mapped[Any] = relationship("User", foreign_keys=[supervisor_id], info={"label": _l("Supervises")})
    lines: Mapped[list[HandoverLine]] = relationship(
        back_populates="handover", order_by="HandoverLine.position", info={"label": _l("Lines")}
    )
    signatures: Mapped[list[HandoverSignature]] = relationship(
        back_populates="handover", order_by="HandoverSignature.id", info={"label": _l("Signatures")}
    )

    def __str__(self) -> str:
        return self.number


class HandoverLine(Sited, Record, Model):
    """One thing handed over: a file, or anything said in words (keys, seals)."""

    __tablename__ = "handover_line"
    __table_args__ = (UniqueConstraint("handover_id", "file_id"),)
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), index=True, info={"label": _l("Hand-over")})
    position: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("No.")})
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), info={"label": _l("File")})
    title: Mapped[str] = text(200, _l("What is handed over"))
    quantity: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("Quantity")})
    pages: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Pages")})
    remark: Mapped[str] = text(200, _l("Remark"))
    handover: Mapped[Handover] = relationship(back_populates="lines", info={"label": _l("Hand-over")})
    file: Mapped[File | None] = relationship(info={"label": _l("File")})

    def __str__(self) -> str:
        return self.title


class HandoverSignature(Sited, Record, Model):
    """Who signed as what, over which list."""

    __tablename__ = "handover_signature"
    __table_args__ = (UniqueConstraint("handover_id", "role"),)
    append_only = True
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), index=True, info={"label": _l("Hand-over")})
    role: Mapped[str] = choice(_l("Signs as"), SIGNER_ROLES, "giver")
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Signed by")})
    signed_at: Mapped[dt.datetime] = mapped_column(Moment, info={"label": _l("Signed at")})
    digest: Mapped[str] = mapped_column(String(64), info={"label": _l("Digest of the list (SHA-256)")})
    handover: Mapped[Handover] = relationship(back_populates="signatures", info={"label": _l("Hand-over")})
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("Signed by")})

    def __str__(self) -> str:
        return f"{SIGNER_ROLES[self.role]}: {self.user}"
