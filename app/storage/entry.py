"""Writing down what the instruments show, all rooms on one page: two figures a room, under ten keystrokes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.kit.cells import cell, related_cell
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.pages import Cell
from app.kit.session import attempt, db
from app.security import gate
from app.storage import climate, tenths
from app.storage.models import ClimateReading, StoreRoom

FIELDS = ("temperature", "humidity", "outside_temperature", "outside_humidity", "measures")
LONGEST = 300


@dataclass
class RoomEntry:
    """One room on the page: its limits, what was read today, and what is being typed."""

    room: StoreRoom
    name: Cell
    limits: str
    readings: list[tuple[Cell, str, Cell]]
    typed: dict[str, str] = field(default_factory=dict)
    problem: Any = ""

    @property
    def is_due(self) -> bool:
        return len(self.readings) < self.room.readings_a_day


def rooms() -> list[StoreRoom]:
    """The rooms that the reader looks after."""
    query = gate.scope(select(StoreRoom).options(joinedload(StoreRoom.place)), StoreRoom)
    return list(db.session.scalars(query.order_by(StoreRoom.id)))


def page(problems: dict[int, Any] | None = None) -> dict[str, Any]:
    """All that `storage/climate.html` draws; after a refusal with what was typed and the reason at its room."""
    found = rooms()
    read, problems = climate.todays(found), problems or {}
    entries = [_entry(room, read[room.id], problems.get(room.id, "")) for room in found]
    first = next((entry.room.id for entry in entries if entry.problem or entry.is_due), None)
    return {"entries": entries, "day": today(), "focus": first or (entries[0].room.id if entries else None)}


def _entry(room: StoreRoom, readings: list[ClimateReading], problem: Any) -> RoomEntry:
    limits = f"{room.coldest}–{room.warmest} ℃ · {room.driest}–{room.dampest} %"
    told = [(cell(one, "read_at"), str(one), cell(one, "finding")) for one in readings]
    typed = (
        {name: request.form.get(f"{name}-{room.id}", "") for name in FIELDS} if problem else dict.fromkeys(FIELDS, "")
    )
    return RoomEntry(room, related_cell(room.place), limits, told, typed, problem)


def keep() -> tuple[int, dict[int, Any]]:
    """Write down every room that was filled in: how many, and what was wrong, by room; all of them or none."""
    problems: dict[int, Any] = {}
    count = 0
    try:
        with attempt():
            for room in rooms():
                count += _keep(room, problems)
            if problems:
                raise RuleError(_l("Some fields need another look."))
    except RuleError:
        return 0, problems
    return count, problems


def _keep(room: StoreRoom, problems: dict[int, Any]) -> int:
    typed = {name: request.form.get(f"{name}-{room.id}", "").strip() for name in FIELDS}
    if not any(typed.values()):
        return 0
    try:
        if len(typed["measures"]) > LONGEST or "\x00" in typed["measures"]:
            raise RuleError(_l("At most %(count)s characters.", count=LONGEST))
        outside = (_optional(typed["outside_temperature"]), _optional(typed["outside_humidity"]))
        temperature, humidity = figure(typed["temperature"]), figure(typed["humidity"])
        climate.log(room, temperature, humidity, by=gate.user(), measures=typed["measures"], outside=outside)
    except RuleError as error:
        problems[room.id] = error.message
        return 0
    return 1


def _optional(typed: str) -> int | None:
    return figure(typed) if typed else None


def figure(typed: str) -> int:
    """In tenths; RuleError in words."""
    try:
        return tenths.read(typed)
    except ValueError:
        raise RuleError(_l("Type a figure like 21.5, or 215.")) from None


def put_right(reading: ClimateReading, *, by: Any = None, celsius: str = "", percent: str = "") -> None:
    """The step of a reading's page."""
    climate.put_right(reading, figure(celsius), figure(percent), by=by)


MOVES = [
    Move(
        "put_right", {"standing"}, None, "ClimateReading:put_right", _l("Correct the figures"), put_right,
        asks=(("celsius", _l("Temperature (℃)")), ("percent", _l("Relative humidity"))),
    ),
]  # fmt: skip
