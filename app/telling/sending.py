"""Sending: each line is claimed, sent without any lock held, and noted; what failed is tried again 1, 5, 25 minutes on.

A line is sent at most once: who claims it first sends it, and one whose sender died is not sent again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import current_app
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import or_, select, update

from app.kit.columns import now
from app.kit.session import db, finish_work
from app.telling import content, mail, ordering, receivers, robots
from app.telling.content import Message
from app.telling.failing import Failure
from app.telling.models import TellingChoice, TellingLine

log = logging.getLogger(__name__)

WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 25))
LOST_AFTER = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Order:
    """One message ready to go: plain values, so that nothing is read while it is being sent."""

    line_id: int
    channel: str
    address: str = field(repr=False)
    secret: str = field(repr=False)
    message: Message
    html: str
    digest: str

    @property
    def host(self) -> str:
        """Whom it is handed to."""
        server = current_app.config["SMTP_URL"] if self.channel == "mail" else self.address
        return urlsplit(server).netloc.rpartition("@")[2]


class Wanted(NamedTuple):
    """For whom and why a line is sent."""

    choice_id: int
    user_id: int
    language: str
    occasion: str
    slot: str


def tell() -> Counter[str]:
    """Send what is due now. Answers how many lines ended in which state."""
    finish_work()
    _give_up_lost()
    ordering.order()
    down: set[str] = set()
    return Counter(state for line_id in _waiting() if (state := deliver(line_id, down)))


def deliver(line_id: int, down: set[str] | None = None) -> str:
    """Send one line, if it still waits; of two senders only one gets it. Answers its state, "" when it was not ours.

    `down` are hosts that did not answer in this round: their lines wait a minute without being tried.
    """
    if not _claim(line_id):
        return ""
    try:
        order = _prepared(line_id)
    except Exception:
        log.exception("telling line %s could not be made", line_id)
        return _note_failure(line_id, Failure("unmade"))
    if isinstance(order, str):
        return _note(line_id, order)
    if down is not None and order.host in down:
        return _put_back(line_id)
    try:
        _send(order)
    except Failure as failure:
        if failure.is_host_down and down is not None:
            down.add(order.host)
        return _note_failure(line_id, failure)
    except Exception as error:
        log.error("telling line %s failed with %s", line_id, type(error).__name__)
        return _note_failure(line_id, Failure("lost", is_lasting=True))
    return _note(line_id, "sent", sent_at=now(), digest=order.digest)


def _claim(line_id: int) -> bool:
    moment = now()
    waits = (TellingLine.id == line_id, TellingLine.state == "queued", TellingLine.next_try_at <= moment)
    return _changed(update(TellingLine).where(*waits), state="sending", tries=TellingLine.tries + 1, tried_at=moment)


def _changed(query: Any, **values: Any) -> bool:
    """Change a line at once, for all to see."""
    values["version"] = TellingLine.version + 1
    done: Any = db.session.execute(query.values(values).execution_options(synchronize_session=False))
    finish_work()
    return bool(done.rowcount)


def _prepared(line_id: int) -> Order | str:
    """What to send, as the person may see it now; or the state of a line that there is nothing to send for."""
    wanted = _wanted(line_id)
    if wanted is None:
        return "dropped"
    with content.reading(wanted.user_id, wanted.language) as user:
        choice = db.session.get_one(TellingChoice, wanted.choice_id)
        message = _message(wanted, choice, user)
        if message is None:
            return "empty"
        html = content.as_html(message) if choice.channel == "mail" else ""
        return Order(line_id, choice.channel, choice.address, choice.secret, message, html, message.digest())


def _wanted(line_id: int) -> Wanted | None:
    """Who wants the line: None when nobody does any more, or the person may not log in."""
    query = (
        select(TellingChoice.id, TellingChoice.user_id, TellingChoice.language, TellingLine.occasion, TellingLine.slot)
        .join(TellingLine, TellingLine.choice_id == TellingChoice.id)
        .join(User, User.id == TellingChoice.user_id)
        .where(TellingLine.id == line_id, User.active.is_(True))
        .where(or_(TellingChoice.is_on.is_(True), TellingLine.occasion == "trial"))
    )
    with content.reading():
        found = db.session.execute(query).first()
        return Wanted(*found) if found is not None else None


def _message(wanted: Wanted, choice: TellingChoice, user: User) -> Message | None:
    if wanted.occasion == "at_once":
        return content.decisions_of(user)
    if wanted.occasion == "reminder":
        return content.reminder_of(user, wanted.slot)
    return content.message_of(user, choice, is_trial=wanted.occasion == "trial")


def _send(order: Order) -> None:
    """Hand it to the channel; Failure says why not."""
    if order.channel == "mail":
        _send_mail(order)
        return
    there = receivers.robot(order.address, current_app.config["WEBHOOK_HOSTS"])
    if there is None:
        raise Failure("address", is_lasting=True)
    markdown = content.as_markdown(order.message)
    if order.channel == "wecom":
        robots.post(there, there.path, robots.wecom(markdown))
        return
    path = there.path
    if order.secret:
        path += robots.signature(order.secret, round(now().timestamp() * 1000))
    robots.post(there, path, robots.dingtalk(order.message.title, markdown))


def _send_mail(order: Order) -> None:
    url, sender = current_app.config["SMTP_URL"], current_app.config["MAIL_FROM"]
    if not url:
        raise Failure("setting", is_lasting=True)
    if not receivers.is_mail_address(order.address):
        raise Failure("address", is_lasting=True)
    name = hashlib.sha256(f"{current_app.config['PUBLIC_URL']} {order.line_id}".encode()).hexdigest()[:32]
    said, text = order.message, content.as_text(order.message)
    made = mail.compose(sender, order.address, said.title, text, order.html, settings_url=said.settings_url, name=name)
    mail.send(mail.Server.of(url), sender, order.address, made)


def _note(line_id: int, state: str, **values: Any) -> str:
    gone = {"state": state, "next_try_at": None, "problem": "", "code": ""}
    _changed(update(TellingLine).where(TellingLine.id == line_id), **(gone | values))
    return state


def _note_failure(line_id: int, failure: Failure) -> str:
    """It is tried again, unless that is no use, it was a trial, or it was tried often enough."""
    line = db.session.get(TellingLine, line_id, populate_existing=True)
    why: dict[str, Any] = {"problem": failure.problem, "code": str(failure.code or "")}
    is_over = line is None or failure.is_lasting or line.occasion == "trial" or line.tries > len(WAITS)
    if is_over or line is None:
        return _note(line_id, "failed", **why)
    return _note(line_id, "queued", next_try_at=now() + WAITS[line.tries - 1], **why)


def _put_back(line_id: int) -> str:
    """It was not tried: the host did not answer somebody else just now."""
    query = update(TellingLine).where(TellingLine.id == line_id)
    _changed(query, state="queued", tries=TellingLine.tries - 1, next_try_at=now() + WAITS[0])
    return "queued"


def _give_up_lost() -> None:
    """Lines whose sender died while sending: they may have arrived, so they are not sent again."""
    long_ago = now() - LOST_AFTER
    lost = update(TellingLine).where(TellingLine.state == "sending", TellingLine.tried_at < long_ago)
    with content.reading():
        there = db.session.scalar(select(TellingLine.id).where(TellingLine.state == "sending").limit(1))
    if there is not None:
        _changed(lost, state="failed", problem="lost", next_try_at=None)


def _waiting() -> list[int]:
    """Lines whose time has come, oldest first."""
    due = select(TellingLine.id).where(TellingLine.state == "queued", TellingLine.next_try_at <= now())
    with content.reading():
        return list(db.session.scalars(due.order_by(TellingLine.id)))
