"""Fit-outs with the people who work on them and the inspections."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.dayrecords import DayRecord
from app.customers.models import Tenancy
from app.deposits.models import Deposit
from app.estate.models import Sited
from app.kit.columns import Moment, choice, text
from app.kit.labels import _l
from app.kit.session import Record
from app.security.crypto import Encrypted

FITOUT_STATES = {
    "applied": _l("Waits to be reviewed"),
    "reviewed": _l("Waits for the permit"),
    "permitted": _l("Permit given"),
    "working": _l("Works under way"),
    "to_accept": _l("Waits for acceptance"),
    "rectifying": _l("Being put right"),
    "accepted": _l("Accepted"),
    "settled": _l("Settled"),
    "refused": _l("Refused"),
    "cancelled": _l("Given up"),
}
FITOUT_TONES = {
    "applied": "warn", "reviewed": "warn", "permitted": "info", "working": "info", "to_accept": "warn",
    "rectifying": "bad", "accepted": "good", "settled": "quiet", "refused": "bad", "cancelled": "quiet",
}  # fmt: skip
TRADES = {
    "head": _l("Head of works"),
    "carpenter": _l("Carpenter"),
    "electrician": _l("Electrician"),
    "plumber": _l("Plumber"),
    "painter": _l("Painter"),
    "mason": _l("Mason"),
    "welder": _l("Welder"),
    "other": _l("Other"),
}


class Fitout(DayRecord, Record, Model):
    """One fit-out of a unit by a contractor of the tenant's."""

    __tablename__ = "fitout"
    filed_as = "fitout"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        Index(
            "uq_fitout_permit", "site_id", "permit_number", unique=True,
            sqlite_where=sql("permit_number <> ''"), postgresql_where=sql("permit_number <> ''"),
        ),
        CheckConstraint("ends_on >= starts_on", name="span"),
        CheckConstraint("deposit_cents >= 0", name="deposit"),
        CheckConstraint("reviewed_by_id is null or reviewed_by_id <> applied_by_id", name="reviewer"),
        CheckConstraint(
            "permitted_by_id is null or (permitted_by_id <> applied_by_id and permitted_by_id <> reviewed_by_id)",
            name="permitter",
        ),
    )  # fmt: skip
    OVER = frozenset({"settled", "refused", "cancelled"})
    firm: Mapped[str] = text(100, _l("Contractor"), required=True)
    head: Mapped[str] = text(60, _l("Head of works"), required=True, sealed=True)
    head_phone: Mapped[str] = text(40, _l("Telephone of the head"), kind="phone", sealed=True)
    licence_number: Mapped[str] = text(60, _l("Contractor's licence number"))
    starts_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Works begin")})
    ends_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Works end")})
    extended_to_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Extended to")})
    until_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Permit valid until")})
    inspect_by_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Next inspection by")})
    scope: Mapped[str] = text(1000, _l("What is built"), required=True, sealed=True)
    work_hours: Mapped[str] = text(100, _l("Working hours"))
    deposit_cents: Mapped[int] = mapped_column(
        BigInteger, default=0, info={"label": _l("Fit-out deposit (yuan)"), "kind": "money", "sealed": True}
    )
    state: Mapped[str] = choice(_l("State"), FITOUT_STATES, "applied", tones=FITOUT_TONES)
    applied_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Applied on")})
    applied_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Written down by")})
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Reviewed by")})
    reviewed_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Reviewed at")})
    review: Mapped[str] = text(500, _l("Opinion of the review"), sealed=True)
    permit_number: Mapped[str] = text(30, _l("Permit number"))
    permitted_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Permit given on")})
    permitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Permit given by")})
    accepted_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Accepted on")})
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Accepted by")})
    acceptance: Mapped[str] = text(500, _l("Result of the acceptance"), sealed=True)
    settled_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Settled on")})
    applied_by: Mapped[Any] = relationship("User", foreign_keys=[applied_by_id], info={"label": _l("Written down by")})
    reviewed_by: Mapped[Any] = relationship("User", foreign_keys=[reviewed_by_id], info={"label": _l("Reviewed by")})
    permitted_by: Mapped[Any] = relationship(
        "User", foreign_keys=[permitted_by_id], info={"label": _l("Permit given by")}
    )
    accepted_by: Mapped[Any] = relationship("User", foreign_keys=[accepted_by_id], info={"label": _l("Accepted by")})
    workers: Mapped[list[FitoutWorker]] = relationship(
        viewonly=True, order_by="FitoutWorker.id", info={"label": _l("Workers' passes")}
    )
    inspections: Mapped[list[FitoutInspection]] = relationship(
        viewonly=True, order_by="FitoutInspection.id", info={"label": _l("Inspections")}
    )
    deposits: Mapped[list[Deposit]] = relationship(
        foreign_keys=[Deposit.fitout_id], order_by=Deposit.id, viewonly=True, info={"label": _l("Deposits")}
    )

    def __str__(self) -> str:
        return f"{self.number} · {self.unit}"


