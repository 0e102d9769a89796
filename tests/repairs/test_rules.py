"""Repairs: their way, their clock, their return visits, their costs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from app.archive.models import Document, File
from app.arrears.models import Due
from app.demo import makers
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import AppendOnlyError, db
from app.repairs import costs, kinds, rules
from app.repairs.models import PENDING, REPAIR_STATES, Repair, RepairCost, RepairStep
from app.security import audit
from app.visits.models import Visit
from tests.repairs.conftest import ACCEPTED, DONE, RATED, WORDS, Step

HOUR = dt.timedelta(hours=1)


def cost(repair: Repair, cents: int = 1000, **more: Any) -> RepairCost:
    return costs.add_cost(RepairCost(repair=repair, **{"what": "灯管", "price_cents": cents, **more}))


def test_a_repair_is_numbered_and_promised_when_it_is_written_down(repair: Repair) -> None:
    assert repair.number == f"WX-{repair.reported_at.astimezone(dt.UTC).year}-00001"
    assert repair.due_at - repair.reported_at == 8 * HOUR
    assert (repair.state, repair.tenancy_id is not None) == ("open", True)
    assert [line.act for line in repair.steps] == ["report"]


def test_an_appointment_later_than_the_report_is_where_the_promise_begins(file: File) -> None:
    soon = rules.now() + 48 * HOUR
    assert makers.make_repair(file.unit, appointment_at=soon).due_at == soon + 8 * HOUR


def test_every_forbidden_step_is_refused(repair: Repair, cast: Any) -> None:
    tried = 0
    for state in REPAIR_STATES:
        for move in rules.MOVES:
            if state in move.source:
                continue
            repair.state = state
            with pytest.raises(RuleError):
                walk(rules.MOVES, repair, move.name, by=cast["manager"], write=audit.write, **WORDS.get(move.name, {}))
            assert repair.state == state
            tried += 1
    assert tried == len(REPAIR_STATES) * len(rules.MOVES) - sum(len(move.source) for move in rules.MOVES)


@pytest.mark.parametrize("end", ["closed", "dropped"])
def test_what_is_over_takes_no_step_no_cost_and_no_change(repair: Repair, end: str) -> None:
    assert not [move.name for move in rules.MOVES if end in move.source]
    repair.state = end
    for act in (lambda: cost(repair), lambda: rules.amend(repair)):
        with pytest.raises(RuleError):
            act()


def test_the_clock_runs_only_while_the_work_waits(repair: Repair) -> None:
    for state in REPAIR_STATES:
        repair.state = state
        assert repair.is_pending == (state in PENDING)
        assert (repair.clock in ("late", "soon", "running")) == (state in PENDING)


def test_the_clock_warns_before_it_is_late(repair: Repair, clock: Any) -> None:
    assert repair.clock == "running"
    clock(dt.timedelta(hours=6, minutes=1))
    assert repair.clock == "soon"
    clock(2 * HOUR)
    assert repair.clock == "late"


def test_a_pause_moves_the_promise_by_as_much(repair: Repair, step: Step, clock: Any) -> None:
    step(repair, *ACCEPTED)
    before = repair.due_at
    step(repair, "pause")
    clock(3 * HOUR)
    assert repair.clock == "still"
    step(repair, "resume")
    assert abs(repair.due_at - before - 3 * HOUR) <= dt.timedelta(minutes=1)
    assert repair.paused_minutes in (180, 181) and repair.paused_at is None
    step(repair, "pause")
    clock(HOUR)
    step(repair, "resume")
    assert 240 <= repair.paused_minutes <= 242


def test_a_kind_changed_later_keeps_what_was_paused(repair: Repair, step: Step, clock: Any) -> None:
    step(repair, *ACCEPTED, "pause")
    clock(2 * HOUR)
    step(repair, "resume")
    repair.kind = makers.make_repair_kind("电梯")
    rules.amend(repair)
    assert repair.due_at == repair.reported_at + 2 * HOUR + dt.timedelta(minutes=repair.paused_minutes)


def test_thirty_of_a_hundred_repairs_are_asked_about_and_every_leak(file: File) -> None:
    for name, wanted in (("电气照明", 30), ("给排水/漏水", 100)):
        kind = makers.make_repair_kind(name)
        asked = [kinds.is_asked_about(Repair(site_id=file.site_id, kind=kind, kind_id=kind.id)) for _ in range(100)]
        assert sum(asked) == wanted
        assert all(sum(asked[at : at + 10]) == wanted // 10 for at in range(0, 100, 10))


def test_a_share_of_nothing_asks_nobody(file: File) -> None:
    kind = makers.make_repair_kind()
    kind.visit_share = 0
    draft = Repair(site_id=file.site_id, kind=kind, kind_id=kind.id)
    assert not any(kinds.is_asked_about(draft) for _ in range(20))


def test_a_leak_is_not_closed_before_its_return_visit(file: File, step: Step, cast: Any) -> None:
    repair = makers.make_repair(file.unit, kind=makers.make_repair_kind("给排水/漏水"))
    step(repair, *RATED)
    assert repair.needs_visit
    with pytest.raises(RuleError):
        step(repair, "close")
    visit = db.session.scalars(select(Visit).where(Visit.repair_id == repair.id)).one()
    assert (visit.kind, visit.phone, visit.state) == ("return", repair.phone, "planned")
    from app.visits.rules import MOVES

    walk(MOVES, visit, "finish", by=cast["clerk"], write=audit.write, result="satisfied", opinion="很好")
    assert repair.visited_at is not None
    step(repair, "close")
    assert repair.state == "closed"


def test_a_repair_is_finished_and_counted_once(repair: Repair, step: Step) -> None:
    step(repair, *DONE)
    done = repair.done_at
    with pytest.raises(RuleError):
        step(repair, "finish")
    assert repair.done_at == done
    assert [line.act for line in repair.steps].count("finish") == 1


def test_only_its_technician_works_on_it(repair: Repair, step: Step, colleague: Any) -> None:
    step(repair, "dispatch")
    for name in ("accept", "refuse", "pass_on"):
        with pytest.raises(RuleError):
            walk(rules.MOVES, repair, name, by=colleague, write=audit.write, **WORDS.get(name, {}))
    step(repair, "accept")
    for name in ("finish", "pause"):
        with pytest.raises(RuleError):
            walk(rules.MOVES, repair, name, by=colleague, write=audit.write, **WORDS[name])
    assert repair.state == "accepted"


def test_nobody_is_sent_who_is_no_technician_of_the_site(repair: Repair, step: Step, cast: Any, colleague: Any) -> None:
    from app.estate.models import SiteUser

    db.session.query(SiteUser).filter_by(user_id=colleague.id).delete()
    for nobody in (None, cast["clerk"], cast["stranger"], colleague):
        with pytest.raises(RuleError):
            step(repair, "dispatch", assignee=nobody)
    assert (repair.state, repair.assignee_id) == ("open", None)


def test_a_repair_sent_back_is_nobodys(repair: Repair, step: Step) -> None:
    step(repair, *ACCEPTED, "refuse")
    assert (repair.state, repair.assignee_id, repair.accepted_at) == ("open", None, None)
    assert repair.steps[-1].opinion == "缺件"


def test_a_repair_passed_on_has_to_be_accepted_again(repair: Repair, step: Step, cast: Any, colleague: Any) -> None:
    step(repair, *ACCEPTED)
    with pytest.raises(RuleError):
        step(repair, "pass_on", assignee=cast["technician"])
    step(repair, "pass_on", assignee=colleague)
    assert (repair.state, repair.assignee_id) == ("dispatched", colleague.id)
    step(repair, "pass_on", assignee=cast["technician"], by="supervisor")
    assert repair.assignee_id == cast["technician"].id


@pytest.mark.parametrize("name", ["refuse", "pause", "drop", "pass_on"])
def test_these_steps_say_why(repair: Repair, step: Step, colleague: Any, name: str) -> None:
    step(repair, *ACCEPTED)
    more = {"assignee": colleague} if name == "pass_on" else {}
    with pytest.raises(RuleError):
        step(repair, name, reason="  ", **more)
    assert repair.state == "accepted"


def test_nobody_rates_or_closes_their_own_work(repair: Repair, step: Step) -> None:
    step(repair, *DONE)
    with pytest.raises(RuleError):
        step(repair, "rate", by="technician")
    step(repair, "rate")
    with pytest.raises(RuleError):
        step(repair, "close", by="technician")


@pytest.mark.parametrize("marks", [{"overall": ""}, {"overall": "6"}, {"overall": "5", "speed": "0"}])
def test_a_mark_is_one_to_five(repair: Repair, step: Step, marks: dict[str, str]) -> None:
    step(repair, *DONE)
    with pytest.raises(RuleError):
        step(repair, "rate", **marks)


def test_a_reminder_is_counted_and_changes_no_state(repair: Repair, step: Step) -> None:
    step(repair, "remind", "remind")
    assert (repair.reminders, repair.state) == (2, "open")
    assert repair.last_reminded_at is not None


def test_steps_tell_how_long_each_took_and_never_change(repair: Repair, step: Step, clock: Any) -> None:
    clock(dt.timedelta(minutes=7))
    step(repair, "dispatch")
    clock(dt.timedelta(minutes=30))
    step(repair, "accept")
    assert [line.took_minutes for line in repair.steps] == [0, 7, 30]
    repair.steps[0].opinion = "改过"
    with pytest.raises(AppendOnlyError):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize(
    ("quantity", "price", "amount"),
    [(100, 1850, 1850), (150, 6000, 9000), (33, 100, 33), (50, 101, 51), (-50, 101, -51), (1, 1, 0), (-100, 7, -7)],
)
def test_an_amount_is_quantity_times_price_to_the_cent(quantity: int, price: int, amount: int) -> None:
    assert costs.amount(quantity, price) == amount


def test_a_cost_is_taken_back_by_its_opposite_and_only_once(repair: Repair, step: Step) -> None:
    step(repair, "dispatch")
    line = cost(repair, 1850, quantity=250, is_chargeable=True)
    assert costs.chargeable(repair) == 4625
    back = costs.add_cost(RepairCost(repair=repair, corrects=line))
    assert (back.amount_cents, back.what, back.is_chargeable) == (-4625, "灯管", True)
    assert costs.chargeable(repair) == 0
    for wrong in (line, back):
        with pytest.raises(RuleError):
            costs.add_cost(RepairCost(repair=repair, corrects=wrong))
    line.price_cents = 1
    with pytest.raises(AppendOnlyError):
        db.session.flush()
    db.session.rollback()


def test_a_line_of_another_repair_is_not_taken_back(repair: Repair, file: File, step: Step) -> None:
    other = makers.make_repair(file.unit)
    step(repair, "dispatch")
    step(other, "dispatch")
    line = cost(other)
    with pytest.raises(RuleError):
        costs.add_cost(RepairCost(repair=repair, corrects=line))


@pytest.mark.parametrize("wrong", [{"what": " "}, {"quantity": 0}, {"quantity": -100}, {"price_cents": -1}])
def test_a_cost_line_says_what_how_much_and_for_how_much(repair: Repair, step: Step, wrong: dict[str, Any]) -> None:
    step(repair, "dispatch")
    with pytest.raises(RuleError):
        cost(repair, **wrong) if "price_cents" not in wrong else costs.add_cost(
            RepairCost(repair=repair, what="灯管", **wrong)
        )


def test_what_is_chargeable_becomes_a_due_at_the_closing(repair: Repair, step: Step) -> None:
    step(repair, *DONE)
    cost(repair, 6900, is_chargeable=True)
    cost(repair, 9000, is_material=False)
    step(repair, "rate", "close")
    due = db.session.scalars(select(Due).where(Due.repair_id == repair.id)).one()
    assert (due.amount_cents, due.kind, due.state, due.tenancy_id) == (6900, "repair", "open", repair.tenancy_id)


def test_a_free_repair_leaves_no_due_and_one_paper(repair: Repair, step: Step, file: File) -> None:
    step(repair, *RATED, "close")
    assert db.session.scalars(select(Due).where(Due.repair_id == repair.id)).all() == []
    paper = db.session.scalars(select(Document).where(Document.source == "Repair")).one()
    assert (paper.file_id, paper.paper_class, paper.reference) == (file.id, "repair", repair.number)


def test_a_repair_with_charges_is_not_dropped(repair: Repair, step: Step) -> None:
    step(repair, *ACCEPTED)
    line = cost(repair, is_chargeable=True)
    with pytest.raises(RuleError):
        step(repair, "drop")
    costs.add_cost(RepairCost(repair=repair, corrects=line))
    step(repair, "drop")
    assert repair.state == "dropped"


def test_nobody_pays_in_a_vacant_unit(site: Any, step: Step) -> None:
    repair = makers.make_repair(makers.make_unit(site=site))
    step(repair, *DONE)
    cost(repair, is_chargeable=True)
    step(repair, "rate")
    if repair.needs_visit:
        repair.visited_at = repair.done_at
    with pytest.raises(RuleError):
        step(repair, "close")


def test_a_common_part_needs_its_place_in_words(site: Any, cast: Any, acting: Any) -> None:
    kind = makers.make_repair_kind("公共区域")
    with acting(cast["clerk"]):
        with pytest.raises(RuleError):
            rules.open_repair(Repair(kind=kind, fault="灯不亮", place=""), by=cast["clerk"])
        made = rules.open_repair(Repair(kind=kind, fault="灯不亮", place="B2 车库"), by=cast["clerk"])
    assert (made.site_id, made.unit_id, made.tenancy_id) == (site.id, None, None)


def test_open_repairs_stand_in_the_way_of_moving_out(repair: Repair, step: Step) -> None:
    assert len(list(rules.in_the_way(repair.tenancy))) == 1
    step(repair, *RATED)
    assert len(list(rules.in_the_way(repair.tenancy))) == 1
    step(repair, "close")
    assert list(rules.in_the_way(repair.tenancy)) == []


def test_a_repair_born_of_a_complaint_is_where_that_was(file: File) -> None:
    complaint = makers.make_complaint(file.unit)
    repair = rules.open_repair(Repair(complaint=complaint, kind=makers.make_repair_kind(), fault="漏水"))
    assert (repair.unit_id, repair.tenancy_id) == (file.unit_id, file.tenancy_id)


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"hours": 0}, {"hours": 9999}, {"warn_hours": 9}, {"visit_share": 101}, {"visit_share": -1}],
)
def test_a_kind_promises_sensibly(wrong: dict[str, Any]) -> None:
    kind = makers.make_repair_kind()
    for name, value in wrong.items():
        setattr(kind, name, value)
    with db.session.no_autoflush, pytest.raises(RuleError):
        kinds.keep_kind(kind)
    db.session.rollback()


def test_shipped_kinds_are_put_in_once() -> None:
    first = [kind.id for kind in kinds.default_kinds()]
    assert len(first) == len(kinds.SHIPPED) and [kind.id for kind in kinds.default_kinds()] == first


def test_a_kind_out_of_use_takes_no_repairs(file: File) -> None:
    kind = makers.make_repair_kind("其他")
    kind.is_on = False
    with pytest.raises(RuleError):
        makers.make_repair(file.unit, kind=kind)


def test_every_step_is_one_line(repair: Repair, step: Step) -> None:
    step(repair, *RATED, "close")
    lines = db.session.scalars(select(RepairStep).where(RepairStep.repair_id == repair.id).order_by(RepairStep.id))
    assert [(line.act, line.state) for line in lines] == [
        ("report", "open"), ("dispatch", "dispatched"), ("accept", "accepted"), ("finish", "done"), ("rate", "rated"),
        ("close", "closed"),
    ]  # fmt: skip
