"""Promises over holidays, the steps of a complaint, and every step that is not allowed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.archive.models import Document
from app.complaints import rules
from app.complaints.models import COMPLAINT_STATES, Complaint
from app.demo import makers
from app.estate.models import Unit
from app.estate.rules import find_site
from app.kit import columns
from app.kit.columns import DESK_TIME, now
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import db
from app.security import audit
from app.security.models import AuditLine
from app.visits import rules as visits
from app.visits.models import Visit
from tests.conftest import SITE
from tests.standing import Made, Standing

Acting = Callable[[Any], Any]


def at(text: str) -> dt.datetime:
    """A moment of the desk."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=DESK_TIME).astimezone(dt.UTC)


def be(monkeypatch: pytest.MonkeyPatch, text: str) -> dt.datetime:
    """Set the clock."""
    moment = at(text)
    monkeypatch.setattr(columns, "clock", lambda: moment)
    return moment


@pytest.fixture(scope="module")
def _unit(standing: Standing) -> Made:
    return standing(lambda: makers.make_file(makers.make_unit(site=find_site(SITE))).unit)


@pytest.fixture
def unit(_unit: Made) -> Unit:
    """A unit with a tenant, whose file is live."""
    found: Unit = _unit()
    return found


def step(complaint: Complaint, name: str, by: Any = None, **said: Any) -> None:
    walk(rules.MOVES, complaint, name, by=by, write=audit.write, **said)
    db.session.flush()


def solved(unit: Unit, cast: Any, **more: Any) -> Complaint:
    """Assigned to the clerk, answered and solved by them."""
    complaint = makers.make_complaint(unit, by=cast["clerk"], **more)
    step(complaint, "assign", cast["supervisor"], assignee=cast["clerk"])
    step(complaint, "answer", cast["clerk"], answer="已派人查看")
    step(complaint, "solve", cast["clerk"], solution="换了两支灯管")
    return complaint


def return_visit(complaint: Complaint) -> Visit:
    return db.session.scalars(select(Visit).where(Visit.complaint_id == complaint.id)).one()


def visit(complaint: Complaint, by: Any = None, result: str = "satisfied") -> None:
    walk(visits.MOVES, return_visit(complaint), "finish", by=by, write=audit.write, result=result)
    db.session.flush()


def test_nothing_is_received_in_the_future(unit: Unit) -> None:
    with pytest.raises(RuleError) as refused:
        makers.make_complaint(unit, received_at=now() + dt.timedelta(hours=1))
    assert refused.value.field == "received_at"


def test_numbers_run_without_gaps(unit: Unit) -> None:
    numbers = [makers.make_complaint(unit).number for _ in range(3)]
    first = int(numbers[0][-5:])
    assert [number[:3] for number in numbers] == ["TS-"] * 3
    assert [int(number[-5:]) for number in numbers] == [first, first + 1, first + 2]


def test_a_complaint_about_a_common_part_belongs_to_the_writers_site(site: Any, cast: Any, acting: Acting) -> None:
    with acting(cast["clerk"]):
        complaint = rules.open_complaint(Complaint(complainant="路人", content="大堂地滑"), by=cast["clerk"])
    assert (complaint.site_id, complaint.unit_id, complaint.tenancy_id) == (site.id, None, None)


def test_a_form_about_a_unit_knows_who_calls(unit: Unit, site: Any) -> None:
    from types import SimpleNamespace

    from app.customers import rules as customers

    tenancy = customers.live_tenancy(unit)
    assert tenancy is not None
    customers.set_contact(tenancy.customer, "daily", "林晚", "19900001234")
    assert rules.known(SimpleNamespace(unit=unit)) == {"complainant": "林晚", "phone": "19900001234"}
    assert rules.known(SimpleNamespace(unit=makers.make_unit(site=site))) == {}
    assert rules.known(SimpleNamespace(unit=None)) == {}


