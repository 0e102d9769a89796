"""Deposits, their ledger, and the settlements by which they are paid back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.dayrecords import DayRecord
from app.customers.models import Customer, Tenancy
from app.deposits.words import (
    DEDUCTION_REASONS,
    DEPOSIT_KINDS,
    DEPOSIT_STATES,
    DEPOSIT_TONES,
    LINE_REASONS,
    METHODS,
    REFUND_STATES,
    REFUND_TONES,
)
from app.estate.models import Sited
from app.kit.columns import Moment, choice, text, today
from app.kit.labels import _l
from app.kit.session import Record
from app.security.crypto import Encrypted

__all__ = ["DEPOSIT_KINDS", "LINE_REASONS", "METHODS", "Deposit", "DepositDeduction", "DepositLine", "DepositRefund"]

LIVE_REFUND = "state in ('asked', 'checked', 'approved')"
MONEY = {"kind": "money", "sealed": True}


class Sum(property):
    """An amount in cents worked out from the lines: shown like a column, sealed like the lines."""

    def __init__(self, label: Any, read: Any) -> None:
        super().__init__(read)
        self.info = {"label": label, **MONEY}


class Deposit(DayRecord, Record, Model):
    """What a tenant has to leave with the desk, from the day it is due until it is returned or kept."""

    __tablename__ = "deposit"
    filed_as = "payment"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        CheckConstraint("payable_cents >= 0", name="payable"),
        CheckConstraint("tenancy_id is not null", name="tenant"),
        Index("ix_deposit_owed", "site_id", "is_owed", "due_on"),
    )
    OVER = frozenset({"received", "part_returned", "returned", "kept", "withdrawn"})
    kind: Mapped[str] = choice(_l("Kind of deposit"), DEPOSIT_KINDS, "rent")
    customer_id: Mapped[int | None] = mapped_column(
        ForeignKey("customer.id"), index=True, info={"label": _l("Customer")}
    )
    fitout_id: Mapped[int | None] = mapped_column(ForeignKey("fitout.id"), index=True, info={"label": _l("Fit-out")})
    payable_cents: Mapped[int] = mapped_column(BigInteger, info={"label": _l("To be paid (yuan)"), **MONEY})
    due_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Due on")})
    state: Mapped[str] = choice(_l("State"), DEPOSIT_STATES, "due", tones=DEPOSIT_TONES)
    is_owed: Mapped[bool] = mapped_column(Boolean, default=True, info={"label": _l("Still to be received")})
    remark: Mapped[str] = text(300, _l("Remark"), sealed=True)
    customer: Mapped[Customer | None] = relationship(info={"label": _l("Customer")})
    fitout: Mapped[Any] = relationship("Fitout", foreign_keys=[fitout_id], info={"label": _l("Fit-out")})
    lines: Mapped[list[DepositLine]] = relationship(
        viewonly=True, order_by="DepositLine.id", lazy="selectin", info={"label": _l("Lines")}
    )
    refunds: Mapped[list[DepositRefund]] = relationship(
        viewonly=True, order_by="DepositRefund.id", info={"label": _l("Refunds")}
    )

    held_cents = Sum(_l("Held (yuan)"), lambda self: sum(line.amount_cents for line in self.lines))
    taken_cents = Sum(
        _l("Received so far (yuan)"), lambda self: sum(line.amount_cents for line in self.lines if not line.goes_out)
    )
    owed_cents = Sum(_l("Owed (yuan)"), lambda self: max(0, self.payable_cents - self.taken_cents))

    def __str__(self) -> str:
        return f"{self.number} · {self.unit} · {DEPOSIT_KINDS[self.kind]}"


class DepositLine(Sited, Record, Model):
    """One line of the ledger: `amount_cents` is signed; lines are only added, a correction names the old one.

    What was received carries the number of its receipt and is daily work on its day, so that the receipt can be
    printed; from then on it lies in the tenant's file.
    """

    __tablename__ = "deposit_line"
    filed_as = "payment"
    __table_args__ = (
        Index(
            "uq_deposit_line_receipt_number", "site_id", "receipt_number", unique=True,
            sqlite_where=sql("receipt_number <> ''"), postgresql_where=sql("receipt_number <> ''"),
        ),
        Index(
            "uq_deposit_line_once", "once", unique=True,
            sqlite_where=sql("once <> ''"), postgresql_where=sql("once <> ''"),
        ),
        Index("uq_deposit_line_refund_id_reason", "refund_id", "reason", unique=True),
    )  # fmt: skip
    append_only = True
    deposit_id: Mapped[int | None] = mapped_column(ForeignKey("deposit.id"), index=True, info={"label": _l("Deposit")})
    tenancy_id: Mapped[int] = mapped_column(ForeignKey("tenancy.id"), index=True, info={"label": _l("Tenancy")})
    kind: Mapped[str] = choice(_l("Kind of deposit"), DEPOSIT_KINDS, "rent")
    reason: Mapped[str] = choice(_l("Kind of entry"), LINE_REASONS, "received")
    amount_cents: Mapped[int] = mapped_column(BigInteger, info={"label": _l("Amount (yuan)"), **MONEY})
    booked_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Booked on")})
    receipt_number: Mapped[str] = text(30, _l("Receipt number"))
    method: Mapped[str] = text(30, _l("Way of payment"), choices=METHODS)
    payer: Mapped[str] = text(100, _l("Paid by"), sealed=True)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Taken by")})
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("deposit_refund.id"), info={"label": _l("Refund")})
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("deposit_line.id"), info={"label": _l("Corrects line")})
    remark: Mapped[str] = text(200, _l("Remark"))
    once: Mapped[str] = text(64, _l("Key of the form"), hidden=True)
    deposit: Mapped[Deposit | None] = relationship(info={"label": _l("Deposit")})
    tenancy: Mapped[Tenancy] = relationship(info={"label": _l("Tenancy")})
    taken_by: Mapped[Any] = relationship("User", foreign_keys=[taken_by_id], info={"label": _l("Taken by")})
    refund: Mapped[DepositRefund | None] = relationship(info={"label": _l("Refund")})
    corrects: Mapped[DepositLine | None] = relationship(
        remote_side="DepositLine.id", info={"label": _l("Corrects line")}
    )

    @property
    def goes_out(self) -> bool:
        """Paid back or kept, rather than received."""
        return self.reason in ("refunded", "deducted")

    @property
    def is_daily_work(self) -> bool:
        return bool(self.receipt_number) and self.booked_on >= today()

    def __str__(self) -> str:
        return f"{self.tenancy} · {DEPOSIT_KINDS[self.kind]}"


class DepositRefund(DayRecord, Record, Model):
    """A settlement: so much of what is held, less the deductions, is paid back. Fixed once it is checked.

    `asked_cents` is what is left to pay; three different people ask, check and approve.
    """

    __tablename__ = "deposit_refund"
    filed_as = "payment"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        Index(
            "uq_deposit_refund_live", "deposit_id", unique=True,
            sqlite_where=sql(LIVE_REFUND), postgresql_where=sql(LIVE_REFUND),
        ),
        CheckConstraint("settled_cents > 0 and asked_cents >= 0 and asked_cents <= settled_cents", name="amounts"),
        CheckConstraint(
            "(checked_by_id is null or checked_by_id <> asked_by_id) and "
            "(approved_by_id is null or (approved_by_id <> asked_by_id and approved_by_id <> checked_by_id))",
            name="three_people",
        ),
    )  # fmt: skip
    OVER = frozenset({"paid", "refused"})
    deposit_id: Mapped[int] = mapped_column(ForeignKey("deposit.id"), index=True, info={"label": _l("Deposit")})
    settled_cents: Mapped[int | None] = mapped_column(
        BigInteger,
        nullable=False,
        info={"label": _l("Part that is settled (yuan)"), "hint": _l("Empty: all that is held"), **MONEY},
    )  # fmt: skip
    asked_cents: Mapped[int] = mapped_column(BigInteger, info={"label": _l("To pay back (yuan)"), **MONEY})
    payee: Mapped[str] = text(100, _l("Payee"), sealed=True)
    bank: Mapped[str] = text(100, _l("Bank"), sealed=True)
    bank_account: Mapped[str] = mapped_column(
        Encrypted("deposit_refund.bank_account"),
        default="",
        info={"label": _l("Bank account"), "mask": "id_number", "sealed": True, "purpose": _l("Pay a deposit back")},
    )
    reason: Mapped[str] = text(300, _l("Reason"), required=True, sealed=True)
    state: Mapped[str] = choice(_l("State"), REFUND_STATES, "asked", tones=REFUND_TONES)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Asked by")})
    asked_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Asked at")})
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Checked by")})
    checked_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Checked at")})
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Approved by")})
    approved_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Approved at")})
    refusal: Mapped[str] = text(300, _l("Why it was refused"), sealed=True)
    method: Mapped[str] = text(30, _l("Way of payment"), choices=METHODS)
    paid_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Paid out by")})
    paid_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Paid out on")})
    deposit: Mapped[Deposit] = relationship(info={"label": _l("Deposit")})
    asked_by: Mapped[Any] = relationship("User", foreign_keys=[asked_by_id], info={"label": _l("Asked by")})
    checked_by: Mapped[Any] = relationship("User", foreign_keys=[checked_by_id], info={"label": _l("Checked by")})
    approved_by: Mapped[Any] = relationship("User", foreign_keys=[approved_by_id], info={"label": _l("Approved by")})
    paid_by: Mapped[Any] = relationship("User", foreign_keys=[paid_by_id], info={"label": _l("Paid out by")})
    deductions: Mapped[list[DepositDeduction]] = relationship(
        viewonly=True, order_by="DepositDeduction.id", info={"label": _l("Deductions")}
    )

    @property
    def is_daily_work(self) -> bool:
        """Until it is over, and on the day it is paid out: the settlement is printed then."""
        return self.state not in self.OVER or (self.paid_on is not None and self.paid_on >= today())


class DepositDeduction(Sited, Record, Model):
    """What is kept of a deposit, and why. A wrong line is taken back by a negative one that names it."""

    __tablename__ = "deposit_deduction"
    filed_as = "payment"
    __table_args__ = (CheckConstraint("amount_cents > 0 or corrects_id is not null", name="amount"),)
    append_only = True
    refund_id: Mapped[int] = mapped_column(ForeignKey("deposit_refund.id"), index=True, info={"label": _l("Refund")})
    tenancy_id: Mapped[int] = mapped_column(ForeignKey("tenancy.id"), index=True, info={"label": _l("Tenancy")})
    why: Mapped[str] = choice(_l("Kept for"), DEDUCTION_REASONS, "structure")
    amount_cents: Mapped[int] = mapped_column(BigInteger, info={"label": _l("Amount (yuan)"), **MONEY})
    words: Mapped[str] = text(300, _l("What for"), sealed=True)
    violation_id: Mapped[int | None] = mapped_column(
        ForeignKey("violation.id"), index=True, info={"label": _l("Violation")}
    )
    due_id: Mapped[int | None] = mapped_column(ForeignKey("due.id"), index=True, info={"label": _l("Amount due")})
    corrects_id: Mapped[int | None] = mapped_column(
        ForeignKey("deposit_deduction.id"), unique=True, info={"label": _l("Takes back")}
    )
    refund: Mapped[DepositRefund] = relationship(lazy="joined", innerjoin=True, info={"label": _l("Refund")})
    tenancy: Mapped[Tenancy] = relationship(info={"label": _l("Tenancy")})
    violation: Mapped[Any] = relationship("Violation", info={"label": _l("Violation")})
    due: Mapped[Any] = relationship("Due", info={"label": _l("Amount due")})
    corrects: Mapped[DepositDeduction | None] = relationship(
        remote_side="DepositDeduction.id", info={"label": _l("Takes back")}
    )

    @property
    def is_daily_work(self) -> bool:
        return self.refund.is_daily_work

    def __str__(self) -> str:
        return f"{self.refund.number} · {DEDUCTION_REASONS[self.why]}"
