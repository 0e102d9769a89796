"""A roster opens the files 户档 of the units that are let; it has no column of its own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy import inspect as sa_inspect

from app.archive import opening, rules, schemes
from app.archive.models import LIVE_STATES, File, Scheme
from app.archive.sealing import is_shut
from app.customers.models import Tenancy
from app.estate.models import Floor, Place, Site, Unit
from app.estate.rules import cabinet_code, new_cabinet
from app.exchange.fields import VACANT, Field, Row
from app.kit import fresh
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db

PLACE = 30
FIELDS: list[Field] = []


@dataclass
class Known:
    """The site's live files by unit, how many files each unit ever had, and the floors' cabinets."""

    scheme: Scheme | None = None
    files: dict[int, File] = field(default_factory=dict)
    counts: Counter[int] = field(default_factory=Counter)
    places: dict[str, Place] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)


def before(site: Site, *, by: Any = None) -> None:
    """Load the shipped schemes where the home scheme is missing."""
    try:
        schemes.current(rules.HOME_SCHEME)
    except RuleError:
        for path in schemes.shipped():
            schemes.load(path, by=by)


def prepare(site: Site | None) -> Known:
    known = Known()
    if site is None:
        return known
    live = select(File).where(File.site_id == site.id, File.subject == "unit", File.state.in_(LIVE_STATES))
    for file in db.session.scalars(live):
        known.files[file.unit_id] = file
    counted = select(File.unit_id, func.count(File.id)).where(File.site_id == site.id).group_by(File.unit_id)
    for place in db.session.scalars(select(Place).where(Place.site_id == site.id, Place.kind == "cabinet")):
        known.places[place.code] = place
    for unit_id, number in db.session.execute(counted):
        known.counts[unit_id] = number
    return known


def tell(knowns: dict[str, Any], site: Site | None) -> None:
    """Which customers and tenancies are sealed: the rooms below must not compare what a filed file seals."""
    if site is None:
        return
    sealed = func.sum(case((is_shut(), 1), else_=0))
    whole = (
        select(File.customer_id)
        .where(File.site_id == site.id, File.customer_id.is_not(None))
        .group_by(File.customer_id)
        .having(func.count(File.id) == sealed)
    )
    tenancies = select(File.tenancy_id).where(File.site_id == site.id, is_shut())
    knowns["customers"].sealed_customers = set(db.session.scalars(whole))
    knowns["customers"].sealed_tenancies = set(db.session.scalars(tenancies.where(File.tenancy_id.is_not(None))))


def forget(known: Known) -> None:
    """After a rolled back savepoint: drop what was made in it."""
    for code in known.made:
        del known.places[code]
    known.made.clear()


def release(known: Known) -> None:
    """After a batch: what was made in it stays."""
    known.made.clear()


def plan(row: Row, known: Known) -> None:
    """A unit that is let has a live file of that tenancy."""
    if row.state == VACANT or row.is_wrong:
        return
    unit: Unit | None = row.plan.get("unit")
    tenancy: Tenancy | None = row.plan.get("tenancy")
    file = known.files.get(unit.id) if unit is not None else None
    row.plan["file"] = file
    if file is not None and file.tenancy_id is not None and (tenancy is None or file.tenancy_id != tenancy.id):
        row.wrong(_l("The unit's file still belongs to the tenant before: close that file first."))
    elif tenancy is not None and (file is None or file.tenancy_id is None):
        row.change(_l("File"), "", _l("opened"))


def apply(row: Row, known: Known, *, by: Any = None) -> None:
    """Open the file, or name the tenant in the empty one that waits in the unit."""
    if row.state == VACANT:
        return
    tenancy: Tenancy = row.plan["tenancy"]
    file: File | None = row.plan["file"]
    if file is None:
        _open(row, tenancy, known, by)
    elif file.tenancy_id is None:
        rules.name_tenant(file, fresh.kept(tenancy))
        row.note("take_in", file, {"number": file.number})


def _open(row: Row, tenancy: Tenancy, known: Known, by: Any) -> None:
    """What `rules.open_file` does, without asking the database once a row."""
    unit = tenancy.unit
    if known.scheme is None or not sa_inspect(known.scheme).persistent:
        known.scheme = schemes.current(rules.HOME_SCHEME)
    number = rules.file_number(unit, known.scheme, known.counts[unit.id])
    file = opening.of_unit(unit, known.scheme, number, _place(unit.floor, known), by=by, make=fresh.new)
    rules.name_tenant(file, tenancy)
    row.note("open_file", file, {"number": file.number})


def _place(floor: Floor, known: Known) -> Place:
    """The floor's customer cabinet (P10.01)."""
    code = cabinet_code(floor)
    if code not in known.places:
        known.places[code] = new_cabinet(floor, make=fresh.new)
        known.made.append(code)
    return known.places[code]