class FitoutWorker(Sited, Record, Model):
    """A worker's pass: who may come in for the works, and until when."""

    __tablename__ = "fitout_worker"
    filed_as = "contractor"
    __table_args__ = (UniqueConstraint("site_id", "pass_number"),)
    fitout_id: Mapped[int] = mapped_column(ForeignKey("fitout.id"), index=True, info={"label": _l("Fit-out")})
    tenancy_id: Mapped[int | None] = mapped_column(ForeignKey("tenancy.id"), index=True, info={"label": _l("Tenancy")})
    name: Mapped[str] = text(60, _l("Name"), required=True, sealed=True)
    id_number: Mapped[str] = mapped_column(
        Encrypted("fitout_worker.id_number"),
        default="",
        info={
            "label": _l("Identity number"), "mask": "id_number", "sealed": True,
            "purpose": _l("Give the worker a pass"),
        },
    )  # fmt: skip
    trade: Mapped[str] = choice(_l("Trade"), TRADES, "other")
    pass_number: Mapped[str] = text(30, _l("Pass number"))
    valid_until_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Pass valid until")})
    returned_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Pass returned on")})
    fitout: Mapped[Fitout] = relationship(lazy="joined", innerjoin=True, info={"label": _l("Fit-out")})
    tenancy: Mapped[Tenancy | None] = relationship(info={"label": _l("Tenancy")})

    @property
    def is_daily_work(self) -> bool:
        return self.fitout.is_daily_work

    def __str__(self) -> str:
        return self.pass_number


class FitoutInspection(Sited, Record, Model):
    """What was found on a round through the works."""

    __tablename__ = "fitout_inspection"
    filed_as = "fitout"
    append_only = True
    fitout_id: Mapped[int] = mapped_column(ForeignKey("fitout.id"), index=True, info={"label": _l("Fit-out")})
    tenancy_id: Mapped[int | None] = mapped_column(ForeignKey("tenancy.id"), index=True, info={"label": _l("Tenancy")})
    inspected_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Inspected on")})
    inspector_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Inspected by")})
    finding: Mapped[str] = text(500, _l("What was found"), required=True, sealed=True)
    is_ok: Mapped[bool] = mapped_column(Boolean, default=True, info={"label": _l("Nothing to object to")})
    fitout: Mapped[Fitout] = relationship(lazy="joined", innerjoin=True, info={"label": _l("Fit-out")})
    tenancy: Mapped[Tenancy | None] = relationship(info={"label": _l("Tenancy")})
    inspector: Mapped[Any] = relationship("User", foreign_keys=[inspector_id], info={"label": _l("Inspected by")})

    @property
    def is_daily_work(self) -> bool:
        return self.fitout.is_daily_work

    def __str__(self) -> str:
        return f"{self.fitout.number} · {self.inspected_on}"
