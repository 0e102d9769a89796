"""Somebody leaves: everything in their hands is handed over before the account is closed (P1.20, P4.10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import event, or_, select
from sqlalchemy.orm import Session

from app.archive import held
from app.archive.held import HOLDING_KINDS, Holding
from app.estate.models import SiteUser
from app.estate.numbers import numbered
from app.estate.rules import sites_of
from app.handovers import listing, rules
from app.handovers.models import UNFINISHED, Clearance, Handover, HandoverLine
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import accounts, audit

SERIES = "LZ"


def begin(clearance: Clearance, *, by: Any = None) -> Clearance:
    """Somebody leaves: one open clearance a person, numbered at the site they work for."""
    with db.session.no_autoflush:
        _take_keys(clearance)
        _check(clearance)
    clearance.last_day_on = clearance.last_day_on or today()
    if not clearance.number:
        clearance.number = numbered(clearance.site_id, SERIES)
    clearance.state = "open"
    db.session.add(clearance)
    db.session.flush()
    audit.write("ask", clearance, {"number": clearance.number, "user": clearance.user.username}, by=by)
    return clearance


def _take_keys(clearance: Clearance) -> None:
    for name in ("site", "user", "receiver", "supervisor"):
        if (record := getattr(clearance, name)) is not None:
            setattr(clearance, f"{name}_id", record.id)


def _check(clearance: Clearance) -> None:
    if clearance.user_id is None:
        raise RuleError(_l("Choose who leaves."), field="user")
    person = db.session.get_one(User, clearance.user_id)
    if open_one(person) not in (None, clearance):
        raise RuleError(_l("This person is being cleared already."), field="user")
    parties = [clearance.user_id, clearance.receiver_id, clearance.supervisor_id]
    named = [key for key in parties if key is not None]
    if len(set(named)) != len(named):
        raise RuleError(_l("Giver, receiver and supervisor must be three different people."), field="receiver")
    if clearance.site_id is None:
        sites = sites_of(person)
        if not sites:
            raise RuleError(_l("Choose a site."), field="site")
        clearance.site_id = sites[0]


def amend(clearance: Clearance, *, by: Any = None) -> None:
    """Who takes over, and the last day, may change while it is open."""
    if clearance.state != "open":
        raise RuleError(_l("This clearance is over."))
    with db.session.no_autoflush:
        _take_keys(clearance)
        _check(clearance)


def open_one(user: Any) -> Clearance | None:
    """The clearance that somebody's leaving waits for, or None."""
    mine = (Clearance.user_id == user.id, Clearance.state == "open")
    return db.session.scalar(select(Clearance).where(*mine))


def holdings(user: Any) -> list[Holding]:
    """Everything somebody holds now, at every site."""
    return list(held.everything_held_by(user))


def counts(user: Any) -> list[tuple[Any, int]]:
    """(kind in words, how many) of what somebody holds; asked before an account is closed."""
    found = Counter(thing.kind for thing in holdings(user))
    return [(words, found[kind]) for kind, words in HOLDING_KINDS.items() if found[kind]]


def hand_over(clearance: Clearance, *, by: Any) -> list[Handover]:
    """A hand-over of all of it, one a site, to whoever takes over."""
    if clearance.receiver_id is None or clearance.supervisor_id is None:
        raise RuleError(_l("Say first who takes over and who supervises."))
    under_way = {each.site_id for each in clearance.handovers if each.state in UNFINISHED}
    sites = {thing.site_id for thing in holdings(clearance.user) if held.holders[thing.kind][1] is not None}
    made = [_draw_up(clearance, site_id, by) for site_id in sorted(sites - under_way)]
    if not made:
        raise RuleError(_l("There is nothing to hand over that is not on a list already."))
    return made


def _draw_up(clearance: Clearance, site_id: int, by: Any) -> Handover:
    handover = Handover(
        site_id=site_id,
        giver_id=clearance.user_id,
        receiver_id=clearance.receiver_id,
        supervisor_id=clearance.supervisor_id,
        reason=f"{clearance.number} {clearance.reason}"[:300],
        clearance_id=clearance.id,
    )
    rules.draw_up(handover, by=by)
    added = rules.list_all_of(handover, by=by)
    audit.write("list_all", handover, {"lines": added}, by=by)
    db.session.refresh(clearance, ["handovers"])
    return handover


def close_account(clearance: Clearance, *, by: Any) -> None:
    """Nothing is held any more: every session ends at once, and nobody logs in again."""
    accounts.change_standing(clearance.user, False, by=by)
    clearance.closed_on, clearance.closed_by_id = today(), getattr(by, "id", None)


def taken_over(clearance: Clearance) -> list[HandoverLine]:
    """What others took over in the clearance's hand-overs, in their order."""
    done = [handover for handover in clearance.handovers if handover.state == "done"]
    return [line for handover in done for line in handover.lines if line.found != "missing"]


# --- an assignment to a site does not end over what is in hand there (P4.10) ---


def in_the_way(line: SiteUser) -> Iterator[Any]:
    """Why somebody cannot be taken off a site yet, in words."""
    user = db.session.get_one(User, line.user_id)
    found = Counter(thing.kind for thing in listing.held_at(user, line.site_id))
    for kind, words in HOLDING_KINDS.items():
        if found[kind]:
            yield _l("%(what)s: %(count)s", what=words, count=found[kind])
    mine = or_(*(column == user.id for column in (Handover.giver_id, Handover.receiver_id, Handover.supervisor_id)))
    query = select(Handover.number).where(Handover.site_id == line.site_id, Handover.state.in_(UNFINISHED), mine)
    for number in db.session.scalars(query.order_by(Handover.number).limit(5)):
        yield _l("the hand-over %(number)s is not finished", number=number)


@event.listens_for(Session, "before_flush")
def _nobody_is_taken_off_with_full_hands(session: Session, _context: Any, _instances: Any) -> None:
    for record in list(session.deleted):
        if isinstance(record, SiteUser) and (why := "；".join(map(str, in_the_way(record)))):
            raise RuleError(_l("A successor takes this over first: %(why)s", why=why))


MOVES = [
    Move(
        "hand_over", {"open"}, None, "Clearance:hand_over", _l("Hand everything over"), hand_over, style="primary",
    ),
    Move("close", {"open"}, "done", "Clearance:close", _l("Close the account"), close_account, style="danger"),
    Move("give_up", {"open"}, "void", "Clearance:give_up", _l("Stays after all")),
]  # fmt: skip
