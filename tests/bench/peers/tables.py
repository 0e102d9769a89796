"""The tables as the two Flask peers declare them, on whatever base class each of them wants."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Date, ForeignKey, Integer, String
from sqlalchemy.orm import relationship

COLUMNS = ["name", "site", "name_en", "industry", "licence_number"]


def declare(base: Any) -> tuple[Any, Any, Any]:
    """(customer, contact, tenancy) with the site and unit that they name."""

    class Site(base):
        __tablename__ = "site"
        id = Column(Integer, primary_key=True)
        name = Column(String(100))

        def __str__(self) -> str:
            return str(self.name)

    class Unit(base):
        __tablename__ = "unit"
        id = Column(Integer, primary_key=True)
        number = Column(String(20))

        def __str__(self) -> str:
            return str(self.number)

    class Customer(base):
        __tablename__ = "customer"
        id = Column(Integer, primary_key=True)
        site_id = Column(Integer, ForeignKey("site.id"))
        name = Column(String(200), nullable=False)
        name_en = Column(String(200), nullable=False)
        licence_number = Column(String(40), nullable=False)
        industry = Column(String(60), nullable=False)
        site = relationship(Site)

        def __str__(self) -> str:
            return str(self.name)

    class Contact(base):
        __tablename__ = "contact"
        id = Column(Integer, primary_key=True)
        name = Column(String(60), nullable=False)
        phone = Column(String(40), nullable=False)

    class Tenancy(base):
        __tablename__ = "tenancy"
        id = Column(Integer, primary_key=True)
        unit_id = Column(Integer, ForeignKey("unit.id"))
        starts_on = Column(Date)
        ends_on = Column(Date)
        remark = Column(String(500), nullable=False)
        unit = relationship(Unit)

    return Customer, Contact, Tenancy
