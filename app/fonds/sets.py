"""Sets of items that go somewhere together: to another holder, or to the public."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.approvals import WAITING_WORDS, Approvable
from app.estate.models import Site, Sited
from app.fonds import words
from app.fonds.models import ArchivalItem, Fonds, Holder
from app.handovers.models import FOUND, Handover
from app.kit.columns import choice, several, text
from app.kit.labels import _l
from app.kit.session import Record

OPENING_STATES = {
    "draft": _l("Being listed"),
    "passed": WAITING_WORDS["passed"],
    "raised": WAITING_WORDS["raised"],
    "approved": _l("Approved"),
    "published": _l("Published"),
    "refused": _l("Refused"),
    "withdrawn": _l("Withdrawn"),
}
FOUND_WORDS = {"": _l("Not checked"), **FOUND}
TONES = {"passed": "warn", "raised": "warn", "approved": "warn", "published": "good", "refused": "bad"}


class Transfer(Sited, Record, Model):
    """What one holder transfers to another, as one set: deed, the fonds' own file, finding aids, lists (P4.05, P4.07).

    It is checked and signed as a hand-over between organisations, which `handover` names.
    """

    __tablename__ = "transfer"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    number: Mapped[str] = text(30, _l("Transfer number"), required=True)
    fonds_id: Mapped[int] = mapped_column(ForeignKey("fonds.id"), index=True, info={"label": _l("Fonds")})
    giver_id: Mapped[int] = mapped_column(ForeignKey("holder.id"), info={"label": _l("Transferring holder")})
    receiver_id: Mapped[int] = mapped_column(ForeignKey("holder.id"), info={"label": _l("Receiving holder")})
    nature: Mapped[str] = choice(_l("Nature of the transfer"), words.NATURES, "transfer")
    statement: Mapped[str] = text(1000, _l("What the giver says"))
    opinion: Mapped[str] = text(1000, _l("What the receiver says"))
    giver_head: Mapped[str] = text(60, _l("Head of the giver"))
    giver_handler: Mapped[str] = text(60, _l("Handles it for the giver"))
    receiver_head: Mapped[str] = text(60, _l("Head of the receiver"))
    receiver_handler: Mapped[str] = text(60, _l("Handles it for the receiver"))
    containers: Mapped[str] = several(
        60, _l("Containers made under the National Archives Administration"), words.CONTAINERS
    )
    giver_checks: Mapped[str] = several(60, _l("The giver found the electronic records"), words.CHECKS)
    receiver_checks: Mapped[str] = several(60, _l("The receiver found the electronic records"), words.CHECKS)
    state: Mapped[str] = choice(
        _l("State"), words.TRANSFER_STATES, "draft", tones={"complete": "warn", "handed": "warn", "done": "good"}
    )
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Drawn up by")})
    drawn_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Drawn up on")})
    done_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Registered on")})
    digest: Mapped[str] = mapped_column(String(64), default="", info={"label": _l("Digest of the list (SHA-256)")})
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Supervises")})
    handover_id: Mapped[int | None] = mapped_column(ForeignKey("handover.id"), info={"label": _l("Hand-over")})
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    fonds: Mapped[Fonds] = relationship(info={"label": _l("Fonds")})
    giver: Mapped[Holder] = relationship(foreign_keys=[giver_id], info={"label": _l("Transferring holder")})
    receiver: Mapped[Holder] = relationship(foreign_keys=[receiver_id], info={"label": _l("Receiving holder")})
    drawn_by: Mapped[Any] = relationship("User", foreign_keys=[drawn_by_id], info={"label": _l("Drawn up by")})
    supervisor: Mapped[Any] = relationship("User", foreign_keys=[supervisor_id], info={"label": _l("Supervises")})
    handover: Mapped[Handover | None] = relationship(info={"label": _l("Hand-over")})
    lines: Mapped[list[TransferLine]] = relationship(
        back_populates="transfer", order_by="TransferLine.position", info={"label": _l("Lines")}
    )

    def __str__(self) -> str:
        return self.number


class TransferLine(Sited, Record, Model):
    """One item or volume of a transfer; what it was called stays as it was signed."""

    __tablename__ = "transfer_line"
    __table_args__ = (UniqueConstraint("transfer_id", "item_id"),)
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfer.id"), index=True, info={"label": _l("Transfer")})
    item_id: Mapped[int] = mapped_column(
        ForeignKey("archival_item.id"), index=True, info={"label": _l("Archival item")}
    )
    position: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("No.")})
    number: Mapped[str] = text(80, _l("Archival number"))
    title: Mapped[str] = text(300, _l("Title of the item"))
    found: Mapped[str] = choice(_l("How it was found"), FOUND_WORDS, "")
    transfer: Mapped[Transfer] = relationship(back_populates="lines", info={"label": _l("Transfer")})
    item: Mapped[ArchivalItem] = relationship(info={"label": _l("Archival item")})

    def __str__(self) -> str:
        return self.number


class Opening(Approvable, Sited, Record, Model):
    """A batch of items that is opened to the public, once two have agreed (P5.04)."""

    __tablename__ = "opening"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    number: Mapped[str] = text(30, _l("Number of the batch"), required=True)
    title: Mapped[str] = text(200, _l("Title of the batch"), required=True)
    state: Mapped[str] = choice(_l("State"), OPENING_STATES, "draft", tones=TONES)
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Drawn up by")})
    drawn_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Drawn up on")})
    published_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Published on")})
    digest: Mapped[str] = mapped_column(String(64), default="", info={"label": _l("Digest of the list (SHA-256)")})
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    drawn_by: Mapped[Any] = relationship("User", foreign_keys=[drawn_by_id], info={"label": _l("Drawn up by")})
    lines: Mapped[list[OpeningLine]] = relationship(
        back_populates="opening", order_by="OpeningLine.position", info={"label": _l("Lines")}
    )

    @property
    def asker_id(self) -> int | None:
        return self.drawn_by_id

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class OpeningLine(Sited, Record, Model):
    """One item of a batch."""

    __tablename__ = "opening_line"
    __table_args__ = (UniqueConstraint("opening_id", "item_id"),)
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True, info={"label": _l("Batch")})
    item_id: Mapped[int] = mapped_column(
        ForeignKey("archival_item.id"), index=True, info={"label": _l("Archival item")}
    )
    position: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("No.")})
    opening: Mapped[Opening] = relationship(back_populates="lines", info={"label": _l("Batch")})
    item: Mapped[ArchivalItem] = relationship(info={"label": _l("Archival item")})

    def __str__(self) -> str:
        return f"{self.item}"
