"""Rounds of visits, their coverage, visits born of something else, and every step that is not allowed."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app.archive.models import Document
from app.complaints import rules as complaints
from app.complaints.models import Complaint
from app.customers import rules as customers
from app.customers.models import Tenancy
from app.demo import makers
from app.estate.models import Site, Unit
from app.estate.rules import find_site
from app.kit.columns import DESK_TIME, now, today
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import db
from app.security import audit
from app.visits import board, feed, rules
from app.visits.models import VISIT_STATES, CalendarKey, Visit, VisitPlan
from tests.conftest import SITE
from tests.standing import Made, Standing

Acting = Any
DAY = dt.timedelta(days=1)


def step(visit: Visit, name: str, by: Any = None, **said: Any) -> None:
    walk(rules.MOVES, visit, name, by=by, write=audit.write, **said)
    db.session.flush()


def let(site: Site, floor: str, number: str, **more: Any) -> Tenancy:
    """A tenant who has been in the unit for years."""
    unit = makers.make_unit(number, floor=makers.make_floor(site, floor))
    return makers.make_tenancy(unit, starts_on=dt.date(2020, 1, 1), **more)


def visits_of(plan: VisitPlan) -> list[Visit]:
    return list(db.session.scalars(select(Visit).where(Visit.plan_id == plan.id).order_by(Visit.id)))


@pytest.fixture(scope="module")
def _unit(standing: Standing) -> Made:
    return standing(lambda: let(find_site(SITE), "7F", "0701").unit)


@pytest.fixture
def unit(_unit: Made) -> Unit:
    found: Unit = _unit()
    return found


def test_a_visit_is_done_when_its_result_is_said(unit: Unit, cast: Any) -> None:
    visit = makers.make_visit(unit)
    for nothing in ("", "wonderful"):
        with pytest.raises(RuleError) as refused:
            step(visit, "finish", cast["clerk"], result=nothing)
        assert refused.value.field == "result" and visit.state == "planned"
    step(visit, "finish", cast["clerk"], result="acceptable", opinion="电梯等得久")
    assert (visit.state, visit.result, visit.opinion) == ("done", "acceptable", "电梯等得久")
    assert visit.visitor_id == cast["clerk"].id and visit.visited_at is not None
    paper = db.session.scalars(select(Document).where(Document.source == "Visit")).one()
    assert (paper.paper_class, paper.source_id, paper.reference) == ("visit", visit.id, visit.number)


def test_a_visit_typed_with_its_result_is_done_at_once(unit: Unit, cast: Any) -> None:
    visit = makers.make_visit(unit, by=cast["clerk"], result="satisfied", opinion="很好")
    assert (visit.state, visit.kind, visit.opinion) == ("done", "adhoc", "很好")


def test_amending_with_a_result_ends_the_visit_and_without_one_does_not(unit: Unit, cast: Any) -> None:
    visit = makers.make_visit(unit)
    visit.way = "meeting"
    rules.amend(visit, by=cast["clerk"])
    assert visit.state == "planned"
    visit.result = "unsatisfied"
    rules.amend(visit, by=cast["clerk"])
    assert visit.state == "done"
    with pytest.raises(RuleError):
        rules.amend(visit, by=cast["clerk"])


def test_no_visit_was_made_in_the_future(unit: Unit) -> None:
    with pytest.raises(RuleError) as refused:
        makers.make_visit(unit, visited_at=now() + DAY, result="satisfied")
    assert refused.value.field == "visited_at"


def test_nobody_met_is_counted_and_planned_again_for_today_or_later(unit: Unit, cast: Any) -> None:
    visit = makers.make_visit(unit, planned_at=now())
    step(visit, "miss", cast["clerk"], reason="无人")
    assert (visit.state, visit.misses, visit.planned_at) == ("missed", 1, None)
    for when in (None, today() - DAY):
        with pytest.raises(RuleError) as refused:
            step(visit, "replan", cast["clerk"], due_on=when)
        assert refused.value.field == "due_on"
    step(visit, "replan", cast["clerk"], due_on=today() + DAY)
    assert (visit.state, visit.due_on) == ("planned", today() + DAY)


def test_an_appointment_is_when_the_visit_is_due(unit: Unit) -> None:
    late = dt.datetime(2026, 3, 2, 23, 30, tzinfo=DESK_TIME)
    assert makers.make_visit(unit, planned_at=late).due_on == dt.date(2026, 3, 2)
    assert makers.make_visit(unit).due_on == today()


def test_a_return_visit_is_where_its_complaint_was(unit: Unit, cast: Any) -> None:
    complaint = makers.make_complaint(unit)
    visit = rules.open_visit(Visit(complaint=complaint), by=cast["clerk"])
    assert (visit.kind, visit.unit_id, visit.tenancy_id) == ("return", unit.id, complaint.tenancy_id)


def test_a_return_visit_about_a_common_part_has_a_site(site: Site, cast: Any, acting: Acting) -> None:
    with acting(cast["clerk"]):
        complaint = complaints.open_complaint(Complaint(complainant="路人", content="大堂地滑"), by=cast["clerk"])
    assert rules.plan_return(complaint).site_id == site.id


def test_planning_a_return_visit_twice_dates_it_anew(unit: Unit) -> None:
    complaint = makers.make_complaint(unit)
    first = rules.plan_return(complaint, "complaint", today() + DAY)
    step(first, "miss", reason="无人")
    again = rules.plan_return(complaint, "complaint", today() + 2 * DAY)
    assert again is first and (again.state, again.due_on) == ("planned", today() + 2 * DAY)


def test_whoever_waits_for_a_visit_is_told(unit: Unit, monkeypatch: Any) -> None:
    told: list[Visit] = []
    monkeypatch.setattr(rules, "done", [told.append])
    visit = makers.make_visit(unit)
    step(visit, "finish", result="satisfied")
    assert told == [visit]


@pytest.mark.parametrize("name", [move.name for move in rules.MOVES])
@pytest.mark.parametrize("state", VISIT_STATES)
def test_no_step_is_taken_from_a_state_that_does_not_know_it(unit: Unit, state: str, name: str) -> None:
    move = next(move for move in rules.MOVES if move.name == name)
    if state in move.source:
        return
    visit = makers.make_visit(unit)
    visit.state = state
    with pytest.raises(RuleError):
        step(visit, name)
    assert visit.state == state


def test_a_form_about_a_unit_knows_whom_to_ask_for(unit: Unit) -> None:
    tenancy = customers.live_tenancy(unit)
    assert tenancy is not None
    customers.set_contact(tenancy.customer, "daily", "林晚", "19900001234")
    told = rules.known(SimpleNamespace(unit=unit, complaint=None, repair=None))
    assert (told["person_seen"], told["phone"]) == ("林晚", "19900001234")
    complaint = makers.make_complaint(unit)
    assert rules.known(SimpleNamespace(unit=None, complaint=complaint, repair=None))["unit"] is unit


def test_cards_count_what_is_due_overdue_and_mine(unit: Unit, cast: Any, acting: Acting) -> None:
    makers.make_visit(unit, due_on=today())
    makers.make_visit(unit, due_on=today() - DAY)
    makers.make_visit(unit, due_on=today() + DAY, visitor=cast["clerk"], visitor_id=cast["clerk"].id)
    with acting(cast["clerk"]):
        counted = {(card.group, str(card.title)): card.count for card in board.cards(cast["clerk"])}
    assert [count for (group, _title), count in counted.items() if group in ("overdue", "today", "coming")] == [1, 1, 1]
    assert sum(count for (group, _title), count in counted.items() if group == "waiting") == 1
    with acting(cast["stranger"]):
        assert {card.count for card in board.cards(cast["stranger"])} == {0}


def test_the_day_tells_appointments_and_what_is_due(unit: Unit, cast: Any, acting: Acting) -> None:
    at = dt.datetime(2026, 3, 2, 10, 0, tzinfo=DESK_TIME)
    makers.make_visit(unit, planned_at=at)
    makers.make_visit(unit, due_on=dt.date(2026, 3, 2))
    makers.make_visit(unit, due_on=dt.date(2026, 3, 3))
    with acting(cast["clerk"]):
        told = [event.at for event in board.day(cast["clerk"], dt.date(2026, 3, 2))]
    assert sorted(map(str, told)) == sorted(map(str, [at.astimezone(dt.UTC), dt.date(2026, 3, 2)]))


def test_a_calendar_holds_ones_own_visits_and_no_names(unit: Unit, cast: Any) -> None:
    at = dt.datetime.combine(today(), dt.time(10), tzinfo=DESK_TIME)
    mine = {"visitor": cast["clerk"], "visitor_id": cast["clerk"].id, "person_seen": "林晚", "phone": "19900001234"}
    timed, whole = makers.make_visit(unit, planned_at=at, **mine), makers.make_visit(unit, due_on=today() + DAY, **mine)
    makers.make_visit(unit, due_on=today())
    makers.make_visit(unit, result="satisfied", **mine)
    text = feed.calendar(cast["clerk"], "en")
    book = Calendar.from_ical(text)
    events = {str(event["uid"]): event for event in book.walk("VEVENT")}
    assert set(events) == {f"visit-{timed.id}@hudang", f"visit-{whole.id}@hudang"}
    first, second = events[f"visit-{timed.id}@hudang"], events[f"visit-{whole.id}@hudang"]
    assert first["dtstart"].dt == at and str(first["summary"]) == "0701 · Ad hoc"
    assert second["dtstart"].dt == today() + DAY
    said = text.decode()
    assert "林晚" not in said and "19900001234" not in said and "瑞恒" not in said


def test_a_new_calendar_key_ends_the_one_before_and_is_kept_as_a_digest(cast: Any) -> None:
    first, second = feed.renew(cast["clerk"]), feed.renew(cast["clerk"])
    assert feed.owner(first) is None
    assert feed.owner(second).id == cast["clerk"].id  # type: ignore[union-attr]
    stored = db.session.scalars(select(CalendarKey.key_hash)).all()
    assert len(stored) == 1 and second not in stored[0] and len(stored[0]) == 64
    for nonsense in ("", "x", "x" * 200, "\ud800"):
        assert feed.owner(nonsense) is None


def test_who_may_not_log_in_has_no_calendar(cast: Any) -> None:
    token = feed.renew(cast["clerk"])
    cast["clerk"].active = False
    db.session.flush()
    assert feed.owner(token) is None


def test_nobody_calls_on_who_has_left_but_for_what_is_promised(site: Site, unit: Unit, cast: Any) -> None:
    planned = rules.open_visit(Visit(unit=unit, due_on=today() + DAY), by=cast["clerk"])
    promised = rules.plan_return(makers.make_complaint(unit))
    elsewhere = rules.open_visit(Visit(unit=makers.make_tenancy(makers.make_unit(site=site)).unit, due_on=today()))
    customers.end_tenancy(planned.tenancy, by=cast["supervisor"])
    assert [visit.state for visit in (planned, promised, elsewhere)] == ["cancelled", "planned", "planned"]


def test_a_promised_return_visit_is_made_not_cancelled(unit: Unit, cast: Any) -> None:
    complaint = makers.make_complaint(unit)
    promised = rules.plan_return(complaint)
    with pytest.raises(RuleError):
        step(promised, "cancel", reason="不想去")
    assert promised.state == "planned"
    complaint.state = "closed"
    step(promised, "cancel", reason="已结案")
    assert promised.state == "cancelled"
