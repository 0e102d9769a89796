"""Dues with their payments, and violations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar

from flask_appbuilder.models.sqla import Model
from sqlalchemy import BigInteger, Date, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.dayrecords import DayRecord
from app.estate.models import Sited
from app.kit.columns import choice, text
from app.kit.labels import _l
from app.kit.session import Record
from app.security.models import Described

DUE_KINDS = {
    "rent": _l("Rent"),
    "property_fee": _l("Property fee"),
    "utilities": _l("Water and electricity"),
    "repair": _l("Repair"),
    "penalty": _l("Penalty"),
    "other": _l("Other"),
}
DUE_STATES = {"open": _l("Owed"), "settled": _l("Paid in full"), "waived": _l("Waived")}
METHODS = {
    "transfer": _l("Bank transfer"),
    "cash": _l("Cash"),
    "card": _l("Bank card"),
    "wechat": _l("WeChat"),
    "alipay": _l("Alipay"),
    "deposit": _l("Out of the deposit"),
    "other": _l("Other"),
}
VIOLATION_KINDS = {
    "fire_exit": _l("Fire exit blocked"),
    "structure": _l("Load-bearing part changed"),
    "noise": _l("Noise"),
    "hot_work": _l("Hot work without permit"),
    "rubbish": _l("Rubbish not cleared"),
    "other": _l("Other"),
}
VIOLATION_STATES = {
    "found": _l("Found"),
    "notified": _l("Notified"),
    "rectified": _l("Put right"),
    "closed": _l("Closed"),
    "withdrawn": _l("Withdrawn"),
}


def cents(label: Any, read: Callable[[Any], int]) -> Described:
    """An amount that is worked out, kept back like those it is made of."""
    made = Described(label, read)
    made.info |= {"kind": "money", "sealed": True}
    return made


class Due(DayRecord, Record, Model):
    """What a tenant owes. What is left of it is always the amount less the sum of its payments."""

    __tablename__ = "due"
    filed_as = "violation"
    OVER: ClassVar[frozenset[str]] = frozenset({"settled", "waived"})
    kind: Mapped[str] = choice(_l("Kind of due"), DUE_KINDS, "property_fee")
    period: Mapped[str] = text(40, _l("For the period"))
    amount_cents: Mapped[int] = mapped_column(
        BigInteger, info={"label": _l("Amount (yuan)"), "kind": "money", "sealed": True}
    )
    due_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("To be paid by")})
    repair_id: Mapped[int | None] = mapped_column(ForeignKey("repair.id"), index=True, info={"label": _l("Repair")})
    reason: Mapped[str] = text(300, _l("Why it is waived"), sealed=True)
    remark: Mapped[str] = text(300, _l("Remark"), sealed=True)
    state: Mapped[str] = choice(_l("State"), DUE_STATES, "open", tones={"open": "warn", "settled": "good"})
    repair: Mapped[Any] = relationship("Repair", info={"label": _l("Repair")})
    payments: Mapped[list[DuePayment]] = relationship(
        back_populates="due", order_by="DuePayment.id", lazy="selectin", info={"label": _l("Payments")}
    )

    paid_cents = cents(_l("Paid (yuan)"), lambda self: sum(line.amount_cents for line in self.payments))
    left_cents = cents(_l("Still owed (yuan)"), lambda self: self.amount_cents - self.paid_cents)


class DuePayment(Sited, Record, Model):
    """One payment: `amount_cents` is signed; a correction takes a payment back and names it."""

    __tablename__ = "due_payment"
    filed_as = "violation"
    append_only = True
    due_id: Mapped[int] = mapped_column(ForeignKey("due.id"), index=True, info={"label": _l("Amount due")})
    amount_cents: Mapped[int] = mapped_column(
        BigInteger, info={"label": _l("Amount (yuan)"), "kind": "money", "sealed": True}
    )
    paid_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Paid on")})
    method: Mapped[str] = choice(_l("Paid by"), METHODS, "transfer")
    receipt: Mapped[str] = text(100, _l("Receipt"), sealed=True)
    corrects_id: Mapped[int | None] = mapped_column(
        ForeignKey("due_payment.id"), unique=True, info={"label": _l("Takes back payment")}
    )
    due: Mapped[Due] = relationship(back_populates="payments", info={"label": _l("Amount due")})
    corrects: Mapped[DuePayment | None] = relationship(
        remote_side="DuePayment.id", info={"label": _l("Takes back payment")}
    )

    @property
    def is_daily_work(self) -> bool:
        """As the due is."""
        return self.due.is_daily_work

    @property
    def tenancy_id(self) -> int | None:
        return self.due.tenancy_id

    def __str__(self) -> str:
        return f"{self.due} · {self.paid_on}"


class Violation(DayRecord, Record, Model):
    """Where a tenant broke the house rules, what was asked of them, and what it cost them (P7.02)."""

    __tablename__ = "violation"
    filed_as = "violation"
    OVER: ClassVar[frozenset[str]] = frozenset({"closed", "withdrawn"})
    what: Mapped[str] = choice(_l("What was broken"), VIOLATION_KINDS, "fire_exit")
    fitout_id: Mapped[int | None] = mapped_column(ForeignKey("fitout.id"), index=True, info={"label": _l("Fit-out")})
    found_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Found on")})
    found_by: Mapped[str] = text(60, _l("Found by"))
    description: Mapped[str] = text(1000, _l("Description"), required=True, sealed=True)
    demand: Mapped[str] = text(500, _l("What is demanded"), sealed=True)
    rectify_by_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("To be put right by")})
    rectified_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Put right on")})
    deduction_cents: Mapped[int | None] = mapped_column(
        BigInteger, info={"label": _l("Deduction (yuan)"), "kind": "money", "sealed": True}
    )
    reason: Mapped[str] = text(300, _l("Why it is withdrawn"), sealed=True)
    state: Mapped[str] = choice(
        _l("State"), VIOLATION_STATES, "found", tones={"found": "bad", "notified": "warn", "rectified": "good"}
    )
    fitout: Mapped[Any] = relationship("Fitout", info={"label": _l("Fit-out")})
