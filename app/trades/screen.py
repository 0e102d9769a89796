"""What the room's pages are given: one's customers, the daily board, sheets to hand over, a batch to allocate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from flask import request, url_for
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.customers.rules import current_contact
from app.kit.cells import cell, related_cell
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.pages import Cell, Column, Link, ListPage, Panel, Row
from app.kit.reading import read_day
from app.kit.session import attempt, db
from app.security import gate
from app.trades import allocating, duties, granted, scheme, watching
from app.trades.allocating import Proposal
from app.trades.followed import FollowUp
from app.trades.models import DECIDED_BY, Allocation, ContactSheet

MOST = 200


def day_asked() -> dt.date:
    """The day that the address names; today where it names none."""
    try:
        return read_day(request.args.get("day", ""))
    except ValueError:
        return today()


# --- my customers ---


def my_customers_page() -> ListPage:
    """The reader's customers, how to reach them, and when they are called next (P1.06)."""
    lines = granted.my_customers(gate.user())
    gate.foresee([line.customer for line in lines])
    following = _next_calls([line.customer_id for line in lines])
    heads = [_l("Customer"), _l("Telephone"), _l("Area"), _l("Since"), _l("Next follow-up"), _l("What for")]
    return ListPage(
        title=_l("My customers"),
        columns=[Column(str(place), head) for place, head in enumerate(heads)],
        rows=[_my_customer(line, following.get(line.customer_id)) for line in lines],
        total=len(lines),
        prints=_register("my_customers", "Allocation"),
        empty=_l("No customer is allocated to you."),
    )


def _my_customer(line: Allocation, next_call: FollowUp | None) -> Row:
    contact = current_contact(line.customer, "daily")
    call = cell(next_call, "due_on") if next_call is not None else Cell("")
    if next_call is not None:
        call.url, call.kind = url_for("FollowUpView.show", pk=next_call.id), "link"
    return Row(
        line.id,
        None,
        [
            related_cell(line.customer),
            Cell(contact.phone if contact else "", "phone"),
            Cell(line.sheet.area if line.sheet is not None else ""),
            cell(line, "decided_at"),
            call,
            Cell(next_call.purpose if next_call is not None else ""),
        ],
    )


def _next_calls(customers: Sequence[int]) -> dict[int, FollowUp]:
    due = select(FollowUp).where(FollowUp.customer_id.in_(customers), FollowUp.state == "due")
    found = db.session.scalars(gate.scope(due, FollowUp).order_by(FollowUp.due_on.desc(), FollowUp.id.desc()))
    return {one.customer_id: one for one in found}


def _register(key: str, permission: str, **days: Any) -> list[Link]:
    if not gate.may("print", permission):
        return []
    return [Link(_l("Print the list"), url_for("PrintView.print_list", key=key, **days), "post")]


# --- the daily board ---


def board_page() -> dict[str, Any]:
    """Who has what due, overdue and done; then each of them; then the sets that lack a channel (P1.14)."""
    day = day_asked()
    lists = (
        ("overdue", _l("Overdue"), watching.overdue(day)),
        ("due", _l("Due on this day"), watching.due_on(day)),
        ("done", _l("Done on this day"), watching.done_on(day)),
    )
    panels = [_standing_panel(day)]
    panels += [_follow_ups(key, title, watching.told(condition, MOST)) for key, title, condition in lists]
    return {
        "day": day,
        "panels": [*panels, _one_sided()],
        "before": url_for("FollowUpBoardView.list", day=day - dt.timedelta(days=1)),
        "after": url_for("FollowUpBoardView.list", day=day + dt.timedelta(days=1)),
        "prints": _register("follow_up_day", "FollowUp", **{"from": day, "to": day}),
        "occasions_url": url_for("FollowUpBoardView.plan") if gate.may("plan", "FollowUpBoard") else "",
        "years": [today().year, today().year + 1],
    }


def _standing_panel(day: dt.date) -> Panel:
    rows = []
    for one in watching.standings(day):
        who = {"assignee": one.user.id} if one.user is not None else {}
        yesterday = day - dt.timedelta(days=1)
        asked: list[tuple[int, str, dict[str, Any]]] = [
            (one.overdue, "bad", {"state": "due", "due_on_to": yesterday}),
            (one.today, "warn", {"state": "due", "due_on_from": day, "due_on_to": day}),
            (one.done, "good", {"state": "done", "done_on_from": day, "done_on_to": day}),
        ]
        cells = [
            Cell(count, "link" if count else "number", url_for("FollowUpView.list", **who, **args), tone)
            for count, tone, args in asked
        ]
        rows.append([Cell(one.user if one.user is not None else _l("Nobody")), *cells])
    heads = [_l("Who calls"), _l("Overdue"), _l("Due on this day"), _l("Done on this day")]
    return Panel(_l("By person"), heads, rows, _l("Nothing is due and nothing was done."), key="people")


