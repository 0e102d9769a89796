"""Repairs, the way each of them took, what it cost, its pictures, and what each kind promises."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from flask_appbuilder.models.sqla import Model
from sqlalchemy import BigInteger, Boolean, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.archive.dayrecords import DayRecord
from app.archive.models import StoredFile
from app.estate.models import Sited
from app.kit.columns import Moment, choice, now, text
from app.kit.labels import _l
from app.kit.session import Record
from app.security.models import Described

CHANNELS = {"desk": _l("Desk"), "telephone": _l("Telephone"), "self": _l("Found by ourselves")}
CHARGES = {"free": _l("Free of charge"), "paid": _l("To be charged"), "materials": _l("Materials only")}
REPAIR_STATES = {
    "open": _l("Not dispatched"),
    "dispatched": _l("Dispatched"),
    "accepted": _l("Being worked on"),
    "paused": _l("Paused"),
    "done": _l("Done, to be rated"),
    "rated": _l("Rated, to be closed"),
    "closed": _l("Closed"),
    "dropped": _l("Closed undone"),
}
TONES = {"open": "bad", "dispatched": "warn", "accepted": "warn", "done": "good", "rated": "good"}
PENDING = frozenset({"open", "dispatched", "accepted"})  # the clock runs
STEPS = {
    "report": _l("Reported"),
    "dispatch": _l("Dispatched"),
    "accept": _l("Order accepted"),
    "refuse": _l("Sent back"),
    "pass_on": _l("Passed on"),
    "pause": _l("Paused"),
    "resume": _l("Resumed"),
    "finish": _l("Finished"),
    "rate": _l("Rated"),
    "visit": _l("Return visit made"),
    "close": _l("Closed"),
    "drop": _l("Closed undone"),
    "remind": _l("Reminded"),
}
STARS = {
    "5": _l("5 · very good"),
    "4": _l("4 · good"),
    "3": _l("3 · fair"),
    "2": _l("2 · poor"),
    "1": _l("1 · very poor"),
}
CLOCKS = {
    "late": _l("Overdue"),
    "soon": _l("Due soon"),
    "running": _l("In time"),
    "still": _l("Clock stands"),
}  # "" once the work is done
CLOCK_TONES = {"late": "bad", "soon": "warn", "running": "", "still": "quiet"}
STAGES = {"before": _l("Before the work"), "after": _l("After the work")}


class RepairKind(Record, Model):
    """What a kind of repair promises: hours, when to warn, and the share of return visits in per cent."""

    __tablename__ = "repair_kind"
    name: Mapped[str] = text(60, _l("Kind of repair"), required=True, unique=True)
    hours: Mapped[int] = mapped_column(Integer, default=24, info={"label": _l("Hours promised")})
    warn_hours: Mapped[int] = mapped_column(Integer, default=2, info={"label": _l("Warn how many hours before")})
    visit_share: Mapped[int] = mapped_column(Integer, default=30, info={"label": _l("Share of return visits (%)")})
    is_on: Mapped[bool] = mapped_column(Boolean, default=True, info={"label": _l("In use")})

    def __str__(self) -> str:
        return self.name


class Repair(DayRecord, Record, Model):
    """One repair (P7.03). What it costs and the way it took stand in lines that are only added to."""

    __tablename__ = "repair"
    filed_as = "repair"
    OVER: ClassVar[frozenset[str]] = frozenset({"closed", "dropped"})
    kind_id: Mapped[int] = mapped_column(ForeignKey("repair_kind.id"), index=True, info={"label": _l("Kind of repair")})
    complaint_id: Mapped[int | None] = mapped_column(
        ForeignKey("complaint.id"), index=True, info={"label": _l("Complaint")}
    )
    visit_id: Mapped[int | None] = mapped_column(  # no key in the database: a return visit names its repair already
        Integer, index=True, info={"label": _l("Born of the visit")}
    )
    reporter: Mapped[str] = text(60, _l("Reported by"), sealed=True)
    phone: Mapped[str] = text(40, _l("Telephone"), kind="phone", sealed=True)
    place: Mapped[str] = text(120, _l("Where exactly"), hint=_l("The room or spot, or which common part."))
    appointment_at: Mapped[dt.datetime | None] = mapped_column(Moment, index=True, info={"label": _l("Appointment")})
    fault: Mapped[str] = text(1000, _l("Fault"), required=True, sealed=True)
    channel: Mapped[str] = choice(_l("Came by"), CHANNELS, "telephone")
    charge: Mapped[str] = choice(_l("Charge"), CHARGES, "free")
    reported_at: Mapped[dt.datetime] = mapped_column(Moment, index=True, info={"label": _l("Reported at")})
    due_at: Mapped[dt.datetime] = mapped_column(Moment, index=True, info={"label": _l("Promised for")})
    assignee_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), index=True, info={"label": _l("Technician")}
    )
    accepted_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Accepted at")})
    paused_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Paused since")})
    paused_minutes: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Paused in all (minutes)")})
    done_at: Mapped[dt.datetime | None] = mapped_column(Moment, index=True, info={"label": _l("Done at")})
    outcome: Mapped[str] = text(1000, _l("Outcome"), sealed=True)
    overall: Mapped[str] = choice(_l("Satisfied in all"), STARS, "")
    speed: Mapped[str] = choice(_l("Satisfied with the speed"), STARS, "")
    service: Mapped[str] = choice(_l("Satisfied with the service"), STARS, "")
    remark: Mapped[str] = text(500, _l("Remark"), sealed=True)
    reminders: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Reminders")})
    last_reminded_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Last reminder")})
    needs_visit: Mapped[bool | None] = mapped_column(Boolean, info={"label": _l("Return visit wanted")})
    visited_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Return visit at")})
    closed_at: Mapped[dt.datetime | None] = mapped_column(Moment, index=True, info={"label": _l("Closed at")})
    state: Mapped[str] = choice(_l("State"), REPAIR_STATES, "open", tones=TONES)
    is_pending: Mapped[bool] = mapped_column(Boolean, default=True, index=True, info={"label": _l("Clock runs")})
    kind: Mapped[RepairKind] = relationship(info={"label": _l("Kind of repair")})
    complaint: Mapped[Any] = relationship("Complaint", info={"label": _l("Complaint")})
    visit: Mapped[Any] = relationship(
        "Visit", primaryjoin="foreign(Repair.visit_id) == Visit.id", info={"label": _l("Born of the visit")}
    )
    assignee: Mapped[Any] = relationship("User", foreign_keys=[assignee_id], info={"label": _l("Technician")})
    steps: Mapped[list[RepairStep]] = relationship(
        back_populates="repair", order_by="RepairStep.id", info={"label": _l("Steps")}
    )
    costs: Mapped[list[RepairCost]] = relationship(
        back_populates="repair", order_by="RepairCost.id", info={"label": _l("Costs")}
    )
    pictures: Mapped[list[RepairPicture]] = relationship(
        back_populates="repair", order_by="RepairPicture.id", info={"label": _l("Pictures")}
    )

    clock = Described(_l("Clock"), lambda self: self.clock_now())
    clock.info |= {"choices": CLOCKS, "tones": CLOCK_TONES}

    @validates("state")
    def _pending_follows(self, _key: str, state: str) -> str:
        self.is_pending = state in PENDING
        return state

    def clock_now(self) -> str:
        """late soon running while the clock runs, still while it is paused, "" once the work is done."""
        if not self.is_pending:
            return "still" if self.state == "paused" else ""
        left = self.due_at - now()
        if left < dt.timedelta():
            return "late"
        return "soon" if left <= dt.timedelta(hours=self.kind.warn_hours) else "running"


class OfRepair(Sited):
    """Mixin: a line of a repair is daily work, or sealed, as its repair is."""

    filed_as = "repair"

    @property
    def is_daily_work(self) -> bool:
        return self.repair.is_daily_work  # type: ignore[attr-defined]

    @property
    def tenancy_id(self) -> int | None:
        return self.repair.tenancy_id  # type: ignore[attr-defined]


class RepairStep(OfRepair, Record, Model):
    """One step of a repair's way: who brought it to which state, when, and how long it had stood before."""

    __tablename__ = "repair_step"
    append_only = True
    repair_id: Mapped[int] = mapped_column(ForeignKey("repair.id"), index=True, info={"label": _l("Repair")})
    act: Mapped[str] = choice(_l("Step"), STEPS, "report")
    state: Mapped[str] = choice(_l("State reached"), REPAIR_STATES, "open", tones=TONES)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Who")})
    at: Mapped[dt.datetime] = mapped_column(Moment, info={"label": _l("When")})
    took_minutes: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Took (minutes)")})
    opinion: Mapped[str] = text(1000, _l("Opinion"), sealed=True)
    repair: Mapped[Repair] = relationship(
        back_populates="steps", lazy="joined", innerjoin=True, info={"label": _l("Repair")}
    )
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("Who")})

    def __str__(self) -> str:
        return f"{STEPS[self.act]}"


