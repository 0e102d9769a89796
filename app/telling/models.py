"""Who is told what, where and when; and a line for every message."""

from __future__ import annotations

import datetime as dt

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Boolean, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kit.columns import Moment, choice, text
from app.kit.labels import _l
from app.kit.session import Record
from app.security.crypto import Encrypted

CHANNELS = {
    "mail": _l("E-mail"),
    "wecom": _l("WeCom group robot"),
    "dingtalk": _l("DingTalk group robot"),
}
LANGUAGES = {"zh_Hans": "简体", "zh_Hant": "繁體", "en": "English"}
OCCASIONS = {
    "hour": _l("At a chosen hour"),
    "at_once": _l("A decision newly waits"),
    "reminder": _l("A reminder"),
    "trial": _l("Trial"),
}
LINE_STATES = {
    "queued": _l("Waits to be sent"),
    "sending": _l("Being sent"),
    "sent": _l("Sent"),
    "empty": _l("Nothing to tell"),
    "dropped": _l("No longer wanted"),
    "failed": _l("Failed"),
}
TONES = {"sent": "good", "failed": "bad", "queued": "warn", "sending": "warn"}
PROBLEMS = {
    "": "",
    "unmade": _l("The message could not be made"),
    "setting": _l("This server is not set up for it"),
    "address": _l("This address may not be sent to"),
    "unreachable": _l("The receiver cannot be reached"),
    "insecure": _l("The connection to the receiver is not safe"),
    "login": _l("The mail server does not let us in"),
    "refused": _l("The receiver refused the message"),
    "answer": _l("The receiver's answer makes no sense"),
    "lost": _l("It is not known whether the message arrived"),
}


class TellingChoice(Record, Model):
    """How one person is told by one channel. `address` is a mail address or a robot's URL, which is a secret.

    `hours` are times of day, "08:30, 14:00"; `seen` is what waited at the last look, for `is_immediate`.
    """

    __tablename__ = "telling_choice"
    __table_args__ = (UniqueConstraint("user_id", "channel"),)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), info={"label": _l("User")})
    channel: Mapped[str] = choice(_l("Channel"), CHANNELS, "mail")
    address: Mapped[str] = mapped_column(
        Encrypted("telling_choice.address"),
        info={
            "label": _l("Mail address or address of the robot"),
            "mask": "receiver",
            "required": True,
            "hint": _l("A robot's address starts with https:// and is kept like a password."),
        },
    )
    secret: Mapped[str] = mapped_column(
        Encrypted("telling_choice.secret"),
        default="",
        info={
            "label": _l("Signing secret"),
            "mask": "secret",
            "required": False,
            "hint": _l("DingTalk only: what its robot shows where messages are signed."),
        },
    )
    is_overdue: Mapped[bool] = mapped_column(Boolean, default=True, info={"label": _l("What is overdue")})
    is_today: Mapped[bool] = mapped_column(Boolean, default=True, info={"label": _l("What is due today")})
    is_waiting: Mapped[bool] = mapped_column(Boolean, default=True, info={"label": _l("What waits for my decision")})
    hours: Mapped[str] = mapped_column(
        String(60),
        default="08:30, 14:00",
        server_default="",
        info={"label": _l("At these hours"), "required": False, "hint": _l("Like 08:30, 14:00; at most six.")},
    )
    is_immediate: Mapped[bool] = mapped_column(
        Boolean, default=False, info={"label": _l("At once when a decision newly waits for me")}
    )
    language: Mapped[str] = choice(_l("Language"), LANGUAGES, "zh_Hans")
    is_on: Mapped[bool] = mapped_column(Boolean, default=True, info={"label": _l("Switched on")})
    seen: Mapped[str] = mapped_column(Text, default="", server_default="", info={"label": _l("Last seen")})

    def __str__(self) -> str:
        return str(CHANNELS.get(self.channel, self.channel))


class TellingLine(Record, Model):
    """One message to one person on one occasion: kept for good, and sent at most once.

    `slot` is the hour or moment it was for, in the desk's time, or what the reminder is of; `code` what the receiver
    answered, where it refused.
    """

    __tablename__ = "telling_line"
    __table_args__ = (UniqueConstraint("user_id", "channel", "occasion", "slot"),)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), info={"label": _l("User")})
    choice_id: Mapped[int | None] = mapped_column(
        ForeignKey("telling_choice.id", ondelete="SET NULL"), index=True, info={"label": _l("What I am told")}
    )
    channel: Mapped[str] = choice(_l("Channel"), CHANNELS, "mail")
    occasion: Mapped[str] = choice(_l("Sent because"), OCCASIONS, "hour")
    slot: Mapped[str] = text(30, _l("For the time"), required=True)
    state: Mapped[str] = choice(_l("State"), LINE_STATES, "queued", tones=TONES)
    tries: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Tries")})
    next_try_at: Mapped[dt.datetime | None] = mapped_column(Moment, index=True, info={"label": _l("Next try")})
    tried_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Last try")})
    sent_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Sent at")})
    digest: Mapped[str] = text(64, _l("Digest of the message (SHA-256)"))
    problem: Mapped[str] = choice(_l("What went wrong"), PROBLEMS, "")
    code: Mapped[str] = text(12, _l("Answer code"))
    chosen: Mapped[TellingChoice | None] = relationship(info={"label": _l("What I am told")})

    def __str__(self) -> str:
        return self.slot
