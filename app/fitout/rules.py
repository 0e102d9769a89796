"""A fit-out's way: application, review, permit (the deposit first), works, acceptance, settlement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from app.archive.dayrecords import file_record, number_it, settle_place
from app.arrears.models import Violation
from app.customers.models import Tenancy
from app.deposits import rules as deposits
from app.deposits.models import Deposit
from app.estate.numbers import numbered
from app.fitout.models import Fitout
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move, walk
from app.kit.session import db
from app.security import audit

SERIES, PERMITS = "ZX", "SG"
BETWEEN_INSPECTIONS = dt.timedelta(days=7)
UNDER_WAY = {"permitted", "working", "to_accept", "rectifying"}


def apply(fitout: Fitout, *, by: Any = None) -> Fitout:
    """A tenant's application, as the desk writes it down."""
    with db.session.no_autoflush:
        settle_place(fitout)
        _check(fitout)
        if fitout.tenancy is not None and in_hand(fitout.tenancy) is not None:
            raise RuleError(_l("This tenant has a fit-out in hand already."), field="unit")
    fitout.state, fitout.applied_on = "applied", fitout.applied_on or today()
    fitout.applied_by_id = getattr(by, "id", None)
    number_it(fitout, SERIES)
    db.session.add(fitout)
    db.session.flush()
    audit.write("apply", fitout, {"number": fitout.number}, by=by)
    return fitout


def _check(fitout: Fitout) -> None:
    """What always holds for an application."""
    if fitout.tenancy is None:
        raise RuleError(_l("A fit-out is a tenant's: nobody is in this unit."), field="unit")
    if not (fitout.scope or "").strip():
        raise RuleError(_l("Say what is built."), field="scope")
    if fitout.starts_on is None or fitout.ends_on is None:
        raise RuleError(_l("Say when the works begin and end."), field="starts_on")
    if fitout.ends_on < fitout.starts_on:
        raise RuleError(_l("The works end before they begin."), field="ends_on")
    if (fitout.deposit_cents or 0) < 0:
        raise RuleError(_l("A deposit is not less than nothing."), field="deposit_cents")
    fitout.until_on = max(fitout.ends_on, fitout.extended_to_on or fitout.ends_on)


def amend(fitout: Fitout, *, by: Any = None) -> None:
    """What was applied for changes until it is reviewed; who built it, no more once it is over."""
    if fitout.state != "applied":
        raise RuleError(_l("This application has been reviewed: it changes no more."))
    with db.session.no_autoflush:
        _check(fitout)


def known(draft: Any) -> dict[str, Any]:
    """Works usually begin tomorrow; a desk's hours are the house's."""
    return {"starts_on": today() + dt.timedelta(days=1)} if draft.unit is not None else {}


# --- guards: nobody is two of the three ---


def _not_clerk(fitout: Fitout, user: Any) -> None:
    if user is not None and fitout.applied_by_id == user.id:
        raise RuleError(_l("Who wrote the application down does not decide on it."))


def _third(fitout: Fitout, user: Any) -> None:
    _not_clerk(fitout, user)
    if user is not None and fitout.reviewed_by_id == user.id:
        raise RuleError(_l("Who reviewed it does not give the permit."))


def _person(by: Any) -> int:
    if by is None:
        raise RuleError(_l("Only a person takes this step."))
    return int(by.id)


# --- the steps ---


def review(fitout: Fitout, *, by: Any, deposit_cents: int | None = None, review: str = "") -> None:
    """The drawings and the firm are looked at; from here on the deposit is due."""
    fitout.reviewed_by_id, fitout.reviewed_at, fitout.review = _person(by), now(), review.strip()
    if deposit_cents is not None:
        fitout.deposit_cents = deposit_cents
    with db.session.no_autoflush:
        _check(fitout)
    db.session.flush()
    if fitout.deposit_cents and not deposits.of_fitout(fitout):
        deposits.demand(Deposit(fitout=fitout, payable_cents=fitout.deposit_cents), by=by)


def permit(fitout: Fitout, *, by: Any) -> None:
    """The permit is given once the whole deposit of this fit-out is received (TRADE.md)."""
    there = [deposit for deposit in deposits.of_fitout(fitout) if deposit.state == "received"]
    if sum(deposit.payable_cents for deposit in there) < fitout.deposit_cents:
        raise RuleError(_l("The fit-out deposit comes first: it is not received in full."))
    if fitout.until_on < today():
        raise RuleError(_l("The time asked for is over."))
    fitout.permitted_by_id, fitout.permitted_on = _person(by), today()
    fitout.permit_number = numbered(fitout.site_id, PERMITS)


def start(fitout: Fitout, *, by: Any = None) -> None:
    """The works begin, never before the permit's first day; the desk goes and looks every week."""
    if today() < fitout.starts_on:
        raise RuleError(_l("The works begin on %(day)s at the earliest.", day=fitout.starts_on))
    fitout.inspect_by_on = min(today() + BETWEEN_INSPECTIONS, fitout.until_on)


def extend(fitout: Fitout, *, by: Any = None, extended_to_on: dt.date, reason: str) -> None:
    """The works take longer, for a reason that is kept."""
    if extended_to_on is None or extended_to_on <= fitout.until_on:
        raise RuleError(_l("An extension ends later than the permit does now."), field="extended_to_on")
    if not reason.strip():
        raise RuleError(_l("Say why."), field="reason")
    fitout.extended_to_on = fitout.until_on = extended_to_on


def finish(fitout: Fitout, *, by: Any = None) -> None:
    """The contractor says that it is done: nobody need inspect until the acceptance."""
    fitout.inspect_by_on = None


