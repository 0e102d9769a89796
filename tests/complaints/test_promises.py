"""What is promised: hours, working days over holidays, settings, and what is overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.complaints import board, promises, rules
from app.complaints.models import ComplaintPromise
from app.demo import makers
from app.estate.models import CalendarDay, Unit
from app.kit.errors import RuleError
from app.kit.session import db
from tests.complaints.test_rules import at, be

Acting = Callable[[Any], Any]


@pytest.fixture
def unit(site: Any) -> Unit:
    """A unit with a tenant, whose file is live."""
    return makers.make_file(makers.make_unit(site=site)).unit


def test_an_urgent_complaint_is_answered_in_2_hours_and_solved_in_24(unit: Unit, monkeypatch: Any) -> None:
    opened = be(monkeypatch, "2026-03-02T09:10")
    complaint = makers.make_complaint(unit, urgency="urgent")
    assert complaint.received_at == opened
    assert complaint.answer_due_at == at("2026-03-02T11:10")
    assert complaint.solve_due_at == at("2026-03-03T09:10")


def test_seven_working_days_leave_out_national_day_and_count_the_make_up_day(unit: Unit, monkeypatch: Any) -> None:
    """In 2026 the holiday is 1 to 7 October; Saturday 10 October is worked."""
    be(monkeypatch, "2026-09-29T16:00")
    complaint = makers.make_complaint(unit)
    # 30 Sep, 8, 9, 10 (Saturday, worked), 12, 13, 14 October
    assert complaint.solve_due_at == at("2026-10-14T16:00")
    assert complaint.answer_due_at == at("2026-10-01T16:00")


def test_a_day_off_of_the_estate_moves_the_promise(unit: Unit, monkeypatch: Any) -> None:
    be(monkeypatch, "2026-09-29T16:00")
    db.session.add(CalendarDay(day_on=dt.date(2026, 10, 12), kind="off", name="停电检修"))
    db.session.flush()
    assert makers.make_complaint(unit).solve_due_at == at("2026-10-15T16:00")


def test_promises_are_settings_and_open_complaints_keep_theirs(unit: Unit, monkeypatch: Any) -> None:
    be(monkeypatch, "2026-03-02T09:00")
    before = makers.make_complaint(unit, urgency="urgent")
    promised = promises.promise("urgent")
    promised.answer_hours, promised.solve_hours = 4, 48
    promises.amend(promised)
    db.session.flush()
    after = makers.make_complaint(unit, urgency="urgent")
    assert before.answer_due_at == at("2026-03-02T11:00")
    assert after.answer_due_at == at("2026-03-02T13:00") and after.solve_due_at == at("2026-03-04T09:00")
    promises.put_in()
    assert promises.promise("urgent").answer_hours == 4
    assert len(db.session.scalars(select(ComplaintPromise)).all()) == 2


@pytest.mark.parametrize(
    ("answer", "hours", "days", "field"),
    [
        (0, 24, None, "answer_hours"),
        (5000, None, 7, "answer_hours"),
        (2, None, None, "solve_hours"),
        (2, 24, 7, "solve_hours"),
        (24, 2, None, "solve_hours"),
        (2, None, 0, "solve_days"),
        (2, None, 500, "solve_days"),
    ],
)
def test_a_promise_makes_sense(answer: int, hours: int | None, days: int | None, field: str) -> None:
    promised = ComplaintPromise(urgency="urgent", answer_hours=answer, solve_hours=hours, solve_days=days)
    with pytest.raises(RuleError) as refused:
        promises.amend(promised)
    assert refused.value.field == field


def test_another_urgency_promises_anew_and_other_words_do_not(unit: Unit, monkeypatch: Any) -> None:
    be(monkeypatch, "2026-03-02T09:00")
    complaint = makers.make_complaint(unit)
    due = complaint.solve_due_at
    complaint.content = "两盏灯不亮"
    rules.amend(complaint)
    assert complaint.solve_due_at == due
    complaint.urgency = "urgent"
    rules.amend(complaint)
    assert complaint.solve_due_at == at("2026-03-03T09:00")


def test_overdue_is_what_was_promised_for_before_today(unit: Unit, cast: Any, acting: Acting, monkeypatch: Any) -> None:
    be(monkeypatch, "2026-03-02T09:00")
    makers.make_complaint(unit, urgency="urgent")

    def counted() -> dict[str, int]:
        with acting(cast["supervisor"]):
            return {card.url.split("?")[1]: card.count for card in board.cards(cast["supervisor"])}

    be(monkeypatch, "2026-03-02T12:00")
    today = counted()
    assert today["due_at_from=2026-03-02&due_at_to=2026-03-02"] == 1
    assert today["waits_for=answer&due_at_to=2026-03-01"] == 0
    be(monkeypatch, "2026-03-03T08:00")
    assert counted()["waits_for=answer&due_at_to=2026-03-02"] == 1


def test_the_day_tells_what_was_promised_for_it(unit: Unit, cast: Any, acting: Acting, monkeypatch: Any) -> None:
    be(monkeypatch, "2026-03-02T09:00")
    complaint = makers.make_complaint(unit, urgency="urgent")
    with acting(cast["clerk"]):
        told = list(board.day(cast["clerk"], dt.date(2026, 3, 2)))
        assert [(event.at, event.text) for event in told] == [
            (at("2026-03-02T11:00"), f"{unit.number} · {complaint.number}")
        ]
        assert list(board.day(cast["clerk"], dt.date(2026, 3, 5))) == []
    with acting(cast["stranger"]):
        assert list(board.day(cast["stranger"], dt.date(2026, 3, 2))) == []
