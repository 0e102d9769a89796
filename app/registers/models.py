"""Declarations of registers, their entries, the steps that entries took, who read one, and what is attached."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from flask_appbuilder.models.sqla import Model
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.archive.models import File, StoredFile
from app.customers.models import Customer
from app.estate.models import Site, Sited, Unit
from app.kit.columns import Moment, text
from app.kit.labels import _l
from app.kit.session import Record

# what a field is stored in: its name begins so, and there are that many of them
SLOTS: dict[str, tuple[Any, int]] = {
    "text": (Text, 16),
    "number": (BigInteger, 8),
    "day": (Date, 6),
    "moment": (Moment, 3),
    "flag": (Boolean, 3),
}
# the same for fields that name a record: the table they point at
LINKS: dict[str, tuple[str, int]] = {
    "person": ("ab_user", 3),
    "entry": ("entry", 3),
    "file": ("file", 1),
    "customer": ("customer", 1),
    "unit": ("unit", 1),
}
SLOT = {"label": _l("Field of a register")}


class Register(Record, Model):
    """A declaration of a register in one of its versions; the newest one counts."""

    __tablename__ = "register"
    __table_args__ = (UniqueConstraint("key", "revision"),)
    key: Mapped[str] = text(40, _l("Register"), required=True)
    revision: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("Revision")})
    schemes: Mapped[str] = text(400, _l("Schemes"))
    series: Mapped[str] = text(10, _l("Series"))
    body: Mapped[dict[str, Any]] = mapped_column(JSON, info={"label": _l("Content")})
    slots: Mapped[dict[str, str]] = mapped_column(JSON, info={"label": _l("Where fields are stored")})
    digest: Mapped[str] = mapped_column(String(64), info={"label": _l("Digest")})
    is_current: Mapped[bool] = mapped_column(Boolean, default=True, index=True, info={"label": _l("Current")})
    is_withdrawn: Mapped[bool] = mapped_column(Boolean, default=False, info={"label": _l("Withdrawn")})

    def __str__(self) -> str:
        return f"{self.key} {self.revision}"


class Entry(Sited, Record, Model):
    """One entry of any register. Each register's own class (`making`) gives the slots their names and words."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("site_id", "register_key", "number"),
        Index("ix_entry_list", "register_key", "site_id", "state"),
        Index("ix_entry_due", "due_on", "is_over"),
    )
    told: ClassVar[dict[str, dict[str, Any]]] = {}
    lies_with_customer: ClassVar[bool] = False
    lies_in_file: ClassVar[bool] = False
    filed_as: ClassVar[str] = ""

    register_key: Mapped[str] = mapped_column(String(40), info={"label": _l("Register")})
    declared_in: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("Revision of the register")})
    number: Mapped[str | None] = mapped_column(String(60), info={"label": _l("Number")})
    caption: Mapped[str] = text(200, _l("Called"))
    state: Mapped[str] = mapped_column(String(40), default="", info={"label": _l("State"), "choices": {"": ""}})
    is_over: Mapped[bool] = mapped_column(Boolean, default=False, info={"label": _l("Over")})
    due_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Due on")})
    read_edition: Mapped[str] = text(100, _l("Version of what is read"))
    only_one: Mapped[str | None] = mapped_column(String(80), unique=True, info={"label": _l("Only one")})
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    customer_id: Mapped[int | None] = mapped_column(
        ForeignKey("customer.id"), index=True, info={"label": _l("Customer")}
    )
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True, info={"label": _l("Unit")})

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        if cls.__dict__.get("__abstract__"):
            return {}
        return {"version_id_col": cls.__table__.c.version, "polymorphic_on": cls.__table__.c.register_key}

    @declared_attr
    def site(cls) -> Mapped[Site]:
        return relationship(Site, info={"label": _l("Site"), "required": False})

    @declared_attr
    def file(cls) -> Mapped[File | None]:
        return relationship(File, foreign_keys="Entry.file_id", info={"label": _l("File")})

    @declared_attr
    def customer(cls) -> Mapped[Customer | None]:
        return relationship(Customer, foreign_keys="Entry.customer_id", info={"label": _l("Customer")})

    @declared_attr
    def unit(cls) -> Mapped[Unit | None]:
        return relationship(Unit, foreign_keys="Entry.unit_id", info={"label": _l("Unit")})

    @property
    def lies_in(self) -> File | None:
        """The file that seals the entry: asked by the archive before the gate lets its sealed fields out."""
        return self.file if self.lies_in_file else None

    def __str__(self) -> str:
        return " ".join(part for part in (self.number or "", self.caption) if part) or f"#{self.id}"


def _add_slots() -> None:
    """The columns that fields are stored in; the base class does not know them, each register's class names its own."""
    for name, (of, count) in SLOTS.items():
        for place in range(1, count + 1):
            Entry.__table__.append_column(Column(f"{name}_{place}", of, info=dict(SLOT)))
    for name, (table, count) in LINKS.items():
        for place in range(1, count + 1):
            key: Column[int] = Column(f"{name}_{place}_id", ForeignKey(f"{table}.id"), index=True, info=dict(SLOT))
            Entry.__table__.append_column(key)


_add_slots()


class OfEntry(Sited):
    """What goes with an entry is sealed with it, and by nothing else."""

    append_only = True
    is_daily_work: ClassVar[bool] = True
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True, info={"label": _l("Entry")})

    @declared_attr
    def entry(cls) -> Mapped[Entry]:
        return relationship(info={"label": _l("Entry")})

    @property
    def lies_in(self) -> File | None:
        return self.entry.lies_in

    @property
    def lies_with_customer(self) -> bool:
        return self.entry.lies_with_customer

    @property
    def customer_id(self) -> int | None:
        return self.entry.customer_id


class EntryStep(OfEntry, Record, Model):
    """A step that an entry took: which, from where to where, when, by whom and why; never changed."""

    __tablename__ = "entry_step"
    name: Mapped[str] = text(40, _l("Step"), required=True)
    from_state: Mapped[str] = text(40, _l("From state"))
    to_state: Mapped[str] = text(40, _l("To state"))
    at: Mapped[dt.datetime] = mapped_column(Moment, info={"label": _l("When")})
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("By whom")})
    reason: Mapped[str] = text(1000, _l("Reason"), sealed=True)
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("By whom")})

    def __str__(self) -> str:
        return self.name


class EntryReading(Sited, Record, Model):
    """Somebody confirmed to have read an entry in the version it had (P2.10); never changed."""

    __tablename__ = "entry_reading"
    __table_args__ = (UniqueConstraint("entry_id", "user_id", "edition"),)
    append_only = True
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), info={"label": _l("Entry")})
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("Who read it")})
    edition: Mapped[str] = text(100, _l("Version read"))
    at: Mapped[dt.datetime] = mapped_column(Moment, info={"label": _l("When")})
    entry: Mapped[Entry] = relationship(info={"label": _l("Entry")})
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("Who read it")})

    def __str__(self) -> str:
        return f"{self.user}"


class EntryAttachment(StoredFile, OfEntry, Record, Model):
    """A file that goes with an entry."""

    __tablename__ = "entry_attachment"