def accept(fitout: Fitout, *, by: Any, acceptance: str = "") -> None:
    """The house has looked at it all and takes it over; every violation must be closed."""
    if count := open_violations(fitout):
        raise RuleError(_l("%(count)s violations of this fit-out are not closed.", count=count))
    fitout.accepted_by_id, fitout.accepted_on = _person(by), today()
    fitout.acceptance = acceptance.strip()


def open_violations(fitout: Fitout) -> int:
    """How many violations of a fit-out are not closed."""
    open_ = (Violation.fitout_id == fitout.id, Violation.state.not_in(Violation.OVER))
    return int(db.session.scalar(select(func.count(Violation.id)).where(*open_)) or 0)


def send_back(fitout: Fitout, *, by: Any, acceptance: str) -> None:
    """Something has to be put right first."""
    if not acceptance.strip():
        raise RuleError(_l("Say what has to be put right."), field="acceptance")
    fitout.acceptance, fitout.inspect_by_on = acceptance.strip(), today() + BETWEEN_INSPECTIONS


def unsettled(fitout: Fitout) -> Iterable[Any]:
    """What is still to be done before a fit-out is over, in words."""
    held = [deposit for deposit in deposits.of_fitout(fitout) if deposit.state not in ("returned", "kept")]
    if held:
        yield _l("its deposit is not settled: %(number)s", number=held[0].number)
    if out := [worker for worker in fitout.workers if worker.returned_on is None]:
        yield _l("workers' passes not returned: %(count)s", count=len(out))


def settle(fitout: Fitout, *, by: Any = None) -> None:
    """The deposit is settled and the passes are back: the fit-out goes into the tenant's file."""
    if why := "；".join(map(str, unsettled(fitout))):
        raise RuleError(_l("The fit-out cannot be settled yet: %(why)s", why=why))
    fitout.settled_on = today()
    title = f"二次装修 · {fitout.firm}"
    file_record(fitout, "fitout", title, on=fitout.accepted_on, by=by)


def refuse(fitout: Fitout, *, by: Any, reason: str) -> None:
    """A refusal says why; nothing is asked for any more."""
    if not reason.strip():
        raise RuleError(_l("Say why it is refused."), field="reason")
    fitout.review = reason.strip()
    _ask_no_more(fitout, by)


def cancel(fitout: Fitout, *, by: Any, reason: str) -> None:
    """The tenant gives it up before anything is built; what is held is paid back like any deposit."""
    if not reason.strip():
        raise RuleError(_l("Say why."), field="reason")
    _ask_no_more(fitout, by)


def _ask_no_more(fitout: Fitout, by: Any) -> None:
    for deposit in deposits.of_fitout(fitout):
        if deposit.state == "due":
            walk(deposits.MOVES, deposit, "withdraw", by=by, write=audit.write, reason=fitout.number)


# --- what others ask ---


def in_hand(tenancy: Tenancy) -> Fitout | None:
    """The tenant's fit-out that is not over."""
    query = select(Fitout).where(Fitout.tenancy_id == tenancy.id, Fitout.state.not_in(Fitout.OVER))
    return db.session.scalar(query.order_by(Fitout.id).limit(1))


def in_the_way(tenancy: Tenancy) -> Iterable[Any]:
    """A fit-out that is neither settled nor given up keeps its tenant from leaving."""
    fitout = in_hand(tenancy)
    if fitout is not None:
        yield _l("fit-out %(number)s is not settled", number=fitout.number)


def under_way(fitout: Fitout) -> bool:
    """Passes are given and rounds made between the permit and the acceptance."""
    return fitout.state in UNDER_WAY


_WHY = (("reason", _l("Reason")),)
_SAID = (("acceptance?", _l("Result of the acceptance")),)
MOVES = [
    Move(
        "review", {"applied"}, "reviewed", "Fitout:review", _l("Reviewed"), review,
        asks=(("deposit_cents?", _l("Fit-out deposit (yuan)")), ("review?", _l("Opinion of the review"))),
        guard=_not_clerk, style="primary",
    ),
    Move("permit", {"reviewed"}, "permitted", "Fitout:permit", _l("Give the permit"), permit,
         guard=_third, style="primary"),
    Move("start", {"permitted"}, "working", "Fitout:start", _l("Works begin"), start, style="primary"),
    Move(
        "extend", UNDER_WAY, None, "Fitout:extend", _l("Extend"), extend,
        asks=(("extended_to_on", _l("Extended to")), ("reason", _l("Reason"))),
    ),
    Move("finish", {"working", "rectifying"}, "to_accept", "Fitout:finish", _l("Ready for acceptance"), finish),
    Move("accept", {"to_accept"}, "accepted", "Fitout:accept", _l("Accept"), accept,
         asks=_SAID, guard=_not_clerk, style="primary"),
    Move("send_back", {"to_accept"}, "rectifying", "Fitout:accept", _l("To be put right"), send_back,
         asks=(("acceptance", _l("What has to be put right")),), guard=_not_clerk),
    Move("settle", {"accepted"}, "settled", "Fitout:settle", _l("Settle"), settle, style="primary"),
    Move("refuse", {"applied", "reviewed"}, "refused", "Fitout:refuse", _l("Refuse"), refuse,
         asks=_WHY, guard=_not_clerk, style="danger"),
    Move("cancel", {"applied", "reviewed", "permitted"}, "cancelled", "Fitout:cancel", _l("Give up"), cancel,
         asks=_WHY, style="danger"),
]  # fmt: skip
