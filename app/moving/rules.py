"""Moving in and out: opened with a checklist, checked, then finished; a move-out closes the unit's file (P10.03)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_ngettext as _n
from sqlalchemy import select

from app.archive import rules as archive
from app.archive.dayrecords import file_of, file_record, number_it, settle_place
from app.customers.models import Tenancy
from app.customers.rules import caller_of
from app.kit.columns import today
from app.kit.errors import RuleError, StaleError
from app.kit.labels import _l
from app.kit.moves import Move, walk
from app.kit.session import db
from app.moving import checklists, keys
from app.moving.models import Moving, MovingItem
from app.security import audit

SERIES = {"in": "RZ", "out": "QC"}
NOTICE_DAYS = 15
NEW_FOR_DAYS = 62
DEPARTMENTS = ("property", "engineering", "security")
PAPERS = {"in": ("move_in", "入住手续单"), "out": ("letter", "迁出手续单")}
SETTLED = ("checked", "closed")


@dataclass(frozen=True)
class Answer:
    """What the desk typed into one line of the checklist; `version` is the line's when it was drawn."""

    is_done: bool
    quantity: int | None
    reading: str
    remark: str
    version: int


def open_moving(moving: Moving, *, by: Any = None) -> Moving:
    """A new move in or out of the unit's tenant, with its checklist."""
    with db.session.no_autoflush:
        settle_place(moving)
        tenancy = moving.tenancy
        if tenancy is None or tenancy.state != "live":
            raise RuleError(_l("Nobody is in this unit."), field="unit")
        if live_moving(tenancy, moving.kind) is not None:
            raise RuleError(_l("This tenant's move is in hand already."), field="unit")
        moving.asked_on = moving.asked_on or today()
        check_dates(moving)
        moving.items = checklists.items_for(moving)
        number_it(moving, SERIES[moving.kind])
    db.session.add(moving)
    db.session.flush()
    audit.write("open_move", moving, {"number": moving.number, "kind": moving.kind}, by=by)
    return moving


def open_move_in(tenancy: Tenancy, *, by: Any = None) -> Moving | None:
    """Somebody has moved in just now: their checklist opens. Leases long under way need none."""
    if tenancy.starts_on is not None and tenancy.starts_on < today() - dt.timedelta(days=NEW_FOR_DAYS):
        return None
    moving = Moving(kind="in", unit=tenancy.unit, tenancy=tenancy, planned_on=tenancy.starts_on, state="open")
    return open_moving(moving, by=by)


def known(draft: Any) -> dict[str, Any]:
    """Whom to call, from the unit's daily contact."""
    contact = caller_of(getattr(draft, "unit", None))
    return {"contact": contact.name, "phone": contact.phone} if contact is not None else {}


def check_dates(moving: Moving) -> None:
    if moving.planned_on and moving.notice_given_on and moving.planned_on < moving.notice_given_on:
        raise RuleError(_l("The move is planned before notice was given."), field="planned_on")


def amend(moving: Moving, *, by: Any = None) -> None:
    """Dates, contact and the three departments' checks, until the move is checked."""
    if moving.state != "open":
        raise RuleError(_l("This move was checked: take it back first."))
    check_dates(moving)
    for name in DEPARTMENTS:
        if getattr(moving, f"{name}_by") and getattr(moving, f"{name}_on") is None:
            setattr(moving, f"{name}_on", today())


def live_moving(tenancy: Tenancy, kind: str) -> Moving | None:
    """The tenancy's move of that kind that is still in hand."""
    query = select(Moving).where(
        Moving.tenancy_id == tenancy.id, Moving.kind == kind, Moving.state.in_(("open", "checked"))
    )
    return db.session.scalar(query)


# --- the checklist ---


def add_item(item: MovingItem, *, by: Any = None) -> MovingItem:
    """One more line, at the end of its list."""
    moving = item.moving
    if moving is None or not takes_items(moving):
        raise RuleError(_l("Lines are added while the move is in hand."), field="moving")
    item.site_id = moving.site_id
    item.position = 1 + max((other.position or 0 for other in moving.items if other is not item), default=0)
    db.session.add(item)
    db.session.flush()
    audit.write("add_line", moving, {"line": item.id}, by=by)
    return item


def takes_items(moving: Moving) -> bool:
    return moving.state == "open"