def test_a_complaint_goes_from_received_to_closed_and_into_the_file(unit: Unit, cast: Any) -> None:
    complaint = solved(unit, cast)
    assert complaint.state == "solved" and complaint.waits_for == "visit"
    planned = return_visit(complaint)
    assert (planned.kind, planned.unit_id, planned.person_seen) == ("return", unit.id, "林晚")
    visit(complaint, cast["supervisor"])
    assert complaint.state == "visited" and complaint.visited_at is not None
    step(complaint, "close", cast["supervisor"], verdict="A")
    assert (complaint.state, complaint.verdict, complaint.waits_for) == ("closed", "A", "")
    papers = db.session.scalars(select(Document).where(Document.source == "Complaint")).all()
    assert [(one.source_id, one.paper_class, one.reference) for one in papers] == [
        (complaint.id, "complaint", complaint.number)
    ]
    assert papers[0].file.unit_id == unit.id


def test_every_solved_complaint_has_one_return_visit_however_often_it_is_solved(unit: Unit, cast: Any) -> None:
    complaint = solved(unit, cast)
    step(complaint, "reopen", cast["supervisor"], reason="又坏了")
    step(complaint, "answer", cast["clerk"], answer="今晚再去")
    step(complaint, "solve", cast["clerk"], solution="换了整流器")
    assert return_visit(complaint).state == "planned"
    assert complaint.solution == "换了两支灯管\n换了整流器"


def test_a_reopened_complaint_is_counted_and_promised_anew(unit: Unit, cast: Any, monkeypatch: Any) -> None:
    be(monkeypatch, "2026-03-02T09:00")
    complaint = solved(unit, cast, urgency="urgent")
    visit(complaint)
    step(complaint, "close", cast["manager"], verdict="B")
    be(monkeypatch, "2026-03-09T14:00")
    step(complaint, "reopen", cast["supervisor"], reason="又坏了")
    assert (complaint.state, complaint.reopened, complaint.verdict) == ("assigned", 1, "")
    assert complaint.answer_due_at == at("2026-03-09T16:00")
    assert (complaint.solved_at, complaint.visited_at, complaint.closed_at) == (None, None, None)


def test_a_return_visit_is_not_made_before_the_complaint_is_solved(unit: Unit, cast: Any) -> None:
    complaint = solved(unit, cast)
    step(complaint, "reopen", cast["supervisor"], reason="又坏了")
    with pytest.raises(RuleError):
        visit(complaint)


def test_a_second_visit_about_a_complaint_changes_nothing(unit: Unit, cast: Any) -> None:
    complaint = solved(unit, cast)
    visit(complaint)
    at = complaint.visited_at
    makers.make_visit(unit, complaint=complaint, result="satisfied")
    assert (complaint.state, complaint.visited_at) == ("visited", at)


def test_a_return_visit_of_a_complaint_is_not_cancelled(unit: Unit, cast: Any) -> None:
    complaint = solved(unit, cast)
    with pytest.raises(RuleError):
        walk(visits.MOVES, return_visit(complaint), "cancel", by=cast["clerk"], write=audit.write, reason="算了")


def test_who_handled_it_does_not_judge_and_close_it(unit: Unit, cast: Any) -> None:
    complaint = solved(unit, cast)
    step(complaint, "reopen", cast["supervisor"], reason="x")
    step(complaint, "reassign", cast["manager"], assignee=cast["supervisor"], reason="换人")
    step(complaint, "answer", cast["supervisor"], answer="好")
    step(complaint, "solve", cast["supervisor"], solution="好")
    visit(complaint)
    with pytest.raises(RuleError):
        step(complaint, "close", cast["supervisor"], verdict="C")
    step(complaint, "close", cast["manager"], verdict="C")


@pytest.mark.parametrize("kind", ["complaint", "suggestion"])
def test_complaints_and_suggestions_are_not_closed_without_a_visit(unit: Unit, cast: Any, kind: str) -> None:
    complaint = makers.make_complaint(unit, kind=kind)
    with pytest.raises(RuleError):
        step(complaint, "conclude", cast["clerk"], answer="知道了")


