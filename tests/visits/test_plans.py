"""Rounds of visits: who is on them, who joins, and how far they have come."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.customers.models import Tenancy
from app.demo import makers
from app.estate.models import Site
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import db
from app.security import audit
from app.visits import grid, plans
from app.visits.models import Visit
from tests.visits.test_rules import DAY, let, step, visits_of

Acting = Any


@pytest.fixture
def house(site: Site) -> dict[str, Tenancy]:
    """Two floors: 0501 and 0502 let, 0503 vacant, 0601 let."""
    tenants = {number: let(site, f"{number[1]}F", number) for number in ("0501", "0502", "0601")}
    makers.make_unit("0503", floor=tenants["0501"].unit.floor)
    return tenants


def test_a_plan_plans_one_visit_for_each_tenant(site: Site, house: Any, cast: Any) -> None:
    plan = makers.make_visit_plan(site, by=cast["supervisor"])
    assert [visit.unit.number for visit in visits_of(plan)] == ["0501", "0502", "0601"]
    assert {(visit.kind, visit.due_on, visit.state) for visit in visits_of(plan)} == {
        ("quarterly", plan.until_on, "planned")
    }


def test_filling_a_plan_again_adds_nobody_twice(site: Site, house: Any) -> None:
    plan = makers.make_visit_plan(site)
    assert plans.fill(plan) == 0
    assert len(visits_of(plan)) == 3


def test_a_plan_of_some_floors_leaves_the_others_alone(site: Site, house: Any) -> None:
    plan = makers.make_visit_plan(site, floors="6F、 6F")
    assert [visit.unit.number for visit in visits_of(plan)] == ["0601"]
    assert plan.floors == "6F"
    with pytest.raises(RuleError) as refused:
        makers.make_visit_plan(site, floors="6F 99F")
    assert refused.value.field == "floors" and "99F" in str(refused.value.message)


def test_a_plan_does_not_end_before_it_begins(site: Site) -> None:
    with pytest.raises(RuleError) as refused:
        makers.make_visit_plan(site, until_on=today() - DAY)
    assert refused.value.field == "until_on"


def test_a_plan_for_new_tenants_asks_only_those_who_are_new(site: Site, house: Any) -> None:
    new = makers.make_tenancy(makers.make_unit("0602", site=site), starts_on=today() - 5 * DAY)
    for visit in db.session.scalars(select(Visit).where(Visit.tenancy_id == new.id)):
        db.session.delete(visit)
    plan = makers.make_visit_plan(site, kind="new_tenant")
    assert [(visit.unit.number, visit.due_on) for visit in visits_of(plan)] == [("0602", today() + 25 * DAY)]


def test_a_new_tenant_is_visited_within_a_month(site: Site) -> None:
    tenancy = makers.make_tenancy(makers.make_unit(site=site), starts_on=today())
    visit = db.session.scalars(select(Visit).where(Visit.tenancy_id == tenancy.id)).one()
    assert (visit.kind, visit.due_on, visit.plan_id) == ("new_tenant", today() + 30 * DAY, None)


def test_a_new_tenant_joins_the_rounds_that_are_under_way(site: Site, house: Any) -> None:
    here, elsewhere = makers.make_visit_plan(site, floors="5F"), makers.make_visit_plan(site, floors="6F")
    welcome = makers.make_visit_plan(site, "新户", kind="new_tenant")
    ended = makers.make_visit_plan(site, from_on=today() - 9 * DAY, until_on=today() - DAY)
    tenancy = makers.make_tenancy(makers.make_unit("0509", floor=house["0501"].unit.floor))
    joined = db.session.scalars(select(Visit.plan_id).where(Visit.tenancy_id == tenancy.id)).all()
    assert sorted(joined) == sorted([here.id, welcome.id])
    assert elsewhere.id not in joined and ended.id not in joined


def test_who_was_there_before_and_is_written_down_late_is_not_new(site: Site) -> None:
    tenancy = makers.make_tenancy(makers.make_unit(site=site), starts_on=today() - 31 * DAY)
    assert db.session.scalar(select(Visit).where(Visit.tenancy_id == tenancy.id)) is None


def test_coverage_counts_visits_that_were_made(site: Site, house: Any, cast: Any, acting: Acting) -> None:
    plan = makers.make_visit_plan(site)
    first, second, third = visits_of(plan)
    step(first, "finish", cast["clerk"], result="satisfied")
    step(second, "miss", cast["clerk"], reason="出差")
    third.due_on = today() - DAY
    db.session.flush()
    drawn = grid.build(plan)
    assert (drawn.visited, drawn.asked, drawn.coverage) == (1, 3, 33)
    ((_building, storeys),) = drawn.blocks
    assert [(storey.floor.name, storey.visited, storey.asked) for storey in storeys] == [("6F", 0, 1), ("5F", 1, 2)]
    states = {square.unit.number: square.state for storey in storeys for square in storey.squares}
    assert states == {"0501": "visited", "0502": "missed", "0503": "vacant", "0601": "overdue"}


def test_nothing_to_visit_is_all_visited(site: Site) -> None:
    assert grid.build(makers.make_visit_plan(site)).coverage == 100


def test_closing_a_plan_does_not_raise_its_coverage(site: Site, house: Any, cast: Any) -> None:
    plan = makers.make_visit_plan(site)
    step(visits_of(plan)[0], "finish", cast["clerk"], result="satisfied")
    walk(plans.MOVES, plan, "close", by=cast["supervisor"], write=audit.write)
    db.session.flush()
    assert [visit.state for visit in visits_of(plan)] == ["done", "cancelled", "cancelled"]
    assert grid.build(plan).coverage == 33
    with pytest.raises(RuleError):
        walk(plans.MOVES, plan, "fill", by=cast["supervisor"], write=audit.write)
    with pytest.raises(RuleError):
        plans.amend(plan)
