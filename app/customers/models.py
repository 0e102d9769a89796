"""Firms and persons, their contacts with history, and their tenancies."""

from __future__ import annotations

import datetime as dt

from flask_appbuilder.models.sqla import Model
from sqlalchemy import BigInteger, Date, ForeignKey, Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.estate.models import Site, Sited, Unit
from app.kit.columns import choice, text
from app.kit.labels import _l
from app.kit.session import Record
from app.security.crypto import Encrypted

CUSTOMER_KINDS = {"firm": _l("Firm"), "person": _l("Person")}
CONTACT_ROLES = {
    "daily": _l("Daily contact"),
    "emergency": _l("Emergency contact"),
    "finance": _l("Finance contact"),
    "other": _l("Other contact"),
}
TENANCY_STATES = {"live": _l("In occupation"), "ended": _l("Moved out")}


class Customer(Sited, Record, Model):
    """A firm or person as one site knows it."""

    __tablename__ = "customer"
    filed_as = "company"
    __table_args__ = (Index("ix_customer_site_name", "site_id", "name"),)
    kind: Mapped[str] = choice(_l("Kind"), CUSTOMER_KINDS, "firm")
    name: Mapped[str] = text(200, _l("Customer"), required=True, index=True)
    name_en: Mapped[str] = text(200, _l("English name"))
    licence_number: Mapped[str] = text(40, _l("Licence number"), index=True)
    industry: Mapped[str] = text(60, _l("Industry"))
    representative: Mapped[str] = text(60, _l("Person in charge"), sealed=True)
    id_number: Mapped[str] = mapped_column(
        Encrypted("customer.id_number"),
        default="",
        info={
            "label": _l("Identity number"),
            "mask": "id_number",
            "sealed": True,
            "purpose": _l("Identify the person in charge"),
        },
    )
    id_number_index: Mapped[str] = mapped_column(
        String(64), default="", index=True, info={"label": _l("Identity number (blind index)"), "hidden": True}
    )
    remark: Mapped[str] = text(500, _l("Remark"), sealed=True)
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    contacts: Mapped[list[Contact]] = relationship(
        back_populates="customer", order_by="Contact.id", info={"label": _l("Contacts")}
    )
    tenancies: Mapped[list[Tenancy]] = relationship(
        back_populates="customer", order_by="Tenancy.id", info={"label": _l("Tenancies")}
    )

    def __str__(self) -> str:
        return self.name


class Contact(Sited, Record, Model):
    """One person to call. A change ends the old line (`until_on`) and adds a new one: the history stays."""

    __tablename__ = "contact"
    filed_as = "contact"
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True, info={"label": _l("Customer")})
    role: Mapped[str] = choice(_l("Kind of contact"), CONTACT_ROLES, "daily")
    name: Mapped[str] = text(60, _l("Name"), required=True)
    phone: Mapped[str] = text(40, _l("Telephone"), kind="phone")
    email: Mapped[str] = text(200, _l("E-mail"))
    from_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("From")})
    until_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Until")})
    customer: Mapped[Customer] = relationship(back_populates="contacts", info={"label": _l("Customer")})

    @property
    def is_current(self) -> bool:
        return self.until_on is None

    def __str__(self) -> str:
        return self.name


class Tenancy(Sited, Record, Model):
    """A customer's time in a unit; one live tenancy a unit (a database constraint)."""

    __tablename__ = "tenancy"
    filed_as = "lease"
    __table_args__ = (
        Index(
            "uq_tenancy_live_unit",
            "unit_id",
            unique=True,
            sqlite_where=sql("state = 'live'"),
            postgresql_where=sql("state = 'live'"),
        ),
    )
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, info={"label": _l("Unit")})
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True, info={"label": _l("Customer")})
    state: Mapped[str] = choice(_l("State"), TENANCY_STATES, "live", tones={"live": "good"})
    starts_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Lease begins")})
    ends_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Lease ends")})
    moved_out_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Moved out on")})
    rent_cents: Mapped[int | None] = mapped_column(
        BigInteger, info={"label": _l("Monthly rent (yuan)"), "kind": "money", "sealed": True}
    )
    parking: Mapped[str] = text(100, _l("Parking spaces"))
    nameboard: Mapped[str] = text(100, _l("Name board"))
    remark: Mapped[str] = text(500, _l("Remark"))
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    unit: Mapped[Unit] = relationship(info={"label": _l("Unit")})
    customer: Mapped[Customer] = relationship(back_populates="tenancies", info={"label": _l("Customer")})

    def __str__(self) -> str:
        return f"{self.unit} · {self.customer}"
