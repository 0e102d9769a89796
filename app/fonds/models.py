"""Holders, fonds with their own files, numbers that were, keeping for another, and the archival items and volumes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Date, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.models import Document, File
from app.estate.models import Place, Site, Sited
from app.fonds import words
from app.kit.columns import Moment, choice, several, text
from app.kit.labels import _l
from app.kit.session import Record
from app.security.models import Described

DAY_HINT = _l("Eight digits, like 20110309; zeros for what is not known.")


class Holder(Sited, Record, Model):
    """Who keeps archives: an archive, a records centre, a special archive or a room of archives (P5.03)."""

    __tablename__ = "holder"
    __table_args__ = (UniqueConstraint("site_id", "name"),)
    name: Mapped[str] = text(100, _l("Archive holder"), required=True)
    kind: Mapped[str] = choice(_l("Kind of holder"), words.HOLDER_KINDS, "archive")
    covered_by_on: Mapped[dt.date | None] = mapped_column(
        Date, info={"label": _l("Everything in the electronic catalogue by")}
    )
    head: Mapped[str] = text(60, _l("Head of the holder"))
    remark: Mapped[str] = text(300, _l("Remark"))
    site: Mapped[Site] = relationship(info={"label": _l("Site")})

    def __str__(self) -> str:
        return self.name


class Fonds(Sited, Record, Model):
    """Everything one organisation left behind 全宗. Closed by a reorganisation it is one whole (P4.03)."""

    __tablename__ = "fonds"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    number: Mapped[str] = text(20, _l("Fonds number"), required=True)
    title: Mapped[str] = text(200, _l("Fonds"), required=True)
    organisation: Mapped[str] = text(200, _l("Organisation that left it"))
    holder_id: Mapped[int] = mapped_column(ForeignKey("holder.id"), index=True, info={"label": _l("Kept by")})
    scheme_key: Mapped[str] = text(40, _l("Scheme"), required=True)
    spelling: Mapped[str] = choice(_l("Spelling of numbers"), words.SPELLINGS, "codes")
    state: Mapped[str] = choice(_l("State"), words.FONDS_STATES, "open", tones={"open": "good"})
    closed_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Fonds closed on")})
    close_reason: Mapped[str] = text(300, _l("Why it was closed"))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), info={"label": _l("The fonds' own file")})
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    holder: Mapped[Holder] = relationship(info={"label": _l("Kept by")})
    file: Mapped[File | None] = relationship(info={"label": _l("The fonds' own file")})
    notes: Mapped[list[FondsNote]] = relationship(
        back_populates="fonds", order_by="FondsNote.id", info={"label": _l("What the fonds' own file says")}
    )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class FondsNote(Sited, Record, Model):
    """A sheet of the fonds' own file 全宗卷 (DA/T 12): written by people, or by what happened to the fonds."""

    __tablename__ = "fonds_note"
    append_only = True
    fonds_id: Mapped[int] = mapped_column(ForeignKey("fonds.id"), index=True, info={"label": _l("Fonds")})
    kind: Mapped[str] = choice(_l("Part of the fonds' own file"), words.NOTE_KINDS, "introduction")
    title: Mapped[str] = text(200, _l("Title"), required=True)
    said: Mapped[str] = text(2000, _l("What it says"), required=True)
    made_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Date")})
    author: Mapped[str] = text(60, _l("Written by"))
    fonds: Mapped[Fonds] = relationship(back_populates="notes", info={"label": _l("Fonds")})

    def __str__(self) -> str:
        return self.title


class NumberChange(Sited, Record, Model):
    """The concordance of numbers of fonds and of what lies in them (P5.07); never changed."""

    __tablename__ = "number_change"
    append_only = True
    fonds_id: Mapped[int] = mapped_column(ForeignKey("fonds.id"), index=True, info={"label": _l("Fonds")})
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("archival_item.id"), index=True, info={"label": _l("Archival item")}
    )
    old: Mapped[str] = text(80, _l("Old number"), required=True, index=True)
    new: Mapped[str] = text(80, _l("New number"), required=True)
    changed_at: Mapped[dt.datetime] = mapped_column(Moment, index=True, info={"label": _l("Renumbered at")})
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Renumbered by")})
    reason: Mapped[str] = text(300, _l("Reason"))
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    fonds: Mapped[Fonds] = relationship(info={"label": _l("Fonds")})
    item: Mapped[ArchivalItem | None] = relationship(info={"label": _l("Archival item")})
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("Renumbered by")})

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Keeping(Sited, Record, Model):
    """A fonds kept for another 代为保管: with written consent only, and until a day on which it must go (P4.04)."""

    __tablename__ = "keeping"
    __table_args__ = (
        Index(
            "uq_keeping_live",
            "fonds_id",
            unique=True,
            sqlite_where=sql("state in ('asked', 'consented')"),
            postgresql_where=sql("state in ('asked', 'consented')"),
        ),
    )
    fonds_id: Mapped[int] = mapped_column(ForeignKey("fonds.id"), index=True, info={"label": _l("Fonds")})
    keeper_id: Mapped[int] = mapped_column(ForeignKey("holder.id"), info={"label": _l("Keeps it meanwhile")})
    owner_id: Mapped[int] = mapped_column(ForeignKey("holder.id"), info={"label": _l("Is kept for")})
    reason: Mapped[str] = text(300, _l("Reason"), required=True)
    consent_number: Mapped[str] = text(60, _l("Number of the written consent"))
    consent_by: Mapped[str] = text(100, _l("Consent given by"))
    consent_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Consent of")})
    reach_on: Mapped[dt.date | None] = mapped_column(
        Date, index=True, info={"label": _l("To be transferred by"), "required": False}
    )
    state: Mapped[str] = choice(_l("State"), words.KEEPING_STATES, "asked", tones={"asked": "warn", "refused": "bad"})
    ended_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Transferred on")})
    fonds: Mapped[Fonds] = relationship(info={"label": _l("Fonds")})
    keeper: Mapped[Holder] = relationship(foreign_keys=[keeper_id], info={"label": _l("Keeps it meanwhile")})
    owner: Mapped[Holder] = relationship(foreign_keys=[owner_id], info={"label": _l("Is kept for")})

    def __str__(self) -> str:
        return f"{self.fonds} · {self.keeper}"


