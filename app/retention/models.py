"""The retention table, legal holds, appraisal lists and destruction lists."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.approvals import WAITING_WORDS, Approvable
from app.archive.models import Document, File
from app.estate.models import Site, Sited
from app.kit.columns import Moment, choice, signature, text
from app.kit.labels import _l
from app.kit.session import Record

CLOCKS = {
    "moved_out": _l("Moving out"),
    "trade_ended": _l("End of the trade"),
    "made": _l("The day the paper was made"),
    "fiscal_year": _l("End of the fiscal year"),
}
HOLD_STATES = {"held": _l("Held"), "released": _l("Released")}
APPRAISAL_STATES = {
    "draft": _l("Being appraised"),
    "appraised": _l("Signed by the group"),
    "passed": WAITING_WORDS["passed"],
    "raised": WAITING_WORDS["raised"],
    "approved": _l("Approved"),
    "refused": _l("Refused"),
    "withdrawn": _l("Withdrawn"),
}
DESTRUCTION_STATES = {
    "draft": _l("Being listed"),
    "raised": WAITING_WORDS["raised"],
    "approved": _l("Approved"),
    "witnessed": _l("Witnessed by both"),
    "done": _l("Destroyed and locked"),
    "refused": _l("Refused"),
    "withdrawn": _l("Withdrawn"),
}
VERDICTS = {
    "": _l("Not judged yet"),
    "keep": _l("Keep on"),
    "transfer": _l("Transfer"),
    "destroy": _l("Destroy"),
}
AXIS = {"": _l("Not judged yet"), "yes": _l("Yes"), "no": _l("No")}
SECRECY = {
    "none": _l("Not classified"),
    "secret": _l("Secret 秘密"),
    "confidential": _l("Confidential 机密"),
    "top_secret": _l("Top secret 绝密"),
}
METHODS = {"shredded": _l("Shredded 碎纸"), "torn": _l("Torn up 撕毁")}
TONES = {"passed": "warn", "raised": "warn", "approved": "good", "done": "good", "refused": "bad"}


class RetentionRule(Record, Model):
    """One line of the retention table 保管期限表: how long a class of paper, or the whole file (""), is kept.

    Neither permanent nor of any length: the source lost the number, it must be filled in first ([LOST]).
    """

    __tablename__ = "retention_rule"
    __table_args__ = (UniqueConstraint("scheme_key", "paper_class"),)
    scheme_key: Mapped[str] = text(40, _l("Scheme"), required=True)
    paper_class: Mapped[str] = text(40, _l("Class of paper"))
    clock: Mapped[str] = choice(_l("Counted from"), CLOCKS, "moved_out")
    is_permanent: Mapped[bool] = mapped_column(Boolean, default=False, info={"label": _l("Permanent")})
    years: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Kept for years")})
    months: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Kept for months")})
    days: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Kept for days")})
    is_confidential: Mapped[bool] = mapped_column(
        Boolean, default=True, info={"label": _l("Confidential: destroyed by shredding only")}
    )
    basis: Mapped[str] = text(200, _l("Basis"))
    source: Mapped[str] = text(100, _l("Where it is said"))

    @property
    def is_lost(self) -> bool:
        """The length is missing: nothing falls due under it."""
        return not (self.is_permanent or self.years or self.months or self.days)

    @property
    def length(self) -> str:
        """As ISO 8601 says it: P10Y, P1Y6M, P90D; "permanent", or "" where it is lost."""
        if self.is_permanent:
            return "permanent"
        parts = ((self.years, "Y"), (self.months, "M"), (self.days, "D"))
        return "P" + "".join(f"{count}{unit}" for count, unit in parts if count) if not self.is_lost else ""

    def __str__(self) -> str:
        from app.archive.page import code_word

        return " · ".join(code_word(code) for code in (self.scheme_key, self.paper_class) if code)


class LegalHold(Sited, Record, Model):
    """Nothing of the file is destroyed or erased while this holds. Released once, and never changed otherwise."""

    __tablename__ = "legal_hold"
    __table_args__ = (Index("ix_legal_hold_live", "file_id", "state"),)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    reason: Mapped[str] = text(300, _l("Reason of the hold"), required=True)
    until_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Held until")})
    state: Mapped[str] = choice(_l("State"), HOLD_STATES, "held", tones={"held": "bad"})
    placed_by_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Placed by")})
    placed_at: Mapped[dt.datetime] = mapped_column(Moment, info={"label": _l("Placed at")})
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Released by")})
    released_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Released at")})
    release_reason: Mapped[str] = text(300, _l("Reason of the release"))
    file: Mapped[File] = relationship(info={"label": _l("File")})
    placed_by: Mapped[Any] = relationship("User", foreign_keys=[placed_by_id], info={"label": _l("Placed by")})
    released_by: Mapped[Any] = relationship("User", foreign_keys=[released_by_id], info={"label": _l("Released by")})

    def __str__(self) -> str:
        return f"{self.file} · {self.reason}"


class Appraisal(Approvable, Sited, Record, Model):
    """An appraisal list 鉴定: a group judges each item on four axes, signs, then two agree (P4.11).

    Classified items stand on a list of their own (P4.12).
    """

    __tablename__ = "appraisal"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    number: Mapped[str] = text(30, _l("Appraisal number"), required=True)
    is_classified: Mapped[bool] = mapped_column(
        Boolean, default=False, info={"label": _l("A list of classified files")}
    )
    opinion: Mapped[str] = text(1000, _l("Opinion of the group"))
    state: Mapped[str] = choice(_l("State"), APPRAISAL_STATES, "draft", tones=TONES)
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Drawn up by")})
    drawn_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Drawn up on")})
    approved_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Approved on")})
    digest: Mapped[str] = mapped_column(String(64), default="", info={"label": _l("Digest of the list (SHA-256)")})
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    drawn_by: Mapped[Any] = relationship("User", foreign_keys=[drawn_by_id], info={"label": _l("Drawn up by")})
    members: Mapped[list[AppraisalMember]] = relationship(
        back_populates="appraisal", order_by="AppraisalMember.id", info={"label": _l("Group of appraisers")}
    )
    items: Mapped[list[AppraisalItem]] = relationship(
        back_populates="appraisal", order_by="AppraisalItem.position", info={"label": _l("Items")}
    )

    @property
    def asker_id(self) -> int | None:
        return self.drawn_by_id

    def __str__(self) -> str:
        return self.number


class AppraisalMember(Sited, Record, Model):
    """One of the group of appraisers, and when they signed the list."""

    __tablename__ = "appraisal_member"
    __table_args__ = (UniqueConstraint("appraisal_id", "user_id"),)
    appraisal_id: Mapped[int] = mapped_column(ForeignKey("appraisal.id"), index=True, info={"label": _l("Appraisal")})
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Appraiser")})
    signed_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Signed at")})
    digest: Mapped[str] = mapped_column(String(64), default="", info={"label": _l("Digest of the list (SHA-256)")})
    appraisal: Mapped[Appraisal] = relationship(back_populates="members", info={"label": _l("Appraisal")})
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("Appraiser")})

    def __str__(self) -> str:
        return str(self.user)


class AppraisalItem(Sited, Record, Model):
    """A file, or one paper of it (按件), judged on four axes, each with a remark (P4.11).

    `classified_by` is the user of the body that classified it: nobody else declassifies (谁定密谁解密, P4.12).
    """

    __tablename__ = "appraisal_item"
    __table_args__ = (UniqueConstraint("appraisal_id", "file_id", "document_id"),)
    appraisal_id: Mapped[int] = mapped_column(ForeignKey("appraisal.id"), index=True, info={"label": _l("Appraisal")})
    position: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("No.")})
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True, info={"label": _l("Paper")})
    paper_class: Mapped[str] = text(40, _l("Class of paper"))
    title: Mapped[str] = text(300, _l("What it is"))
    due_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Kept until")})
    verdict: Mapped[str] = choice(_l("Keep or destroy"), VERDICTS, "", tones={"destroy": "bad"})
    keep_until: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Keep on until")})
    verdict_remark: Mapped[str] = text(200, _l("Remark on keeping"))
    may_open: Mapped[str] = choice(_l("Open to the public"), AXIS, "")
    open_remark: Mapped[str] = text(200, _l("Remark on opening"))
    digitise: Mapped[str] = choice(_l("Digitise"), AXIS, "")
    digitise_remark: Mapped[str] = text(200, _l("Remark on digitising"))
    secrecy: Mapped[str] = choice(_l("Classified as"), SECRECY, "none", tones={"top_secret": "bad"})
    classified_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Classified by")})
    declassify: Mapped[str] = choice(_l("Declassify"), AXIS, "")
    declassify_remark: Mapped[str] = text(200, _l("Remark on declassifying"))
    appraisal: Mapped[Appraisal] = relationship(back_populates="items", info={"label": _l("Appraisal")})
    file: Mapped[File] = relationship(info={"label": _l("File")})
    document: Mapped[Document | None] = relationship(info={"label": _l("Paper")})
    classified_by: Mapped[Any] = relationship(
        "User", foreign_keys=[classified_by_id], info={"label": _l("Classified by")}
    )

    def __str__(self) -> str:
        return self.title


class Destruction(Approvable, Sited, Record, Model):
    """A destruction list 销毁清册: approved, witnessed by two who are neither approver nor carrier, then locked."""

    __tablename__ = "destruction"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    number: Mapped[str] = text(30, _l("Destruction number"), required=True)
    appraisal_id: Mapped[int] = mapped_column(ForeignKey("appraisal.id"), index=True, info={"label": _l("Appraisal")})
    method: Mapped[str] = choice(_l("How it is destroyed"), METHODS, "shredded")
    venue: Mapped[str] = text(200, _l("Where it is destroyed"), required=True)
    state: Mapped[str] = choice(_l("State"), DESTRUCTION_STATES, "draft", tones=TONES)
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Drawn up by")})
    drawn_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Drawn up on")})
    carrier_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Carried out by")})
    first_witness_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("First witness")})
    second_witness_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Second witness")})
    first_signed_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("First witness signed at")})
    second_signed_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Second witness signed at")})
    first_signature: Mapped[str] = signature(_l("Signature of the first witness"))
    second_signature: Mapped[str] = signature(_l("Signature of the second witness"))
    approved_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Approved on")})
    done_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Destroyed at")})
    digest: Mapped[str] = mapped_column(String(64), default="", info={"label": _l("Digest of the list (SHA-256)")})
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    appraisal: Mapped[Appraisal] = relationship(info={"label": _l("Appraisal")})
    drawn_by: Mapped[Any] = relationship("User", foreign_keys=[drawn_by_id], info={"label": _l("Drawn up by")})
    carrier: Mapped[Any] = relationship("User", foreign_keys=[carrier_id], info={"label": _l("Carried out by")})
    first_witness: Mapped[Any] = relationship(
        "User", foreign_keys=[first_witness_id], info={"label": _l("First witness")}
    )
    second_witness: Mapped[Any] = relationship(
        "User", foreign_keys=[second_witness_id], info={"label": _l("Second witness")}
    )
    items: Mapped[list[DestructionItem]] = relationship(
        back_populates="destruction", order_by="DestructionItem.position", info={"label": _l("Items")}
    )

    @property
    def asker_id(self) -> int | None:
        return self.drawn_by_id

    def __str__(self) -> str:
        return self.number


class DestructionItem(Sited, Record, Model):
    """One line of a destruction list, in the archive's language: what it was stays when it is gone."""

    __tablename__ = "destruction_item"
    __table_args__ = (UniqueConstraint("destruction_id", "item_id"),)
    destruction_id: Mapped[int] = mapped_column(
        ForeignKey("destruction.id"), index=True, info={"label": _l("Destruction")}
    )
    position: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("No.")})
    item_id: Mapped[int] = mapped_column(ForeignKey("appraisal_item.id"), index=True, info={"label": _l("Item")})
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True, info={"label": _l("Paper")})
    title: Mapped[str] = text(300, _l("What it is"))
    year: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Year"), "kind": "year"})
    period: Mapped[str] = text(40, _l("To be kept"))
    kept: Mapped[str] = text(40, _l("Was kept"))
    pages: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Pages")})
    scan_count: Mapped[int] = mapped_column(Integer, default=0, server_default=sql("0"), info={"label": _l("Scans")})
    remark: Mapped[str] = text(200, _l("Remark"))
    destruction: Mapped[Destruction] = relationship(back_populates="items", info={"label": _l("Destruction")})
    item: Mapped[AppraisalItem] = relationship(info={"label": _l("Item")})
    file: Mapped[File] = relationship(info={"label": _l("File")})
    document: Mapped[Document | None] = relationship(info={"label": _l("Paper")})

    def __str__(self) -> str:
        return self.title
