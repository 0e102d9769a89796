"""Reminders: the day before, on the day, one and seven days after, each once, however often the minute comes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from app.demo.loans_makers import give_back, make_loan_out
from app.kit.columns import now, today
from app.kit.session import db
from app.loans import board, reminders
from app.loans.models import Loan, LoanReminder
from app.telling import content, ordering
from app.telling.models import TellingChoice, TellingLine
from tests.loans.test_rules import make_file

DAY = dt.timedelta(days=1)


@pytest.fixture
def loan(site: Any, cast: Any) -> Loan:
    """A loan for three days whose borrower and keeper chose a channel; the supervisor, who did so too, has no part."""
    for who in ("clerk", "archivist", "supervisor"):
        choice = TellingChoice(user_id=cast[who].id, channel="mail", address=f"{who}@example.com", hours="", is_on=True)
        db.session.add(choice)
    made = make_loan_out(make_file(site), cast["clerk"], 3)
    db.session.commit()
    return made


def sent() -> list[tuple[str, int]]:
    """(slot's kind, user) of every reminder that was ordered."""
    lines = select(TellingLine).where(TellingLine.occasion == "reminder").order_by(TellingLine.id)
    return [(line.slot.split()[-1], line.user_id) for line in db.session.scalars(lines)]


def test_each_reminder_is_sent_once_on_its_day(loan: Loan, cast: Any, monkeypatch: Any) -> None:
    begin, both = now(), [cast["clerk"].id, cast["archivist"].id]
    told: list[str] = []
    for day in range(14):
        monkeypatch.setattr("app.kit.columns.clock", lambda: begin + day * DAY)  # noqa: B023
        for _ in range(3):
            reminders.remind()
        kinds = list(db.session.scalars(select(LoanReminder.kind).order_by(LoanReminder.id)))
        told += [f"{day}:{kind}" for kind in kinds[len(told) :]]
    assert told == ["2:before", "3:due", "4:late", "10:very_late"]
    assert sorted(sent()) == sorted((kind, user) for kind in reminders.STARTS for user in both)


def test_what_was_missed_is_not_caught_up_on(loan: Loan, monkeypatch: Any) -> None:
    later = now() + 12 * DAY
    monkeypatch.setattr("app.kit.columns.clock", lambda: later)
    assert reminders.remind() == 1
    assert [kind for kind, _user in sent()] == ["very_late"] * 2


def test_nobody_is_reminded_of_what_is_back(loan: Loan, monkeypatch: Any) -> None:
    give_back(loan)
    db.session.commit()
    later = now() + 3 * DAY
    monkeypatch.setattr("app.kit.columns.clock", lambda: later)
    assert reminders.remind() == 0 and sent() == []


def test_of_two_who_remind_at_once_one_does(loan: Loan, monkeypatch: Any) -> None:
    """Both have read that nothing was sent; the database takes one line."""
    later = now() + 3 * DAY
    monkeypatch.setattr("app.kit.columns.clock", lambda: later)
    waiting = reminders._to_remind()
    assert waiting == [(loan.id, "due")]
    monkeypatch.setattr(reminders, "_to_remind", lambda: waiting)
    assert (reminders.remind(), reminders.remind()) == (1, 0)
    assert len(sent()) == 2


def test_the_message_says_the_loan_and_nothing_once_it_is_back(loan: Loan, cast: Any) -> None:
    slot = f"loan {loan.id} due"
    ordering.order_reminder([cast["clerk"].id], slot)
    db.session.commit()
    number, clerk = loan.number, cast["clerk"].id
    with content.reading(clerk, "en") as user:
        message = content.reminder_of(user, slot)
        assert message is not None
        [(_word, [line])] = message.groups
        assert number in line.title and line.url.endswith(f"/loans/{loan.id}")
        assert content.reminder_of(user, "loan 0 due") is None
        assert content.reminder_of(user, "other 1 x") is None
    with content.reading(cast["stranger"].id, "en") as user:
        assert content.reminder_of(user, slot) is None
    give_back(db.session.get_one(Loan, loan.id))
    db.session.commit()
    with content.reading(clerk, "en") as user:
        assert content.reminder_of(user, slot) is None


def test_the_first_page_counts_what_is_due_and_overdue(loan: Loan, cast: Any, acting: Any, monkeypatch: Any) -> None:
    begin = now()
    seen: dict[int, list[str]] = {}  # the groups in which something is counted
    for day in (2, 3, 4):
        monkeypatch.setattr("app.kit.columns.clock", lambda: begin + day * DAY)  # noqa: B023
        with acting(cast["clerk"]):
            seen[day] = [card.group for card in board.cards(cast["clerk"]) if card.count]
    assert seen == {2: ["coming"], 3: ["today"], 4: ["overdue"]}
    with acting(cast["archivist"]):
        assert [card.count for card in board.cards(cast["archivist"]) if card.group == "overdue"] == [1, 0]
    assert today() > loan.due_on