def tick(moving: Moving, answers: Mapping[int, Answer], *, by: Any = None) -> int:
    """Keep what was typed into the checklist; how many lines changed. A meter's line needs its reading."""
    if not takes_items(moving):
        raise RuleError(_l("This move was checked: take it back first."))
    changed = [item for item in moving.items if item.id in answers and _take(item, answers[item.id], by)]
    if changed:
        db.session.flush()
        audit.write("tick", moving, {"lines": [item.id for item in changed]}, by=by)
    return len(changed)


def _take(item: MovingItem, answer: Answer, by: Any) -> bool:
    before = (item.is_done, item.quantity, item.reading, item.remark)
    after = (answer.is_done, answer.quantity, answer.reading.strip(), answer.remark.strip())
    if before == after:
        return False
    if item.version != answer.version:
        raise StaleError(_l("Someone changed this meanwhile. Look at both versions, then save again."))
    if answer.is_done and item.section == "meters" and not answer.reading.strip():
        raise RuleError(_l("%(what)s: type what the meter shows.", what=checklists.said(item)))
    if answer.quantity is not None and answer.quantity < 0:
        raise RuleError(_l("The quantity is at least one."))
    if answer.is_done != item.is_done:
        item.done_by_id = getattr(by, "id", None) if answer.is_done else None
        item.done_on = today() if answer.is_done else None
    item.is_done, item.quantity, item.reading, item.remark = after
    return True


# --- what stands in the way ---


def without_move_out(tenancy: Tenancy) -> Iterator[Any]:
    """No live tenant's file is closed before their move-out is checked, from whichever screen."""
    if tenancy.state != "live":
        return
    query = select(Moving.id).where(Moving.tenancy_id == tenancy.id, Moving.kind == "out", Moving.state.in_(SETTLED))
    if db.session.scalar(query.limit(1)) is None:
        yield _l("the move-out has not been checked")


def notice_is_short(moving: Moving) -> bool:
    """A tenant who leaves gives notice 15 days before."""
    if moving.kind != "out" or moving.planned_on is None:
        return False
    return (moving.planned_on - (moving.notice_given_on or moving.asked_on)).days < NOTICE_DAYS


def is_late(moving: Moving) -> bool:
    """Its planned day has passed."""
    return moving.planned_on is not None and moving.planned_on < today()


# --- moves ---


def check(moving: Moving, *, by: Any = None) -> None:
    """Every line is ticked; of a move-out, too, the authority is there and three departments have looked."""
    if left := sum(not item.is_done for item in moving.items):
        raise RuleError(_n("%(num)s line is not ticked yet.", "%(num)s lines are not ticked yet.", left))
    if moving.kind == "out":
        if not moving.is_authorised:
            raise RuleError(_l("The letter of authority is missing."), field="is_authorised")
        for name in DEPARTMENTS:
            if not getattr(moving, f"{name}_by"):
                raise RuleError(_l("Property, engineering and security check together."), field=f"{name}_by")
    assert moving.tenancy is not None
    sign = 1 if moving.kind == "in" else -1
    keys.book_items(moving.tenancy, moving.items, sign, to_whom=moving.contact, by=by)


def close(moving: Moving, *, by: Any = None) -> None:
    """Finish: a move-in is filed; a move-out closes the file, ends the tenancy and leaves the unit a new file."""
    assert moving.tenancy is not None
    if moving.kind == "out" and (why := "；".join(map(str, archive.in_the_way(moving.tenancy)))):
        raise RuleError(_l("The tenant cannot leave yet: %(why)s", why=why))
    moving.closed_on, moving.closed_by_id = today(), getattr(by, "id", None)
    paper_class, title = PAPERS[moving.kind]
    file = file_of(moving)
    file_record(moving, paper_class, f"{title} {moving.number}", on=moving.closed_on, by=by)
    if moving.kind == "out" and file is not None:
        walk(archive.MOVES, file, "close", by=by, write=audit.write, on=moving.closed_on)
    db.session.flush()


def cancel(moving: Moving, *, by: Any = None, reason: str = "") -> None:
    """The move does not happen, for a reason that is kept."""
    if not reason.strip():
        raise RuleError(_l("Say why it is called off."), field="reason")
    moving.reason = reason.strip()


MOVES = [
    Move("check", {"open"}, "checked", "Moving:check", _l("All is checked"), check, style="primary"),
    Move("reopen", {"checked"}, "open", "Moving:check", _l("Check again")),
    Move("close", {"checked"}, "closed", "Moving:close", _l("Finish the move"), close, style="primary"),
    Move(
        "cancel",
        {"open", "checked"},
        "cancelled",
        "Moving:cancel",
        _l("Call off"),
        cancel,
        asks=(("reason", _l("Reason")),),
        style="danger",
    ),
]
