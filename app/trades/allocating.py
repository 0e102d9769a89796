"""Giving customers to those who call on them: by the rules in order, by hand with a reason, and ending it (P1.05)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased, joinedload

from app.customers.models import Customer
from app.estate.numbers import numbered
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit
from app.trades import duties, engine, scheme
from app.trades.models import Allocation, AllocationPolicy, ContactSheet, DutyHolder

BATCHES = "FP"
Told = Callable[..., None]
# What follows from a customer having another holder, or none: follow(allocation, by=user)
allocated: list[Told] = []


# --- what holds ---


def is_live() -> ColumnElement[bool]:
    """The allocation holds: it has a holder, and no later line follows it."""
    later = aliased(Allocation)
    return Allocation.holder_id.is_not(None) & ~select(later.id).where(later.before_id == Allocation.id).exists()


def current(customer_id: int, scheme_key: str) -> Allocation | None:
    """The last line about a customer, whether it gives or ends."""
    mine = (Allocation.customer_id == customer_id, Allocation.scheme_key == scheme_key)
    return db.session.scalar(select(Allocation).where(*mine).order_by(Allocation.id.desc()).limit(1))


def holder_of(customer_id: int, scheme_key: str) -> Any:
    """Who has the customer now; None where nobody."""
    line = current(customer_id, scheme_key)
    return line.holder if line is not None else None


def loads(site_id: int, scheme_key: str) -> dict[int, int]:
    """How many customers each person has."""
    theirs = select(Allocation.holder_id, func.count(Allocation.id)).where(
        Allocation.site_id == site_id, Allocation.scheme_key == scheme_key, is_live()
    )
    counted = db.session.execute(theirs.group_by(Allocation.holder_id))
    return {holder: count for holder, count in counted if holder is not None}


# --- giving ---


def allocate(
    customer: Customer, scheme_key: str, holder: Any, rule: str, *, by: Any, reason: str = "", batch: str = "",
    sheet: ContactSheet | None = None,
) -> Allocation:  # fmt: skip
    """One more line: the customer goes to `holder`, or from now on to nobody; what follows, follows."""
    before = current(customer.id, scheme_key)
    line = Allocation(
        site_id=customer.site_id, scheme_key=scheme_key, customer=customer, holder_id=getattr(holder, "id", None),
        holder=holder, rule=rule, reason=reason.strip(), batch=batch, sheet=sheet, before=before,
        decided_by_id=getattr(by, "id", None), decided_at=now(),
    )  # fmt: skip
    db.session.add(line)
    if sheet is not None and holder is not None:
        sheet.state = "allocated"
    db.session.flush()
    if before is not None:
        db.session.expire(before, ["after"])
    told = {"rule": rule, "from": before.holder_id if before is not None else None, "to": line.holder_id}
    audit.write("allocate", line, told | ({"reason": line.reason} if line.reason else {}), by=by)
    for follow in allocated:
        follow(line, by=by)
    return line


def by_hand(line: Allocation, *, by: Any = None) -> Allocation:
    """The manager decides otherwise than the rules, and says why."""
    with db.session.no_autoflush:
        sheet = line.sheet
        customer = line.customer or (sheet.customer if sheet is not None else None)
        if customer is None:
            raise RuleError(_l("Choose a customer."), field="customer")
        key = sheet.scheme_key if sheet is not None else scheme.scheme_of(line.scheme_key or "").key
        _check_by_hand(line, customer, key, sheet)
    if line in db.session:
        db.session.expunge(line)
    waiting = sheet if sheet is not None and sheet.state == "handed_over" else None
    return allocate(customer, key, line.holder, "by_hand", by=by, reason=line.reason, sheet=waiting or sheet)


def _check_by_hand(line: Allocation, customer: Customer, key: str, sheet: ContactSheet | None) -> None:
    if sheet is not None and (sheet.customer_id != customer.id or sheet.state not in ("handed_over", "allocated")):
        raise RuleError(_l("This sheet has not been handed over, or is another customer's."), field="sheet")
    if not (line.reason or "").strip():
        raise RuleError(_l("Say why it is decided by hand."), field="reason")
    if line.holder is None or not duties.has(line.holder, customer.site_id, key, may_hold(key)):
        raise RuleError(_l("Only who calls on customers is given one."), field="holder")
    if (now_has := holder_of(customer.id, key)) is not None and now_has.id == line.holder.id:
        raise RuleError(_l("This person has the customer already."), field="holder")


def may_hold(scheme_key: str) -> list[str]:
    """The duties of those who may have customers: who calls on them, and who collects them."""
    said = scheme.part(scheme_key)
    return [*said["allocation"]["to"], *said["first"]["by"]]


def end(line: Allocation, *, by: Any, reason: str = "") -> None:
    """Nobody calls on the customer any more; the list of who did forgets it."""
    allocate(line.customer, line.scheme_key, None, "ended", by=by, reason=reason, sheet=None)


# --- the rules in order ---


@dataclass(frozen=True)
class Proposal:
    """What the rules say of one sheet; without a person the manager decides by hand."""

    sheet: ContactSheet
    person: Any
    rule: str


def waiting(site_ids: Iterable[int]) -> list[ContactSheet]:
    """The sheets that were handed over and wait to be allocated, the oldest first."""
    query = select(ContactSheet).where(ContactSheet.state == "handed_over", ContactSheet.site_id.in_(list(site_ids)))
    along = (joinedload(ContactSheet.collector), joinedload(ContactSheet.customer), joinedload(ContactSheet.site))
    return list(db.session.scalars(query.order_by(ContactSheet.id).options(*along)))


def propose(sheets: Iterable[ContactSheet]) -> list[Proposal]:
    """What the rules say of each, batch by batch of one site and scheme."""
    groups: dict[tuple[int, str], list[ContactSheet]] = {}
    for sheet in sheets:
        groups.setdefault((sheet.site_id, sheet.scheme_key), []).append(sheet)
    return [proposal for (site_id, key), batch in groups.items() for proposal in _proposed(site_id, key, batch)]


def _proposed(site_id: int, key: str, sheets: list[ContactSheet]) -> list[Proposal]:
    people, users = _people(site_id, key)
    first = collectors(key, [sheet.customer_id for sheet in sheets if sheet.customer_id is not None])
    cases = [
        engine.Case(sheet.id, first.get(sheet.customer_id or 0, sheet.collector_id), sheet.area, sheet.address)
        for sheet in sheets
    ]
    said = engine.decide(cases, engine.Batch(*people, policy_of(site_id, key)))
    return [
        Proposal(sheet, users[said[sheet.id][0]], said[sheet.id][1]) if sheet.id in said else Proposal(sheet, None, "")
        for sheet in sheets
    ]


def collectors(key: str, customers: Iterable[int]) -> dict[int, int | None]:
    """Who collected each customer first: a second sheet takes nobody's customer away."""
    theirs = select(ContactSheet.customer_id, ContactSheet.collector_id).where(
        ContactSheet.customer_id.in_(list(customers)), ContactSheet.scheme_key == key, ContactSheet.state != "dropped"
    )
    found: dict[int, int | None] = {}
    for customer_id, collector_id in db.session.execute(theirs.order_by(ContactSheet.id)):
        found.setdefault(customer_id, collector_id)
    return found


