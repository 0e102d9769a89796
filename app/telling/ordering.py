"""What is to be told now: an hour that has come, or a decision that newly waits. Each is a line, claimed once."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from typing import NamedTuple

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.exc import IntegrityError

from app.kit.columns import DESK_TIME, now
from app.kit.session import abandon_work, attempt, db, finish_work
from app.telling.content import reading, waiting_counts
from app.telling.models import TellingChoice, TellingLine
from app.telling.rules import due_slot, new_line, read_hours

log = logging.getLogger(__name__)


def order_reminder(user_ids: Sequence[int], slot: str) -> None:
    """A line to each channel of these people, in the caller's transaction: the database takes each slot once."""
    for choice in db.session.scalars(select(TellingChoice).where(live(), TellingChoice.user_id.in_(user_ids))):
        db.session.add(new_line(choice, "reminder", slot))


class Due(NamedTuple):
    """A choice whose hour has come."""

    choice_id: int
    slot: str


def order() -> int:
    """Make a line of all that is due. One person's trouble keeps nobody else from being told. Answers how many."""
    made = sum(_ordered(due.choice_id, "hour", due.slot) for due in _due_hours())
    for choice_id, user_id in _watched():
        try:
            made += _look(choice_id, user_id)
        except Exception:
            abandon_work()
            log.exception("what waits for user %s could not be looked at", user_id)
    return made


def live() -> ColumnElement[bool]:
    """Choices that are on, of people who may log in."""
    active = select(User.id).where(User.active.is_(True))
    return and_(TellingChoice.is_on.is_(True), TellingChoice.user_id.in_(active))


def _due_hours() -> list[Due]:
    moment = now()
    with reading():
        chosen = list(db.session.scalars(select(TellingChoice).where(live(), TellingChoice.hours != "")))
        slots = [(each, due_slot(read_hours(each.hours), moment, each.updated_at)) for each in chosen]
        told = _told([slot for _choice, slot in slots if slot])
        return [Due(each.id, slot) for each, slot in slots if slot and (each.user_id, each.channel, slot) not in told]


def _told(slots: Sequence[str]) -> set[tuple[int, str, str]]:
    """(user, channel, slot) of the lines that are there for these hours."""
    query = select(TellingLine.user_id, TellingLine.channel, TellingLine.slot)
    query = query.where(TellingLine.occasion == "hour", TellingLine.slot.in_(set(slots)))
    return {(user, channel, slot) for user, channel, slot in db.session.execute(query)}


def _ordered(choice_id: int, occasion: str, slot: str) -> bool:
    """Put one line down; False when somebody else just did."""
    try:
        with attempt():
            choice = db.session.get(TellingChoice, choice_id)
            if choice is not None:
                db.session.add(new_line(choice, occasion, slot))
                db.session.flush()
    except IntegrityError:
        abandon_work()
        return False
    finish_work()
    return choice is not None


def _watched() -> list[tuple[int, int]]:
    """(choice, user) of those who want to know at once."""
    with reading():
        query = select(TellingChoice.id, TellingChoice.user_id).where(live(), TellingChoice.is_immediate.is_(True))
        return [(choice_id, user_id) for choice_id, user_id in db.session.execute(query)]


def _look(choice_id: int, user_id: int) -> bool:
    """Compare what waits for the person with the last look; True when there is something new to tell.

    The first look only remembers. Of two lookers the one that notes it first tells (compare and set).
    """
    with reading(user_id) as user:
        counts = waiting_counts(user)
        before = db.session.scalar(select(TellingChoice.seen).where(TellingChoice.id == choice_id)) or ""
    after = json.dumps(counts, sort_keys=True)
    if after == before:
        return False
    is_first, known = _noted(choice_id, before, after), json.loads(before) if before else counts
    if not is_first or all(number <= known.get(key, 0) for key, number in counts.items()):
        finish_work()
        return False
    return _ordered(choice_id, "at_once", f"{now().astimezone(DESK_TIME):%Y-%m-%d %H:%M:%S.%f}")


def _noted(choice_id: int, before: str, after: str) -> bool:
    """Remember the last look, if it is still the one that was read. Who last changed the choice stays as it is."""
    kept = {"updated_at": TellingChoice.updated_at, "updated_by_id": TellingChoice.updated_by_id}
    query = update(TellingChoice).where(TellingChoice.id == choice_id, TellingChoice.seen == before)
    done = db.session.execute(query.values(seen=after, **kept).execution_options(synchronize_session=False))
    return bool(done.rowcount)
