"""What a tenant owes and broke, on their file's page: a panel, and a warning at its head (P7.02)."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import case, select
from sqlalchemy.orm import joinedload

from app.archive.models import LIVE_STATES, File
from app.arrears.models import Due, DuePayment, Violation
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Event, Link, Panel
from app.kit.session import db
from app.kit.shown import hundredths
from app.security import gate

SHOWN, MOST = 5, 200


def chapter(file: File) -> Chapter:
    """Two statements: the tenant's dues with their payments, and their violations; what is not over comes first."""
    if file.tenancy_id is None:
        return Chapter()
    dues = _newest(Due, file, joinedload(Due.payments)) if gate.may("list", "Due") else []
    violations = _newest(Violation, file) if gate.may("list", "Violation") else []
    if not (gate.may("list", "Due") or gate.may("list", "Violation")):
        return Chapter()
    gate.foresee([*dues, *violations])
    return Chapter(
        panel=_panel(file, dues, violations),
        events=[*map(_due_event, dues), *map(_violation_event, violations)],
        warnings=[*_arrears(file, dues), *_open_violations(file, violations)],
    )


def _newest(model: Any, file: File, *along: Any) -> list[Any]:
    over_last = case((model.state.in_(model.OVER), 1), else_=0)
    query = select(model).where(model.tenancy_id == file.tenancy_id).order_by(over_last, model.id.desc())
    return list(db.session.scalars(query.limit(MOST).options(*along)).unique())


def _panel(file: File, dues: list[Due], violations: list[Violation]) -> Panel:
    rows = [
        [Cell(due.number, "link", _url(due)), cell(due, "kind"), cell(due, "left_cents"), cell(due, "state")]
        for due in dues[:SHOWN]
    ]
    rows += [
        [Cell(one.number, "link", _url(one)), cell(one, "what"), cell(one, "deduction_cents"), cell(one, "state")]
        for one in violations[:SHOWN]
    ]
    heads = [_l("Number"), _l("What for"), _l("Amount (yuan)"), _l("State")]
    return Panel(_l("Arrears and violations"), heads, rows, _l("None."), _links(file), key="arrears")


def _links(file: File) -> list[Link]:
    """The ways to a new one."""
    if file.state not in LIVE_STATES:
        return []
    asked: dict[str, Any] = {
        "unit": file.unit_id,
        "tenancy": file.tenancy_id,
        "next": address("FileView.show", pk=file.id),
    }
    links = []
    if gate.may("add", "Due"):
        links.append(Link(_l("New amount due"), url_for("DueView.add", **asked)))
    if gate.may("add", "Violation"):
        links.append(Link(_l("New violation"), url_for("ViolationView.add", **asked)))
    return links


def _arrears(file: File, dues: list[Due]) -> list[tuple[Any, Link | None]]:
    owed = [due for due in dues if due.state == "open"]
    if not owed:
        return []
    cents, late = sum(due.left_cents for due in owed), sum(due.due_on < today() for due in owed)
    words = _l("The tenant owes %(amount)s yuan; overdue: %(late)s.", amount=hundredths(cents), late=late)
    return [(words, Link(_l("Arrears"), url_for("DueView.list", tenancy=file.tenancy_id, state="open")))]


def _open_violations(file: File, violations: list[Violation]) -> list[tuple[Any, Link | None]]:
    count = sum(one.state not in Violation.OVER for one in violations)
    if not count:
        return []
    link = Link(_l("Violations"), url_for("ViolationView.list", tenancy=file.tenancy_id))
    return [(_l("Violations that are not closed: %(count)s.", count=count), link)]


def _due_event(due: Due) -> Event:
    return Event(due.created_at, _l("Amount due raised"), cell(due, "amount_cents"), _url(due), "warn")


def _violation_event(one: Violation) -> Event:
    return Event(one.found_on, _l("Violation found"), cell(one, "what"), _url(one), "bad")


def _url(record: Due | Violation) -> str | None:
    name = type(record).__name__
    return url_for(f"{name}View.show", pk=record.id) if gate.may("show", name) else None


def url_of_due(line: DuePayment) -> str:
    """After a payment is booked the desk goes on with what is due."""
    return address("DueView.show", pk=line.due_id)