def _people(site_id: int, key: str) -> tuple[tuple[list[engine.Person], dict[int, engine.Person]], dict[int, Any]]:
    """Who is given customers, who keeps what they collected, and the users behind them."""
    said, load = scheme.part(key), loads(site_id, key)
    policy = site_policy(site_id, key)
    newcomer_days = policy.newcomer_days if policy is not None else said["allocation"].get("newcomer_days", 0)
    known: dict[int, engine.Person] = {}
    holders = duties.holders(site_id, key, may_hold(key))
    for holder in holders:
        known.setdefault(holder.user_id, _person(holder, load.get(holder.user_id, 0), newcomer_days))
    called = {holder.user_id for holder in holders if holder.duty in said["allocation"]["to"]}
    keepers = {holder.user_id for holder in holders if holder.duty in said["first"]["by"]}
    people = [known[user_id] for user_id in sorted(called)]
    return (people, {user_id: known[user_id] for user_id in keepers}), {each.user_id: each.user for each in holders}


def _person(holder: DutyHolder, load: int, newcomer_days: int) -> engine.Person:
    is_new = holder.since_on is not None and holder.since_on > today() - dt.timedelta(days=newcomer_days)
    areas = tuple(duties.areas_of(holder.areas))
    return engine.Person(holder.user_id, areas, is_new, holder.ability, holder.efficiency, load)


