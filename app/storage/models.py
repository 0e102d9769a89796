"""Certificates 权证, and the rooms they and the files are kept in: climate, inspections, stock-takes, in and out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Boolean, Date, ForeignKey, ForeignKeyConstraint, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.models import File
from app.estate.models import Place, Site, Sited
from app.kit.columns import Moment, choice, signature, text
from app.kit.labels import _l
from app.kit.session import Record
from app.security.models import Described
from app.storage.tenths import said

CERTIFICATE_KINDS = {
    "house": _l("Title to a house"),
    "land": _l("Right to use land"),
    "other_right": _l("Certificate of other rights"),
    "policy": _l("Insurance policy"),
    "vehicle": _l("Vehicle registration"),
    "other": _l("Other certificate"),
}
CERTIFICATE_STATES = {
    "held": _l("In the safe"),
    "lent": _l("Lent out"),
    "returned": _l("Given back to the customer"),
    "gone": _l("Missing"),
}
CERTIFICATE_EVENTS = {
    "received": _l("Taken in"),
    "moved": _l("Put elsewhere"),
    "kept": _l("Keeper changed"),
    "lent": _l("Lent out"),
    "back": _l("Came back"),
    "returned": _l("Given back to the customer"),
    "gone": _l("Reported missing"),
}
FINDINGS = {"": _l("Not looked at"), "fine": _l("In order"), "trouble": _l("Not in order")}
INSPECTION_STATES = {
    "open": _l("Being inspected"),
    "follow_up": _l("Waits for measures"),
    "closed": _l("Inspection settled"),
}
COUNT_STATES = {"open": _l("Being counted"), "done": _l("Counted"), "dropped": _l("Dropped")}
COUNTED = {"": _l("Not counted"), "found": _l("There"), "missing": _l("Not there")}
CLIMATES = {
    "fine": _l("Within the limits"),
    "out": _l("Outside the limits"),
    "swing": _l("Changes too fast"),
    "both": _l("Outside the limits, and changes too fast"),
}
CLIMATE_TONES = {"fine": "good", "out": "bad", "swing": "warn", "both": "bad"}
DIRECTIONS = {"in": _l("Came in"), "out": _l("Went out")}


class Certificate(Sited, Record, Model):
    """A certificate in the safe. It carries the number of its file, which the database sees to (P11.07)."""

    __tablename__ = "certificate"
    __table_args__ = (ForeignKeyConstraint(["site_id", "number"], ["file.site_id", "file.number"], onupdate="CASCADE"),)
    number: Mapped[str] = text(60, _l("Number of its file"), required=True, index=True)
    kind: Mapped[str] = choice(_l("Kind"), CERTIFICATE_KINDS, "house")
    issuer: Mapped[str] = text(100, _l("Issuing authority"))
    issued_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Issued on")})
    registered_number: Mapped[str] = text(60, _l("Registered number"), required=True, sealed=True)
    holder: Mapped[str] = text(100, _l("Holder"), required=True, sealed=True)
    pages: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("Pages")})
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True, info={"label": _l("Kept in")})
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("Keeper")})
    state: Mapped[str] = choice(
        _l("State"), CERTIFICATE_STATES, "held", tones={"held": "good", "lent": "warn", "gone": "bad"}
    )
    received_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Received on")})
    received_from: Mapped[str] = text(60, _l("Received from"), sealed=True)
    lent_to: Mapped[str] = text(60, _l("Lent to"), sealed=True)
    due_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Due back on")})
    returned_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Given back on")})
    returned_to: Mapped[str] = text(60, _l("Given back to"), sealed=True)
    customer_signature: Mapped[str] = signature(_l("Signature of the customer"))
    keeper_signature: Mapped[str] = signature(_l("Signature of the keeper"))
    is_signed_on_paper: Mapped[bool] = mapped_column(
        Boolean, default=False, info={"label": _l("Both have signed on paper")}
    )
    remark: Mapped[str] = text(500, _l("Remark"), sealed=True)
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    file: Mapped[File] = relationship(
        primaryjoin="and_(Certificate.site_id == File.site_id, foreign(Certificate.number) == File.number)",
        lazy="joined",
        innerjoin=True,
        info={"label": _l("File")},
    )
    place: Mapped[Place] = relationship(info={"label": _l("Kept in")})
    keeper: Mapped[Any] = relationship("User", foreign_keys=[keeper_id], info={"label": _l("Keeper")})

    @property
    def tenancy_id(self) -> int | None:
        """Whose file seals it: asked by the gate."""
        return self.file.tenancy_id if self.file is not None else None

    def __str__(self) -> str:
        return self.number


class CertificateLine(Sited, Record, Model):
    """What happened to a certificate: received, lent, back, given back; lines are only added (law 6)."""

    __tablename__ = "certificate_line"
    append_only = True
    certificate_id: Mapped[int] = mapped_column(
        ForeignKey("certificate.id"), index=True, info={"label": _l("Certificate")}
    )
    what: Mapped[str] = choice(_l("What happened"), CERTIFICATE_EVENTS, "received")
    at: Mapped[dt.datetime] = mapped_column(Moment, info={"label": _l("When")})
    person: Mapped[str] = text(60, _l("From or to whom"), sealed=True)
    reason: Mapped[str] = text(300, _l("Reason"), sealed=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Done by")})
    certificate: Mapped[Certificate] = relationship(lazy="joined", innerjoin=True, info={"label": _l("Certificate")})
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("Done by")})

    @property
    def tenancy_id(self) -> int | None:
        return self.certificate.tenancy_id

    def __str__(self) -> str:
        return f"{CERTIFICATE_EVENTS[self.what]}"


class StoreRoom(Sited, Record, Model):
    """A room where papers are kept: its limits, and how often it is read and inspected (P5.01, P7.10)."""

    __tablename__ = "store_room"
    __table_args__ = (UniqueConstraint("place_id"),)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), info={"label": _l("Room")})
    coldest: Mapped[int] = mapped_column(Integer, default=14, info={"label": _l("Coldest (℃)")})
    warmest: Mapped[int] = mapped_column(Integer, default=24, info={"label": _l("Warmest (℃)")})
    swing_celsius: Mapped[int] = mapped_column(Integer, default=2, info={"label": _l("Most change in a day (℃)")})
    driest: Mapped[int] = mapped_column(Integer, default=45, info={"label": _l("Lowest humidity")})
    dampest: Mapped[int] = mapped_column(Integer, default=60, info={"label": _l("Highest humidity")})
    swing_percent: Mapped[int] = mapped_column(
        Integer, default=5, info={"label": _l("Most change of humidity in a day")}
    )
    readings_a_day: Mapped[int] = mapped_column(Integer, default=2, info={"label": _l("Readings a day")})
    inspect_every: Mapped[int] = mapped_column(Integer, default=3, info={"label": _l("Inspected every (months)")})
    site: Mapped[Site] = relationship(info={"label": _l("Site"), "required": False})
    place: Mapped[Place] = relationship(info={"label": _l("Room")})

    def __str__(self) -> str:
        return f"{self.place}"


class ClimateReading(Sited, Record, Model):
    """What thermometer and hygrometer showed, in tenths; only added to, a correction names the wrong line (P5.01)."""

    __tablename__ = "climate_reading"
    append_only = True
    room_id: Mapped[int] = mapped_column(ForeignKey("store_room.id"), index=True, info={"label": _l("Room")})
    read_at: Mapped[dt.datetime] = mapped_column(Moment, index=True, info={"label": _l("Read at")})
    temperature: Mapped[int] = mapped_column(Integer, info={"label": _l("Temperature (tenths of ℃)")})
    humidity: Mapped[int] = mapped_column(Integer, info={"label": _l("Humidity (tenths)")})
    outside_temperature: Mapped[int | None] = mapped_column(
        Integer, info={"label": _l("Temperature outside (tenths of ℃)")}
    )
    outside_humidity: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Humidity outside (tenths)")})
    finding: Mapped[str] = choice(_l("Finding"), CLIMATES, "fine", tones=CLIMATE_TONES)
    measures: Mapped[str] = text(300, _l("Measures"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Read by")})
    corrects_id: Mapped[int | None] = mapped_column(
        ForeignKey("climate_reading.id"), unique=True, info={"label": _l("Puts right")}
    )
    room: Mapped[StoreRoom] = relationship(info={"label": _l("Room")})
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("Read by")})
    corrects: Mapped[ClimateReading | None] = relationship(
        remote_side="ClimateReading.id", info={"label": _l("Puts right")}
    )
    celsius = Described(_l("Temperature (℃)"), lambda self: said(self.temperature))
    percent = Described(_l("Relative humidity"), lambda self: said(self.humidity))
    outside_celsius = Described(_l("Temperature outside"), lambda self: said(self.outside_temperature))
    outside_percent = Described(_l("Humidity outside"), lambda self: said(self.outside_humidity))
    state = "standing"  # its one step puts a wrong figure right by a new line

    def __str__(self) -> str:
        return f"{said(self.temperature)} ℃ · {said(self.humidity)} %"


class Inspection(Sited, Record, Model):
    """A look at a room and what lies in it: damp, insects, corrosion, fire (P7.10, 十防)."""

    __tablename__ = "inspection"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    number: Mapped[str] = text(30, _l("Number"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True, info={"label": _l("Room or place")})
    inspected_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Looked at on")})
    inspector_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Looked at by")})
    measures: Mapped[str] = text(1000, _l("Measures"))
    follow_up_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Looked at again on")})
    outcome: Mapped[str] = text(500, _l("What became of it"))
    closed_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Settled on")})
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Settled by")})
    state: Mapped[str] = choice(
        _l("State"), INSPECTION_STATES, "open", tones={"open": "warn", "follow_up": "bad", "closed": "good"}
    )
    site: Mapped[Site] = relationship(info={"label": _l("Site"), "required": False})
    place: Mapped[Place] = relationship(info={"label": _l("Room or place")})
    inspector: Mapped[Any] = relationship("User", foreign_keys=[inspector_id], info={"label": _l("Looked at by")})
    closed_by: Mapped[Any] = relationship("User", foreign_keys=[closed_by_id], info={"label": _l("Settled by")})
    lines: Mapped[list[InspectionLine]] = relationship(
        back_populates="inspection", order_by="InspectionLine.position", info={"label": _l("Findings")}
    )

    def __str__(self) -> str:
        return self.number


class InspectionLine(Sited, Record, Model):
    """One thing looked at; its words stand in `inspections.yaml` under `key`."""

    __tablename__ = "inspection_line"
    inspection_id: Mapped[int] = mapped_column(
        ForeignKey("inspection.id"), index=True, info={"label": _l("Inspection of the store")}
    )
    position: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("No.")})
    key: Mapped[str] = text(40, _l("Line of the shipped list"), required=True)
    finding: Mapped[str] = choice(_l("Finding"), FINDINGS, "", tones={"fine": "good", "trouble": "bad"})
    remark: Mapped[str] = text(200, _l("Remark"))
    inspection: Mapped[Inspection] = relationship(back_populates="lines", info={"label": _l("Inspection of the store")})

    def __str__(self) -> str:
        return self.key


class StockTake(Sited, Record, Model):
    """Everything that should lie in a place, counted one by one (库检, P5.02)."""

    __tablename__ = "stock_take"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    number: Mapped[str] = text(30, _l("Number"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True, info={"label": _l("Place counted")})
    begun_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Begun on")})
    finished_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("Finished on")})
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Counted by")})
    expected: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Expected")})
    found: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("There")})
    missing: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Not there")})
    strays: Mapped[str] = text(1000, _l("Found besides"))
    state: Mapped[str] = choice(_l("State"), COUNT_STATES, "open", tones={"open": "warn", "done": "good"})
    site: Mapped[Site] = relationship(info={"label": _l("Site"), "required": False})
    place: Mapped[Place] = relationship(info={"label": _l("Place counted")})
    counter: Mapped[Any] = relationship("User", foreign_keys=[counter_id], info={"label": _l("Counted by")})
    lines: Mapped[list[StockTakeLine]] = relationship(
        back_populates="stock_take", order_by="StockTakeLine.position", info={"label": _l("Lines of the count")}
    )

    def __str__(self) -> str:
        return self.number


class StockTakeLine(Sited, Record, Model):
    """One file or certificate that should be there."""

    __tablename__ = "stock_take_line"
    stock_take_id: Mapped[int] = mapped_column(
        ForeignKey("stock_take.id"), index=True, info={"label": _l("Stock-take")}
    )
    position: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("No.")})
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), info={"label": _l("File")})
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), info={"label": _l("Certificate")})
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), info={"label": _l("Expected in")})
    result: Mapped[str] = choice(_l("Counted"), COUNTED, "", tones={"found": "good", "missing": "bad"})
    remark: Mapped[str] = text(200, _l("Remark"))
    stock_take: Mapped[StockTake] = relationship(back_populates="lines", info={"label": _l("Stock-take")})
    file: Mapped[File | None] = relationship(info={"label": _l("File")})
    certificate: Mapped[Certificate | None] = relationship(info={"label": _l("Certificate")})
    place: Mapped[Place | None] = relationship(info={"label": _l("Expected in")})

    def __str__(self) -> str:
        return f"{self.file or self.certificate}"


class StoreEntry(Sited, Record, Model):
    """Who or what came into a room or left it, why, and who answers for it (进出库, P5.02); only added to."""

    __tablename__ = "store_entry"
    append_only = True
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True, info={"label": _l("Room or place")})
    way: Mapped[str] = choice(_l("Into or out of the room"), DIRECTIONS, "in")
    at: Mapped[dt.datetime] = mapped_column(Moment, index=True, info={"label": _l("When")})
    who: Mapped[str] = text(60, _l("Who came or went"), required=True)
    what: Mapped[str] = text(200, _l("What was carried"))
    reason: Mapped[str] = text(200, _l("Reason"), required=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Answers for it")})
    place: Mapped[Place] = relationship(info={"label": _l("Room or place")})
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("Answers for it")})

    def __str__(self) -> str:
        return f"{DIRECTIONS[self.way]} · {self.who}"
