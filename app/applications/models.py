"""What tenants apply for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import BigInteger, Date, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.dayrecords import DayRecord
from app.estate.models import Sited
from app.kit.columns import Moment, choice, text
from app.kit.labels import _l
from app.kit.session import Record

APPLICATION_KINDS = {
    "lock": _l("Door lock"),
    "phone": _l("Telephone line"),
    "parking": _l("Parking"),
    "nameboard": _l("Name board"),
    "overtime": _l("Overtime air-conditioning"),
    "goods_release": _l("Goods release"),
}
APPLICATION_STATES = {
    "asked": _l("Waits for a decision"),
    "approved": _l("Approved"),
    "done": _l("Done"),
    "refused": _l("Refused"),
    "withdrawn": _l("Withdrawn"),
}


class Application(DayRecord, Record, Model):
    """One application of a tenant. Who wrote it down does not approve it."""

    __tablename__ = "application"
    filed_as = "application"
    OVER = frozenset({"done", "refused", "withdrawn"})
    kind: Mapped[str] = choice(_l("Kind of application"), APPLICATION_KINDS, "lock")
    applicant: Mapped[str] = text(60, _l("Applicant"), required=True, sealed=True)
    phone: Mapped[str] = text(40, _l("Telephone"), kind="phone", sealed=True)
    what: Mapped[str] = text(500, _l("What is asked for"), sealed=True)
    quantity: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Quantity")})
    from_at: Mapped[dt.datetime | None] = mapped_column(Moment, index=True, info={"label": _l("Begins at")})
    until_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Ends at")})
    plate: Mapped[str] = text(40, _l("Number plate"), sealed=True)
    wanted_words: Mapped[str] = text(100, _l("Words on the name board"))
    fee_cents: Mapped[int | None] = mapped_column(BigInteger, info={"label": _l("Fee (yuan)"), "kind": "money"})
    given: Mapped[str] = text(100, _l("What was given (number, place)"))
    state: Mapped[str] = choice(
        _l("State"), APPLICATION_STATES, "asked", tones={"asked": "warn", "done": "good", "refused": "bad"}
    )
    asked_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Asked on")})
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Decided by")})
    decided_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Decided at")})
    reason: Mapped[str] = text(300, _l("Reason of the decision"), sealed=True)
    done_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Done on")})
    decided_by: Mapped[Any] = relationship("User", foreign_keys=[decided_by_id], info={"label": _l("Decided by")})
    lines: Mapped[list[GoodsLine]] = relationship(
        back_populates="application", order_by="GoodsLine.id", info={"label": _l("Goods")}
    )


class GoodsLine(Sited, Record, Model):
    """One thing that may leave the building."""

    __tablename__ = "goods_line"
    filed_as = "application"
    application_id: Mapped[int] = mapped_column(
        ForeignKey("application.id"), index=True, info={"label": _l("Application")}
    )
    title: Mapped[str] = text(100, _l("Goods"), required=True)
    quantity: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("Quantity")})
    remark: Mapped[str] = text(200, _l("Remark"))
    application: Mapped[Application] = relationship(back_populates="lines", info={"label": _l("Application")})

    def __str__(self) -> str:
        return self.title
