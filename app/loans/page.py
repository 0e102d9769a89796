"""Where the paper is: what the loans room says on a file's page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import url_for
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from app.archive import boxes
from app.archive.alarms import Alarm
from app.archive.models import File
from app.estate.models import Place
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Event, Link, Panel
from app.kit.session import db
from app.loans.models import LOAN_STATES, LOAN_TONES, Loan, LoanLine
from app.security import gate

SHOWN, MOST = 5, 50


def chapter(file: File) -> Chapter:
    """Who has the file, until when, and who had it before."""
    if not gate.may("list", "Loan"):
        return Chapter()
    lines = _lines(file)
    out = next((line for line in lines if line.state == "out"), None)
    return Chapter(
        panel=_panel(file, lines, out),
        events=[_event(line.loan) for line in lines if line.loan.handed_out_at],
    )


def _lines(file: File) -> list[LoanLine]:
    query = select(LoanLine).join(Loan, Loan.id == LoanLine.loan_id).where(LoanLine.file_id == file.id)
    query = query.options(contains_eager(LoanLine.loan).joinedload(Loan.borrower))
    return list(db.session.scalars(query.order_by(LoanLine.id.desc()).limit(MOST)))


def where_it_is(loan: Loan) -> Any:
    """In words: who has it, and until when."""
    return _l("On loan to %(who)s, due %(day)s", who=loan.borrower, day=loan.due_on)


def _out(file: File) -> Select[Any]:
    """The loan on which the file is out now."""
    query = select(Loan.id, User.first_name, User.last_name, Loan.due_on).join_from(LoanLine, Loan)
    return query.join(User, User.id == Loan.borrower_id).where(LoanLine.file_id == file.id, LoanLine.state == "out")


def _warn(key: int, first_name: str, last_name: str, due_on: dt.date) -> tuple[Any, Link]:
    """Where the paper is, and that it should be back."""
    who = f"{first_name} {last_name}".strip()
    words = _l("On loan to %(who)s, due %(day)s", who=who, day=due_on)
    if due_on < today():
        words = _l("On loan to %(who)s and overdue since %(day)s", who=who, day=due_on)
    return words, Link(_l("Look at it"), address("LoanView.show", pk=key))


ALARM = Alarm("Loan", _out, _warn)


def _panel(file: File, lines: list[LoanLine], out: LoanLine | None) -> Panel:
    rows = [
        [
            Cell(line.loan.number, "link", address("LoanView.show", pk=line.loan_id)),
            Cell(line.loan.borrower),
            cell(line.loan, "state"),
            cell(line.loan, "due_on"),
        ]
        for line in lines[:SHOWN]
    ]
    links = []
    if out is None and file.state != "destroyed" and gate.may("add", "Loan"):
        links.append(Link(_l("Borrow this file"), url_for("LoanView.add", file=file.id)))
    heads = [_l("Loan number"), _l("Borrower"), _l("State"), _l("Due back on")]
    title = where_it_is(out.loan) if out is not None else _l("Loans")
    return Panel(title, heads, rows, _l("Nobody has borrowed this file."), links, key="loans")


def place_links(place: Place) -> Iterator[Link]:
    """On a place's page, where the code on its label leads: everything in it in one go."""
    if gate.may("add", "Loan") and boxes.kept_in(place):
        yield Link(_l("Borrow everything in it"), url_for("LoanView.add", place=place.id))


def follow_up_links(follow_up: Any) -> Iterator[Link]:
    """On a follow-up's page: the file is borrowed for it, back the same day (P1.15)."""
    if follow_up.file_id is not None and gate.may("add", "Loan"):
        said = {"file": follow_up.file_id, "follow_up": follow_up.id, "purpose_kind": "follow_up", "days": 1}
        purpose = f"{follow_up.number} {follow_up.purpose}"
        yield Link(_l("Borrow the file for it"), url_for("LoanView.add", purpose=purpose, **said))


def _event(loan: Loan) -> Event:
    url = address("LoanView.show", pk=loan.id)
    return Event(loan.handed_out_at, LOAN_STATES[loan.state], loan.number, url, LOAN_TONES.get(loan.state, ""))
