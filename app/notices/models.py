"""Notices with one receipt a tenant, and the wording of letters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Boolean, Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.dayrecords import DayRecord
from app.customers.models import Tenancy
from app.estate.models import Floor, Site, Sited, Unit
from app.kit.columns import Moment, choice, signature, text
from app.kit.labels import _l
from app.kit.session import Record

NOTICE_KINDS = {
    "inform": _l("For information"),
    "report": _l("Written report"),
    "notice": _l("Notice"),
    "circular": _l("Circular"),
    "letter": _l("Correspondence"),
    "arrears": _l("Reminder of arrears"),
    "violation": _l("Violation"),
    "licence": _l("Licence due"),
}
NOTICE_SCOPES = {"unit": _l("One unit"), "floor": _l("One floor"), "all": _l("Every tenant")}
NOTICE_STATES = {
    "draft": _l("Draft"),
    "issued": _l("Issued"),
    "closed": _l("Signed for by all"),
    "withdrawn": _l("Taken back"),
}
RECEIPT_STATES = {
    "open": _l("Not signed yet"),
    "received": _l("Signed for"),
    "refused": _l("Not accepted"),
    "void": _l("Taken back"),
}
LETTER_KINDS = {name: NOTICE_KINDS[name] for name in ("arrears", "violation", "licence", "letter")}
LONGEST_BODY = 4000


class Notice(DayRecord, Record, Model):
    """What the management tells one tenant, a floor or all; who issues it signs (P7.01)."""

    __tablename__ = "notice"
    filed_as = "letter"
    OVER = frozenset({"closed", "withdrawn"})
    kind: Mapped[str] = choice(_l("Kind of notice"), NOTICE_KINDS, "notice")
    scope: Mapped[str] = choice(_l("Goes to"), NOTICE_SCOPES, "unit")
    floor_id: Mapped[int | None] = mapped_column(ForeignKey("floor.id"), info={"label": _l("Floor")})
    title: Mapped[str] = text(200, _l("Heading of the notice"), required=True)
    title_en: Mapped[str] = text(200, _l("English heading"))
    body: Mapped[str] = text(LONGEST_BODY, _l("Text"), required=True, sealed=True)
    body_en: Mapped[str] = text(LONGEST_BODY, _l("English text"), sealed=True)
    batch: Mapped[str] = text(30, _l("Written together as"), index=True)
    sign_by_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("To be signed for by")})
    state: Mapped[str] = choice(_l("State"), NOTICE_STATES, "draft", tones={"issued": "warn", "closed": "good"})
    issued_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Issued on")})
    issued_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Signed by the issuer at")})
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Issuer")})
    reason: Mapped[str] = text(300, _l("Why it was taken back"))
    floor: Mapped[Floor | None] = relationship(info={"label": _l("Floor")})
    issued_by: Mapped[Any] = relationship("User", foreign_keys=[issued_by_id], info={"label": _l("Issuer")})
    receipts: Mapped[list[NoticeReceipt]] = relationship(
        back_populates="notice", order_by="NoticeReceipt.id", info={"label": _l("Acknowledgements")}
    )


class NoticeReceipt(Sited, Record, Model):
    """One addressed tenant's signature for a notice: on screen, or on the printed list."""

    __tablename__ = "notice_receipt"
    filed_as = "letter"
    __table_args__ = (UniqueConstraint("notice_id", "tenancy_id"),)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True, info={"label": _l("Notice")})
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, info={"label": _l("Unit")})
    tenancy_id: Mapped[int] = mapped_column(ForeignKey("tenancy.id"), index=True, info={"label": _l("Tenancy")})
    state: Mapped[str] = choice(
        _l("State"), RECEIPT_STATES, "open", tones={"open": "warn", "received": "good", "refused": "bad"}
    )
    due_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("To be signed for by")})
    received_by: Mapped[str] = text(60, _l("Received by"), sealed=True)
    received_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Signed for at")})
    is_signed_on_paper: Mapped[bool] = mapped_column(Boolean, default=False, info={"label": _l("Signed on paper")})
    client_signature: Mapped[str] = signature(_l("Signature of the tenant"))
    remark: Mapped[str] = text(200, _l("Remark"), sealed=True)
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    notice: Mapped[Notice] = relationship(back_populates="receipts", info={"label": _l("Notice")})
    unit: Mapped[Unit] = relationship(info={"label": _l("Unit")})
    tenancy: Mapped[Tenancy] = relationship(info={"label": _l("Tenancy")})

    @property
    def is_daily_work(self) -> bool:
        """Not signed yet: asked by the gate before it seals anything."""
        return self.state == "open"

    @property
    def number(self) -> str:
        """Its paper in the tenant's file carries the notice's number."""
        return self.notice.number

    def __str__(self) -> str:
        return f"{self.notice} · {self.unit}"


class LetterTemplate(Sited, Record, Model):
    """A site's own wording of a letter; what was shipped stays as it is."""

    __tablename__ = "letter_template"
    __table_args__ = (UniqueConstraint("site_id", "key"),)
    key: Mapped[str] = choice(_l("Letter"), LETTER_KINDS, "letter")
    title: Mapped[str] = text(200, _l("Heading of the notice"))
    title_en: Mapped[str] = text(200, _l("English heading"))
    body: Mapped[str] = text(LONGEST_BODY, _l("Text"))
    body_en: Mapped[str] = text(LONGEST_BODY, _l("English text"))
    site: Mapped[Site] = relationship(info={"label": _l("Site")})

    def __str__(self) -> str:
        return str(LETTER_KINDS[self.key])
