"""A customer's place in the market, where each datum comes from, and what was sold to whom."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.archive.approvals import WAITING_WORDS, Approvable
from app.archive.models import Scheme
from app.customers.models import Customer
from app.estate.models import Site, Sited
from app.kit.columns import Moment, choice, several, text
from app.kit.labels import _l
from app.kit.session import Record

PROFILE_STATES = {
    "reported": _l("To be verified"),
    "verified": _l("Verified"),
    "doubted": _l("Doubted"),
}
PROFILE_TONES = {"reported": "warn", "verified": "good", "doubted": "bad"}
TERM_STATES = {
    **WAITING_WORDS,
    "approved": _l("In effect"),
    "refused": _l("Refused"),
    "withdrawn": _l("Withdrawn"),
}
TERM_TONES = {**dict.fromkeys(WAITING_WORDS, "warn"), "approved": "good", "refused": "bad"}
NOTE_STATES = {"open": _l("To be settled"), "settled": _l("Dealt with")}


class OfCustomer(Sited):
    """Mixin: what is known of a customer; sealed like the customer once each of their files is."""

    lies_with_customer = True

    @declared_attr
    def customer_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("customer.id"), index=True, info={"label": _l("Customer")})

    @declared_attr
    def customer(cls) -> Mapped[Customer]:
        return relationship(info={"label": _l("Customer")})


class MarketProfile(OfCustomer, Record, Model):
    """One a customer: facets, grade, credit, and whether what was reported is verified (P3.01, P3.05–P3.10, P13.01).

    `facets` holds "facet.word" keys of the scheme; `grade`, `outstanding_cents`, `is_over_limit`, `is_prospect` and
    `stale_on` follow from what is written down elsewhere and are never typed.
    """

    __tablename__ = "market_profile"
    __table_args__ = (
        UniqueConstraint("customer_id"),
        CheckConstraint("potential between 0 and 100", name="potential"),
    )
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"), info={"label": _l("Scheme")})
    scheme_key: Mapped[str] = text(40, _l("Scheme"))
    facets: Mapped[str] = several(1000, _l("Facets"))
    is_prospect: Mapped[bool] = mapped_column(Boolean, default=False, info={"label": _l("Prospect")})
    potential: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Potential (0 to 100)")})
    since_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Trading since")})
    grade: Mapped[str] = text(40, _l("Grade"))
    graded_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Graded on")})
    credit_grade: Mapped[str] = text(40, _l("Credit grade"))
    credit_limit_cents: Mapped[int | None] = mapped_column(
        BigInteger, info={"label": _l("Credit limit (yuan)"), "kind": "money", "sealed": True}
    )
    outstanding_cents: Mapped[int] = mapped_column(
        BigInteger, default=0, info={"label": _l("Credit in use (yuan)"), "kind": "money", "sealed": True}
    )
    is_over_limit: Mapped[bool] = mapped_column(Boolean, default=False, info={"label": _l("Over the limit")})
    payment_mode: Mapped[str] = text(40, _l("Way of paying"))
    terms: Mapped[str] = text(300, _l("Terms of trade"), sealed=True)
    credit_handling: Mapped[str] = text(300, _l("Handling of credit"), sealed=True)
    source: Mapped[str] = text(40, _l("Source of the data"), required=True)
    state: Mapped[str] = choice(_l("State"), PROFILE_STATES, "reported", tones=PROFILE_TONES)
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Brought in by")})
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Verified by")})
    verified_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Verified at")})
    finding: Mapped[str] = text(300, _l("Result of the verification"))
    fresh_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Last added to")})
    stale_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Stale from")})
    next_review_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("To be reviewed by")})
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    scheme: Mapped[Scheme] = relationship(info={"label": _l("Scheme")})
    reported_by: Mapped[Any] = relationship("User", foreign_keys=[reported_by_id], info={"label": _l("Brought in by")})
    verified_by: Mapped[Any] = relationship("User", foreign_keys=[verified_by_id], info={"label": _l("Verified by")})

    def __str__(self) -> str:
        return f"{self.customer}"


class OfProfile(OfCustomer):
    """Mixin: a line of a customer's place in the market; `scheme_key` is the profile's, so that words are found."""

    scheme_key: Mapped[str] = text(40, _l("Scheme"))

    @declared_attr
    def profile_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("market_profile.id"), index=True, info={"label": _l("Customer")})

    @declared_attr
    def profile(cls) -> Mapped[MarketProfile]:
        return relationship(info={"label": _l("Customer")})


class GradeChange(OfProfile, Record, Model):
    """A customer's grade changed: from what to what, on what figures; never changed (P3.06)."""

    __tablename__ = "grade_change"
    append_only = True
    before: Mapped[str] = text(40, _l("Grade before"))
    after: Mapped[str] = text(40, _l("Grade"))
    changed_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Graded on")})
    sales_cents: Mapped[int] = mapped_column(
        BigInteger, default=0, info={"label": _l("Sales of the time (yuan)"), "kind": "money", "sealed": True}
    )
    years: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Whole years of trade")})
    credit_grade: Mapped[str] = text(40, _l("Credit grade"))

    def __str__(self) -> str:
        return f"{self.profile} {self.changed_on}"


