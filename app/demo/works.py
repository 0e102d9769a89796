"""A year of fit-outs and deposits in the made-up tower."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.arrears import rules as arrears
from app.arrears.models import Violation
from app.demo import phrases
from app.demo.desk import Desk
from app.demo.names import Inventor
from app.demo.tenants import follow_up
from app.deposits import refunds
from app.deposits import rules as deposits
from app.deposits.models import Deposit, DepositLine, DepositRefund
from app.fitout import rules as fitouts
from app.fitout import site_work
from app.fitout.models import Fitout, FitoutInspection, FitoutWorker
from app.kit.columns import today

# how far each of the fit-outs goes, in their order of the year; then those of the last weeks
ENDS = ("settled", "settled", "refused", "settled", "cancelled", "settled", "settled", "settled") * 2
LAST = ("accepted", "rectifying", "to_accept", "working", "working", "permitted", "reviewed", "applied")
SMALL_DEPOSITS = {"key": 30_000, "card": 60_000, "permit": 100_000}
FITOUT_DEPOSITS = (500_000, 1_000_000, 2_000_000)


# --- deposits ---


def ask_deposit(desk: Desk) -> None:
    """A small deposit for keys, cards or passes; paid at once, in two parts, or not yet."""
    kind = desk.chance.choice(list(SMALL_DEPOSITS))
    deposit = Deposit(unit=desk.tenancy().unit, kind=kind, payable_cents=SMALL_DEPOSITS[kind])
    deposits.demand(deposit, by=desk.people["clerk"])
    if desk.chance.random() < 0.9:
        desk.then(desk.hours(1, 48), take, deposit, desk.chance.random() < 0.2)


def take(desk: Desk, deposit: Deposit, halves: bool = False) -> None:
    """Receive what is owed, all at once or a half now and a half later."""
    if not deposits.takes_money(deposit):
        return
    cents = deposit.owed_cents // 2 if halves else deposit.owed_cents
    line = DepositLine(amount_cents=cents, method=desk.chance.choice(("transfer", "cash", "card")))
    deposits.take(line, deposit, by=desk.people["clerk"])
    if halves:
        desk.then(desk.hours(48, 200), take, deposit)


def give_back(desk: Desk, deposit: Deposit, reason: str, stops_at: str = "paid") -> None:
    """A refund through three hands: the clerk asks, the supervisor checks, the manager approves, the clerk pays."""
    if not refunds.may_ask(deposit):
        return
    refund = DepositRefund(deposit=deposit, reason=reason, bank="建设银行", bank_account="6217000000000000000")
    refunds.ask(refund, by=desk.people["clerk"])
    steps: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("check", "supervisor", {}), ("approve", "manager", {}), ("pay", "clerk", {"method": "transfer"}),
    )  # fmt: skip
    for place, (step, who, said) in enumerate(steps):
        if stops_at == step:
            return
        desk.later(6 + 20 * place, refunds.MOVES, refund, step, who, **said)


# --- fit-outs ---


def apply(desk: Desk, inventor: Inventor, end: str) -> None:
    """A tenant wants to build; `end` is how far it goes."""
    chance, begins = desk.chance, today() + dt.timedelta(days=7)
    free = [tenancy for tenancy in desk.tenancies if fitouts.in_hand(tenancy) is None]
    fitout = Fitout(
        unit=chance.choice(free).unit, firm=chance.choice(phrases.CONTRACTORS), head=inventor.person(),
        head_phone=inventor.telephone(), licence_number=inventor.credit_code(), scope=chance.choice(phrases.SCOPES),
        starts_on=begins, ends_on=begins + dt.timedelta(days=chance.randint(15, 40)), work_hours="18:00—次日 7:00",
        deposit_cents=chance.choice(FITOUT_DEPOSITS),
    )  # fmt: skip
    fitouts.apply(fitout, by=desk.people["clerk"])
    if end == "refused":
        desk.later(20, fitouts.MOVES, fitout, "refuse", "supervisor", reason="图纸未盖章，隔断影响喷淋")
    elif end != "applied":
        desk.then(20, review, inventor, fitout, end)


def review(desk: Desk, inventor: Inventor, fitout: Fitout, end: str) -> None:
    desk.walk(fitouts.MOVES, fitout, "review", "supervisor", review="图纸齐全，同意施工")
    if end == "cancelled":
        desk.later(60, fitouts.MOVES, fitout, "cancel", "clerk", reason="客户取消装修计划")
    elif end != "reviewed":
        desk.then(30, permit, inventor, fitout, end)


def permit(desk: Desk, inventor: Inventor, fitout: Fitout, end: str) -> None:
    """The deposit first; then the permit, and passes for the workers."""
    for deposit in deposits.of_fitout(fitout):
        take(desk, deposit)
    desk.walk(fitouts.MOVES, fitout, "permit", "manager")
    for trade in ("head", "electrician", "carpenter"):
        worker = FitoutWorker(fitout=fitout, name=inventor.person(), id_number=inventor.identity_number(), trade=trade)
        site_work.give_pass(worker, by=desk.people["clerk"])
    if end != "permitted":
        desk.then(24 * max(1, (fitout.starts_on - today()).days), build, fitout, end)


def build(desk: Desk, fitout: Fitout, end: str) -> None:
    """Works with rounds through them; now and then something is found."""
    desk.walk(fitouts.MOVES, fitout, "start", "clerk")
    desk.then(50, look, fitout, desk.chance.random() < 0.6)
    if end == "working":
        return
    days = (fitout.ends_on - fitout.starts_on).days
    desk.then(24 * max(8, days - 2), look, fitout, True)
    desk.then(24 * max(9, days), hand_in, fitout, end)


def look(desk: Desk, fitout: Fitout, is_ok: bool) -> None:
    """A round of inspection; what is wrong becomes a violation that costs something."""
    if not fitouts.under_way(fitout):
        return
    finding = "材料堆放整齐，动火证、灭火器齐全" if is_ok else desk.chance.choice(phrases.VIOLATIONS)
    inspection = FitoutInspection(fitout=fitout, finding=finding, is_ok=is_ok)
    site_work.inspect(inspection, by=desk.people["supervisor"])
    if not is_ok:
        found = Violation(fitout=fitout, unit=fitout.unit, what="hot_work", description=finding, found_by="工程巡查")
        arrears.find_violation(found, by=desk.people["supervisor"])
        follow_up(desk, found, desk.chance.choice((20_000, 50_000)))


def hand_in(desk: Desk, fitout: Fitout, end: str) -> None:
    desk.walk(fitouts.MOVES, fitout, "finish", "clerk")
    if end == "rectifying":
        desk.later(24, fitouts.MOVES, fitout, "send_back", "supervisor", acceptance="吊顶检修口未开，限期整改")
    elif end != "to_accept":
        desk.then(48, accept, fitout, end)


def accept(desk: Desk, fitout: Fitout, end: str) -> None:
    """Accepted once every violation is closed; the passes come back and the deposit is settled."""
    if fitouts.open_violations(fitout):
        desk.then(48, accept, fitout, end)
        return
    desk.walk(fitouts.MOVES, fitout, "accept", "supervisor", acceptance="与图纸相符，消防设施完好")
    if end == "accepted":
        return
    for worker in fitout.workers:
        worker.returned_on = today()
    for deposit in deposits.of_fitout(fitout):
        desk.then(60, give_back, deposit, "装修验收合格，退还装修押金")
