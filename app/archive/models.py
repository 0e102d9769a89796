"""Schemes, files 户档, papers and their scans."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.customers.models import Customer, Tenancy
from app.estate.models import Place, Site, Sited, Unit
from app.kit.columns import Moment, Unchanging, choice, text
from app.kit.labels import _l
from app.kit.language import say
from app.kit.session import Record

FILE_STATES = {
    "open": _l("Being completed"),
    "filed": _l("Filed"),
    "closed": _l("Moved out"),
    "destroyed": _l("Destroyed"),
}
SCHEME_STATES = {"draft": _l("Draft"), "in_force": _l("In force"), "discarded": _l("Discarded")}
SUBJECTS = {
    "unit": _l("A unit"),
    "customer": _l("A customer"),
    "project": _l("A project"),
    "fonds": _l("A year of a fonds"),
}
LIVE_STATES = ("open", "filed")
SEALED_STATES = ("filed", "closed", "destroyed")
SEALS = {
    "none": _l("Not sealed further"),
    "sealed": _l("Sealed 封存"),
    "restricted": _l("Restricted"),
}
MODES = {
    "read_in_office": _l("Read in the office"),
    "copy": _l("Read, print and copy"),
    "take_away": _l("Take away"),
}
APPROVER_WORDS = {
    "supervisor": _l("Customer service supervisor"),
    "manager": _l("Customer service manager"),
    "director": _l("General manager"),
}
VERDICTS = {"agreed": _l("Agreed"), "refused": _l("Refused")}
COPY_KINDS = {"original": _l("Original"), "copy": _l("Copy"), "working": _l("Working copy")}


class Scheme(Record, Model):
    """How one trade keeps its files, as data; a file keeps the version it was made under (P1.22)."""

    __tablename__ = "scheme"
    __table_args__ = (UniqueConstraint("key", "revision"),)
    key: Mapped[str] = text(40, _l("Scheme"), required=True)
    revision: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("Revision")})
    effective_from: Mapped[dt.date] = mapped_column(Date, info={"label": _l("In force from")})
    body: Mapped[dict[str, Any]] = mapped_column(Unchanging, info={"label": _l("Content")})
    digest: Mapped[str] = mapped_column(String(64), info={"label": _l("Digest")})
    state: Mapped[str] = mapped_column(
        String(30),
        nullable=False,
        default="in_force",
        server_default="in_force",
        info={"label": _l("State"), "choices": SCHEME_STATES, "tones": {"in_force": "good", "draft": "warn"}},
    )
    source_text: Mapped[str] = text(60_000, _l("Text of the scheme (YAML)"), kind="source")

    def __str__(self) -> str:
        return say(self.body["name"])


class File(Sited, Record, Model):
    """One unit, one file (P10.01). A moved-out tenant's file stays in its unit as closed (P10.03)."""

    __tablename__ = "file"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        Index(
            "uq_file_live_unit",
            "unit_id",
            unique=True,
            sqlite_where=sql("state in ('open', 'filed')"),
            postgresql_where=sql("state in ('open', 'filed')"),
        ),
        Index(
            "uq_file_live_customer",
            "scheme_key",
            "customer_id",
            unique=True,
            sqlite_where=sql("subject = 'customer' and state in ('open', 'filed')"),
            postgresql_where=sql("subject = 'customer' and state in ('open', 'filed')"),
        ),
        Index(
            "uq_file_live_title",
            "site_id",
            "scheme_key",
            "title",
            unique=True,
            sqlite_where=sql("subject in ('project', 'fonds') and state in ('open', 'filed')"),
            postgresql_where=sql("subject in ('project', 'fonds') and state in ('open', 'filed')"),
        ),
        CheckConstraint(
            "(subject <> 'unit' or unit_id is not null) and (subject <> 'customer' or customer_id is not null)",
            name="has_subject",
        ),
    )
    number: Mapped[str] = text(60, _l("File number"), required=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"), info={"label": _l("Scheme")})
    scheme_key: Mapped[str] = text(40, _l("Scheme"))
    subject: Mapped[str] = mapped_column(
        String(30), nullable=False, default="unit", server_default="unit",
        info={"label": _l("File of"), "choices": SUBJECTS},
    )  # fmt: skip
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True, info={"label": _l("Unit")})
    title: Mapped[str] = text(200, _l("Title of the file"))
    stage: Mapped[str] = text(40, _l("Stage"))
    stage_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("In this stage since")})
    ended_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Project ended on")})
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Responsible (A)")})
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Deputy (B)")})
    tenancy_id: Mapped[int | None] = mapped_column(ForeignKey("tenancy.id"), unique=True, info={"label": _l("Tenancy")})
    customer_id: Mapped[int | None] = mapped_column(
        ForeignKey("customer.id"), index=True, info={"label": _l("Customer")}
    )
    state: Mapped[str] = choice(_l("State"), FILE_STATES, "open", tones={"open": "warn", "filed": "good"})
    opened_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Opened on")})
    filed_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Filed at")})
    closed_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Closed on")})
    seal: Mapped[str] = mapped_column(
        String(30),
        nullable=False,
        default="none",
        server_default="none",
        info={"label": _l("Further seal"), "choices": SEALS, "tones": {"sealed": "bad", "restricted": "bad"}},
    )
    seal_reason: Mapped[str] = text(300, _l("Why it is sealed further"))
    seal_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Sealed further by")})
    seal_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Sealed further at")})
    custodian_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Keeper")})
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), info={"label": _l("Kept in")})
    label_name: Mapped[str] = text(200, _l("Name on the label"))
    remark: Mapped[str] = text(500, _l("Remark"), sealed=True)
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    scheme: Mapped[Scheme] = relationship(info={"label": _l("Scheme")})
    unit: Mapped[Unit | None] = relationship(info={"label": _l("Unit")})
    responsible: Mapped[Any] = relationship(
        "User", foreign_keys=[responsible_id], info={"label": _l("Responsible (A)")}
    )
    deputy: Mapped[Any] = relationship("User", foreign_keys=[deputy_id], info={"label": _l("Deputy (B)")})
    tenancy: Mapped[Tenancy | None] = relationship(info={"label": _l("Tenancy")})
    customer: Mapped[Customer | None] = relationship(info={"label": _l("Customer")})
    custodian: Mapped[Any] = relationship("User", foreign_keys=[custodian_id], info={"label": _l("Keeper")})
    place: Mapped[Place | None] = relationship(info={"label": _l("Kept in")})
    seal_by: Mapped[Any] = relationship("User", foreign_keys=[seal_by_id], info={"label": _l("Sealed further by")})
    documents: Mapped[list[Document]] = relationship(back_populates="file", info={"label": _l("Papers")})

    @property
    def is_shut(self) -> bool:
        """Read under a grant only: filed, moved out, destroyed, or sealed further."""
        return self.state in SEALED_STATES or self.seal != "none"

    @property
    def current_name(self) -> str:
        """What the label must say: the customer's name now, else the title; a vacant unit's label says nothing."""
        return self.title or (self.customer.name if self.customer else "")

    @property
    def unit_number(self) -> str:
        """The unit's number; "" for a file that is not about a unit."""
        return self.unit.number if self.unit is not None else ""

    @property
    def about(self) -> str:
        """What the file is about, in one line: unit and tenant, a customer, or a title."""
        return f"{self.unit_number} {self.current_name}".strip()

    @property
    def label_is_wrong(self) -> bool:
        """The printed label no longer says the customer's name (P10.05)."""
        return bool(self.current_name) and self.label_name != self.current_name

    def __str__(self) -> str:
        return self.number


