"""Choosing what one is told: addresses that may be sent to, hours that make sense, one choice a person and channel."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import current_app
from sqlalchemy import Select, select

from app.kit.columns import DESK_TIME, now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.pages import Card
from app.kit.session import db
from app.security import actor, audit
from app.telling import receivers
from app.telling.models import TellingChoice, TellingLine

# Handed in by app/views.py: those who fill the home page with cards. speak(user) -> cards
speakers: list[Callable[[Any], Iterable[Card]]] = []
# likewise: those who remind. speak(user, slot) -> cards, none where there is nothing to remind of any more
reminders: list[Callable[[Any, str], Iterable[Card]]] = []

MOST_HOURS = 6
LONGEST_SECRET = 200
TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
BETWEEN = re.compile(r"[\s,;，；、]+")


def own_choices(query: Select[Any]) -> Select[Any]:
    """Everybody sees their own; asked by the gate's scope."""
    return query.where(TellingChoice.user_id == getattr(actor.current(), "id", None))


def own_lines(query: Select[Any]) -> Select[Any]:
    return query.where(TellingLine.user_id == getattr(actor.current(), "id", None))


def choose(choice: TellingChoice, *, by: Any) -> TellingChoice:
    """A new choice of `by`: one for each channel."""
    taken = select(TellingChoice.id).where(TellingChoice.user_id == by.id, TellingChoice.channel == choice.channel)
    if db.session.scalar(taken) is not None:
        raise RuleError(_l("You have chosen this already: edit what is there."), field="channel")
    choice.user_id = by.id
    return amend(choice, by=by)


def amend(choice: TellingChoice, *, by: Any) -> TellingChoice:
    """Address, secret and hours are looked at. What waits when one is told at once anew is not news."""
    choice.address = choice.address.strip()
    if choice.channel == "mail":
        _demand_mail(choice.address)
    elif receivers.robot(choice.address, current_app.config["WEBHOOK_HOSTS"]) is None:
        raise RuleError(
            _l("A robot's address starts with https:// and is at a host that this server knows."), field="address"
        )
    _demand_secret(choice)
    choice.hours = ", ".join(f"{hour:%H:%M}" for hour in read_hours(choice.hours or ""))
    if not (choice.is_on and choice.is_immediate):
        choice.seen = ""
    return choice


def _demand_mail(address: str) -> None:
    if not receivers.is_mail_address(address):
        raise RuleError(_l("Please type one mail address like name@example.com."), field="address")
    if not current_app.config["SMTP_URL"]:
        raise RuleError(_l("This server sends no mail: it is not set up for it."), field="channel")


def _demand_secret(choice: TellingChoice) -> None:
    choice.secret = (choice.secret or "").strip()
    if choice.secret and choice.channel != "dingtalk":
        raise RuleError(_l("Only DingTalk's robots have a signing secret."), field="secret")
    if len(choice.secret) > LONGEST_SECRET or not choice.secret.isascii():
        raise RuleError(_l("This is not a signing secret."), field="secret")


def read_hours(typed: str) -> list[dt.time]:
    """Times of day in order, each once: "14:00，8:30" is 08:30 and 14:00. RuleError for anything else."""
    found = set()
    for part in filter(None, BETWEEN.split(typed.replace("：", ":"))):
        match = TIME.fullmatch(part)
        if match is None:
            raise RuleError(_l("Please type times like 08:30, 14:00."), field="hours")
        found.add(dt.time(int(match[1]), int(match[2])))
    if len(found) > MOST_HOURS:
        raise RuleError(_l("At most %(count)s times a day.", count=MOST_HOURS), field="hours")
    return sorted(found)


def due_slot(hours: Sequence[dt.time], moment: dt.datetime, since: dt.datetime) -> str:
    """The last of today's hours that has come, "2026-07-01 08:30"; "" when none has, since it was chosen so."""
    local = moment.astimezone(DESK_TIME)
    come = [dt.datetime.combine(local.date(), hour, DESK_TIME) for hour in hours]
    come = [each for each in come if since <= each <= local]
    return f"{come[-1]:%Y-%m-%d %H:%M}" if come else ""


def ask_trial(choice: TellingChoice, *, by: Any) -> TellingLine:
    """Have a message sent now, at most one a minute."""
    slot = f"{now().astimezone(DESK_TIME):%Y-%m-%d %H:%M}"
    already = select(TellingLine.id).where(
        TellingLine.user_id == choice.user_id,
        TellingLine.channel == choice.channel,
        TellingLine.occasion == "trial",
        TellingLine.slot == slot,
    )
    if db.session.scalar(already) is not None:
        raise RuleError(_l("A trial message was sent within this minute. Wait a little."))
    line = new_line(choice, "trial", slot)
    db.session.add(line)
    db.session.flush()
    audit.write("trial", choice, {}, by=by)
    return line


def new_line(choice: TellingChoice, occasion: str, slot: str) -> TellingLine:
    """A message that waits to be sent; of two for one slot the database takes one."""
    return TellingLine(
        user_id=choice.user_id, chosen=choice, channel=choice.channel, occasion=occasion, slot=slot, next_try_at=now()
    )
