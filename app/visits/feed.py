"""Everybody's own appointments for the calendar on their telephone: what, which unit and when, and no names."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask_appbuilder.security.sqla.models import User
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.estate.rules import sites_of
from app.kit.columns import now, today
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit
from app.visits.models import VISIT_KINDS, CalendarKey, Visit

if TYPE_CHECKING:
    from icalendar import Event

LONGEST_KEY = 100
HELD = dt.timedelta(minutes=30)
BACK = dt.timedelta(days=30)
Appointments = Callable[[Any, dt.date], Iterable[tuple[str, dt.date, str]]]
others: list[Appointments] = []  # (key, day, words) of what a user has elsewhere since a day


def renew(user: Any) -> str:
    """A new key for the user's feed, told once; the one before is worth nothing any more."""
    token = secrets.token_urlsafe(32)
    key = db.session.scalar(select(CalendarKey).where(CalendarKey.user_id == user.id))
    if key is None:
        key = CalendarKey(user_id=user.id)
        db.session.add(key)
    key.key_hash = _hash(token)
    db.session.flush()
    audit.write("new_calendar_key", user, {}, by=user)
    return token


def has_key(user: Any) -> bool:
    return db.session.scalar(select(CalendarKey.id).where(CalendarKey.user_id == user.id)) is not None


def owner(token: str) -> User | None:
    """Whose feed the key opens; None for a wrong key and for who may no longer log in."""
    if not token or len(token) > LONGEST_KEY:
        return None
    found = select(User).join(CalendarKey, CalendarKey.user_id == User.id).where(CalendarKey.key_hash == _hash(token))
    user = db.session.scalar(found)
    return user if user is not None and user.active else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def calendar(user: User, language: str = "zh_Hans") -> bytes:
    """The user's visits that are still to be made, as iCalendar (RFC 5545)."""
    from icalendar import Calendar

    book = Calendar()
    book.add("prodid", "-//Hudang//Visits//")
    book.add("version", "2.0")
    with force_locale(language):
        book.add("x-wr-calname", str(_l("Visits")))
        for visit in _to_come(user):
            book.add_component(_of_visit(visit))
        for ask in others:
            for key, day, words in ask(user, today() - BACK):
                book.add_component(_event(key, day, words))
    return bytes(book.to_ical())


def _to_come(user: User) -> list[Visit]:
    query = (
        select(Visit)
        .where(Visit.visitor_id == user.id, Visit.state == "planned", Visit.due_on >= today() - BACK)
        .where(Visit.site_id.in_(sites_of(user)))
        .options(joinedload(Visit.unit))
        .order_by(Visit.due_on, Visit.id)
    )
    return list(db.session.scalars(query))


def _event(key: str, begin: dt.date, words: str) -> Event:
    """At a moment of UTC (another zone would need its VTIMEZONE), or on a whole day."""
    from icalendar import Event

    event = Event()
    event.add("uid", f"{key}@hudang")
    event.add("dtstamp", now())
    event.add("summary", words)
    event.add("dtstart", begin)
    if isinstance(begin, dt.datetime):
        event.add("dtend", begin + HELD)
    return event


def _of_visit(visit: Visit) -> Event:
    """At its appointment, or on the whole day that it is due."""
    where = visit.unit.number if visit.unit is not None else str(_l("Common parts"))
    begin = visit.planned_at.astimezone(dt.UTC) if visit.planned_at is not None else visit.due_on
    return _event(f"visit-{visit.id}", begin, f"{where} · {VISIT_KINDS[visit.kind]}")