class Document(Sited, Record, Model):
    """A paper in a file. Originals never change (P10.08); a working copy names the paper it replaces."""

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_source", "source", "source_id"),
        Index(
            "ix_document_replaces",
            "replaces_id",
            sqlite_where=sql("replaces_id is not null"),
            postgresql_where=sql("replaces_id is not null"),
        ),
    )
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    paper_class: Mapped[str] = text(40, _l("Class of paper"), required=True)
    title: Mapped[str] = text(200, _l("Title"), sealed=True)
    reference: Mapped[str] = text(60, _l("Document number"), sealed=True)
    issuer: Mapped[str] = text(100, _l("Issued by"), sealed=True)
    issued_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Issued on")})
    valid_until: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Valid until")})
    copy_kind: Mapped[str] = choice(_l("Original or copy"), COPY_KINDS, "copy")
    pages: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("Pages")})
    ink_is_good: Mapped[bool] = mapped_column(
        Boolean, default=False, info={"label": _l("Paper and ink as required (no ball-pen, pencil or plain blue ink)")}
    )
    remark: Mapped[str] = text(500, _l("Remark"), sealed=True)
    is_complete: Mapped[bool] = mapped_column(
        Boolean, default=False, server_default=sql("false"), info={"label": _l("Complete, every page there")}
    )
    is_signed: Mapped[bool] = mapped_column(
        Boolean, default=False, server_default=sql("false"), info={"label": _l("Signed by the customer")}
    )
    filed_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Put into the file on")})
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), info={"label": _l("Replaces")})
    destroyed_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Destroyed on")})
    source: Mapped[str] = text(40, _l("Born as"))
    source_id: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Record key")})
    file: Mapped[File] = relationship(back_populates="documents", info={"label": _l("File")})
    replaces: Mapped[Document | None] = relationship(remote_side="Document.id", info={"label": _l("Replaces")})
    replaced_by: Mapped[list[Document]] = relationship(
        primaryjoin="Document.id == remote(foreign(Document.replaces_id))",
        viewonly=True,
        info={"label": _l("Replaced by")},
    )
    scans: Mapped[list[Scan]] = relationship(back_populates="document", order_by="Scan.id", info={"label": _l("Scans")})

    @property
    def state(self) -> str:
        """Whether it still waits for the filing check: its one step goes by it (P7.06)."""
        return "filed" if self.filed_on is not None else "waiting"

    def __str__(self) -> str:
        return self.title


