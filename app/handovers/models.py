"""Hand-over lists: what goes from whom to whom, checked line by line and signed by three; and who leaves."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.held import HOLDING_KINDS
from app.archive.models import File
from app.estate.models import Site, Sited
from app.kit.columns import Moment, choice, text
from app.kit.labels import _l
from app.kit.session import Record
from app.security.models import Described

HANDOVER_KINDS = {
    "people": _l("Between two people"),
    "departments": _l("Between departments"),
    "organisations": _l("To another organisation"),
}
HANDOVER_STATES = {
    "draft": _l("Being listed"),
    "checking": _l("Being checked"),
    "signing": _l("Being signed"),
    "done": _l("Signed and locked"),
    "void": _l("Given up"),
}
UNFINISHED = ("draft", "checking", "signing")
FOUND = {
    "unchecked": _l("Not checked"),
    "present": _l("Present"),
    "missing": _l("Missing"),
    "differs": _l("Differs"),
}
FOUND_TONES = {"unchecked": "warn", "present": "good", "missing": "bad", "differs": "bad"}
SIGNER_ROLES = {"giver": _l("Hands over"), "receiver": _l("Receives"), "supervisor": _l("Supervises")}
CLEARANCE_STATES = {
    "open": _l("Being cleared"),
    "done": _l("Cleared, account closed"),
    "void": _l("Given up"),
}


def drawn(label: Any) -> Any:
    """A signature of who hands over or receives, drawn on screen: no tenant's, so it lies in no file."""
    info = {"label": label, "kind": "signature"}
    return mapped_column(Text, nullable=False, default="", server_default="", info=info)


class Handover(Sited, Record, Model):
    """One hand-over list (P4.09, P7.08): after all three have signed nothing in it can change.

    Where it goes to another organisation whose receiver has no account, `receiver_name` signs on the screen of who
    hands over: their account stands as `receiver` too, as the witness.
    """

    __tablename__ = "handover"
    number: Mapped[str] = text(30, _l("Hand-over number"), required=True, unique=True)
    kind: Mapped[str] = mapped_column(
        String(30),
        nullable=False,
        default="people",
        server_default="people",
        info={"label": _l("Kind of hand-over"), "choices": HANDOVER_KINDS},
    )
    handed_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Date")})
    giver_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("Hands over")})
    giver_department: Mapped[str] = text(100, _l("Department handing over"))
    giver_organisation: Mapped[str] = text(100, _l("Organisation handing over"))
    receiver_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("Receives")})
    receiver_department: Mapped[str] = text(100, _l("Department receiving"))
    receiver_organisation: Mapped[str] = text(100, _l("Organisation receiving"))
    receiver_name: Mapped[str] = text(
        60, _l("Who receives there"), hint=_l("Where the receiver has no account: they sign on your screen.")
    )
    receiver_signature: Mapped[str] = drawn(_l("Signature of the receiver"))
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Supervises")})
    reason: Mapped[str] = text(300, _l("Reason of the hand-over"), required=True)
    state: Mapped[str] = choice(
        _l("State"), HANDOVER_STATES, "draft", tones={"checking": "warn", "signing": "warn", "done": "good"}
    )
    done_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Handed over on")})
    digest: Mapped[str] = mapped_column(String(64), default="", info={"label": _l("Digest of the list (SHA-256)")})
    clearance_id: Mapped[int | None] = mapped_column(
        ForeignKey("clearance.id"), index=True, info={"label": _l("Clearance")}
    )
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    giver: Mapped[Any] = relationship("User", foreign_keys=[giver_id], info={"label": _l("Hands over")})
    receiver: Mapped[Any] = relationship(
        "User", foreign_keys=[receiver_id], info={"label": _l("Receives"), "required": False}
    )
    supervisor: Mapped[Any] = relationship("User", foreign_keys=[supervisor_id], info={"label": _l("Supervises")})
    clearance: Mapped[Clearance | None] = relationship(back_populates="handovers", info={"label": _l("Clearance")})
    lines: Mapped[list[HandoverLine]] = relationship(
        back_populates="handover", order_by="HandoverLine.position", info={"label": _l("Lines")}
    )
    signatures: Mapped[list[HandoverSignature]] = relationship(
        back_populates="handover", order_by="HandoverSignature.id", info={"label": _l("Signatures")}
    )

    receives = Described(
        _l("Receives"), lambda self: self.receiver_name if self.is_outside else str(self.receiver or "")
    )

    @property
    def is_outside(self) -> bool:
        """Received by somebody without an account."""
        return self.kind == "organisations" and self.receiver_id in (None, self.giver_id)

    def __str__(self) -> str:
        return self.number


