"""The sheet of who came to an event, and the follow-ups that begin with it."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Boolean, Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.models import File
from app.customers.models import Customer
from app.estate.models import Site, Sited
from app.kit.columns import choice, text, today
from app.kit.labels import _l
from app.kit.session import Record
from app.security.models import Described
from app.trades import scheme
from app.trades.models import ContactSheet

EVENT_STATES = {
    "draft": _l("Being filled in"),
    "made": _l("Made, to be handed over"),
    "handed_over": _l("Handed over, to be checked"),
    "checked": _l("Checked, to be kept"),
    "kept": _l("Kept"),
}
EVENT_TONES = {"draft": "warn", "made": "warn", "handed_over": "warn", "checked": "warn", "kept": "good"}
FOLLOW_STATES = {"due": _l("Due"), "done": _l("Done"), "skipped": _l("Left out")}
CHANNELS = {"": _l("Not yet known"), **scheme.CHANNELS}


class EventSheet(Sited, Record, Model):
    """Who came to an event, buyer or not (P1.09–P1.11): filled in that day, handed over by the next, then kept."""

    __tablename__ = "event_sheet"
    __table_args__ = (UniqueConstraint("site_id", "number"), Index("ix_event_sheet_day", "state", "event_on"))
    filed_as = "event_sheet"
    lies_with_customer = True
    OVER: ClassVar[frozenset[str]] = frozenset({"kept"})
    number: Mapped[str] = text(30, _l("Number"))
    scheme_key: Mapped[str] = text(40, _l("Scheme"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True, info={"label": _l("Customer")})
    sheet_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact_sheet.id"), index=True, info={"label": _l("First contact sheet")}
    )
    event_kind: Mapped[str] = text(40, _l("Kind of event"), required=True)
    event_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Day of the event"), "required": True})
    is_buyer: Mapped[bool] = mapped_column(Boolean, default=False, info={"label": _l("Has bought")})
    phone: Mapped[str] = text(40, _l("Telephone"), kind="phone", sealed=True)
    address: Mapped[str] = text(200, _l("Address"), sealed=True)
    bought: Mapped[str] = text(200, _l("What was bought"), sealed=True)
    feedback: Mapped[str] = text(500, _l("What the customer said at the event"), sealed=True)
    wishes: Mapped[str] = text(500, _l("What the customer wishes for"), sealed=True)
    state: Mapped[str] = choice(_l("State"), EVENT_STATES, "draft", tones=EVENT_TONES)
    filler_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("Made by")})
    made_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Made on")})
    handed_over_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Handed over on")})
    is_legible: Mapped[bool] = mapped_column(
        Boolean, default=False, info={"label": _l("Complete and legible"), "required": False}
    )
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Checked by")})
    kept_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Kept by")})
    kept_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Kept since")})
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    site: Mapped[Site] = relationship(info={"label": _l("Site"), "required": False})  # follows from the customer
    customer: Mapped[Customer] = relationship(info={"label": _l("Customer")})
    sheet: Mapped[ContactSheet | None] = relationship(info={"label": _l("First contact sheet")})
    filler: Mapped[Any] = relationship("User", foreign_keys=[filler_id], info={"label": _l("Made by")})
    checked_by: Mapped[Any] = relationship("User", foreign_keys=[checked_by_id], info={"label": _l("Checked by")})
    kept_by: Mapped[Any] = relationship("User", foreign_keys=[kept_by_id], info={"label": _l("Kept by")})
    file: Mapped[File | None] = relationship(info={"label": _l("File")})
    follow_ups: Mapped[list[FollowUp]] = relationship(
        back_populates="event_sheet", order_by="FollowUp.due_on", info={"label": _l("Follow-ups")}
    )

    late = Described(_l("Late"), lambda self: self.late_words)

    @property
    def is_daily_work(self) -> bool:
        return self.state not in self.OVER

    @property
    def fill_by_on(self) -> dt.date:
        """The day by whose end the sheet is filled in."""
        return self._within("fill_within_days")

    @property
    def hand_by_on(self) -> dt.date:
        """The day by whose end it is handed over."""
        return self._within("hand_within_days")

    def _within(self, name: str) -> dt.date:
        return self.event_on + dt.timedelta(days=scheme.part(self.scheme_key).get("event", {}).get(name, 0))

    @property
    def late_words(self) -> str:
        """What of it is, or was, later than the scheme allows; "" where nothing."""
        said = []
        if (self.made_on or today()) > self.fill_by_on:
            said.append(str(_l("filled in late")))
        if (self.handed_over_on or today()) > self.hand_by_on:
            said.append(str(_l("handed over late")))
        return "、".join(said)

    def __str__(self) -> str:
        return self.number


class FollowUp(Sited, Record, Model):
    """A customer is called or visited, as the plan says or because somebody asked (P1.12–P1.16, P8.04).

    `step` is the plan's line or occasion it comes from; "" where it was asked for.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        Index("ix_follow_up_due", "state", "due_on"),
        Index(
            "uq_follow_up_step",
            "event_sheet_id",
            "step",
            unique=True,
            sqlite_where=sql("event_sheet_id is not null and step <> ''"),
            postgresql_where=sql("event_sheet_id is not null and step <> ''"),
        ),
        Index(
            "uq_follow_up_occasion",
            "customer_id",
            "step",
            unique=True,
            sqlite_where=sql("event_sheet_id is null and step <> ''"),
            postgresql_where=sql("event_sheet_id is null and step <> ''"),
        ),
    )
    filed_as = "follow_up"
    lies_with_customer = True
    OVER: ClassVar[frozenset[str]] = frozenset({"done", "skipped"})
    number: Mapped[str] = text(30, _l("Number"))
    scheme_key: Mapped[str] = text(40, _l("Scheme"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True, info={"label": _l("Customer")})
    event_sheet_id: Mapped[int | None] = mapped_column(
        ForeignKey("event_sheet.id"), index=True, info={"label": _l("Event sheet")}
    )
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    duty: Mapped[str] = text(40, _l("Duty"))
    step: Mapped[str] = text(60, _l("Line of the plan"))
    assignee_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), index=True, info={"label": _l("Who calls")}
    )
    purpose: Mapped[str] = text(200, _l("What for"), required=True)
    due_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Due on")})
    channel: Mapped[str] = choice(_l("How"), CHANNELS, "")
    done_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Done on")})
    result: Mapped[str] = text(1000, _l("Result of the follow-up"), sealed=True)
    guidance: Mapped[str] = text(500, _l("Guidance"), sealed=True)
    reason: Mapped[str] = text(300, _l("Why it is left out"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Asked for by")})
    state: Mapped[str] = choice(_l("State"), FOLLOW_STATES, "due", tones={"due": "warn", "done": "good"})
    site: Mapped[Site] = relationship(info={"label": _l("Site"), "required": False})  # follows from the customer
    customer: Mapped[Customer] = relationship(info={"label": _l("Customer")})
    event_sheet: Mapped[EventSheet | None] = relationship(
        back_populates="follow_ups", info={"label": _l("Event sheet")}
    )
    file: Mapped[File | None] = relationship(info={"label": _l("File")})
    assignee: Mapped[Any] = relationship("User", foreign_keys=[assignee_id], info={"label": _l("Who calls")})
    asked_by: Mapped[Any] = relationship("User", foreign_keys=[asked_by_id], info={"label": _l("Asked for by")})

    @property
    def is_daily_work(self) -> bool:
        return self.state not in self.OVER

    @property
    def is_overdue(self) -> bool:
        return self.state == "due" and self.due_on < today()

    def __str__(self) -> str:
        return self.number