class ArchivalItem(Sited, Record, Model):
    """One item 件 or volume 卷 of a fonds, as finding aids list it; `volume` is the one that an item lies in.

    `kind` is the scheme's own word for it, `category` the one of the nine it counts under (P2.03, P4.16).
    """

    __tablename__ = "archival_item"
    __table_args__ = (
        Index(
            "uq_archival_item_number",
            "site_id",
            "number",
            unique=True,
            sqlite_where=sql("number <> ''"),
            postgresql_where=sql("number <> ''"),
        ),
        Index("ix_archival_item_series", "fonds_id", "kind", "year", "period", "body_code"),
    )
    fonds_id: Mapped[int] = mapped_column(ForeignKey("fonds.id"), index=True, info={"label": _l("Fonds")})
    holder_id: Mapped[int] = mapped_column(ForeignKey("holder.id"), index=True, info={"label": _l("Kept by")})
    volume_id: Mapped[int | None] = mapped_column(
        ForeignKey("archival_item.id"), index=True, info={"label": _l("In volume")}
    )
    level: Mapped[str] = choice(_l("Item or volume"), words.LEVELS, "item")
    number: Mapped[str] = text(80, _l("Archival number"))
    other_number: Mapped[str] = text(80, _l("The other spelling"), index=True)
    sequence: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Running number")})
    kind: Mapped[str] = text(40, _l("Kind of material"))
    category: Mapped[str] = choice(_l("Category"), words.CATEGORIES, "")
    year: Mapped[int | None] = mapped_column(Integer, index=True, info={"label": _l("Year"), "kind": "text"})
    period: Mapped[str] = choice(_l("Retention period"), words.PERIODS, "")
    body: Mapped[str] = text(60, _l("Department or matter"))
    body_code: Mapped[str] = text(12, _l("Its code"))
    title: Mapped[str] = text(300, _l("Title of the item"))
    responsible: Mapped[str] = text(100, _l("Responsible (author)"))
    document_number: Mapped[str] = text(80, _l("Document number"))
    day: Mapped[str] = text(8, _l("Date (8 digits)"), hint=DAY_HINT)
    pages: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Pages")})
    secrecy: Mapped[str] = choice(_l("Secrecy"), words.SECRECY, "none")
    carriers: Mapped[str] = several(60, _l("Carriers"), words.CARRIERS)
    shelf_mm: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Shelf length (mm)")})
    audio_count: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Sound recordings")})
    video_count: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Films")})
    photo_count: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Photographs")})
    object_count: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Objects")})
    origin: Mapped[str] = choice(_l("How it came"), words.ORIGINS, "transferred")
    standard: Mapped[str] = text(60, _l("Arranged under the standard"))
    state: Mapped[str] = choice(_l("State"), words.ITEM_STATES, "collected", tones={"filed": "good"})
    filed_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Filed on")})
    open_state: Mapped[str] = choice(_l("Openness"), words.OPENNESS, "", tones={"open": "good", "controlled": "bad"})
    opened_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Opened to the public on")})
    file_id: Mapped[int | None] = mapped_column(
        ForeignKey("file.id"), index=True, info={"label": _l("File it lies in")}
    )
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True, info={"label": _l("Paper")})
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True, info={"label": _l("Lies in")})
    no_copy_reason: Mapped[str] = text(300, _l("Why there is no digital copy"))
    no_copy_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Exception recorded on")})
    no_copy_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), info={"label": _l("Exception recorded by")}
    )
    remark: Mapped[str] = text(300, _l("Remark"))
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    fonds: Mapped[Fonds] = relationship(info={"label": _l("Fonds")})
    holder: Mapped[Holder] = relationship(info={"label": _l("Kept by"), "required": False})
    volume: Mapped[ArchivalItem | None] = relationship(
        remote_side="ArchivalItem.id", back_populates="contents", info={"label": _l("In volume")}
    )
    contents: Mapped[list[ArchivalItem]] = relationship(
        back_populates="volume", order_by="ArchivalItem.sequence", info={"label": _l("Contents of the volume")}
    )
    file: Mapped[File | None] = relationship(info={"label": _l("File it lies in")})
    document: Mapped[Document | None] = relationship(info={"label": _l("Paper")})
    place: Mapped[Place | None] = relationship(info={"label": _l("Lies in")})
    no_copy_by: Mapped[Any] = relationship(
        "User", foreign_keys=[no_copy_by_id], info={"label": _l("Exception recorded by")}
    )

    copies = Described(_l("Digital copies"), lambda self: len(self.document.scans) if self.document else 0)

    @property
    def is_catalogued(self) -> bool:
        """It can be found in the electronic catalogue: it has a title, and is not a bare number (P5.08)."""
        return bool(self.title)

    @property
    def is_classified(self) -> bool:
        return self.secrecy not in words.UNCLASSIFIED

    def __str__(self) -> str:
        return f"{self.number or self.id} {self.title}".strip()