def _follow_ups(key: str, title: Any, found: Sequence[FollowUp]) -> Panel:
    rows = [
        [
            Cell(one.number, "link", url_for("FollowUpView.show", pk=one.id)),
            related_cell(one.customer),
            Cell(one.assignee or ""),
            Cell(one.purpose),
            cell(one, "due_on"),
            cell(one, "channel"),
            cell(one, "result"),
        ]
        for one in found
    ]
    heads = [_l("Number"), _l("Customer"), _l("Who calls"), _l("What for"), _l("Due on"), _l("How"), _l("Result")]
    return Panel(title, heads, rows, _l("None."), key=key)


def _one_sided() -> Panel:
    """Sets in which a way that the scheme asks for is lacking (P1.13)."""
    rows = [
        [
            Cell(sheet.number, "link", url_for("EventSheetView.show", pk=sheet.id)),
            related_cell(sheet.customer),
            Cell(scheme.duty_name(sheet.scheme_key, duty)),
            Cell("、".join(str(scheme.CHANNELS[way]) for way in ways), tone="bad"),
        ]
        for sheet, duty, ways in watching.one_sided_sheets(MOST)
    ]
    heads = [_l("Event sheet"), _l("Customer"), _l("Duty"), _l("Still lacking")]
    return Panel(_l("Sets that lack a way"), heads, rows, _l("None."), key="one-sided")


# --- sheets to hand over ---


def hand_in_page(problem: Any = "") -> dict[str, Any]:
    """Complete sheets that nobody has received yet, by who collected them (P1.04)."""
    waiting = select(ContactSheet).where(ContactSheet.state.in_(("draft", "submitted")))
    along = (joinedload(ContactSheet.collector), joinedload(ContactSheet.customer))
    query = gate.scope(waiting, ContactSheet).order_by(ContactSheet.collector_id, ContactSheet.id).limit(MOST)
    groups: dict[Any, list[ContactSheet]] = {}
    for sheet in db.session.scalars(query.options(*along)):
        groups.setdefault(sheet.collector, []).append(sheet)
    mine = groups.get(gate.user(), [])
    return {
        "panels": [_sheets(who, sheets) for who, sheets in groups.items()],
        "may_hand_over": any(one.state == "submitted" for one in mine) and gate.may("hand_over", "HandIn"),
        "problem": problem,
    }


def _sheets(who: Any, sheets: Sequence[ContactSheet]) -> Panel:
    rows = [
        [
            Cell(one.number, "link", url_for("ContactSheetView.show", pk=one.id)),
            related_cell(one.customer),
            cell(one, "area"),
            cell(one, "state"),
            cell(one, "submitted_at"),
        ]
        for one in sheets
    ]
    heads = [_l("Number"), _l("Customer"), _l("Area"), _l("State"), _l("Complete since")]
    return Panel(_l("%(who)s: %(count)s", who=who or "—", count=len(sheets)), heads, rows)


# --- a batch to allocate ---


def desk_page(problem: Any = "") -> dict[str, Any]:
    """Every sheet that waits, with what the rules say of it, before anything is written (P1.05)."""
    proposals = allocating.propose(allocating.waiting(gate.site_ids()))
    people: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for one in proposals:
        group = (one.sheet.site_id, one.sheet.scheme_key)
        if group not in people:
            holders = duties.holders(*group, allocating.may_hold(group[1]))
            people[group] = list({each.user_id: str(each.user) for each in holders}.items())
    rows = [(one, _proposal(one), people[one.sheet.site_id, one.sheet.scheme_key]) for one in proposals]
    return {"rows": rows, "problem": problem, "typed": request.form}


def _proposal(one: Proposal) -> list[Cell]:
    sheet = one.sheet
    rule = DECIDED_BY[one.rule] if one.rule else _l("No rule decides: say who")
    return [
        Cell(sheet.number, "link", url_for("ContactSheetView.show", pk=sheet.id)),
        related_cell(sheet.customer),
        cell(sheet, "area"),
        Cell(sheet.collector or ""),
        Cell(one.person or "", tone="" if one.person else "bad"),
        Cell(rule),
    ]


def settle() -> list[Allocation]:
    """What was previewed, and what the manager said by hand; refused where the rules say something else by now."""
    proposals = allocating.propose(allocating.waiting(gate.site_ids()))
    shown = {one.sheet.id: str(one.person.id if one.person else 0) for one in proposals}
    told = {key: request.form.get(f"proposed-{key}") for key in shown}
    if any(f"proposed-{key}" not in request.form or told[key] != shown[key] for key in shown):
        raise RuleError(_l("Something has changed meanwhile: look at the batch again."))
    with attempt():
        return allocating.settle(proposals, _otherwise(request.form, shown), by=gate.user())


def _otherwise(form: Mapping[str, str], shown: Mapping[int, str]) -> dict[int, tuple[Any, str]]:
    """The people that were chosen by hand, with the reasons given."""
    said = {}
    for key in shown:
        typed = form.get(f"person-{key}", "")
        if typed.isascii() and typed.isdigit() and len(typed) < 10:
            person = db.session.get(User, int(typed))
            if person is not None:
                said[key] = (person, form.get(f"reason-{key}", "").replace("\x00", "")[:300])
    return said
