"""Sites down to units, and the places where papers lie."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.kit.columns import choice, several, text
from app.kit.labels import _l
from app.kit.session import Record

if TYPE_CHECKING:
    from flask_appbuilder.security.sqla.models import User

UNIT_USES = {
    "office": _l("Office"),
    "shop": _l("Shop"),
    "restaurant": _l("Restaurant"),
    "storage": _l("Storage"),
    "home": _l("Dwelling"),
    "other": _l("Other"),
}
PLACE_KINDS = {
    "room": _l("Room"),
    "cabinet": _l("Cabinet"),
    "shelf": _l("Shelf"),
    "box": _l("Box"),
    "safe": _l("Safe"),
    "envelope": _l("Envelope"),
}
PLACE_STATES = {"used": _l("In use"), "given_up": _l("No longer used")}
DAY_KINDS = {"off": _l("Day off"), "work": _l("Working day")}


WORKS = {
    "follow_ups": _l("Following up"),
    "market": _l("The market"),
    "campaigns": _l("Campaigns"),
    "archives": _l("Archives"),
}


class Sited:
    """Mixin: the record belongs to one site; the gate scopes rows by it."""

    @declared_attr
    def site_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("site.id"), nullable=False, index=True, info={"label": _l("Site")})


class Site(Record, Model):
    """A property under one management, e.g. a tower."""

    __tablename__ = "site"
    name: Mapped[str] = text(100, _l("Site"), required=True, unique=True)
    short_name: Mapped[str] = text(20, _l("Short name"))
    address: Mapped[str] = text(200, _l("Address"))
    telephone: Mapped[str] = text(40, _l("Desk telephone"))
    manager_firm: Mapped[str] = text(100, _l("Property company"))
    works: Mapped[str] = several(
        100, _l("Works with, besides the property desk"), WORKS, hint=_l("What is not ticked stays out of the menu.")
    )

    def __str__(self) -> str:
        return self.name


class SiteUser(Record, Model):
    """Which user works for which site: the row scope (P8.01)."""

    __tablename__ = "site_user"
    __table_args__ = (UniqueConstraint("site_id", "user_id"),)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), info={"label": _l("Site")})
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("User")})
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    user: Mapped[User] = relationship("User", foreign_keys=[user_id], info={"label": _l("User")})

    def __str__(self) -> str:
        return f"{self.user} · {self.site}"


class Building(Sited, Record, Model):
    __tablename__ = "building"
    __table_args__ = (UniqueConstraint("site_id", "name"),)
    name: Mapped[str] = text(60, _l("Building"), required=True)
    site: Mapped[Site] = relationship(info={"label": _l("Site")})

    def __str__(self) -> str:
        return self.name


class Floor(Sited, Record, Model):
    __tablename__ = "floor"
    __table_args__ = (UniqueConstraint("building_id", "name"),)
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"), info={"label": _l("Building")})
    name: Mapped[str] = text(20, _l("Floor"), required=True)
    level: Mapped[int] = mapped_column(Integer, default=0, index=True, info={"label": _l("Level")})
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    building: Mapped[Building] = relationship(info={"label": _l("Building")})

    def __str__(self) -> str:
        return self.name


class Unit(Sited, Record, Model):
    """A let space. `number` is unique in its building; `area_dm2` in hundredths of a square metre."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("building_id", "number"),)
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"), info={"label": _l("Building")})
    floor_id: Mapped[int] = mapped_column(ForeignKey("floor.id"), index=True, info={"label": _l("Floor")})
    number: Mapped[str] = text(20, _l("Unit"), required=True, index=True)
    area_dm2: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Floor area (m²)"), "kind": "area"})
    use: Mapped[str] = choice(_l("Use"), UNIT_USES, "office")
    remark: Mapped[str] = text(500, _l("Remark"))
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    building: Mapped[Building] = relationship(info={"label": _l("Building")})
    floor: Mapped[Floor] = relationship(info={"label": _l("Floor")})

    def __str__(self) -> str:
        return self.number


class Place(Sited, Record, Model):
    """A room, cabinet, shelf, box, safe or an envelope in a safe; `parent` is the place it stands in."""

    __tablename__ = "place"
    __table_args__ = (UniqueConstraint("site_id", "code"),)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), info={"label": _l("Stands in")})
    floor_id: Mapped[int | None] = mapped_column(ForeignKey("floor.id"), info={"label": _l("For floor")})
    kind: Mapped[str] = choice(_l("Kind"), PLACE_KINDS, "cabinet")
    code: Mapped[str] = text(30, _l("Code"), required=True)
    name: Mapped[str] = text(100, _l("Name of the place"), required=True)
    state: Mapped[str] = mapped_column(
        String(30),
        nullable=False,
        default="used",
        server_default="used",
        info={"label": _l("State"), "choices": PLACE_STATES, "tones": {"given_up": "quiet"}},
    )
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    parent: Mapped[Place | None] = relationship(remote_side="Place.id", info={"label": _l("Stands in")})
    floor: Mapped[Floor | None] = relationship(info={"label": _l("For floor")})

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class CalendarDay(Record, Model):
    """A day that is off or worked otherwise than the public calendar has it; it goes before that calendar."""

    __tablename__ = "calendar_day"
    day_on: Mapped[dt.date] = mapped_column(Date, unique=True, info={"label": _l("Day")})
    kind: Mapped[str] = choice(_l("Kind of day"), DAY_KINDS, "off")
    name: Mapped[str] = text(60, _l("Occasion"))

    def __str__(self) -> str:
        return f"{self.day_on}"


class Counter(Model):
    """The last number of a series of a site and year. Its row is locked until the number's record is committed."""

    __tablename__ = "counter"
    id: Mapped[int] = mapped_column(primary_key=True, info={"label": _l("Key")})
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), info={"label": _l("Site")})
    series: Mapped[str] = text(10, _l("Series"), required=True)
    year: Mapped[int] = mapped_column(Integer, info={"label": _l("Year"), "kind": "year"})
    last: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Last number")})
    __table_args__ = (UniqueConstraint("site_id", "series", "year"),)
