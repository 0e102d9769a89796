"""Temperature and humidity of the rooms day by day, with their limits (P5.01)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from statistics import fmean

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.kit.columns import DESK_TIME
from app.kit.labels import _l
from app.kit.session import db
from app.reporting.asked import Asked
from app.reporting.counting import list_url
from app.reporting.declaring import report
from app.reporting.tables import Curves, Head, Line, Picture, Series, Table, Tile
from app.storage import climate
from app.storage.models import ClimateReading, StoreRoom

DAYS, MOST_ROOMS = 31, 6

ByDay = dict[dt.date, list[ClimateReading]]


@report(
    _l("Climate of the store rooms"),
    group="files",
    permission="ClimateReading",
    about=_l("Temperature and humidity day by day against the limits of each room, for the month up to the last day."),
    period="past",
)
def climate_of_rooms(asked: Asked) -> Table:
    days = _days(asked)
    rooms = _rooms(asked)
    read = {room.id: _by_day(asked, room, days) for room in rooms}
    lines = [_line(room, day, read[room.id][day]) for room in rooms for day in days if day in read[room.id]]
    readings = [one for by_day in read.values() for each in by_day.values() for one in each]
    marked = sum(one.finding != "fine" for one in readings)
    return Table(
        [
            Head(_l("Room")), Head(_l("Day"), "date"), Head(_l("Readings"), "number"), Head(_l("Coldest"), "number"),
            Head(_l("Warmest"), "number"), Head(_l("Driest"), "number"), Head(_l("Dampest"), "number"),
            Head(_l("Marked"), "number"),
        ],
        lines,
        pictures=[picture for room in rooms[:MOST_ROOMS] for picture in _pictures(room, days, read[room.id])],
        tiles=[
            Tile(_l("Readings"), len(readings)), Tile(_l("Marked"), marked, tone="bad" if marked else ""),
            Tile(_l("Days without a reading"), sum(day not in read[room.id] for room in rooms for day in days)),
        ],
        notes=[_l("Marked: outside the limits, or more change within a day than the room allows.")],
    )  # fmt: skip


def _days(asked: Asked) -> list[dt.date]:
    first = max(asked.first, asked.last - dt.timedelta(days=DAYS - 1))
    return [first + dt.timedelta(days=at) for at in range((asked.last - first).days + 1)]


def _rooms(asked: Asked) -> list[StoreRoom]:
    query = asked.inside(select(StoreRoom).options(joinedload(StoreRoom.place)), StoreRoom)
    return list(db.session.scalars(query.order_by(StoreRoom.id)))


def _by_day(asked: Asked, room: StoreRoom, days: Sequence[dt.date]) -> ByDay:
    found: ByDay = {}
    query = asked.inside(climate.between(days[0], days[-1]).where(ClimateReading.room_id == room.id), ClimateReading)
    for reading in db.session.scalars(query):
        found.setdefault(reading.read_at.astimezone(DESK_TIME).date(), []).append(reading)
    return found


def _line(room: StoreRoom, day: dt.date, readings: Sequence[ClimateReading]) -> Line:
    warmth, wet = [one.temperature / 10 for one in readings], [one.humidity / 10 for one in readings]
    marked = sum(one.finding != "fine" for one in readings)
    url = list_url("ClimateReadingView.list", read_at_from=day, read_at_to=day)
    cells = [str(room), day, len(readings), min(warmth), max(warmth), min(wet), max(wet), marked]
    return Line(cells, url, "bad" if marked else "")


def _pictures(room: StoreRoom, days: Sequence[dt.date], read: ByDay) -> list[Picture]:
    """What was read, on average of a day, between the two limits."""
    labels = [f"{day:%m-%d}" for day in days]
    warmth = [round(fmean(one.temperature for one in read[day]) / 10, 1) if day in read else None for day in days]
    wet = [round(fmean(one.humidity for one in read[day]) / 10, 1) if day in read else None for day in days]
    return [
        Curves(
            _l("Temperature (℃) · %(room)s", room=room), labels,
            _series(_l("Temperature"), warmth, room.coldest, room.warmest),
        ),
        Curves(
            _l("Relative humidity · %(room)s", room=room), labels,
            _series(_l("Relative humidity"), wet, room.driest, room.dampest),
        ),
    ]  # fmt: skip


def _series(title: object, values: Sequence[float | None], low: int, high: int) -> list[Series]:
    lines = [(_l("Lower limit"), low), (_l("Upper limit"), high)]
    return [Series(title, values), *(Series(words, [float(limit)] * len(values)) for words, limit in lines)]