def site_policy(site_id: int, key: str) -> AllocationPolicy | None:
    """What the site says otherwise than its scheme."""
    mine = (AllocationPolicy.site_id == site_id, AllocationPolicy.scheme_key == key)
    return db.session.scalar(select(AllocationPolicy).where(*mine))


def policy_of(site_id: int, key: str) -> engine.Policy:
    """The site's policy, else the scheme's."""
    own = site_policy(site_id, key)
    if own is not None:
        weights = (own.weight_ability, own.weight_efficiency, own.weight_workload)
        return engine.Policy(own.order, own.newcomer_percent, *weights)
    said = scheme.part(key)["allocation"]
    return engine.Policy(tuple(said["order"]), said.get("newcomer_percent", 0), **said.get("weights", {}))


def keep_policy(policy: AllocationPolicy, *, by: Any = None) -> None:
    """Shares and weights are numbers that make sense."""
    with db.session.no_autoflush:
        policy.scheme_key = scheme.scheme_of(policy.scheme_key or "").key
    if policy.newcomer_percent is not None and not 0 <= policy.newcomer_percent <= 100:
        raise RuleError(_l("A share is from 0 to 100 per cent."), field="newcomer_percent")
    names = ("area_place", "newcomer_place", "score_place", "newcomer_days")
    for name in (*names, "weight_ability", "weight_efficiency", "weight_workload"):
        if (getattr(policy, name) or 0) < 0:
            raise RuleError(_l("A whole number, zero or more."), field=name)


def settle(proposals: Iterable[Proposal], otherwise: dict[int, tuple[Any, str]], *, by: Any) -> list[Allocation]:
    """Write a batch down: as proposed, or as the manager said by hand of single sheets, with a reason each.

    `otherwise` is (person, reason) by the sheet's key; a sheet that nobody decided on stays where it is.
    """
    batches: dict[int, str] = {}
    made = []
    for one in proposals:
        person, reason = otherwise.get(one.sheet.id, (None, ""))
        sheet, key = one.sheet, one.sheet.scheme_key
        if person is None and one.person is None:
            continue
        batch = batches.setdefault(sheet.site_id, "") or numbered(sheet.site_id, BATCHES)
        batches[sheet.site_id] = batch
        assert sheet.customer is not None
        if person is None or (one.person is not None and person.id == one.person.id):
            line = allocate(sheet.customer, key, one.person, one.rule, by=by, batch=batch, sheet=sheet)
        else:
            _check_by_hand(Allocation(holder=person, reason=reason), sheet.customer, key, sheet)
            line = allocate(sheet.customer, key, person, "by_hand", by=by, reason=reason, batch=batch, sheet=sheet)
        made.append(line)
    if not made:
        raise RuleError(_l("No sheet waits to be allocated."))
    return made


MOVES = [
    Move("end_allocation", {"live"}, None, "Allocation:end_allocation", _l("End the allocation"), end,
         asks=(("reason", _l("Reason")),), leads_to=("over",), style="danger"),
]  # fmt: skip
