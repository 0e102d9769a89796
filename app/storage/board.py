"""What the rooms and the papers in them ask for: readings, inspections, measures, counts, papers to be filed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import func, select

from app.archive import filing
from app.archive.models import Document
from app.kit.columns import today
from app.kit.counting import count
from app.kit.labels import _l
from app.kit.pages import Card, Event
from app.kit.session import db
from app.security import gate
from app.storage import climate, inspections, stocktakes
from app.storage.entry import rooms
from app.storage.models import Certificate, ClimateReading, Inspection, StoreRoom

COUNT_FROM_MONTH = 10  # a place that nobody has counted is told of in the last quarter


def cards(user: Any) -> Iterator[Card]:
    """For whoever does the work; others find it in the lists."""
    if gate.may("file_paper", "Document"):
        yield _papers()
    found = rooms() if gate.may("add", "ClimateReading") else []
    if found:
        yield from _climate(found)
    if gate.may("finish", "Inspection"):
        due = inspections.overdue(found)
        yield Card(
            _l("Rooms to inspect"), len(due), url_for("InspectionView.list"), "bad" if due else "", group="today"
        )
        again = count(Inspection, Inspection.state == "follow_up", Inspection.follow_up_on <= today())
        asked: dict[str, Any] = {"state": "follow_up", "follow_up_on_to": today()}
        url = url_for("InspectionView.list", **asked)
        yield Card(_l("Measures to look at again"), again, url, "bad" if again else "", group="today")
    if gate.may("finish", "StockTake") and today().month >= COUNT_FROM_MONTH:
        yield _uncounted(found)
    if gate.may("lend", "Certificate"):
        yield _certificates()


def _papers() -> Card:
    waiting = gate.scope(filing.waiting(), Document).order_by(None).subquery()
    number = int(db.session.scalar(select(func.count()).select_from(waiting)) or 0)
    return Card(_l("Papers to be filed"), number, url_for("FilingView.papers"), "warn" if number else "")


def _climate(found: list[StoreRoom]) -> Iterator[Card]:
    unread = climate.unread(found)
    url = url_for("ClimateTodayView.add")
    yield Card(_l("Rooms not read today"), unread, url, "warn" if unread else "", group="today")
    begin, end = climate.bounds(today(), today())
    query = climate.standing().where(
        ClimateReading.read_at >= begin, ClimateReading.read_at < end, ClimateReading.finding != "fine"
    )
    marked = gate.scope(query, ClimateReading).subquery()
    number = int(db.session.scalar(select(func.count()).select_from(marked)) or 0)
    yield Card(_l("Climate out of its limits today"), number, url, "bad" if number else "", group="today")


def _uncounted(found: list[StoreRoom]) -> Card:
    counted = stocktakes.of_this_year()
    left = sum(room.place_id not in counted for room in found)
    return Card(_l("Rooms to count this year"), left, url_for("StockTakeView.list"), "warn" if left else "")


def _certificates() -> Card:
    yesterday = today() - dt.timedelta(days=1)
    late = count(Certificate, Certificate.state == "lent", Certificate.due_on <= yesterday)
    asked: dict[str, Any] = {"state": "lent", "due_on_to": yesterday}
    url = url_for("CertificateView.list", **asked)
    return Card(_l("Certificates not back in time"), late, url, "bad" if late else "", group="overdue")


def day(user: Any, day: dt.date) -> Iterator[Event]:
    """The certificates that come back, and the rooms that are looked at again."""
    if gate.may("list", "Inspection"):
        query = select(Inspection).where(Inspection.state == "follow_up", Inspection.follow_up_on == day)
        for one in db.session.scalars(gate.scope(query, Inspection).order_by(Inspection.number).limit(20)):
            yield Event(day, _l("Measures to look at again"), one.number, url_for("InspectionView.show", pk=one.id))
    if gate.may("list", "Certificate"):
        lent = select(Certificate).where(Certificate.state == "lent", Certificate.due_on == day)
        for certificate in db.session.scalars(gate.scope(lent, Certificate).order_by(Certificate.number).limit(20)):
            url = url_for("CertificateView.show", pk=certificate.id)
            yield Event(day, _l("A certificate comes back"), certificate.number, url)