class ProfileDatum(OfProfile, Record, Model):
    """One thing said of a customer, by whom, from where and when; the newest line counts, all stay (P3.03, P13.02)."""

    __tablename__ = "profile_datum"
    append_only = True
    field: Mapped[str] = text(80, _l("Field"), required=True)
    value: Mapped[str] = text(1000, _l("What is said"), required=True, sealed=True)
    source: Mapped[str] = text(40, _l("Source of the data"), required=True)
    said_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Said on")})
    author_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Written down by")})
    author_name: Mapped[str] = text(60, _l("Said by"), sealed=True)
    author: Mapped[Any] = relationship("User", foreign_keys=[author_id], info={"label": _l("Written down by")})

    def __str__(self) -> str:
        return f"{self.profile} {self.said_on}"


class Sale(OfProfile, Record, Model):
    """One transaction; a mistake is put right by another line that names it (P3.07, P8.02)."""

    __tablename__ = "sale"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    append_only = True
    number: Mapped[str] = text(30, _l("Sale number"), required=True)
    sold_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Sold on")})
    product: Mapped[str] = text(100, _l("Product"), required=True)
    region: Mapped[str] = text(60, _l("Region"), required=True)
    quantity: Mapped[int] = mapped_column(Integer, info={"label": _l("Quantity"), "required": True})
    amount_cents: Mapped[int] = mapped_column(
        BigInteger, info={"label": _l("Amount (yuan)"), "kind": "money", "sealed": True, "required": True}
    )
    payment_mode: Mapped[str] = text(40, _l("Way of paying"))
    over_limit_reason: Mapped[str] = text(
        200, _l("Why the credit limit may be passed"), sealed=True,
        hint=_l("Only where the limit is passed: who allowed it, and why."),
    )  # fmt: skip
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("sale.id"), info={"label": _l("Puts right")})
    corrects: Mapped[Sale | None] = relationship(remote_side="Sale.id", info={"label": _l("Puts right")})

    def __str__(self) -> str:
        return self.number


class SalePayment(OfCustomer, Record, Model):
    """What was paid of a sale; never changed."""

    __tablename__ = "sale_payment"
    append_only = True
    sale_id: Mapped[int] = mapped_column(ForeignKey("sale.id"), index=True, info={"label": _l("Sale")})
    paid_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Payment received on")})
    amount_cents: Mapped[int] = mapped_column(
        BigInteger, info={"label": _l("Amount (yuan)"), "kind": "money", "sealed": True, "required": True}
    )
    remark: Mapped[str] = text(200, _l("Remark"), sealed=True)
    sale: Mapped[Sale] = relationship(info={"label": _l("Sale")})

    def __str__(self) -> str:
        return f"{self.sale}"


class TermRequest(Approvable, OfProfile, Record, Model):
    """Another way of paying for a customer: without credit at once, else after whoever the scheme names (P13.04)."""

    __tablename__ = "term_request"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    number: Mapped[str] = text(30, _l("Request number"), required=True)
    payment_mode: Mapped[str] = text(40, _l("Way of paying"), required=True)
    credit_limit_cents: Mapped[int | None] = mapped_column(
        BigInteger, info={"label": _l("Credit limit (yuan)"), "kind": "money", "sealed": True}
    )
    terms: Mapped[str] = text(300, _l("Terms of trade"), sealed=True)
    why: Mapped[str] = text(300, _l("Why"), required=True, sealed=True)
    state: Mapped[str] = choice(_l("State"), TERM_STATES, "asked", tones=TERM_TONES)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Asked by")})
    in_effect_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("In effect since")})
    reason: Mapped[str] = text(300, _l("Reason of the decision"))
    asked_by: Mapped[Any] = relationship("User", foreign_keys=[asked_by_id], info={"label": _l("Asked by")})

    @property
    def asker_id(self) -> int | None:
        return self.asked_by_id

    def __str__(self) -> str:
        return self.number


class QualityNote(OfProfile, Record, Model):
    """How a product did at a customer's, and what came of it (P8.08)."""

    __tablename__ = "quality_note"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    number: Mapped[str] = text(30, _l("Number"), required=True)
    product: Mapped[str] = text(100, _l("Product"), required=True)
    batch: Mapped[str] = text(60, _l("Batch"))
    noted_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Noted on")})
    observed: Mapped[str] = text(500, _l("What was seen"), required=True, sealed=True)
    state: Mapped[str] = choice(_l("State"), NOTE_STATES, "open", tones={"open": "warn", "settled": "good"})
    outcome: Mapped[str] = text(500, _l("How it ended"), sealed=True)
    settled_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Settled on")})

    def __str__(self) -> str:
        return self.number