@pytest.mark.parametrize("kind", ["inquiry", "praise"])
def test_questions_and_praise_are_closed_with_what_was_answered(unit: Unit, cast: Any, kind: str) -> None:
    complaint = makers.make_complaint(unit, kind=kind)
    with pytest.raises(RuleError) as refused:
        step(complaint, "conclude", cast["clerk"], answer=" ")
    assert refused.value.field == "answer"
    step(complaint, "conclude", cast["clerk"], answer="周六九点开门")
    assert complaint.state == "closed" and complaint.answer == "周六九点开门"
    assert db.session.scalar(select(Document).where(Document.source_id == complaint.id)) is not None


def test_only_who_answers_complaints_of_the_site_is_given_one(unit: Unit, cast: Any) -> None:
    complaint = makers.make_complaint(unit)
    for nobody in (cast["stranger"], cast["auditor"], None):
        with pytest.raises(RuleError) as refused:
            step(complaint, "assign", cast["supervisor"], assignee=nobody)
        assert refused.value.field == "assignee"
    step(complaint, "assign", cast["supervisor"], assignee=cast["clerk"])
    with pytest.raises(RuleError):
        step(complaint, "reassign", cast["supervisor"], assignee=cast["clerk"], reason="同一人")


def test_who_answers_what_nobody_has_takes_it(unit: Unit, cast: Any) -> None:
    complaint = makers.make_complaint(unit)
    step(complaint, "answer", cast["clerk"], answer="马上来")
    assert complaint.assignee_id == cast["clerk"].id


def test_nothing_is_closed_without_a_verdict(unit: Unit, cast: Any) -> None:
    complaint = solved(unit, cast)
    visit(complaint)
    for verdict in ("", "D"):
        with pytest.raises(RuleError) as refused:
            step(complaint, "close", cast["manager"], verdict=verdict)
        assert refused.value.field == "verdict"


@pytest.mark.parametrize("name", [move.name for move in rules.MOVES])
@pytest.mark.parametrize("state", COMPLAINT_STATES)
def test_no_step_is_taken_from_a_state_that_does_not_know_it(unit: Unit, cast: Any, state: str, name: str) -> None:
    move = next(move for move in rules.MOVES if move.name == name)
    if state in move.source:
        return
    complaint = makers.make_complaint(unit)
    complaint.state = state
    with pytest.raises(RuleError):
        step(complaint, name, cast["manager"])
    assert complaint.state == state


def test_every_step_leaves_a_line(unit: Unit, cast: Any) -> None:
    complaint = solved(unit, cast)
    visit(complaint, cast["supervisor"])
    step(complaint, "close", cast["supervisor"], verdict="A")
    step(complaint, "reopen", cast["manager"], reason="住户来电")
    about = select(AuditLine.action).where(AuditLine.subject_type == "Complaint", AuditLine.subject_id == complaint.id)
    told = list(db.session.scalars(about.order_by(AuditLine.id)))
    assert told == ["open_complaint", "assign", "answer", "solve", "visit", "close", "reopen"]


def test_a_filed_complaint_is_not_opened_again(unit: Unit, cast: Any, acting: Acting) -> None:
    from app.archive import rules as archive

    complaint = solved(unit, cast)
    visit(complaint)
    step(complaint, "close", cast["manager"], verdict="A")
    file = archive.live_file(unit)
    assert file is not None
    file.state = "filed"
    db.session.flush()
    with acting(cast["manager"]), pytest.raises(RuleError):
        step(complaint, "reopen", cast["manager"], reason="再看看")


def test_a_closed_complaint_does_not_change(unit: Unit, cast: Any) -> None:
    complaint = makers.make_complaint(unit, kind="praise")
    step(complaint, "conclude", cast["clerk"], answer="谢谢")
    with pytest.raises(RuleError):
        rules.amend(complaint)
