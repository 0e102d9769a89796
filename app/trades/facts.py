"""What sheets, allocations and follow-ups say on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from app.customers.models import Customer
from app.customers.rules import current_contact
from app.estate import facts as estate
from app.estate.models import Site
from app.kit.session import db
from app.printing.subjects import Facts, Words, read, subject
from app.security import gate
from app.trades import allocating, following, scheme
from app.trades.blanks import BlankIssue
from app.trades.followed import EventSheet, FollowUp
from app.trades.models import Allocation, ContactSheet

SHEET = (
    "number", "collector", "filled_by", "name", "phone", "address", "area", "birth_year", "gender", "occupation",
    "household", "interests", "remark", "has_consent", "consent_by", "consent_at", "notice_version", "notice_digest",
    "client_signature", "collector_signature", "is_signed_on_paper", "submitted_at", "handed_over_at", "handed_to",
    "batch", "state",
)  # fmt: skip
EVENT = (
    "number", "event_on", "is_buyer", "phone", "address", "bought", "feedback", "wishes", "state", "filler", "made_on",
    "handed_over_on", "is_legible", "checked_by", "kept_by", "kept_on",
)  # fmt: skip
CALL = ("number", "purpose", "assignee", "due_on", "done_on", "channel", "result", "guidance", "state")
PARTS: dict[str, type] = {**estate.PARTS, "sheet": ContactSheet, "customer": Customer}
EVENT_PARTS: dict[str, type] = {**estate.PARTS, "sheet": EventSheet, "calls": FollowUp, "customer": Customer}
NOTHING: Words = {"zh_Hans": "", "zh_Hant": "", "en": ""}


@subject("contact_sheet", ContactSheet, parts=PARTS)
def contact_sheet_facts(sheet: ContactSheet) -> Facts:
    """The particulars, and the words that the person was told before they agreed (P1.01, P1.03)."""
    said = scheme.part(sheet.scheme_key)
    return {
        "sheet": read(sheet, *SHEET),
        "customer": read(sheet.customer, "name"),
        "site": estate.site_facts(sheet.site),
        "called": said["first"]["name"],
        "notice": said["notice"]["text"],
    }


@subject("event_sheet", EventSheet, parts=EVENT_PARTS)
def event_sheet_facts(sheet: EventSheet) -> Facts:
    """Who came, what they said, and each follow-up since, with room for more by hand (P1.09, P1.15)."""
    said = scheme.part(sheet.scheme_key)["event"]
    duties = scheme.duty_names(sheet.scheme_key)
    kinds = {one["key"]: one["name"] for one in said["kinds"]}
    gate.foresee(sheet.follow_ups)
    calls = [
        read(one, *CALL) | {"position": place, "duty": duties.get(one.duty, NOTHING)["zh_Hans"]}
        for place, one in enumerate(sheet.follow_ups, 1)
    ]
    return {
        "sheet": read(sheet, *EVENT),
        "customer": read(sheet.customer, "name"),
        "site": estate.site_facts(sheet.site),
        "called": said["name"],
        "kind": kinds.get(sheet.event_kind, NOTHING),
        "calls": calls,
        "first_number": sheet.sheet.number if sheet.sheet is not None else "",
    }


@subject("blank_issue", BlankIssue, parts={**EVENT_PARTS, "first_sheet": ContactSheet, "blank": BlankIssue})
def blank_facts(blank: BlankIssue) -> Facts:
    """The numbers of the sheets, and what is filled in on each (P1.08)."""
    said = scheme.part(blank.scheme_key)
    of = "first_sheet" if blank.form == "first" else "sheet"
    return {
        "blank": read(blank, "number", "form", "holder", "issued_on", "quantity"),
        "numbers": blank.numbers,
        "fields": [f"{of}.{name}" for name in said[blank.form]["required"]],
        "called": said[blank.form]["name"],
        "notice": said["notice"]["text"],
        "site": estate.site_facts(blank.site),
    }


def live(_first: dt.date, _last: dt.date) -> Select[tuple[Allocation]]:
    """The customers that the reader has now, whatever the days (P1.06)."""
    mine = (allocating.is_live(), Allocation.holder_id == getattr(gate.user(), "id", 0))
    return select(Allocation).join(Customer, Customer.id == Allocation.customer_id).where(*mine).order_by(Customer.name)


@subject("my_customers", Allocation, parts={**PARTS, "rows": Allocation}, many=True, among=live)
def my_customers_facts(lines: Sequence[Allocation]) -> Facts:
    """A line a customer: how to reach them, and when they are called next."""
    due = select(FollowUp).where(FollowUp.customer_id.in_([one.customer_id for one in lines]), FollowUp.state == "due")
    calls = {one.customer_id: one for one in db.session.scalars(due.order_by(FollowUp.due_on.desc()))}
    rows = [_customer(place, line, calls.get(line.customer_id)) for place, line in enumerate(lines, 1)]
    return {"rows": rows, "holder": read(lines[0], "holder")["holder"], "site": _site(lines)}


def _customer(place: int, line: Allocation, call: FollowUp | None) -> Facts:
    contact, next_call = current_contact(line.customer, "daily"), read(call, "due_on", "purpose")
    return {
        "position": place,
        "customer": read(line, "customer")["customer"],
        "phone": read(contact, "phone")["phone"],
        "area": read(line.sheet, "area")["area"],
        "since": read(line, "decided_at")["decided_at"][:10],
        "next_on": next_call["due_on"],
        "purpose": next_call["purpose"],
    }


def among(first: dt.date, last: dt.date) -> Select[tuple[FollowUp]]:
    """What is due or was done on these days, and what was due before and is not done."""
    due = (FollowUp.state == "due") & (FollowUp.due_on <= last)
    done = (FollowUp.state == "done") & FollowUp.done_on.between(first, last)
    along = (joinedload(FollowUp.customer), joinedload(FollowUp.assignee))
    return select(FollowUp).where(or_(due, done)).order_by(FollowUp.assignee_id, FollowUp.due_on).options(*along)


@subject("follow_up_day", FollowUp, parts={**estate.PARTS, "rows": FollowUp}, many=True, among=among)
def day_facts(follow_ups: Sequence[FollowUp]) -> Facts:
    """A line a follow-up, person by person; how many are overdue, due and done (P1.14)."""
    gate.foresee(follow_ups)
    rows = [
        read(one, *CALL) | read(one, "customer") | {"position": place, "is_overdue": one.is_overdue}
        for place, one in enumerate(follow_ups, 1)
    ]
    overdue, done = sum(row["is_overdue"] for row in rows), sum(row["state"] == "done" for row in rows)
    return {
        "rows": rows,
        "counts": {"overdue": overdue, "due": len(rows) - overdue - done, "done": done},
        "one_sided": len(_one_sided(follow_ups)),
        "site": _site(follow_ups),
    }


def _one_sided(follow_ups: Sequence[FollowUp]) -> list[Any]:
    sheets = {one.event_sheet for one in follow_ups if one.event_sheet is not None}
    return [sheet for sheet in sheets if following.lacks(sheet)]


def _site(records: Sequence[Any]) -> Facts:
    site: Site | None = records[0].site if records else None
    return estate.site_facts(site) if site is not None else {"name": "", "manager_firm": ""}