class StoredFile:
    """What a record says of a file that it has in the store: opaque name there, the original name here, its SHA-256."""

    append_only = True
    blob: Mapped[str] = mapped_column(String(64), unique=True, info={"label": _l("Stored as"), "hidden": True})
    original_name: Mapped[str] = text(200, _l("File name"), required=True, sealed=True)
    media_type: Mapped[str] = text(100, _l("Type"), required=True)
    size: Mapped[int] = mapped_column(Integer, info={"label": _l("Bytes")})
    sha256: Mapped[str] = mapped_column(String(64), info={"label": _l("Checksum (SHA-256)")})

    def __str__(self) -> str:
        return self.original_name


class Scan(StoredFile, Sited, Record, Model):
    """A stored picture or PDF of a paper."""

    __tablename__ = "scan"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True, info={"label": _l("Paper")})
    document: Mapped[Document] = relationship(back_populates="scans", info={"label": _l("Paper")})


class Approval(Sited, Record, Model):
    """One decision in a chain of approvals: who, as what, when and why; never changed."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("subject_type", "subject_id", "role"),)
    append_only = True
    subject_type: Mapped[str] = text(60, _l("Kind of record"), required=True)
    subject_id: Mapped[int] = mapped_column(Integer, info={"label": _l("Record key")})
    role: Mapped[str] = text(20, _l("Decides as"), required=True, choices=APPROVER_WORDS)
    verdict: Mapped[str] = choice(_l("Decision"), VERDICTS, "agreed", tones={"agreed": "good", "refused": "bad"})
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Decided by")})
    decided_at: Mapped[dt.datetime] = mapped_column(Moment, info={"label": _l("Decided at")})
    reason: Mapped[str] = text(300, _l("Reason of the decision"))
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("Decided by")})

    def __str__(self) -> str:
        return f"{self.role}: {self.user}"
