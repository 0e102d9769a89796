"""Moving in and out: checklists, keys and meters; nobody leaves while anything stands in the way."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select

from app.archive import rules as archive
from app.archive.models import Document, File
from app.arrears.models import Due, Violation
from app.customers.models import Tenancy
from app.demo import makers
from app.estate.rules import find_site
from app.kit.columns import today
from app.kit.errors import RuleError, StaleError
from app.kit.moves import walk
from app.kit.session import AppendOnlyError, db
from app.moving import checklists, keys, meters, rules
from app.moving.models import MOVING_STATES, HeldKey, Moving, MovingItem
from app.moving.rules import Answer
from app.repairs.models import Repair
from app.security import audit
from tests.conftest import SITE
from tests.standing import Made, Standing


@pytest.fixture(scope="module")
def _tenancy(standing: Standing) -> Made:
    return standing(lambda: makers.make_tenancy(makers.make_unit("0512", site=find_site(SITE))))


@pytest.fixture
def tenancy(_tenancy: Made) -> Tenancy:
    found: Tenancy = _tenancy()
    return found


def step(moving: Moving, name: str, by: Any = None, **said: Any) -> None:
    walk(rules.MOVES, moving, name, by=by, write=audit.write, **said)
    db.session.flush()


def answer(item: MovingItem, **said: Any) -> Answer:
    usual = {"is_done": True, "quantity": None, "reading": "", "remark": "", "version": item.version}
    return Answer(**{**usual, **said})


def move_in_of(tenancy: Tenancy) -> Moving:
    found = rules.live_moving(tenancy, "in")
    assert found is not None
    return found


def test_a_tenancy_that_begins_opens_its_checklist(tenancy: Tenancy) -> None:
    moving = move_in_of(tenancy)
    assert moving.number.startswith("RZ-") and moving.state == "open"
    assert [item.key for item in moving.items] == [line["key"] for line in checklists.shipped()["in"]]
    assert {item.section for item in moving.items} >= {"papers", "deposits", "keys", "meters", "cards", "condition"}


def test_a_lease_long_under_way_opens_none(site: Any) -> None:
    old = makers.make_tenancy(makers.make_unit(site=site), starts_on=today() - dt.timedelta(days=400))
    assert rules.live_moving(old, "in") is None


def test_each_kind_of_move_is_in_hand_once(tenancy: Tenancy) -> None:
    makers.make_moving(tenancy)
    with pytest.raises(RuleError):
        rules.open_moving(Moving(unit=tenancy.unit, kind="out"))
    with pytest.raises(RuleError):
        rules.open_moving(Moving(unit=tenancy.unit, kind="in"))


def test_a_vacant_unit_has_nobody_to_move(site: Any) -> None:
    with pytest.raises(RuleError) as refused:
        rules.open_moving(Moving(unit=makers.make_unit(site=site), kind="out"))
    assert refused.value.field == "unit"


def test_ticking_keeps_who_and_when(tenancy: Tenancy, cast: Any) -> None:
    moving = move_in_of(tenancy)
    first = moving.items[0]
    assert rules.tick(moving, {first.id: answer(first, remark="正本一份")}, by=cast["clerk"]) == 1
    assert (first.is_done, first.done_by_id, first.done_on, first.remark) == (
        True, cast["clerk"].id, today(), "正本一份",
    )  # fmt: skip
    assert rules.tick(moving, {first.id: answer(first, remark="正本一份")}, by=cast["clerk"]) == 0
    rules.tick(moving, {first.id: answer(first, is_done=False)}, by=cast["clerk"])
    assert (first.is_done, first.done_by_id, first.done_on) == (False, None, None)


def test_a_meters_line_needs_its_reading(tenancy: Tenancy) -> None:
    moving = move_in_of(tenancy)
    meter = next(item for item in moving.items if item.section == "meters")
    with pytest.raises(RuleError):
        rules.tick(moving, {meter.id: answer(meter)})
    rules.tick(moving, {meter.id: answer(meter, reading="1204.5")})
    assert meter.reading == "1204.5"


def test_two_desks_do_not_overwrite_each_other(tenancy: Tenancy) -> None:
    moving = move_in_of(tenancy)
    item = moving.items[0]
    seen = item.version
    rules.tick(moving, {item.id: answer(item, remark="甲")})
    with pytest.raises(StaleError):
        rules.tick(moving, {item.id: answer(item, remark="乙", version=seen)})
    assert item.remark == "甲"


def test_a_line_can_be_added_while_the_move_is_in_hand(tenancy: Tenancy) -> None:
    moving = makers.make_moving(tenancy)
    line = rules.add_item(MovingItem(moving=moving, section="other", title="鱼缸搬走"))
    assert line.position == len(checklists.shipped()["out"]) + 1
    assert checklists.said(line) == "鱼缸搬走"
    step(moving, "cancel", reason="续租")
    with pytest.raises(RuleError):
        rules.add_item(MovingItem(moving=moving, section="other", title="迟了"))


# --- keys ---


def test_what_is_out_is_the_sum_of_lines(tenancy: Tenancy) -> None:
    keys.book(tenancy, "key", 4, to_whom="林晚")
    keys.book(tenancy, "card", 10)
    keys.book(tenancy, "key", -1)
    assert keys.held(tenancy) == {"key": 3, "card": 10}
    assert sum(line.quantity for line in keys.lines_of(tenancy) if line.kind == "key") == 3


def test_more_than_is_out_never_comes_back(tenancy: Tenancy) -> None:
    keys.book(tenancy, "key", 2)
    with pytest.raises(RuleError):
        keys.book(tenancy, "key", -3)
    with pytest.raises(RuleError):
        keys.add_line(HeldKey(tenancy=tenancy, kind="card", way="back", quantity=1))
    with pytest.raises(RuleError):
        keys.add_line(HeldKey(tenancy=tenancy, kind="card", way="out", quantity=0))


def test_a_line_of_keys_is_never_changed(tenancy: Tenancy) -> None:
    line = keys.book(tenancy, "key", 2)
    line.quantity = 1
    with pytest.raises(AppendOnlyError):
        db.session.flush()
    db.session.rollback()


def test_the_checklist_books_the_keys_it_hands_over_once(tenancy: Tenancy, cast: Any) -> None:
    moving = move_in_of(tenancy)
    tick_all(moving, door_key=4, card=12)
    step(moving, "check", cast["clerk"])
    assert keys.held(tenancy) == {"key": 4, "card": 12}
    step(moving, "reopen", cast["clerk"])
    door = next(item for item in moving.items if item.key == "door_key")
    rules.tick(moving, {door.id: answer(door, quantity=5)})
    step(moving, "check", cast["clerk"])
    assert keys.held(tenancy) == {"key": 5, "card": 12}


def tick_all(moving: Moving, **quantities: int) -> None:
    rules.tick(
        moving,
        {
            item.id: answer(item, reading="100" if item.section == "meters" else "", quantity=quantities.get(item.key))
            for item in moving.items
        },
    )


# --- meters ---


def test_readings_stand_side_by_side(tenancy: Tenancy) -> None:
    for kind, reading in (("in", "1204.5"), ("out", "8,630")):
        moving = makers.make_moving(tenancy, kind)
        meter = next(item for item in moving.items if item.key == "electricity")
        rules.tick(moving, {meter.id: answer(meter, reading=reading)})
    [first, *_others] = meters.of_tenancy(tenancy.id)
    assert (first.words["en"], first.at_in, first.at_out, first.used) == (
        "Electricity meter", "1204.5", "8,630", "7425.5",
    )  # fmt: skip
    assert meters.Meter({}, "坏", "8").used == ""


# --- checking ---


def test_a_move_out_is_checked_by_three_departments_with_the_authority(tenancy: Tenancy) -> None:
    moving = makers.make_moving(tenancy, is_authorised=False)
    with pytest.raises(RuleError):  # nothing is ticked
        step(moving, "check")
    tick_all(moving)
    with pytest.raises(RuleError) as refused:
        step(moving, "check")
    assert refused.value.field == "is_authorised"
    moving.is_authorised = True
    for name in rules.DEPARTMENTS:
        with pytest.raises(RuleError) as refused:
            step(moving, "check")
        assert refused.value.field == f"{name}_by"
        setattr(moving, f"{name}_by", "王敏")
    rules.amend(moving)
    assert moving.property_on == moving.security_on == today()
    step(moving, "check")
    assert moving.state == "checked"
    with pytest.raises(RuleError):
        rules.amend(moving)


def test_notice_of_less_than_15_days_is_short(tenancy: Tenancy) -> None:
    moving = makers.make_moving(tenancy, planned_on=today() + dt.timedelta(days=15), notice_given_on=today())
    assert not rules.notice_is_short(moving)
    moving.planned_on = today() + dt.timedelta(days=14)
    assert rules.notice_is_short(moving)
    with pytest.raises(RuleError):
        moving.planned_on = today() - dt.timedelta(days=1)
        rules.check_dates(moving)


# --- leaving ---


def reasons(tenancy: Tenancy) -> list[str]:
    return [str(reason) for reason in archive.in_the_way(tenancy)]


def test_everything_in_the_way_is_named_and_refuses(tenancy: Tenancy, cast: Any) -> None:
    keys.book(tenancy, "key", 2)
    makers.make_due(tenancy, due_on=today() - dt.timedelta(days=40))
    makers.make_violation(tenancy)
    makers.make_repair(tenancy.unit)
    moving = makers.make_moving(tenancy, checked=True)
    assert len(reasons(tenancy)) == 4
    ways = [
        lambda: keys.book(tenancy, "key", -2),
        lambda: settle(Due, "settled"),
        lambda: settle(Violation, "closed"),
        lambda: settle(Repair, "closed"),
    ]
    for left, clear in enumerate(ways):
        with pytest.raises(RuleError):
            step(moving, "close", cast["supervisor"])
        assert len(reasons(tenancy)) == 4 - left
        clear()
        db.session.flush()
    assert reasons(tenancy) == []
    step(moving, "close", cast["supervisor"])
    assert tenancy.state == "ended"


def settle(model: Any, state: str) -> None:
    for record in db.session.scalars(select(model)):
        record.state = state


def test_a_move_out_closes_the_file_and_the_unit_has_a_new_one(tenancy: Tenancy, cast: Any) -> None:
    moving = makers.make_moving(tenancy, checked=True)
    step(moving, "close", cast["supervisor"])
    old, new = db.session.scalars(select(File).where(File.unit_id == tenancy.unit_id).order_by(File.id))
    assert (old.state, old.tenancy_id, old.closed_on, new.state, new.tenancy_id) == (
        "closed", tenancy.id, today(), "open", None,
    )  # fmt: skip
    paper = db.session.scalars(select(Document).where(Document.source == "Moving")).one()
    assert (paper.file_id, paper.source_id, paper.reference) == (old.id, moving.id, moving.number)
    assert (moving.closed_on, moving.closed_by_id) == (today(), cast["supervisor"].id)
    assert tenancy.moved_out_on == today()


def test_no_file_is_closed_before_its_move_out_is_checked(tenancy: Tenancy, cast: Any) -> None:
    file = makers.make_file(tenancy=tenancy)
    with pytest.raises(RuleError):
        archive.close(file)
    moving = makers.make_moving(tenancy)
    with pytest.raises(RuleError):
        archive.close(file)
    assert file.state == "open"
    makers.make_moving(tenancy, checked=True)
    walk(archive.MOVES, file, "close", by=cast["supervisor"], write=audit.write)
    step(moving, "close", cast["supervisor"])  # from the file's page, the move only follows
    assert db.session.scalar(select(func.count(File.id)).where(File.unit_id == tenancy.unit_id)) == 2


def test_a_move_in_is_filed_and_disturbs_nothing(tenancy: Tenancy, cast: Any) -> None:
    moving = makers.make_moving(tenancy, "in", checked=True)
    step(moving, "close", cast["supervisor"])
    paper = db.session.scalars(select(Document).where(Document.source == "Moving")).one()
    assert paper.paper_class == "move_in"
    assert (tenancy.state, archive.live_file(tenancy.unit).tenancy_id) == ("live", tenancy.id)  # type: ignore[union-attr]


@pytest.mark.parametrize("state", MOVING_STATES)
@pytest.mark.parametrize("name", [move.name for move in rules.MOVES])
def test_no_step_is_taken_from_a_state_it_does_not_begin_in(tenancy: Tenancy, state: str, name: str) -> None:
    moving = makers.make_moving(tenancy)
    moving.state = state
    allowed = next(move.source for move in rules.MOVES if move.name == name)
    if state not in allowed:
        with pytest.raises(RuleError):
            step(moving, name)
        assert moving.state == state
