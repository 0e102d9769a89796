"""A fit-out's way: nobody builds without a permit, no permit without the deposit, no end without a settlement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from flask_babel import force_locale
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.archive import rules as archive
from app.archive.models import Document
from app.arrears import rules as arrears
from app.arrears.models import Violation
from app.customers.models import Tenancy
from app.demo import makers
from app.deposits import ledger, refunds
from app.deposits import rules as deposits
from app.deposits.models import Deposit, DepositDeduction
from app.estate.rules import find_site
from app.fitout import rules, settling, site_work
from app.fitout.models import Fitout, FitoutInspection, FitoutWorker
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import AppendOnlyError, db
from app.security import audit
from tests.conftest import SITE
from tests.standing import Made, Standing

DAY = dt.timedelta(days=1)
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
def fitout(tenancy: Tenancy, cast: Any) -> Fitout:
    return makers.make_fitout(tenancy, by=cast["clerk"])


def step(fitout: Fitout, name: str, by: Any = None, **form: Any) -> None:
    walk(rules.MOVES, fitout, name, by=by, write=audit.write, **form)
    db.session.flush()


def deposit_of(fitout: Fitout) -> Deposit:
    [deposit] = deposits.of_fitout(fitout)
    return deposit


def permitted(fitout: Fitout, cast: Any) -> Fitout:
    step(fitout, "review", cast["supervisor"])
    deposits.receive(deposit_of(fitout), fitout.deposit_cents, "transfer", by=cast["clerk"])
    step(fitout, "permit", cast["manager"])
    return fitout


def accepted(fitout: Fitout, cast: Any) -> Fitout:
    permitted(fitout, cast)
    for name in ("start", "finish"):
        step(fitout, name, cast["clerk"])
    step(fitout, "accept", cast["supervisor"], acceptance="合格")
    return fitout


def violate(fitout: Fitout, cents: int | None, cast: Any) -> Violation:
    violation = arrears.find_violation(
        Violation(fitout=fitout, what="fire_exit", description="通道堆料"), by=cast["clerk"]
    )
    for name, form in (
        ("notify", {"demand": "清空通道", "rectify_by_on": today() + DAY}),
        ("rectify", {"rectified_on": today()}),
        ("close", {"deduction_cents": cents}),
    ):
        walk(arrears.MOVES, violation, name, by=cast["supervisor"], write=audit.write, **form)
    db.session.flush()
    return violation


def paid_back(deposit: Deposit, cast: Any, **more: Any) -> Any:
    refund = makers.make_refund(deposit, by=cast["clerk"], **more)
    for name, who in (("check", "supervisor"), ("approve", "manager")):
        walk(refunds.MOVES, refund, name, by=cast[who], write=audit.write)
    walk(refunds.MOVES, refund, "pay", by=cast["clerk"], write=audit.write, method="transfer")
    db.session.flush()
    return refund


# --- application, review, permit ---


def test_an_application_is_numbered_and_placed(fitout: Fitout, tenancy: Tenancy, cast: Any) -> None:
    assert fitout.number == f"ZX-{today().year}-00001"
    assert (fitout.tenancy, fitout.state, fitout.until_on) == (tenancy, "applied", fitout.ends_on)
    assert fitout.applied_by == cast["clerk"] and fitout.applied_on == today()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"scope": " "}, "scope"),
        ({"starts_on": None}, "starts_on"),
        ({"ends_on": dt.date(2000, 1, 1)}, "ends_on"),
        ({"deposit_cents": -1}, "deposit_cents"),
    ],
)
def test_an_application_says_what_and_when(tenancy: Tenancy, said: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleError) as refused:
        makers.make_fitout(tenancy, **said)
    assert refused.value.field == field


def test_nobody_fits_out_a_vacant_unit(site: Any) -> None:
    with pytest.raises(RuleError, match="nobody is in this unit"):
        rules.apply(Fitout(unit=makers.make_unit(site=site), scope="x", starts_on=today(), ends_on=today()))


def test_a_tenant_has_one_fit_out_in_hand(fitout: Fitout, tenancy: Tenancy) -> None:
    with pytest.raises(RuleError, match="in hand already"):
        makers.make_fitout(tenancy)
    step(fitout, "cancel", reason="租户放弃")
    assert makers.make_fitout(tenancy).number.endswith("00002")


def test_a_review_demands_the_deposit_once(fitout: Fitout, cast: Any) -> None:
    step(fitout, "review", cast["supervisor"], deposit_cents=30_000 * YUAN, review="同意")
    deposit = deposit_of(fitout)
    assert (deposit.kind, deposit.payable_cents, deposit.state) == ("fitout", 30_000 * YUAN, "due")
    assert deposit.tenancy == fitout.tenancy and fitout.reviewed_by == cast["supervisor"]


def test_a_reviewed_application_changes_no_more(fitout: Fitout, cast: Any) -> None:
    rules.amend(fitout)
    step(fitout, "review", cast["supervisor"])
    with pytest.raises(RuleError, match="changes no more"):
        rules.amend(fitout)


def test_no_permit_before_the_whole_deposit_is_there(fitout: Fitout, cast: Any) -> None:
    step(fitout, "review", cast["supervisor"])
    with pytest.raises(RuleError, match="deposit comes first"):
        step(fitout, "permit", cast["manager"])
    deposits.receive(deposit_of(fitout), fitout.deposit_cents - 1, "cash")
    with pytest.raises(RuleError, match="deposit comes first"):
        step(fitout, "permit", cast["manager"])
    deposits.receive(deposit_of(fitout), 1, "cash")
    step(fitout, "permit", cast["manager"])
    assert (fitout.state, fitout.permit_number) == ("permitted", f"SG-{today().year}-00001")


def test_another_fit_outs_deposit_opens_no_permit(fitout: Fitout, tenancy: Tenancy, cast: Any) -> None:
    step(fitout, "review", cast["supervisor"])
    makers.make_deposit(tenancy, "fitout", fitout.deposit_cents, received=fitout.deposit_cents)
    with pytest.raises(RuleError, match="deposit comes first"):
        step(fitout, "permit", cast["manager"])


def test_without_a_deposit_a_permit_needs_none(tenancy: Tenancy, cast: Any) -> None:
    fitout = makers.make_fitout(tenancy, deposit_cents=0, by=cast["clerk"])
    step(fitout, "review", cast["supervisor"])
    step(fitout, "permit", cast["manager"])
    assert deposits.of_fitout(fitout) == []


@pytest.mark.parametrize(
    ("reviews", "permits"), [("clerk", "manager"), ("supervisor", "supervisor"), ("supervisor", "clerk")]
)
def test_nobody_is_two_of_the_three(fitout: Fitout, cast: Any, reviews: str, permits: str) -> None:
    with pytest.raises(RuleError, match="Who (wrote|reviewed)"):
        step(fitout, "review", cast[reviews])
        deposits.receive(deposit_of(fitout), fitout.deposit_cents, "cash")
        step(fitout, "permit", cast[permits])
    assert not fitout.permit_number


def test_the_database_knows_the_three_people_too(fitout: Fitout, cast: Any) -> None:
    change = update(Fitout).where(Fitout.id == fitout.id)
    one, two = cast["clerk"].id, cast["supervisor"].id
    for names in ({"reviewed_by_id": one}, {"reviewed_by_id": two, "permitted_by_id": two}):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(change.values(**names))


def test_a_refused_or_given_up_fit_out_asks_for_no_deposit_any_more(fitout: Fitout, cast: Any) -> None:
    step(fitout, "review", cast["supervisor"])
    deposit = deposit_of(fitout)
    step(fitout, "refuse", cast["manager"], reason="图纸不全")
    assert (deposit.state, deposit.is_owed, fitout.review) == ("withdrawn", False, "图纸不全")


# --- works ---


def test_works_do_not_begin_before_their_first_day(tenancy: Tenancy, cast: Any) -> None:
    fitout = permitted(
        makers.make_fitout(tenancy, starts_on=today() + DAY, ends_on=today() + 9 * DAY, by=cast["clerk"]), cast
    )
    with pytest.raises(RuleError, match="at the earliest"):
        step(fitout, "start", cast["clerk"])


def test_an_extension_ends_later_and_says_why(fitout: Fitout, cast: Any) -> None:
    permitted(fitout, cast)
    for day, reason in ((fitout.ends_on, "迟"), (fitout.ends_on + DAY, " ")):
        with pytest.raises(RuleError):
            step(fitout, "extend", cast["supervisor"], extended_to_on=day, reason=reason)
    step(fitout, "extend", cast["supervisor"], extended_to_on=fitout.ends_on + 5 * DAY, reason="材料迟到")
    assert fitout.until_on == fitout.extended_to_on == fitout.ends_on + 5 * DAY


def test_a_pass_ends_with_the_permit(fitout: Fitout, cast: Any) -> None:
    with pytest.raises(RuleError, match="no permit"):
        site_work.give_pass(FitoutWorker(fitout=fitout, name="石大勇"))
    permitted(fitout, cast)
    with pytest.raises(RuleError, match="ends with the permit"):
        site_work.give_pass(FitoutWorker(fitout=fitout, name="石大勇", valid_until_on=fitout.until_on + DAY))
    worker = site_work.give_pass(FitoutWorker(fitout=fitout, name="石大勇"), by=cast["clerk"])
    assert (worker.valid_until_on, worker.pass_number) == (fitout.until_on, f"CR-{today().year}-00001")
    assert worker in fitout.workers


def test_a_round_makes_the_next_one_due_a_week_later(fitout: Fitout, cast: Any) -> None:
    permitted(fitout, cast)
    step(fitout, "start", cast["clerk"])
    assert fitout.inspect_by_on == today() + 7 * DAY
    fitout.inspect_by_on = today() - DAY
    made = site_work.inspect(FitoutInspection(fitout=fitout, finding="有序"), by=cast["clerk"])
    assert fitout.inspect_by_on == today() + 7 * DAY
    with pytest.raises(AppendOnlyError), db.session.begin_nested():
        made.finding = "另说"
        db.session.flush()


def test_an_open_violation_keeps_from_acceptance(fitout: Fitout, cast: Any) -> None:
    permitted(fitout, cast)
    for name in ("start", "finish"):
        step(fitout, name, cast["clerk"])
    violation = arrears.find_violation(Violation(fitout=fitout, what="noise", description="夜间噪音"))
    with pytest.raises(RuleError, match="not closed"):
        step(fitout, "accept", cast["supervisor"])
    walk(arrears.MOVES, violation, "withdraw", by=cast["supervisor"], write=audit.write, reason="误报")
    db.session.flush()
    step(fitout, "accept", cast["supervisor"])
    assert fitout.accepted_on == today()


def test_what_is_not_right_goes_back(fitout: Fitout, cast: Any) -> None:
    permitted(fitout, cast)
    for name in ("start", "finish"):
        step(fitout, name, cast["clerk"])
    with pytest.raises(RuleError):
        step(fitout, "send_back", cast["supervisor"], acceptance=" ")
    step(fitout, "send_back", cast["supervisor"], acceptance="喷淋被遮挡")
    assert (fitout.state, fitout.acceptance) == ("rectifying", "喷淋被遮挡")
    step(fitout, "finish", cast["clerk"])
    assert fitout.state == "to_accept"


# --- settlement ---


def test_violations_come_out_of_the_deposit_and_the_fit_out_goes_into_the_file(fitout: Fitout, cast: Any) -> None:
    permitted(fitout, cast)
    violation, free = violate(fitout, 500 * YUAN, cast), violate(fitout, None, cast)
    for name in ("start", "finish"):
        step(fitout, name, cast["clerk"])
    step(fitout, "accept", cast["supervisor"])
    refund = paid_back(deposit_of(fitout), cast)
    assert [(line.violation, line.amount_cents) for line in refund.deductions] == [(violation, 500 * YUAN)]
    assert refund.asked_cents == 19_500 * YUAN and free.deduction_cents is None
    assert (fitout.state, fitout.settled_on, deposit_of(fitout).state) == ("settled", today(), "returned")
    paper = db.session.scalars(select(Document).where(Document.source == "Fitout")).one()
    assert (paper.source_id, paper.paper_class) == (fitout.id, "fitout")


def test_a_violation_is_deducted_once(fitout: Fitout, cast: Any) -> None:
    accepted(fitout, cast)
    violation, deposit = violate(fitout, 500 * YUAN, cast), deposit_of(fitout)
    refused = makers.make_refund(deposit, by=cast["clerk"], settled_cents=1_000 * YUAN)
    assert refused.asked_cents == 500 * YUAN
    walk(refunds.MOVES, refused, "refuse", by=cast["supervisor"], write=audit.write, reason="账号错")
    first = paid_back(deposit, cast, settled_cents=1_000 * YUAN)
    second = paid_back(deposit, cast)
    assert [len(refund.deductions) for refund in (first, second)] == [1, 0]
    assert ledger.held(deposit) == 0 and list(settling.propose(deposit)) == []
    assert violation.state == "closed"


def test_a_deduction_larger_than_the_deposit_takes_what_is_there(fitout: Fitout, cast: Any) -> None:
    accepted(fitout, cast)
    violate(fitout, 90_000 * YUAN, cast)
    paid_back(deposit_of(fitout), cast)
    assert deposit_of(fitout).state == "kept"


def test_a_due_is_paid_out_of_the_deposit(tenancy: Tenancy, cast: Any) -> None:
    from app.deposits import deductions

    deposit = makers.make_deposit(tenancy, cents=90_000_000, received=90_000_000)
    due = makers.make_due(tenancy)
    refund = makers.make_refund(deposit, by=cast["clerk"])
    line = deductions.deduct(DepositDeduction(refund=refund, due=due))
    assert (line.why, line.amount_cents) == ("arrears", due.amount_cents)
    for name, who in (("check", "supervisor"), ("approve", "manager")):
        walk(refunds.MOVES, refund, name, by=cast[who], write=audit.write)
    walk(refunds.MOVES, refund, "pay", by=cast["clerk"], write=audit.write, method="cash")
    assert (due.state, due.payments[0].method) == ("settled", "deposit")


def test_another_tenants_violation_is_not_deducted(tenancy: Tenancy, fitout: Fitout, cast: Any, site: Any) -> None:
    from app.deposits import deductions

    permitted(fitout, cast)
    violation = violate(fitout, 100, cast)
    other = makers.make_deposit(makers.make_tenancy(makers.make_unit(site=site)), received=100_000)
    refund = makers.make_refund(other, by=cast["clerk"])
    with pytest.raises(RuleError, match="another tenant"):
        deductions.deduct(DepositDeduction(refund=refund, violation=violation))


def test_no_settlement_while_a_pass_or_the_deposit_is_out(fitout: Fitout, cast: Any) -> None:
    permitted(fitout, cast)
    worker = site_work.give_pass(FitoutWorker(fitout=fitout, name="石大勇"))
    for name in ("start", "finish"):
        step(fitout, name, cast["clerk"])
    step(fitout, "accept", cast["supervisor"])
    with pytest.raises(RuleError, match="deposit is not settled.*passes not returned: 1"):
        step(fitout, "settle", cast["supervisor"])
    paid_back(deposit_of(fitout), cast)
    assert fitout.state == "accepted"
    worker.returned_on = today()
    site_work.check_pass(worker)
    step(fitout, "settle", cast["supervisor"])
    assert fitout.state == "settled"


def test_a_fit_out_in_hand_keeps_its_tenant_from_leaving(fitout: Fitout, tenancy: Tenancy) -> None:
    assert any(fitout.number in str(why) for why in archive.in_the_way(tenancy))
    step(fitout, "cancel", reason="放弃")
    assert not any(fitout.number in str(why) for why in archive.in_the_way(tenancy))


@pytest.mark.parametrize("state", sorted({state for move in rules.MOVES for state in move.source} | Fitout.OVER))
@pytest.mark.parametrize("move", rules.MOVES, ids=lambda move: move.name)
def test_a_fit_out_takes_no_step_from_a_state_that_does_not_lead_there(fitout: Fitout, move: Any, state: str) -> None:
    with db.session.no_autoflush:
        fitout.state = state
        if state not in move.source:
            with pytest.raises(RuleError, match="moved on"):
                walk(rules.MOVES, fitout, move.name, by=None, write=audit.write)
        db.session.expire(fitout)
