"""What a message says: the home page's cards of one person, as counts with links, in their language."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_appbuilder.security.sqla.models import User
from flask_babel import force_locale

from app.kit.labels import _l
from app.kit.language import DEFAULT
from app.kit.pages import Card
from app.kit.session import abandon_work, db
from app.security.actor import acting_as
from app.telling import rules
from app.telling.models import TellingChoice

GROUPS = {"overdue": _l("Overdue"), "today": _l("Due today"), "waiting": _l("Waits for me")}
WORDS = {**GROUPS, "reminder": _l("What you are reminded of")}
LONGEST_TITLE = 60
LARGEST_MARKDOWN = 3800  # a WeCom robot takes 4096 bytes
DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Line:
    """One card: what it is called, how many, and the whole address of the list."""

    title: str
    count: int
    url: str


@dataclass(frozen=True)
class Message:
    """`groups` are (word, lines); `settings_url` leads to where it is chosen what one is told."""

    title: str
    groups: list[tuple[str, list[Line]]]
    settings_url: str
    settings_word: str
    nothing_word: str

    def digest(self) -> str:
        """SHA-256 of all that is said, as hex."""
        return hashlib.sha256(as_text(self).encode()).hexdigest()


@contextmanager
def reading(user_id: int | None = None, language: str = DEFAULT) -> Iterator[Any]:
    """Reading done for a user as if for a page of theirs: addresses can be made, and nothing is written.

    On SQLite it holds no write lock, as a GET does not. Nothing may be waiting to be committed.
    """
    hosts = current_app.config.get("TRUSTED_HOSTS") or ["localhost"]
    host = next((each for each in hosts if ":" not in each), "localhost").lstrip(".")  # an IPv6 address is no host name
    with current_app.test_request_context("/", base_url=f"http://{host}"), force_locale(language):
        try:
            user = db.session.get(User, user_id) if user_id is not None else None
            with acting_as(user):
                yield user
        finally:
            abandon_work()


def cards_of(user: Any) -> list[Card]:
    """The cards that name anything at all; asked while `reading`."""
    return [card for speak in rules.speakers for card in speak(user) if card.count > 0]


def message_of(user: Any, choice: TellingChoice, *, is_trial: bool = False) -> Message | None:
    """What to tell now, asked while `reading`; None when there is nothing, unless for a trial."""
    wanted = {"overdue": choice.is_overdue, "today": choice.is_today, "waiting": choice.is_waiting}
    cards = cards_of(user)
    groups = [(key, [_line(card) for card in cards if card.group == key]) for key in GROUPS if wanted[key]]
    groups = [(key, lines) for key, lines in groups if lines]
    return _message(groups, is_trial) if groups or is_trial else None


def decisions_of(user: Any) -> Message | None:
    """What waits for the person's decision now, whatever else they chose; asked while `reading`."""
    lines = [_line(card) for card in cards_of(user) if card.group == "waiting"]
    return _message([("waiting", lines)], is_trial=False) if lines else None


def reminder_of(user: Any, slot: str) -> Message | None:
    """One reminder, whatever else the person chose; asked while `reading`."""
    lines = [_line(card) for speak in rules.reminders for card in speak(user, slot)]
    return _message([("reminder", lines)], is_trial=False) if lines else None


def waiting_counts(user: Any) -> dict[str, int]:
    """Address of a list -> how many wait there; dates in an address change by themselves and are left out."""
    found: dict[str, int] = {}
    for card in cards_of(user):
        if card.group == "waiting":
            key = DATE.sub("", card.url)
            found[key] = found.get(key, 0) + card.count
    return found


def _line(card: Card) -> Line:
    title = " ".join(str(card.title).split())[:LONGEST_TITLE]
    return Line(title, card.count, _whole(card.url))


def _whole(path: str) -> str:
    """A path of the console as people reach it from outside."""
    return f"{current_app.config['PUBLIC_URL']}/{path.lstrip('/')}"


def _message(groups: list[tuple[str, list[Line]]], is_trial: bool) -> Message:
    counts = [f"{WORDS[key]} {sum(line.count for line in lines)}" for key, lines in groups]
    parts = [current_app.config["APP_NAME"], *([str(_l("Trial message"))] if is_trial else []), *counts]
    return Message(
        title=" · ".join(parts),
        groups=[(str(WORDS[key]), lines) for key, lines in groups],
        settings_url=_whole(url_for("TellingChoiceView.list")),
        settings_word=str(_l("Choose what you are told")),
        nothing_word=str(_l("Nothing is due and nothing waits for you.")),
    )


def as_text(message: Message) -> str:
    """The message for a mail's plain part."""
    blocks = [message.title]
    for word, lines in message.groups:
        blocks.append("\n".join([f"{word}:", *(f"  {line.title}: {line.count}\n  {line.url}" for line in lines)]))
    if not message.groups:
        blocks.append(message.nothing_word)
    blocks.append(f"{message.settings_word}: {message.settings_url}")
    return "\n\n".join(blocks) + "\n"


def as_html(message: Message) -> str:
    """The message for a mail's HTML part: no pictures, no scripts, no styles from elsewhere."""
    return current_app.jinja_env.get_template("telling/mail.html").render(message=message)


def as_markdown(message: Message) -> str:
    """The message for a robot: every line a paragraph, cut at the end should it be too long."""
    shown = [f"**{_plain(message.title)}**"]
    for word, lines in message.groups:
        shown.append(f"**{_plain(word)}**")
        shown += [f"[{_plain(line.title)}]({_link(line.url)}) {line.count}" for line in lines]
    if not message.groups:
        shown.append(message.nothing_word)
    foot = f"[{message.settings_word}]({_link(message.settings_url)})"
    while len("\n\n".join([*shown, foot]).encode()) > LARGEST_MARKDOWN:
        shown = [*shown[:-2], "…"]
    return "\n\n".join([*shown, foot])


def _plain(words: str) -> str:
    """Words without signs that a robot would read as mark-up or as calling somebody."""
    return re.sub(r"[\[\]()<>*_`#@!~|\\]", " ", words)


def _link(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29")
