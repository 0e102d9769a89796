"""Temperature and humidity of a room against its limits (P5.01)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from app.estate.models import Place
from app.kit.columns import DESK_TIME, now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit
from app.storage.models import ClimateReading, StoreRoom

COLDEST, WARMEST = -400, 700  # tenths: beyond this something was typed wrong


def add_room(room: StoreRoom, *, by: Any = None) -> StoreRoom:
    """Read and inspect a room from now on."""
    place: Place | None = room.place
    if place is None or place.kind != "room":
        raise RuleError(_l("Choose a room."), field="place")
    room.site_id = place.site_id
    with db.session.no_autoflush:
        if db.session.scalar(select(StoreRoom.id).where(StoreRoom.place_id == place.id)) is not None:
            raise RuleError(_l("This room has its limits already."), field="place")
    check_room(room)
    return room


def check_room(room: StoreRoom, *, by: Any = None) -> None:
    """Limits that can be kept."""
    for low, high in (("coldest", "warmest"), ("driest", "dampest")):
        if _set(room, low) >= _set(room, high):
            raise RuleError(_l("The lower limit lies above the upper one."), field=low)
    for name in ("swing_celsius", "swing_percent", "readings_a_day", "inspect_every"):
        if _set(room, name) < 1:
            raise RuleError(_l("At least one."), field=name)


def _set(room: StoreRoom, name: str) -> int:
    value = getattr(room, name)
    return int(StoreRoom.__table__.c[name].default.arg if value is None else value)


def log(
    room: StoreRoom, temperature: int, humidity: int, *, by: Any = None, at: dt.datetime | None = None,
    measures: str = "", outside: tuple[int | None, int | None] = (None, None), corrects: ClimateReading | None = None,
) -> ClimateReading:  # fmt: skip
    """Write a reading down, in tenths, and mark it where it leaves the limits or changes too fast."""
    if not COLDEST <= temperature <= WARMEST:
        raise RuleError(_l("No thermometer shows this."), field="temperature")
    if not 0 <= humidity <= 1000:
        raise RuleError(_l("Humidity lies between 0 and 100 per cent."), field="humidity")
    reading = ClimateReading(
        site_id=room.site_id, room=room, read_at=at or now(), temperature=temperature, humidity=humidity,
        outside_temperature=outside[0], outside_humidity=outside[1], measures=measures.strip()[:300],
        user_id=getattr(by, "id", None), corrects=corrects,
    )  # fmt: skip
    with db.session.no_autoflush:
        reading.finding = judge(room, reading, _day_before(room, reading.read_at, corrects))
    db.session.add(reading)
    db.session.flush()
    audit.write("log_climate", reading, {"finding": reading.finding}, by=by)
    return reading


def put_right(wrong: ClimateReading, temperature: int, humidity: int, *, by: Any = None) -> ClimateReading:
    """A reading that was written down wrong stays; a new line of the same moment names it (law 6)."""
    taken = select(ClimateReading.id).where(ClimateReading.corrects_id == wrong.id)
    if db.session.scalar(taken) is not None:
        raise RuleError(_l("This reading was put right already."))
    return log(
        wrong.room, temperature, humidity, by=by, at=wrong.read_at, measures=wrong.measures,
        outside=(wrong.outside_temperature, wrong.outside_humidity), corrects=wrong,
    )  # fmt: skip


def judge(room: StoreRoom, reading: ClimateReading, before: Iterable[ClimateReading]) -> str:
    """fine, out (of the limits), swing (more change within a day than allowed), or both."""
    is_out = not (
        room.coldest * 10 <= reading.temperature <= room.warmest * 10
        and room.driest * 10 <= reading.humidity <= room.dampest * 10
    )
    swings = any(
        abs(reading.temperature - other.temperature) > room.swing_celsius * 10
        or abs(reading.humidity - other.humidity) > room.swing_percent * 10
        for other in before
    )
    return {(True, True): "both", (True, False): "out", (False, True): "swing", (False, False): "fine"}[is_out, swings]


def _day_before(room: StoreRoom, at: dt.datetime, corrects: ClimateReading | None) -> Sequence[ClimateReading]:
    query = standing().where(
        ClimateReading.room_id == room.id, ClimateReading.read_at > at - dt.timedelta(days=1),
        ClimateReading.read_at <= at,
    )  # fmt: skip
    if corrects is not None:
        query = query.where(ClimateReading.id != corrects.id)
    return list(db.session.scalars(query))


def standing() -> Select[tuple[ClimateReading]]:
    """The readings that nobody has put right since."""
    wrong = select(ClimateReading.corrects_id).where(ClimateReading.corrects_id.is_not(None))
    return select(ClimateReading).where(ClimateReading.id.not_in(wrong))


def bounds(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """From the desk's midnight of the first day to that after the last."""
    begin = dt.datetime.combine(first, dt.time(), tzinfo=DESK_TIME)
    return begin, dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), tzinfo=DESK_TIME)


def between(first: dt.date, last: dt.date) -> Select[tuple[ClimateReading]]:
    """The readings of these days by room and moment: the sheet 温湿度登记表."""
    begin, end = bounds(first, last)
    query = standing().where(ClimateReading.read_at >= begin, ClimateReading.read_at < end)
    return query.order_by(ClimateReading.site_id, ClimateReading.room_id, ClimateReading.read_at, ClimateReading.id)


def todays(rooms: Sequence[StoreRoom]) -> dict[int, list[ClimateReading]]:
    """What was read today, by the rooms' keys."""
    found: dict[int, list[ClimateReading]] = {room.id: [] for room in rooms}
    query = between(today(), today()).where(ClimateReading.room_id.in_(list(found)))
    for reading in db.session.scalars(query):
        found[reading.room_id].append(reading)
    return found


def unread(rooms: Sequence[StoreRoom]) -> int:
    """How many rooms nobody has read today."""
    begin, end = bounds(today(), today())
    query = select(func.count(func.distinct(ClimateReading.room_id))).where(
        ClimateReading.room_id.in_([room.id for room in rooms]), ClimateReading.read_at >= begin,
        ClimateReading.read_at < end,
    )  # fmt: skip
    return len(rooms) - int(db.session.scalar(query) or 0)
