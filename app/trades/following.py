"""Following customers up: planned from the day their sheet was made, asked for, done with a result (P1.12–P1.16)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from app.estate.numbers import numbered
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit
from app.trades import allocating, duties, filing, scheme
from app.trades.followed import EventSheet, FollowUp
from app.trades.models import Allocation

SERIES = "GF"
# Who is told that a follow-up was done: follow(follow_up, by=user)
finished: list[Callable[..., Any]] = []


# --- the plan ---


def lines_for(said: Mapping[str, Any], is_buyer: bool) -> Iterator[Mapping[str, Any]]:
    """The plan's lines for a buyer, or for who has not bought, in the scheme's order; ad hoc ones are left out."""
    wanted = {"all", "buyer" if is_buyer else "non_buyer"}
    for line in said.get("lines", []):
        if line["when"] in wanted and not line.get("ad_hoc"):
            yield line


def step_of(line: Mapping[str, Any]) -> str:
    """What tells a line of the plan from the others."""
    return f"{line['who']}_{line['when']}_{line['within_days']}"


def plan(sheet: EventSheet, *, by: Any = None) -> list[FollowUp]:
    """A follow-up for each line of the scheme's plan, due so many days after the sheet was made (P1.12)."""
    there = set(db.session.scalars(select(FollowUp.step).where(FollowUp.event_sheet_id == sheet.id)))
    made_on = sheet.made_on or today()
    said = scheme.part(sheet.scheme_key, "follow_ups")
    planned = []
    for line in lines_for(said, sheet.is_buyer):
        if (step := step_of(line)) not in there:
            due_on = made_on + dt.timedelta(days=line["within_days"])
            one = FollowUp(
                event_sheet=sheet, customer=sheet.customer, file=sheet.file, step=step, duty=line["who"],
                purpose=line["purpose"]["zh_Hans"], due_on=due_on,
            )  # fmt: skip
            planned.append(write_down(one, sheet.scheme_key, otherwise=sheet.filler, by=by))
    return planned


def write_down(follow_up: FollowUp, scheme_key: str, *, otherwise: Any = None, by: Any = None) -> FollowUp:
    """Number it, say who calls, store it."""
    with db.session.no_autoflush:
        customer = follow_up.customer
        follow_up.scheme_key, follow_up.site_id = scheme_key, customer.site_id
        if follow_up.assignee is None:
            follow_up.assignee = who_calls(customer, scheme_key, follow_up.duty, otherwise)
        follow_up.assignee_id = getattr(follow_up.assignee, "id", None)
        follow_up.file = follow_up.file or filing.file_of(customer.id, scheme_key)
        follow_up.number, follow_up.state = numbered(follow_up.site_id, SERIES), "due"
    db.session.add(follow_up)
    db.session.flush()
    audit.write("plan_follow_up", follow_up, {"number": follow_up.number, "due": str(follow_up.due_on)}, by=by)
    return follow_up


def who_calls(customer: Any, scheme_key: str, duty: str, otherwise: Any = None) -> Any:
    """Whose customer it is, where that is the duty of who has customers; else who has the duty and the least to do."""
    if duty in scheme.part(scheme_key)["allocation"]["to"]:
        return allocating.holder_of(customer.id, scheme_key) or otherwise
    holders = duties.holders(customer.site_id, scheme_key, [duty])
    to_do = _to_do([holder.user_id for holder in holders])
    return min(holders, key=lambda holder: (to_do.get(holder.user_id, 0), holder.id)).user if holders else None


def _to_do(users: Sequence[int]) -> dict[int | None, int]:
    counted = select(FollowUp.assignee_id, func.count(FollowUp.id)).where(
        FollowUp.state == "due", FollowUp.assignee_id.in_(users)
    )
    return {row[0]: row[1] for row in db.session.execute(counted.group_by(FollowUp.assignee_id))}


def pass_to_holder(line: Allocation, *, by: Any = None) -> None:
    """A customer has another holder: what is due is theirs now."""
    if line.holder is None:
        return
    called = scheme.part(line.scheme_key)["allocation"]["to"]
    due = select(FollowUp).where(
        FollowUp.customer_id == line.customer_id, FollowUp.scheme_key == line.scheme_key, FollowUp.state == "due",
        FollowUp.duty.in_(called),
    )  # fmt: skip
    for one in db.session.scalars(due).all():
        give(one, line.holder, by=by)


def give(follow_up: FollowUp, receiver: Any, *, by: Any = None) -> None:
    """Another person calls."""
    if follow_up.assignee_id != receiver.id:
        audit.write("reassign", follow_up, {"from": follow_up.assignee_id, "to": receiver.id}, by=by)
        follow_up.assignee, follow_up.assignee_id = receiver, receiver.id
        db.session.flush()


# --- asked for ---


def ask(follow_up: FollowUp, *, by: Any = None) -> FollowUp:
    """Somebody asks for a follow-up that is in no plan, e.g. of who has not bought (P1.12, P8.04)."""
    with db.session.no_autoflush:
        if follow_up.event_sheet is not None and follow_up.customer is None:
            follow_up.customer = follow_up.event_sheet.customer
        if follow_up.customer is None:
            raise RuleError(_l("Choose a customer."), field="customer")
        follow_up.customer_id = follow_up.customer.id
        sheet = follow_up.event_sheet
        if sheet is not None and sheet.customer_id != follow_up.customer_id:
            raise RuleError(_l("This sheet is another customer's."), field="event_sheet")
        key = scheme.scheme_of(sheet.scheme_key if sheet is not None else follow_up.scheme_key or "").key
        _check_asked(follow_up, key)
    follow_up.step, follow_up.asked_by, follow_up.asked_by_id = "", by, getattr(by, "id", None)
    return write_down(follow_up, key, by=by)


