"""The registers of the made-up house: a few entries of each that comes with the console, on their way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.archive.models import File
from app.customers.models import Customer
from app.demo import registers_makers as makers
from app.demo.desk import Desk
from app.demo.register_texts import PLAIN, Step
from app.kit.columns import DESK_TIME, today
from app.kit.session import db
from app.registers.models import Entry

Work = Iterator[tuple[float, Callable[[], None]]]
FIRST = 60.0  # days back, where the demo has as many


@dataclass
class Keeper:
    """Writes entries at a site; what is said with a word for a person or a number of days is filled in."""

    desk: Desk
    made: dict[str, Entry] = field(default_factory=dict)

    def declare(self) -> None:
        makers.make_registers()

    def write(self, name: str, key: str, by: str, said: dict[str, Any], steps: tuple[Step, ...]) -> None:
        """An entry and the steps it took."""
        entry = makers.make_entry(key, self.desk.site, self.desk.people[by], **self._filled(said))
        self.made[name] = entry
        for step in steps:
            makers.take_step(entry, step.name, self.desk.people[step.by], **self._filled(step.said))

    def _filled(self, said: dict[str, Any]) -> dict[str, Any]:
        return {name: self._value(value) for name, value in said.items()}

    def _value(self, value: Any) -> Any:
        """`@clerk` is a person, `#1` the entry written under that name, `~7` the day in a week, `*file` a file here."""
        if not isinstance(value, str) or value[:1] not in "@#~*":
            return value
        mark, rest = value[0], value[1:]
        if mark == "@":
            return self.desk.people[rest]
        if mark == "#":
            return self.made[rest]
        return today() + dt.timedelta(days=int(rest)) if mark == "~" else self._here(rest)

    def _here(self, what: str) -> Any:
        if what == "now":
            return dt.datetime.combine(today(), dt.time(9, 30), tzinfo=DESK_TIME)
        model: Any = File if what == "file" else Customer
        return db.session.scalars(select(model).where(model.site_id == self.desk.site.id).order_by(model.id)).first()


def live_registers(desk: Desk, days: int) -> Work:
    """The registers are declared, then filled day by day."""
    keeper, first = Keeper(desk), min(FIRST, float(days))
    yield first, keeper.declare
    for place, (name, key, by, said, steps) in enumerate(PLAIN):
        back = first - (place + 1) * first / (len(PLAIN) + 1)
        yield back, _writing(keeper, name, key, by, said, steps)


def _writing(keeper: Keeper, *what: Any) -> Callable[[], None]:
    return lambda: keeper.write(*what)
