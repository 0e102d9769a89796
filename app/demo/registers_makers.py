"""Makers of registers' entries for tests and the demo: as the form would store them, by the register's own rules."""

from __future__ import annotations

from typing import Any

from app.estate.models import Site
from app.kit.moves import walk
from app.kit.session import db
from app.registers import known, shipping
from app.registers.models import Entry
from app.registers.rules import adder
from app.registers.steps import moves_of, put
from app.security import audit


def make_registers() -> None:
    """The registers that come with the console."""
    for path in shipping.shipped():
        shipping.load(path)


def make_entry(key: str, site: Site, by: Any = None, **fields: Any) -> Entry:
    """An entry of a register at a site."""
    register = known.all_of_them()[key]
    entry = register.model(site=site, created_by_id=getattr(by, "id", None))
    for name, value in fields.items():
        put(entry, name, value)
    with db.session.no_autoflush:
        adder(register.declared, register.schemes)(entry, by=by)
    db.session.add(entry)
    db.session.flush()
    audit.write("add", entry, {"columns": sorted(fields)}, by=by)
    return entry


def take_step(entry: Entry, name: str, by: Any, **said: Any) -> Entry:
    """A step of the register's own."""
    walk(moves_of(known.of(entry).declared), entry, name, by=by, write=audit.write, **said)
    db.session.flush()
    return entry
