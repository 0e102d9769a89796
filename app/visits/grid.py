"""A round of visits drawn as a stacking plan: floor by floor, unit by unit, and how many were visited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.customers.models import Tenancy
from app.estate.models import Building, Floor, Unit
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.session import db
from app.security import gate
from app.visits.models import Visit, VisitPlan
from app.visits.plans import floors_of

# a cell's state: (its word, its colour)
CELLS: dict[str, tuple[Any, str]] = {
    "visited": (_l("Visited"), "good"),
    "planned": (_l("Planned"), "warn"),
    "overdue": (_l("Overdue"), "bad"),
    "missed": (_l("Nobody met"), "bad"),
    "left_out": (_l("Not visited"), "bad"),
    "none": (_l("No visit planned"), ""),
    "vacant": (_l("Vacant"), "quiet"),
}


@dataclass
class Square:
    """A unit: who is in it, and what came of the visit."""

    unit: Unit
    state: str
    tenant: str = ""
    visit: Visit | None = None

    @property
    def word(self) -> Any:
        return CELLS[self.state][0]

    @property
    def tone(self) -> str:
        return CELLS[self.state][1]


@dataclass
class Storey:
    """A floor with its units, in the order of their numbers."""

    floor: Floor
    squares: list[Square] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return sum(square.visit is not None for square in self.squares)

    @property
    def visited(self) -> int:
        return sum(square.state == "visited" for square in self.squares)


@dataclass
class Grid:
    """The whole plan, highest floor first; `coverage` in whole per cent, 100 when nobody is to be visited."""

    plan: VisitPlan
    blocks: list[tuple[Building, list[Storey]]]

    @property
    def asked(self) -> int:
        return sum(storey.asked for _building, storeys in self.blocks for storey in storeys)

    @property
    def visited(self) -> int:
        return sum(storey.visited for _building, storeys in self.blocks for storey in storeys)

    @property
    def coverage(self) -> int:
        return 100 * self.visited // self.asked if self.asked else 100


def build(plan: VisitPlan) -> Grid:
    """In three statements, however large the house."""
    tenants, visits = _tenants(plan), _visits(plan)
    blocks: dict[int, tuple[Building, dict[int, Storey]]] = {}
    for unit in _units(plan):
        _building, storeys = blocks.setdefault(unit.building_id, (unit.building, {}))
        storey = storeys.setdefault(unit.floor_id, Storey(unit.floor))
        storey.squares.append(_square(unit, tenants.get(unit.id), visits, today()))
    return Grid(plan, [(building, list(storeys.values())) for building, storeys in blocks.values()])


def _units(plan: VisitPlan) -> Iterator[Unit]:
    query = (
        select(Unit)
        .join(Floor, Unit.floor_id == Floor.id)
        .join(Building, Unit.building_id == Building.id)
        .where(Unit.site_id == plan.site_id)
        .options(joinedload(Unit.floor), joinedload(Unit.building))
        .order_by(Building.name, Floor.level.desc(), Floor.name.desc(), Unit.number)
    )
    if floors := floors_of(plan):
        query = query.where(Floor.name.in_(floors))
    yield from db.session.scalars(query)


def _tenants(plan: VisitPlan) -> dict[int, Tenancy]:
    live = select(Tenancy).where(Tenancy.site_id == plan.site_id, Tenancy.state == "live")
    return {one.unit_id: one for one in db.session.scalars(live.options(joinedload(Tenancy.customer)))}


def _visits(plan: VisitPlan) -> dict[int, Visit]:
    """The plan's visits by tenancy; of several the one that was made, else the newest."""
    theirs = select(Visit).where(Visit.plan_id == plan.id, Visit.tenancy_id.is_not(None)).order_by(Visit.id)
    found: dict[int, Visit] = {}
    for visit in db.session.scalars(theirs):
        before = found.get(visit.tenancy_id or 0)
        if before is None or before.state != "done":
            found[visit.tenancy_id or 0] = visit
    return found


def _square(unit: Unit, tenancy: Tenancy | None, visits: dict[int, Visit], day: dt.date) -> Square:
    if tenancy is None:
        return Square(unit, "vacant")
    visit = visits.get(tenancy.id)
    return Square(unit, state_of(visit, day), tenancy.customer.name, visit)


def state_of(visit: Visit | None, day: dt.date) -> str:
    """What a cell says of a visit on that day."""
    if visit is None:
        return "none"
    if visit.state == "planned":
        return "overdue" if visit.due_on < day else "planned"
    return {"done": "visited", "missed": "missed"}.get(visit.state, "left_out")


def plans() -> list[VisitPlan]:
    """The rounds of the reader's sites: those under way first, then the newest."""
    query = gate.scope(select(VisitPlan), VisitPlan).order_by(VisitPlan.state.desc(), VisitPlan.id.desc())
    return list(db.session.scalars(query.limit(50)))