class HandoverLine(Sited, Record, Model):
    """One thing handed over, and how the receiver found it (P4.08): `kind` and `key` as a Holding has them."""

    __tablename__ = "handover_line"
    __table_args__ = (
        UniqueConstraint("handover_id", "file_id"),
        Index("uq_handover_line_thing", "handover_id", "kind", "key", unique=True),
    )
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), index=True, info={"label": _l("Hand-over")})
    position: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("No.")})
    kind: Mapped[str] = mapped_column(
        String(30),
        nullable=False,
        default="other",
        server_default="other",
        info={"label": _l("Kind"), "choices": HOLDING_KINDS},
    )
    key: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Record key")})
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    title: Mapped[str] = text(200, _l("What is handed over"))
    quantity: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("Quantity")})
    pages: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Pages")})
    remark: Mapped[str] = text(200, _l("Remark"))
    found: Mapped[str] = mapped_column(
        String(30),
        nullable=False,
        default="unchecked",
        server_default="unchecked",
        info={"label": _l("Found"), "choices": FOUND, "tones": FOUND_TONES},
    )
    counted: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Counted")})
    counted_pages: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Pages counted")})
    finding: Mapped[str] = text(200, _l("What the receiver says"))
    handover: Mapped[Handover] = relationship(back_populates="lines", info={"label": _l("Hand-over")})
    file: Mapped[File | None] = relationship(info={"label": _l("File")})

    def __str__(self) -> str:
        return self.title


class HandoverSignature(Sited, Record, Model):
    """Who signed as what, over which list; `signed_name` where the account only witnessed it."""

    __tablename__ = "handover_signature"
    __table_args__ = (UniqueConstraint("handover_id", "role"),)
    append_only = True
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), index=True, info={"label": _l("Hand-over")})
    role: Mapped[str] = choice(_l("Signs as"), SIGNER_ROLES, "giver")
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Signed by")})
    signed_name: Mapped[str] = text(60, _l("Signer without an account"))
    drawn: Mapped[str] = drawn(_l("Signature"))
    signed_at: Mapped[dt.datetime] = mapped_column(Moment, info={"label": _l("Signed at")})
    digest: Mapped[str] = mapped_column(String(64), info={"label": _l("Digest of the list (SHA-256)")})
    handover: Mapped[Handover] = relationship(back_populates="signatures", info={"label": _l("Hand-over")})
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("Signed by")})

    def __str__(self) -> str:
        return f"{SIGNER_ROLES[self.role]}: {self.signed_name or self.user}"


class Clearance(Sited, Record, Model):
    """Somebody leaves (P1.20): the account is closed once nothing is held any more."""

    __tablename__ = "clearance"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        Index(
            "uq_clearance_open",
            "user_id",
            unique=True,
            sqlite_where=sql("state = 'open'"),
            postgresql_where=sql("state = 'open'"),
        ),
    )
    number: Mapped[str] = mapped_column(String(30), nullable=False, default="", info={"label": _l("Number")})
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("Leaves")})
    reason: Mapped[str] = text(300, _l("Reason of leaving"), required=True)
    last_day_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Last day")})
    receiver_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Takes over")})
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Supervises")})
    state: Mapped[str] = choice(_l("State"), CLEARANCE_STATES, "open", tones={"open": "warn", "done": "good"})
    closed_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Account closed on")})
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Account closed by")})
    site: Mapped[Site] = relationship(info={"label": _l("Site"), "required": False})  # where they work
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("Leaves")})
    receiver: Mapped[Any] = relationship("User", foreign_keys=[receiver_id], info={"label": _l("Takes over")})
    supervisor: Mapped[Any] = relationship("User", foreign_keys=[supervisor_id], info={"label": _l("Supervises")})
    closed_by: Mapped[Any] = relationship("User", foreign_keys=[closed_by_id], info={"label": _l("Account closed by")})
    handovers: Mapped[list[Handover]] = relationship(
        back_populates="clearance", order_by="Handover.id", info={"label": _l("Hand-overs")}
    )

    def __str__(self) -> str:
        return self.number
