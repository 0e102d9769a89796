"""Deposits: received in parts, paid back once, by three people; the ledger says what is held."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask_babel import force_locale
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from app.customers.models import Tenancy
from app.demo import makers
from app.deposits import deductions, ledger, refunds, rules
from app.deposits.models import Deposit, DepositDeduction, DepositLine, DepositRefund
from app.estate.rules import find_site
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import AppendOnlyError, db
from app.security import audit
from tests.conftest import SITE
from tests.standing import Made, Standing

YUAN = 100


@pytest.fixture(autouse=True)
def _refusals_in_english(_unit_of_work: None) -> Iterator[None]:
    with force_locale("en"):
        yield


@pytest.fixture(scope="module")
def _tenancy(standing: Standing) -> Made:
    return standing(lambda: makers.make_tenancy(makers.make_unit(site=find_site(SITE))))


@pytest.fixture
def tenancy(_tenancy: Made) -> Tenancy:
    found: Tenancy = _tenancy()
    return found


@pytest.fixture
def deposit(tenancy: Tenancy, cast: Any) -> Deposit:
    """10,000 yuan, all received."""
    return makers.make_deposit(tenancy, received=10_000 * YUAN, by=cast["clerk"])


def step(refund: DepositRefund, name: str, by: Any, **form: Any) -> None:
    walk(refunds.MOVES, refund, name, by=by, write=audit.write, **form)
    db.session.flush()


def approved(deposit: Deposit, cast: Any, *kept: int, **more: Any) -> DepositRefund:
    refund = makers.make_refund(deposit, by=cast["clerk"], **more)
    for cents in kept:
        deduct(refund, cents)
    step(refund, "check", cast["supervisor"])
    step(refund, "approve", cast["manager"])
    return refund


def deduct(refund: DepositRefund, cents: int, **more: Any) -> DepositDeduction:
    return deductions.deduct(DepositDeduction(refund=refund, amount_cents=cents, words="划痕", **more))


def sums(deposit: Deposit) -> list[tuple[str, int]]:
    return [(line.reason, line.amount_cents) for line in ledger.lines_of(deposit)]


def test_a_deposit_is_received_in_parts_each_with_a_receipt_of_its_own(tenancy: Tenancy, cast: Any) -> None:
    deposit = makers.make_deposit(tenancy, by=cast["clerk"])
    assert (deposit.state, deposit.is_owed, deposit.customer) == ("due", True, tenancy.customer)
    first = rules.receive(deposit, 4_000 * YUAN, "cash", by=cast["clerk"])
    assert (deposit.state, deposit.held_cents, deposit.owed_cents) == ("part", 4_000 * YUAN, 6_000 * YUAN)
    second = rules.receive(deposit, 6_000 * YUAN, "transfer", "王五", by=cast["supervisor"])
    assert (deposit.state, deposit.is_owed, deposit.held_cents) == ("received", False, 10_000 * YUAN)
    numbers = [line.receipt_number for line in (first, second)]
    assert [number[-5:] for number in numbers] == ["00001", "00002"] and numbers[0].startswith("SJ-")
    assert (first.payer, second.payer, second.taken_by) == (tenancy.customer.name, "王五", cast["supervisor"])


@pytest.mark.parametrize("cents", [-1, 0, 10_000 * YUAN + 1])
def test_neither_nothing_nor_more_than_is_owed_is_received(tenancy: Tenancy, cents: int) -> None:
    deposit = makers.make_deposit(tenancy)
    with pytest.raises(RuleError, match="owed"):
        rules.receive(deposit, cents, "cash")
    assert sums(deposit) == []


def test_a_receipt_says_how_it_was_paid(tenancy: Tenancy) -> None:
    with pytest.raises(RuleError, match="how it was paid"):
        rules.receive(makers.make_deposit(tenancy), 100, "barter")


def test_the_same_key_writes_one_receipt(tenancy: Tenancy) -> None:
    deposit = makers.make_deposit(tenancy)
    lines = {rules.receive(deposit, 100, "cash", once="key-1").id for _ in range(3)}
    assert len(lines) == 1 and ledger.held(deposit) == 100
    with pytest.raises(RuleError, match="used already"):
        rules.receive(deposit, 200, "cash", once="key-1")
    rules.receive(deposit, 200, "cash", once="key-2")
    assert ledger.held(deposit) == 300


def test_a_received_deposit_takes_no_more_money(deposit: Deposit) -> None:
    with pytest.raises(RuleError, match="moved on"):
        rules.receive(deposit, 100, "cash")


def test_nobody_in_the_unit_pays_no_deposit(site: Any) -> None:
    with pytest.raises(RuleError, match="nobody is in this unit"):
        rules.demand(Deposit(unit=makers.make_unit(site=site), kind="rent", payable_cents=100))


@pytest.mark.parametrize("cents", [0, -5, None])
def test_a_deposit_of_nothing_is_none(tenancy: Tenancy, cents: Any) -> None:
    with pytest.raises(RuleError, match="more than nothing"):
        rules.demand(Deposit(unit=tenancy.unit, kind="rent", payable_cents=cents))


def test_what_is_to_be_paid_never_falls_below_what_is_there(tenancy: Tenancy) -> None:
    deposit = makers.make_deposit(tenancy)
    rules.receive(deposit, 500, "cash")
    with pytest.raises(RuleError, match="less than what is received"), db.session.no_autoflush:
        deposit.payable_cents = 400
        rules.amend(deposit)
    with db.session.no_autoflush:
        deposit.payable_cents = 500
        rules.amend(deposit)
    assert (deposit.state, deposit.is_owed) == ("received", False)
    with pytest.raises(RuleError, match="no more"), db.session.no_autoflush:
        deposit.payable_cents = 600
        rules.amend(deposit)


def test_a_deposit_that_is_no_longer_asked_is_not_owed(tenancy: Tenancy, deposit: Deposit) -> None:
    other = makers.make_deposit(tenancy, "key")
    walk(rules.MOVES, other, "withdraw", by=None, write=audit.write, reason="不再需要")
    assert (other.state, other.is_owed) == ("withdrawn", False)
    with pytest.raises(RuleError, match="moved on"):
        walk(rules.MOVES, deposit, "withdraw", by=None, write=audit.write, reason="不再需要")


# --- paying back ---


def test_three_people_pay_a_deposit_back_and_the_ledger_says_so(deposit: Deposit, cast: Any) -> None:
    refund = makers.make_refund(deposit, by=cast["clerk"])
    assert (refund.asked_cents, deposit.state) == (10_000 * YUAN, "refund_asked")
    deduct(refund, 1_500 * YUAN)
    assert refund.asked_cents == 8_500 * YUAN
    step(refund, "check", cast["supervisor"])
    assert deposit.state == "refund_checked"
    step(refund, "approve", cast["manager"])
    assert deposit.state == "refund_approved" and ledger.held(deposit) == 10_000 * YUAN
    step(refund, "pay", cast["clerk"], method="transfer", paid_on=None)
    assert (refund.state, deposit.state) == ("paid", "returned")
    assert sums(deposit)[1:] == [("refunded", -8_500 * YUAN), ("deducted", -1_500 * YUAN)]
    assert ledger.held(deposit) == 0 == ledger.balance(deposit.tenancy, "rent")


@pytest.mark.parametrize(
    ("checks", "approves"),
    [("clerk", "manager"), ("supervisor", "clerk"), ("supervisor", "supervisor")],
)
def test_nobody_is_two_of_the_three(deposit: Deposit, cast: Any, checks: str, approves: str) -> None:
    refund = makers.make_refund(deposit, by=cast["clerk"])
    with pytest.raises(RuleError, match=r"[Nn]obody decides|Who checked"):
        step(refund, "check", cast[checks])
        step(refund, "approve", cast[approves])
    assert refund.approved_by_id is None


def test_the_database_knows_the_three_people_too(deposit: Deposit, cast: Any) -> None:
    refund = makers.make_refund(deposit, by=cast["clerk"])
    change = update(DepositRefund).where(DepositRefund.id == refund.id)
    for names in ({"checked_by_id": cast["clerk"].id}, {"checked_by_id": 2, "approved_by_id": 2}):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(change.values(**names))


def test_the_system_neither_checks_nor_approves(deposit: Deposit, cast: Any) -> None:
    refund = makers.make_refund(deposit, by=cast["clerk"])
    with pytest.raises(RuleError, match="Only a person"):
        step(refund, "check", None)


def test_a_part_is_paid_back_and_the_rest_later(deposit: Deposit, cast: Any) -> None:
    first = approved(deposit, cast, settled_cents=4_000 * YUAN)
    step(first, "pay", cast["clerk"], method="cash")
    assert (deposit.state, ledger.held(deposit)) == ("part_returned", 6_000 * YUAN)
    second = approved(deposit, cast, 6_000 * YUAN)
    step(second, "pay", cast["clerk"], method="")
    assert (deposit.state, ledger.held(deposit)) == ("returned", 0)
    assert [reason for reason, _cents in sums(deposit)] == ["received", "refunded", "deducted"]


def test_what_is_wholly_deducted_is_kept(deposit: Deposit, cast: Any) -> None:
    refund = approved(deposit, cast, 10_000 * YUAN)
    step(refund, "pay", cast["clerk"], method="")
    assert (refund.asked_cents, deposit.state) == (0, "kept")


@pytest.mark.parametrize("cents", [0, -1, 10_000 * YUAN + 1])
def test_no_more_than_is_held_is_settled(deposit: Deposit, cast: Any, cents: int) -> None:
    with pytest.raises(RuleError, match="At most what is held"):
        makers.make_refund(deposit, by=cast["clerk"], settled_cents=cents)


def test_one_refund_is_in_hand_at_a_time(deposit: Deposit, cast: Any) -> None:
    makers.make_refund(deposit, by=cast["clerk"], settled_cents=100)
    with pytest.raises(RuleError, match="Nothing of this deposit"):
        makers.make_refund(deposit, by=cast["clerk"], settled_cents=100)


def test_the_database_holds_one_refund_in_hand(deposit: Deposit, cast: Any) -> None:
    makers.make_refund(deposit, by=cast["clerk"], settled_cents=100)
    deposit.state = "received"
    with pytest.raises(IntegrityError), db.session.begin_nested():
        makers.make_refund(deposit, by=cast["clerk"], settled_cents=100)


def test_the_database_books_a_refund_once(deposit: Deposit, cast: Any) -> None:
    refund = approved(deposit, cast, settled_cents=100)
    step(refund, "pay", cast["clerk"], method="cash")
    again = DepositLine(amount_cents=-100, reason="refunded", refund=refund)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        ledger.book(again, deposit)


def test_a_refused_refund_leaves_the_deposit_as_it_was(deposit: Deposit, cast: Any) -> None:
    refund = approved(deposit, cast, settled_cents=4_000 * YUAN)
    with pytest.raises(RuleError, match="Say why"):
        step(refund, "refuse", cast["manager"], reason=" ")
    step(refund, "refuse", cast["manager"], reason="账户不符")
    assert (refund.state, refund.refusal, deposit.state) == ("refused", "账户不符", "received")
    assert makers.make_refund(deposit, by=cast["clerk"]).state == "asked"


def test_more_than_is_left_is_not_deducted(deposit: Deposit, cast: Any) -> None:
    refund = makers.make_refund(deposit, by=cast["clerk"], settled_cents=100)
    deduct(refund, 60)
    with pytest.raises(RuleError, match="At most what is left"):
        deduct(refund, 41)


def test_a_wrong_deduction_is_taken_back_by_a_line_that_names_it(deposit: Deposit, cast: Any) -> None:
    refund = makers.make_refund(deposit, by=cast["clerk"])
    wrong = deduct(refund, 500)
    back = deductions.deduct(DepositDeduction(refund=refund, corrects=wrong))
    assert (back.amount_cents, refund.asked_cents) == (-500, 10_000 * YUAN)
    for named in (wrong, back):
        with pytest.raises((RuleError, IntegrityError)), db.session.begin_nested():
            deductions.deduct(DepositDeduction(refund=refund, corrects=named))


def test_a_checked_settlement_takes_no_more_deductions(deposit: Deposit, cast: Any) -> None:
    refund = makers.make_refund(deposit, by=cast["clerk"])
    step(refund, "check", cast["supervisor"])
    with pytest.raises(RuleError, match="moved on"):
        deduct(refund, 100)
    line = DepositDeduction(refund=refund, site_id=refund.site_id, tenancy_id=refund.tenancy_id, amount_cents=1)
    with pytest.raises(AppendOnlyError):
        db.session.add(line)
        db.session.flush()


@pytest.mark.parametrize("name", ["payee", "bank_account", "settled_cents", "asked_cents", "reason"])
@pytest.mark.parametrize("last", ["check", "approve", "pay"])
def test_a_settlement_never_changes_once_it_is_checked(deposit: Deposit, cast: Any, name: str, last: str) -> None:
    refund = makers.make_refund(deposit, by=cast["clerk"], settled_cents=5_000)
    steps = {"check": ("supervisor", {}), "approve": ("manager", {}), "pay": ("clerk", {"method": "cash"})}
    for step_name, (who, form) in steps.items():
        step(refund, step_name, cast[who], **form)
        if step_name == last:
            break
    with pytest.raises(AppendOnlyError), db.session.begin_nested():
        setattr(refund, name, 1 if name.endswith("cents") else "另一个")
        db.session.flush()


def test_a_line_of_the_ledger_is_neither_edited_nor_deleted(deposit: Deposit) -> None:
    line = ledger.lines_of(deposit)[0]
    with pytest.raises(AppendOnlyError), db.session.begin_nested():
        line.amount_cents = 1
        db.session.flush()
    db.session.refresh(line)
    with pytest.raises(AppendOnlyError), db.session.begin_nested():
        db.session.delete(line)
        db.session.flush()


def test_a_wrong_receipt_is_corrected_by_a_line_that_names_it(deposit: Deposit, cast: Any) -> None:
    form = {"correction_cents": -1_000 * YUAN, "reason": "多写了"}
    walk(rules.MOVES, deposit, "correct", by=cast["manager"], write=audit.write, **form)
    receipt, correction = ledger.lines_of(deposit)
    assert (correction.corrects, correction.remark, ledger.held(deposit)) == (receipt, "多写了", 9_000 * YUAN)
    assert (deposit.state, deposit.is_owed) == ("part", True)
    with pytest.raises(RuleError, match="More than is to be paid"):
        walk(rules.MOVES, deposit, "correct", by=cast["manager"], write=audit.write,
             correction_cents=2_000 * YUAN, reason="x")  # fmt: skip
    with pytest.raises(RuleError, match="More than is held"):
        walk(rules.MOVES, deposit, "correct", by=cast["manager"], write=audit.write,
             correction_cents=-9_001 * YUAN, reason="x")  # fmt: skip


def test_balances_are_the_sums_of_lines_by_customer_unit_and_kind(site: Any, cast: Any) -> None:
    customer = makers.make_customer(site=site)
    one, two = (makers.make_tenancy(makers.make_unit(site=site), customer) for _ in range(2))
    makers.make_deposit(one, "rent", 500, received=500)
    makers.make_deposit(one, "rent", 300, received=200)
    makers.make_deposit(two, "key", 100, received=100)
    assert ledger.balances(one) == {"rent": 700} and ledger.balance(two, "key") == 100
    assert ledger.balances_of_customer(customer) == {"rent": 700, "key": 100}
    total = db.session.scalar(select(func.sum(DepositLine.amount_cents)))
    assert total == 800


@pytest.mark.parametrize("move", rules.MOVES, ids=lambda move: move.name)
@pytest.mark.parametrize("state", [*rules.MOVES[2].source, "due", "refund_asked", "refund_checked", "refund_approved"])
def test_a_deposit_takes_no_step_from_a_state_that_does_not_lead_there(tenancy: Tenancy, move: Any, state: str) -> None:
    deposit = makers.make_deposit(tenancy)
    deposit.state = state
    if state not in move.source:
        with pytest.raises(RuleError, match="moved on"):
            walk(rules.MOVES, deposit, move.name, by=None, write=audit.write)


@pytest.mark.parametrize("move", refunds.MOVES, ids=lambda move: move.name)
@pytest.mark.parametrize("state", ["asked", "checked", "approved", "paid", "refused"])
def test_a_refund_takes_no_step_from_a_state_that_does_not_lead_there(
    deposit: Deposit, cast: Any, move: Any, state: str
) -> None:
    refund = makers.make_refund(deposit, by=cast["clerk"])
    with db.session.no_autoflush:
        refund.state = state
        if state not in move.source:
            with pytest.raises(RuleError, match="moved on"):
                walk(refunds.MOVES, refund, move.name, by=cast["director"], write=audit.write)
        db.session.expire(refund)


# --- the roster ---


def test_a_roster_opens_deposits_that_are_received_and_numbered_in_a_row(site: Any, tmp_path: Path) -> None:
    from app.exchange.rules import import_roster
    from tests.exchange import houses

    lines = [["单元号", "租户名称", "租赁押金", "钥匙押金"]]
    lines += [[f"05{n:02d}", f"甲{n}有限公司", 30_000, 500] for n in range(1, 4)]
    path = houses.write(tmp_path / "l.xlsx", {"S": lines})
    import_roster(path, site)
    found = list(db.session.scalars(select(Deposit).order_by(Deposit.id)))
    assert [deposit.number[-5:] for deposit in found] == [f"{n:05d}" for n in range(1, 7)]
    assert {(deposit.kind, deposit.payable_cents, deposit.held_cents, deposit.state) for deposit in found} == {
        ("rent", 30_000 * YUAN, 30_000 * YUAN, "received"),
        ("key", 500 * YUAN, 500 * YUAN, "received"),
    }
    assert all(deposit.customer is not None and not deposit.is_owed for deposit in found)
    import_roster(path, site)
    assert len(list(db.session.scalars(select(Deposit)))) == 6
    assert makers.make_deposit(found[0].tenancy, "card").number.endswith("00007")