def _check_asked(follow_up: FollowUp, key: str) -> None:
    if follow_up.due_on is None or follow_up.due_on < today():
        raise RuleError(_l("A follow-up is due today or later."), field="due_on")
    if follow_up.duty not in scheme.duty_names(key):
        raise RuleError(_l("Say whose duty it is."), field="duty")
    who = follow_up.assignee
    if who is not None and not duties.has(who, follow_up.customer.site_id, key, [follow_up.duty]):
        raise RuleError(_l("This person does not have that duty."), field="assignee")


def known(draft: Any) -> dict[str, Any]:
    """The only scheme there is; of a sheet its customer."""
    keys = list(scheme.collecting())
    sheet = getattr(draft, "event_sheet", None)
    return {"scheme_key": keys[0] if len(keys) == 1 else "", "customer": sheet.customer if sheet is not None else None}


# --- done ---


def only_who_calls(follow_up: FollowUp, user: Any) -> None:
    if user is not None and follow_up.assignee_id is not None and user.id != follow_up.assignee_id:
        raise RuleError(_l("Only who calls writes down what came of it."))


def not_ones_own(follow_up: FollowUp, user: Any) -> None:
    if user is not None and user.id == follow_up.assignee_id:
        raise RuleError(_l("Nobody guides their own work."))


def finish(follow_up: FollowUp, *, by: Any, channel: str = "", result: str = "") -> None:
    """Done, by telephone or at the door, with what came of it; it lies in the customer's file (P1.16, P8.04)."""
    if channel not in scheme.CHANNELS:
        raise RuleError(_l("Say whether it was by telephone or at the door."), field="channel")
    if not (result or "").strip():
        raise RuleError(_l("Say what came of it: without a result it is not done."), field="result")
    follow_up.channel, follow_up.result, follow_up.done_on = channel, result.strip()[:1000], today()
    if follow_up.assignee_id is None and by is not None:
        follow_up.assignee, follow_up.assignee_id = by, by.id
    paper = scheme.part(follow_up.scheme_key, "follow_ups")["paper"]
    filing.put_in(follow_up, paper, f"{follow_up.purpose} {follow_up.number}", by=by)
    for follow in finished:
        follow(follow_up, by=by)


def guide(follow_up: FollowUp, *, by: Any, guidance: str = "") -> None:
    """Who supervises says how to go about it (P1.14)."""
    if not guidance.strip():
        raise RuleError(_l("Please fill this in."), field="guidance")
    follow_up.guidance = "\n".join(part for part in (follow_up.guidance, guidance.strip()) if part)[:500]


def reassign(follow_up: FollowUp, *, by: Any, assignee: Any = None) -> None:
    """Another person with the same duty calls."""
    if not duties.has(assignee, follow_up.site_id, follow_up.scheme_key, [follow_up.duty]):
        raise RuleError(_l("This person does not have that duty."), field="assignee")
    give(follow_up, assignee, by=by)


def leave_out(follow_up: FollowUp, *, by: Any, reason: str = "") -> None:
    """It will not be done, for a reason that stays."""
    follow_up.reason = reason.strip()[:300]


def in_the_way(loan: Any) -> Iterator[Any]:
    """What keeps a loan from being returned: the follow-up it was made for has no result yet (P1.16)."""
    follow_up = loan.follow_up
    if follow_up is not None and follow_up.state == "due":
        yield _l("Write down the result of follow-up %(number)s first.", number=follow_up.number)


# --- by telephone and at the door ---


def lacking(follow_ups: Iterable[FollowUp], needed: Iterable[str]) -> list[str]:
    """The channels a set of follow-ups still lacks, once what is left to do is not more than they (P1.13)."""
    told = list(follow_ups)
    used = {one.channel for one in told if one.state == "done"}
    missed = [channel for channel in needed if channel not in used]
    left = sum(one.state == "due" for one in told)
    return missed if used and left <= len(missed) else []


def lacks(sheet: EventSheet) -> dict[str, list[str]]:
    """Of a customer's sheet, by duty: the channels the set lacks."""
    needed = scheme.part(sheet.scheme_key, "follow_ups").get("channels_needed", {})
    told = {duty: lacking([one for one in sheet.follow_ups if one.duty == duty], ways) for duty, ways in needed.items()}
    return {duty: ways for duty, ways in told.items() if ways}


MOVES = [
    Move("finish_follow_up", {"due"}, "done", "FollowUp:finish_follow_up", _l("Done"), finish, guard=only_who_calls,
         asks=(("channel", _l("How")), ("result", _l("Result of the follow-up"))), style="primary"),
    Move("guide", {"due"}, None, "FollowUp:guide", _l("Give guidance"), guide, guard=not_ones_own,
         asks=(("guidance", _l("Guidance")),)),
    Move("reassign", {"due"}, None, "FollowUp:reassign", _l("Give to another"), reassign,
         asks=(("assignee", _l("Who calls")),)),
    Move("leave_out", {"due"}, "skipped", "FollowUp:leave_out", _l("Leave it out"), leave_out,
         asks=(("reason", _l("Reason")),), style="danger"),
]  # fmt: skip
