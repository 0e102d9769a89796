"""What a page template is given: plain data, so that a template draws and decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Column:
    """One column of a table. `sort_url` is None where sorting is not offered; `order` is "", "asc" or "desc"."""

    key: str
    label: Any
    sort_url: str | None = None
    order: str = ""
    kind: str = "text"


@dataclass
class Cell:
    """One value. `kind`: text number money area date moment choice badge flag masked sealed link."""

    value: Any
    kind: str = "text"
    url: str | None = None
    tone: str = ""
    reveal_url: str | None = None


@dataclass
class Row:
    pk: Any
    url: str | None
    cells: list[Cell]


@dataclass
class Link:
    """A link or, with `method="post"`, a button with a token; `key` is the letter that presses it.

    `form` is what a button asks before it goes on, its fields already made.
    """

    label: Any
    url: str
    method: str = "get"
    style: str = ""
    current: bool = False
    asks: tuple[tuple[str, Any], ...] = ()
    key: str = ""
    form: Any = None


@dataclass
class ListPage:
    """A list: search open on top, dense rows, paging below. `total` is None when there are too many to be counted.

    `first` is how many rows stand before the page, None where nobody knows; `is_end`: these are the last ones.
    """

    title: Any
    columns: list[Column]
    rows: list[Row]
    search_form: Any = None
    total: int | None = None
    first: int | None = 0
    is_end: bool = False
    pages: list[Link] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    exports: list[Link] = field(default_factory=list)
    prints: list[Link] = field(default_factory=list)
    empty: Any = ""
    searched: bool = False


@dataclass
class ShowPage:
    """One record: groups of (label, cell), buttons, printable forms, and lists of what belongs to it."""

    title: Any
    subtitle: Any = ""
    badges: list[Cell] = field(default_factory=list)
    groups: list[tuple[Any, list[tuple[Any, Cell]]]] = field(default_factory=list)
    moves: list[Link] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    prints: list[Link] = field(default_factory=list)
    lists: list[ListPage] = field(default_factory=list)


@dataclass
class FormPage:
    """A form: `groups` of (title, [field names]); errors stand beside their fields."""

    title: Any
    form: Any
    groups: list[tuple[Any, list[str]]]
    cancel_url: str
    submit_label: Any
    problem: Any = ""
    conflict: list[tuple[Any, Any, Any]] = field(default_factory=list)
    known_url: str = ""


@dataclass
class Event:
    """One line of a timeline. `at` is a date or an aware moment; `tone` colours the dot."""

    at: Any
    what: Any
    text: Any = ""
    url: str | None = None
    tone: str = ""


@dataclass
class Panel:
    """A room's part of another room's page: a small table, with what can be done from there."""

    title: Any
    columns: list[Any]
    rows: list[list[Cell]]
    empty: Any = ""
    links: list[Link] = field(default_factory=list)
    key: str = ""


@dataclass
class Card:
    """One count that links to its list. `group`: overdue today waiting coming estate; `tone`: "", "warn" or "bad"."""

    title: Any
    count: int
    url: str
    tone: str = ""
    hint: Any = ""
    group: str = "waiting"


@dataclass
class Chapter:
    """What a room tells of a file on its page: a panel, lines of the timeline, quick actions, and warnings."""

    panel: Panel | None = None
    events: list[Event] = field(default_factory=list)
    openers: list[Link] = field(default_factory=list)
    warnings: list[tuple[Any, Link | None]] = field(default_factory=list)
    more_panels: list[Panel] = field(default_factory=list)
