"""What the room says on a customer's file, knows for its forms, and offers on a follow-up's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.models import File
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Event, Link, Panel, ShowPage
from app.kit.session import db
from app.kit.showing import show_page
from app.security import gate
from app.trades import scheme
from app.trades.followed import FOLLOW_STATES, EventSheet, FollowUp

SHOWN, MOST = 8, 100
TONES = {"done": "good", "skipped": "quiet"}
# What rooms above offer on the page of a follow-up, e.g. to borrow the file for it
openers: list[Callable[[FollowUp], Iterator[Link]]] = []


# --- forms ---


def known_scheme(_draft: Any) -> dict[str, Any]:
    """The only scheme that collects customers."""
    keys = list(scheme.collecting())
    return {"scheme_key": keys[0]} if len(keys) == 1 else {}


def known_sheet(draft: Any) -> dict[str, Any]:
    """Of a chosen sheet its customer and scheme."""
    sheet = getattr(draft, "sheet", None)
    told = {"customer": sheet.customer, "scheme_key": sheet.scheme_key} if sheet is not None else {}
    return known_scheme(draft) | told


def takes_follow_ups(parent: Any) -> bool:
    """Follow-ups are asked for once the sheet is made."""
    return not isinstance(parent, EventSheet) or parent.state != "draft"


# --- a follow-up's own page ---


def follow_up_page(view: Any, follow_up: FollowUp) -> ShowPage:
    """With what the rooms above offer while it is due."""
    page = show_page(view, follow_up)
    if follow_up.state == "due":
        page.links += [link for offer in openers for link in offer(follow_up)]
    return page


# --- a file's page ---


def chapter(file: File) -> Chapter:
    """The customer's follow-ups: what is due next, what came of the last ones, and the way to ask for one."""
    if file.customer_id is None or file.subject != "customer" or not scheme.part(file.scheme_key, "follow_ups"):
        return Chapter()
    if not gate.may("list", "FollowUp"):
        return Chapter()
    found = _of(file)
    gate.foresee(found)
    return Chapter(_panel(found), [_event(one) for one in found if one.state in TONES], list(_openers(file)))


def _of(file: File) -> list[FollowUp]:
    theirs = select(FollowUp).where(FollowUp.customer_id == file.customer_id, FollowUp.scheme_key == file.scheme_key)
    query = gate.scope(theirs, FollowUp).order_by(FollowUp.due_on.desc(), FollowUp.id.desc()).limit(MOST)
    return list(db.session.scalars(query.options(joinedload(FollowUp.assignee))))


def _panel(found: list[FollowUp]) -> Panel:
    rows = [
        [
            Cell(one.number, "link", address("FollowUpView.show", pk=one.id)),
            Cell(one.purpose),
            Cell(one.assignee or ""),
            cell(one, "due_on"),
            cell(one, "state"),
            cell(one, "channel"),
            cell(one, "result"),
        ]
        for one in found[:SHOWN]
    ]
    heads = [_l("Number"), _l("What for"), _l("Who calls"), _l("Due on"), _l("State"), _l("How"), _l("Result")]
    return Panel(_l("Follow-ups"), heads, rows, _l("No follow-ups."), key="follow-ups")


def _event(one: FollowUp) -> Event:
    what = f"{one.purpose} · {FOLLOW_STATES[one.state]}"
    return Event(one.done_on or one.due_on, what, one.number, address("FollowUpView.show", pk=one.id), TONES[one.state])


def _openers(file: File) -> Iterator[Link]:
    if file.state == "destroyed":
        return
    back = address("FileView.show", pk=file.id)
    if gate.may("add", "EventSheet"):
        yield Link(_l("New event sheet"), url_for("EventSheetView.add", customer=file.customer_id, next=back))
    if gate.may("add", "FollowUp"):
        yield Link(_l("Ask for a follow-up"), url_for("FollowUpView.add", customer=file.customer_id, next=back))
