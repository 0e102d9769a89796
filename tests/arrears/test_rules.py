"""Dues and their payments, violations, and what stands in the way of moving out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from app.archive.models import Document
from app.arrears import ledger, rules
from app.arrears.models import DUE_STATES, VIOLATION_STATES, Due, DuePayment, Violation
from app.customers.models import Tenancy
from app.demo import makers
from app.estate.rules import find_site
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import AppendOnlyError, attempt, db
from app.security import audit
from tests.conftest import SITE
from tests.standing import Made, Standing

SAID: dict[str, dict[str, Any]] = {
    "waive": {"reason": "减免"},
    "withdraw": {"reason": "误报"},
    "notify": {"demand": "清空", "rectify_by_on": today()},
}


@pytest.fixture(scope="module")
def _tenancy(standing: Standing) -> Made:
    return standing(lambda: makers.make_tenancy(makers.make_unit(site=find_site(SITE))))


@pytest.fixture
def tenancy(_tenancy: Made) -> Tenancy:
    found: Tenancy = _tenancy()
    return found


def pay(due: Due, cents: int, **more: Any) -> DuePayment:
    return book(due=due, amount_cents=cents, **more)


def book(**said: Any) -> DuePayment:
    """As a form does it: what is refused leaves nothing behind."""
    with attempt(), db.session.no_autoflush:
        return ledger.pay(DuePayment(**said))


def step(record: Any, name: str, by: Any = None, **more: Any) -> None:
    table = rules.MOVES if isinstance(record, Violation) else rules.DUE_MOVES
    with attempt():
        walk(table, record, name, by=by, write=audit.write, **(SAID.get(name, {}) | more))
        db.session.flush()


def test_a_due_is_numbered_and_owed(tenancy: Tenancy) -> None:
    due = makers.make_due(tenancy, 10_000)
    assert due.number.startswith("QF-") and due.number.endswith("-00001")
    assert (due.state, due.left_cents, due.unit_id) == ("open", 10_000, tenancy.unit_id)


@pytest.mark.parametrize("cents", [0, -1, None])
def test_a_due_is_more_than_nothing(tenancy: Tenancy, cents: Any) -> None:
    with pytest.raises(RuleError):
        makers.make_due(tenancy, cents)


def test_nobody_owes_in_a_vacant_unit(site: Any) -> None:
    with pytest.raises(RuleError):
        rules.raise_due(Due(unit=makers.make_unit(site=site), amount_cents=100))


def test_a_due_is_paid_in_parts_and_its_state_follows_the_sum(tenancy: Tenancy) -> None:
    due = makers.make_due(tenancy, 10_000)
    pay(due, 4_000)
    assert (due.state, due.left_cents) == ("open", 6_000)
    last = pay(due, 6_000)
    assert (due.state, due.left_cents) == ("settled", 0)
    book(due=due, corrects=last)
    assert (due.state, due.left_cents) == ("open", 6_000)


@pytest.mark.parametrize("cents", [10_001, 0, -1, None])
def test_never_more_than_is_owed_is_paid_and_never_nothing(tenancy: Tenancy, cents: Any) -> None:
    due = makers.make_due(tenancy, 10_000)
    with pytest.raises(RuleError):
        pay(due, cents)
    assert due.left_cents == 10_000


def test_a_settled_due_takes_no_more(tenancy: Tenancy) -> None:
    due = makers.make_due(tenancy, 10_000)
    pay(due, 10_000)
    with pytest.raises(RuleError):
        pay(due, 1)


def test_a_payment_is_taken_back_once_and_only_from_its_due(tenancy: Tenancy) -> None:
    due, other = makers.make_due(tenancy, 10_000), makers.make_due(tenancy, 10_000)
    line = pay(due, 4_000, method="cash")
    with pytest.raises(RuleError):
        book(due=other, corrects=line)
    back = book(due=due, corrects=line)
    assert (back.amount_cents, back.method) == (-4_000, "cash")
    for wrong in (line, back):
        with pytest.raises(RuleError):
            book(due=due, corrects=wrong)
    assert due.left_cents == 10_000


def test_a_payment_never_changes(tenancy: Tenancy) -> None:
    line = pay(makers.make_due(tenancy, 10_000), 4_000)
    line.amount_cents = 1
    with pytest.raises(AppendOnlyError):
        db.session.flush()
    db.session.rollback()


def test_a_payment_is_not_booked_before_its_day(tenancy: Tenancy) -> None:
    with pytest.raises(RuleError):
        pay(makers.make_due(tenancy), 1, paid_on=today() + dt.timedelta(days=1))


def test_nobody_waives_a_due_that_they_raised(tenancy: Tenancy, cast: Any) -> None:
    due = makers.make_due(tenancy)
    due.created_by_id = cast["manager"].id
    with pytest.raises(RuleError):
        step(due, "waive", by=cast["manager"])
    with pytest.raises(RuleError):
        step(due, "waive", by=cast["director"], reason=" ")
    step(due, "waive", by=cast["director"])
    assert (due.state, due.reason) == ("waived", "减免")
    with pytest.raises(RuleError):
        pay(due, 1)


def test_every_forbidden_step_is_refused(tenancy: Tenancy, cast: Any) -> None:
    tried = 0
    for record, states, table in (
        (makers.make_due(tenancy), DUE_STATES, rules.DUE_MOVES),
        (makers.make_violation(tenancy), VIOLATION_STATES, rules.MOVES),
    ):
        for state in states:
            for move in (move for move in table if state not in move.source):
                record.state = state
                with pytest.raises(RuleError):
                    step(record, move.name, by=cast["manager"])
                assert record.state == state
                tried += 1
    assert tried == 2 + 15


@pytest.mark.parametrize("state", ["settled", "waived"])
def test_a_due_that_is_over_is_not_amended(tenancy: Tenancy, state: str) -> None:
    due = makers.make_due(tenancy)
    due.state = state
    with pytest.raises(RuleError):
        rules.amend_due(due)


def test_a_settled_due_lies_in_the_file_once(tenancy: Tenancy) -> None:
    due = makers.make_due(tenancy, 500)
    line = pay(due, 500)
    book(due=due, corrects=line)
    pay(due, 500)
    assert len(db.session.scalars(select(Document).where(Document.source == "Due")).all()) == 1


def test_a_violation_goes_from_found_to_closed(tenancy: Tenancy, cast: Any) -> None:
    one = makers.make_violation(tenancy, by=cast["clerk"])
    assert one.number.startswith("WG-") and one.found_by == str(cast["clerk"])
    for wrong in ({"demand": ""}, {"rectify_by_on": None}, {"rectify_by_on": one.found_on - dt.timedelta(days=1)}):
        with pytest.raises(RuleError):
            step(one, "notify", **wrong)
    step(one, "notify")
    for day in (one.found_on - dt.timedelta(days=1), today() + dt.timedelta(days=1)):
        with pytest.raises(RuleError):
            step(one, "rectify", rectified_on=day)
    step(one, "rectify")
    with pytest.raises(RuleError):
        step(one, "close", deduction_cents=-1)
    step(one, "close")
    assert one.state == "closed"
    paper = db.session.scalars(select(Document).where(Document.source == "Violation")).one()
    assert paper.paper_class == "violation"


def test_a_deduction_without_a_fit_out_becomes_a_due(tenancy: Tenancy) -> None:
    one = makers.make_violation(tenancy)
    step(one, "notify")
    step(one, "rectify")
    step(one, "close", deduction_cents=50_000)
    due = db.session.scalars(select(Due)).one()
    assert (due.kind, due.amount_cents, due.period) == ("penalty", 50_000, one.number)


def test_a_withdrawn_violation_says_why(tenancy: Tenancy) -> None:
    one = makers.make_violation(tenancy)
    with pytest.raises(RuleError):
        step(one, "withdraw", reason="")
    step(one, "withdraw")
    assert (one.state, one.reason) == ("withdrawn", "误报")


@pytest.mark.parametrize(
    "wrong",
    [
        {"description": " "},
        {"found_on": today() + dt.timedelta(days=1)},
        {"rectify_by_on": today() - dt.timedelta(days=1)},
    ],
)
def test_a_violation_says_what_and_when(tenancy: Tenancy, wrong: dict[str, Any]) -> None:
    with pytest.raises(RuleError):
        makers.make_violation(tenancy, **wrong)


def test_arrears_and_violations_stand_in_the_way_of_moving_out(tenancy: Tenancy) -> None:
    assert list(rules.in_the_way(tenancy)) == []
    due, one = makers.make_due(tenancy, 123_456), makers.make_violation(tenancy)
    pay(due, 456)
    assert rules.owed(tenancy) == 123_000
    said = [str(words) for words in rules.in_the_way(tenancy)]
    assert len(said) == 2 and "1,230.00" in said[0]
    pay(due, 123_000)
    step(one, "withdraw")
    assert list(rules.in_the_way(tenancy)) == []


def test_what_another_owes_is_not_in_the_way(tenancy: Tenancy, site: Any) -> None:
    makers.make_due(makers.make_tenancy(makers.make_unit(site=site)))
    assert rules.owed(tenancy) == 0
