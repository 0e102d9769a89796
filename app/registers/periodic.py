"""What comes again: once an entry is done, the next one is written down with its day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.kit.columns import today
from app.kit.kinds import keys_of
from app.kit.session import db
from app.registers.declaration import Body, Declaration
from app.registers.models import Entry
from app.registers.rules import adder
from app.security import audit

BOUND = ("file", "customer", "unit")


def follow(record: Entry, declared: Declaration, *, by: Any = None) -> Entry | None:
    """The next entry, due so many days from today (P2.16); None where nothing comes again, or not yet."""
    again: Body = declared.body.get("periodic", {})
    if not again or record.state != again["after"]:
        return None
    days = again["days"] if isinstance(again["days"], int) else getattr(record, again["days"])
    if not days:
        return None
    following = type(record)(site_id=record.site_id, site=record.site)
    for name in [*BOUND, *again.get("carry", [])]:
        _carry(record, following, name)
    setattr(following, again["due"], today() + dt.timedelta(days=int(days)))
    with db.session.no_autoflush:
        adder(declared, frozenset())(following, by=by)
    db.session.add(following)
    db.session.flush()
    audit.write("add", following, {"before": record.id}, by=by)
    return following


def _carry(record: Entry, following: Entry, name: str) -> None:
    """A field goes along, with the key behind it where it names a record."""
    setattr(following, name, getattr(record, name))
    for key in keys_of(type(record), name):
        setattr(following, key, getattr(record, key))
