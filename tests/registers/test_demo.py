"""The made-up house's registers: every shipped one has entries, all by its own rules."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from sqlalchemy import select

from app.demo import makers, register_texts, registers
from app.demo.desk import Desk
from app.demo.timeline import Timeline
from app.kit.columns import now
from app.kit.session import db
from app.registers import shipping
from app.registers.models import Entry


def test_every_shipped_register_has_two_entries_at_least(site: Any, cast: Any) -> None:
    makers.make_file(makers.make_unit(site=site))
    desk = Desk(site, cast, [], random.Random(1), Timeline(now()))
    for _back, act in registers.live_registers(desk, 30):
        act()
    count = Counter(db.session.scalars(select(Entry.register_key)))
    assert set(count) == {path.stem for path in shipping.shipped()} and min(count.values()) >= 2
    assert sum(count.values()) == len(register_texts.PLAIN) + 1  # an inspection was followed by the next
