"""Makers of duties, sheets, allocations and follow-ups for tests and the demo: each fills in what is not said."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.security.sqla.models import User

from app.customers.models import Customer
from app.demo import makers
from app.estate.models import Site
from app.kit.columns import today
from app.kit.moves import walk
from app.kit.session import db
from app.security import audit
from app.trades import allocating, attending, collecting, duties, following
from app.trades.followed import EventSheet, FollowUp
from app.trades.models import Allocation, ContactSheet, DutyHolder

KEY = "health_products"
BEGAN = dt.date(2020, 1, 1)
DRAWN = "M12.5 30L40 62.1L80 20"
# who of the cast has which duty
STAFF = {"rep": "clerk", "head": "supervisor", "sales_manager": "manager", "doctor": "archivist"}
PERSON: dict[str, Any] = {
    "name": "林晚秋", "phone": "19900001234", "address": "城北区柳荫街 8 号", "area": "城北区", "birth_year": "1953",
    "gender": "female", "occupation": "退休教师", "household": "与老伴同住", "interests": "书法、养生讲座",
}  # fmt: skip
AGREED = {"has_consent": True, "consent_by": "林晚秋", "client_signature": DRAWN, "collector_signature": DRAWN}


def appoint(site: Site, user: User, duty: str, **more: Any) -> DutyHolder:
    """Somebody has a duty of the scheme at a site."""
    said = {"since_on": BEGAN, **more}
    return duties.appoint(DutyHolder(scheme_key=KEY, site=site, user=user, duty=duty, **said))


def staff(site: Site) -> None:
    """The cast's duties."""
    makers.make_scheme()
    for duty, name in STAFF.items():
        appoint(site, makers.user(name), duty)


def make_contact_sheet(site: Site, by: User, **more: Any) -> ContactSheet:
    """A sheet that is filled in, agreed to and signed, but not yet said to be complete."""
    return collecting.begin(ContactSheet(scheme_key=KEY, site=site, **{**PERSON, **AGREED, **more}), by=by)


def step(table: Any, record: Any, name: str, by: Any, **said: Any) -> Any:
    walk(table, record, name, by=by, write=audit.write, **said)
    db.session.flush()
    return record


def make_submitted(site: Site, by: User, **more: Any) -> ContactSheet:
    """A complete sheet: the customer is known and their file open."""
    sheet = make_contact_sheet(site, by, **more)
    return step(collecting.MOVES, sheet, "submit_sheet", by)


def make_handed_over(site: Site, by: User, **more: Any) -> ContactSheet:
    """A sheet that the manager has received with all others of who collected it."""
    sheet = make_submitted(site, by, **more)
    collecting.hand_over_all(by=by)
    return sheet


def make_customer_of(site: Site, by: User, holder: User | None = None, **more: Any) -> Customer:
    """A customer who was collected by somebody and is theirs, or another's."""
    sheet = make_handed_over(site, by, **more)
    assert sheet.customer is not None
    allocating.allocate(sheet.customer, KEY, holder or by, "collector", by=makers.user("manager"), sheet=sheet)
    return sheet.customer


def make_allocation(customer: Customer, holder: User, reason: str = "客户要求", by: User | None = None) -> Allocation:
    """By hand, with a reason."""
    line = Allocation(customer=customer, scheme_key=KEY, holder=holder, reason=reason)
    return allocating.by_hand(line, by=by or makers.user("manager"))


def make_event_sheet(customer: Customer, by: User, *, is_buyer: bool = True, **more: Any) -> EventSheet:
    """A sheet of today's event that is filled in."""
    said: dict[str, Any] = {
        "event_kind": "gathering",
        "event_on": today(),
        "feedback": "现场反应良好",
        "wishes": "希望上门讲解",
    }
    said |= {"bought": "一个疗程"} if is_buyer else {}
    said |= {"phone": "19900001234", "address": "城北区柳荫街 8 号"}
    sheet = EventSheet(scheme_key=KEY, customer=customer, is_buyer=is_buyer, **{**said, **more})
    return attending.begin(sheet, by=by)


def make_made(customer: Customer, by: User, **more: Any) -> EventSheet:
    """A sheet that is complete: the follow-ups are planned."""
    return step(attending.MOVES, make_event_sheet(customer, by, **more), "make_sheet", by)


def make_follow_up(customer: Customer, duty: str = "rep", by: User | None = None, **more: Any) -> FollowUp:
    """One that somebody asks for."""
    said: dict[str, Any] = {"purpose": "电话了解近况", "due_on": today(), **more}
    return following.ask(FollowUp(customer=customer, scheme_key=KEY, duty=duty, **said), by=by)


def finish(
    follow_up: FollowUp, channel: str = "phone", result: str = "顾客反馈良好", by: User | None = None
) -> FollowUp:
    """Done, with what came of it."""
    who = by or follow_up.assignee
    return step(following.MOVES, follow_up, "finish_follow_up", who, channel=channel, result=result)
