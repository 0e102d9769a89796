"""Plans of visits, the visits, and the key of everybody's own calendar feed."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Boolean, Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.dayrecords import DayRecord
from app.estate.models import Site, Sited
from app.kit.columns import Moment, choice, signature, text
from app.kit.labels import _l
from app.kit.session import Record

PLAN_KINDS = {
    "new_tenant": _l("New tenants"),
    "quarterly": _l("Quarterly"),
    "holiday": _l("Holiday"),
    "other": _l("Other"),
}
PLAN_STATES = {"open": _l("Under way"), "closed": _l("Over")}
VISIT_KINDS = {
    "new_tenant": _l("New tenant"),
    "quarterly": _l("Quarterly"),
    "holiday": _l("Holiday"),
    "adhoc": _l("Ad hoc"),
    "return": _l("Return visit"),
    "other": _l("Other"),
}
WAYS = {"door": _l("At the door"), "telephone": _l("By telephone"), "meeting": _l("At a meeting")}
RESULTS = {
    "satisfied": _l("Satisfied"),
    "acceptable": _l("Acceptable"),
    "unsatisfied": _l("Not satisfied"),
}
VISIT_STATES = {
    "planned": _l("Planned"),
    "done": _l("Visited"),
    "missed": _l("Nobody met"),
    "cancelled": _l("Cancelled"),
}


class VisitPlan(Sited, Record, Model):
    """A round of visits to the tenants of a site, or of some of its floors."""

    __tablename__ = "visit_plan"
    name: Mapped[str] = text(100, _l("Name of the plan"), required=True)
    kind: Mapped[str] = choice(_l("Kind"), PLAN_KINDS, "quarterly")
    from_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("From"), "required": True})
    until_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Until"), "required": True})
    floors: Mapped[str] = text(
        200, _l("Floors"), hint=_l("Names of floors with spaces between, like 5F 6F; empty for the whole site.")
    )
    state: Mapped[str] = choice(_l("State"), PLAN_STATES, "open", tones={"open": "good"})
    site: Mapped[Site] = relationship(info={"label": _l("Site")})

    def __str__(self) -> str:
        return self.name


class Visit(DayRecord, Record, Model):
    """One visit. It is done when it has a result; a return visit names what it is born of."""

    __tablename__ = "visit"
    filed_as = "visit"
    OVER: ClassVar[frozenset[str]] = frozenset({"done", "cancelled"})
    registered_by: ClassVar[str] = "visited_at"
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("visit_plan.id"), index=True, info={"label": _l("Plan")})
    complaint_id: Mapped[int | None] = mapped_column(
        ForeignKey("complaint.id"), index=True, info={"label": _l("Complaint")}
    )
    repair_id: Mapped[int | None] = mapped_column(ForeignKey("repair.id"), index=True, info={"label": _l("Repair")})
    kind: Mapped[str] = choice(_l("Kind"), VISIT_KINDS, "adhoc")
    due_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Due on")})
    planned_at: Mapped[dt.datetime | None] = mapped_column(Moment, index=True, info={"label": _l("Appointment")})
    visitor_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("Visitor")})
    way: Mapped[str] = choice(_l("Way"), WAYS, "door")
    person_seen: Mapped[str] = text(60, _l("Who was seen"), sealed=True)
    phone: Mapped[str] = text(40, _l("Telephone"), kind="phone", sealed=True)
    visited_at: Mapped[dt.datetime | None] = mapped_column(Moment, index=True, info={"label": _l("Visited at")})
    result: Mapped[str] = choice(
        _l("Result"), {"": _l("Not yet known"), **RESULTS}, "", sealed=True,
        tones={"satisfied": "good", "unsatisfied": "bad"}, hint=_l("Naming the result ends the visit."),
    )  # fmt: skip
    opinion: Mapped[str] = text(1000, _l("Opinion"), sealed=True)
    follow_up: Mapped[str] = text(500, _l("What follows from it"), sealed=True)
    client_signature: Mapped[str] = signature(_l("Signature of the tenant"))
    signed_on_paper: Mapped[bool] = mapped_column(Boolean, default=False, info={"label": _l("Signed on paper")})
    misses: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Times nobody was met")})
    state: Mapped[str] = choice(
        _l("State"), VISIT_STATES, "planned", tones={"planned": "warn", "done": "good", "missed": "bad"}
    )
    plan: Mapped[VisitPlan | None] = relationship(info={"label": _l("Plan")})
    complaint: Mapped[Any] = relationship("Complaint", info={"label": _l("Complaint")})
    repair: Mapped[Any] = relationship("Repair", info={"label": _l("Repair")})
    visitor: Mapped[Any] = relationship("User", foreign_keys=[visitor_id], info={"label": _l("Visitor")})


class CalendarKey(Record, Model):
    """The key of a user's calendar feed; only its SHA-256 is kept."""

    __tablename__ = "calendar_key"
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), unique=True, info={"label": _l("User")})
    key_hash: Mapped[str] = mapped_column(String(64), unique=True, info={"label": _l("Key"), "hidden": True})
