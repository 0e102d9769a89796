"""Moving in and out: the record, its checklist, and the keys and cards a tenant holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.dayrecords import DayRecord
from app.customers.models import Tenancy
from app.estate.models import Sited
from app.kit.columns import choice, text
from app.kit.labels import _l
from app.kit.session import Record

MOVING_KINDS = {"in": _l("Moving in"), "out": _l("Moving out")}
MOVING_STATES = {
    "open": _l("In hand"),
    "checked": _l("Checked"),
    "closed": _l("Completed"),
    "cancelled": _l("Called off"),
}
ITEM_GROUPS = {
    "papers": _l("Papers"),
    "deposits": _l("Deposits and fees"),
    "keys": _l("Keys"),
    "meters": _l("Meters"),
    "cards": _l("Cards"),
    "condition": _l("Condition of the unit"),
    "other": _l("Other"),
}
HELD_KINDS = {"key": _l("Unit key"), "card": _l("Access card")}
WAYS = {"out": _l("Handed out"), "back": _l("Given back")}


class Moving(DayRecord, Record, Model):
    """One moving in or out of a tenancy, checked by property, engineering and security (TRADE)."""

    __tablename__ = "moving"
    filed_as = "move_in"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        Index(
            "uq_moving_live",
            "tenancy_id",
            "kind",
            unique=True,
            sqlite_where=sql("state in ('open', 'checked')"),
            postgresql_where=sql("state in ('open', 'checked')"),
        ),
    )
    OVER = frozenset({"closed", "cancelled"})
    kind: Mapped[str] = choice(_l("In or out"), MOVING_KINDS, "out")
    asked_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Asked on")})
    planned_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Planned for")})
    notice_given_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Notice given on")})
    is_authorised: Mapped[bool] = mapped_column(
        Boolean, default=False, info={"label": _l("Letter of authority is there")}
    )
    contact: Mapped[str] = text(60, _l("Contact"), sealed=True)
    phone: Mapped[str] = text(40, _l("Telephone"), kind="phone", sealed=True)
    forwarding: Mapped[str] = text(200, _l("Address afterwards"), sealed=True)
    remark: Mapped[str] = text(500, _l("Remark"), sealed=True)
    property_by: Mapped[str] = text(60, _l("Checked by property"))
    property_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Property checked on")})
    engineering_by: Mapped[str] = text(60, _l("Checked by engineering"))
    engineering_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Engineering checked on")})
    security_by: Mapped[str] = text(60, _l("Checked by security"))
    security_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Security checked on")})
    state: Mapped[str] = choice(_l("State"), MOVING_STATES, "open", tones={"open": "warn", "closed": "good"})
    closed_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Finished on")})
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Finished by")})
    reason: Mapped[str] = text(300, _l("Why it was called off"))
    closed_by: Mapped[Any] = relationship("User", foreign_keys=[closed_by_id], info={"label": _l("Finished by")})
    items: Mapped[list[MovingItem]] = relationship(
        back_populates="moving", order_by="MovingItem.position", info={"label": _l("Checklist")}
    )


class MovingItem(Sited, Record, Model):
    """One line of the checklist: a tick, and for meters what they show, for keys how many."""

    __tablename__ = "moving_item"
    filed_as = "move_in"
    moving_id: Mapped[int] = mapped_column(ForeignKey("moving.id"), index=True, info={"label": _l("Move")})
    section: Mapped[str] = choice(_l("Group"), ITEM_GROUPS, "other")
    position: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("No.")})
    key: Mapped[str] = text(40, _l("Line of the shipped list"))
    title: Mapped[str] = text(100, _l("To be checked"), required=True)
    expected: Mapped[str] = text(100, _l("Expected"))
    quantity: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Quantity")})
    reading: Mapped[str] = text(30, _l("Reading"))
    is_done: Mapped[bool] = mapped_column(Boolean, default=False, info={"label": _l("Done")})
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Ticked by")})
    done_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Ticked on")})
    remark: Mapped[str] = text(200, _l("Remark"))
    moving: Mapped[Moving] = relationship(back_populates="items", info={"label": _l("Move")})
    done_by: Mapped[Any] = relationship("User", foreign_keys=[done_by_id], info={"label": _l("Ticked by")})

    def __str__(self) -> str:
        return self.title


class HeldKey(Sited, Record, Model):
    """Keys or cards handed out (+) or given back (−); lines are only added, what is out is their sum (law 6)."""

    __tablename__ = "held_key"
    filed_as = "move_in"
    append_only = True
    tenancy_id: Mapped[int] = mapped_column(ForeignKey("tenancy.id"), index=True, info={"label": _l("Tenancy")})
    kind: Mapped[str] = choice(_l("Key or card"), HELD_KINDS, "key")
    way: Mapped[str] = choice(_l("Out or back"), WAYS, "out")
    quantity: Mapped[int] = mapped_column(Integer, info={"label": _l("Quantity")})
    booked_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Date")})
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("moving_item.id"), index=True, info={"label": _l("Line of a checklist")}
    )
    to_whom: Mapped[str] = text(60, _l("To or from whom"), sealed=True)
    remark: Mapped[str] = text(200, _l("Numbers, remark"))
    tenancy: Mapped[Tenancy] = relationship(info={"label": _l("Tenancy")})

    def __str__(self) -> str:
        return f"{self.tenancy} · {HELD_KINDS[self.kind]}"