class RepairCost(OfRepair, Record, Model):
    """One line of what a repair cost; a correction is the same line taken back, which names the old one."""

    __tablename__ = "repair_cost"
    append_only = True
    repair_id: Mapped[int] = mapped_column(ForeignKey("repair.id"), index=True, info={"label": _l("Repair")})
    what: Mapped[str] = text(200, _l("Material or work"), sealed=True)
    quantity: Mapped[int] = mapped_column(  # in hundredths: 150 is one and a half
        Integer, default=100, info={"label": _l("Quantity"), "kind": "area", "sealed": True}
    )
    price_cents: Mapped[int] = mapped_column(
        BigInteger, info={"label": _l("Price (yuan)"), "kind": "money", "sealed": True}
    )
    amount_cents: Mapped[int] = mapped_column(
        BigInteger, info={"label": _l("Amount (yuan)"), "kind": "money", "sealed": True}
    )
    is_material: Mapped[bool] = mapped_column(Boolean, default=True, info={"label": _l("Material")})
    is_chargeable: Mapped[bool] = mapped_column(Boolean, default=False, info={"label": _l("Charged to the tenant")})
    corrects_id: Mapped[int | None] = mapped_column(
        ForeignKey("repair_cost.id"), unique=True, info={"label": _l("Takes back line")}
    )
    repair: Mapped[Repair] = relationship(
        back_populates="costs", lazy="joined", innerjoin=True, info={"label": _l("Repair")}
    )
    corrects: Mapped[RepairCost | None] = relationship(
        remote_side="RepairCost.id", info={"label": _l("Takes back line")}
    )

    def __str__(self) -> str:
        return f"{self.repair} · {self.what}"


class RepairPicture(StoredFile, OfRepair, Record, Model):
    """A picture of before or after."""

    __tablename__ = "repair_picture"
    repair_id: Mapped[int] = mapped_column(ForeignKey("repair.id"), index=True, info={"label": _l("Repair")})
    stage: Mapped[str] = choice(_l("Stage"), STAGES, "before")
    repair: Mapped[Repair] = relationship(
        back_populates="pictures", lazy="joined", innerjoin=True, info={"label": _l("Repair")}
    )
