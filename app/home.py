"""The home page's board: what is due, what waits for my decision, what comes up, and the day hour by hour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from app.archive import due
from app.archive.models import Document, File
from app.archive.page import class_name, moment
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.pages import Card, Event
from app.security import gate

SHOWN = 8
GROUPS = {
    "overdue": _l("Overdue"),
    "today": _l("Due today"),
    "waiting": _l("Waits for me"),
    "coming": _l("Coming up"),
    "estate": _l("The estate"),
}

# Every room that has something for the board; app/joins.py lists them.
speakers: list[Callable[[Any], Iterable[Card]]] = []
days: list[Callable[[Any, dt.date], Iterable[Event]]] = []


@dataclass
class HomeBoard:
    """What `hudang/home.html` draws: groups of cards, only what the role may list, and the events of today."""

    user: Any
    groups: list[tuple[Any, list[Card]]]
    day: list[Event]
    labels: list[File]
    expiring: list[tuple[Document, str]]

    @classmethod
    def of(cls, user: Any) -> HomeBoard:
        sites = gate.site_ids() or []
        reads_files = gate.may("list", "File")
        return cls(
            user=user,
            groups=grouped(cards(user)),
            day=events(user, today()),
            labels=due.labels_to_reprint(sites, SHOWN) if reads_files else [],
            expiring=[(paper, class_name(paper)) for paper in due.expiring(sites, SHOWN)] if reads_files else [],
        )


def cards(user: Any) -> list[Card]:
    """What every room counts for this reader."""
    return [card for speak in speakers for card in speak(user)]


def grouped(told: list[Card]) -> list[tuple[Any, list[Card]]]:
    """The cards under their heads; what is overdue, due or waiting for me is left out where there is none of it."""
    quiet = ("overdue", "today", "waiting")
    groups = [
        (words, [card for card in told if card.group == key and (card.count or key not in quiet)])
        for key, words in GROUPS.items()
    ]
    return [(words, of_group) for words, of_group in groups if of_group]


def events(user: Any, day: dt.date) -> list[Event]:
    """Appointments and deadlines of a day, by the clock; those without an hour come first."""
    told = [event for speak in days for event in speak(user, day)]
    return sorted(told, key=lambda event: moment(event.at))
