"""The rail: the menu that `app/views.py` lists, as far as this user may go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from flask import current_app, request
from markupsafe import Markup, escape

from app.kit.assets import icon
from app.kit.guard import gate
from app.kit.language import code

MENU_RIGHT = "menu_access"
FOLDED = "rail"  # the cookie that says how the reader likes it
# the group is shown where the reader's sites work with it; handed in by create_app, by the group's name
shown_where: dict[str, Callable[[], bool]] = {}


@dataclass(frozen=True)
class Entry:
    """One line of the rail, its words and drawing ready for the page."""

    name: str
    label: Markup
    url: str
    icon: Markup


@dataclass(frozen=True)
class Group:
    """Entries under one heading; the heading of the first group may be empty."""

    name: str
    label: Markup
    entries: list[Entry] = field(default_factory=list)


class Reader(NamedTuple):
    """All that makes one rail differ from another."""

    menu: Any
    rights: frozenset[tuple[str, str]]
    hidden: frozenset[str]
    language: str
    root: str


def rail() -> Markup:
    """The rail as this page shows it. Costs no statement beyond the gate's one reading of the user's rights."""
    hidden = frozenset(name for name, is_shown in shown_where.items() if not is_shown())
    menu = current_app.extensions["appbuilder"].menu
    reader = Reader(menu, gate.rights(), hidden, code(), request.script_root)
    here = _current_entry(_groups(reader))
    return _drawn(reader, here.url if here else "", request.path == "/", request.cookies.get(FOLDED) == "folded")


@lru_cache(maxsize=200)
def _drawn(reader: Reader, here: str, is_home: bool, is_folded: bool) -> Markup:
    """Written once for all who have the same rights: sixty lines that every page of theirs shows."""
    page = current_app.jinja_env.get_template("hudang/_rail.html")
    return Markup(page.render(groups=_groups(reader), here=here, root=reader.root, home=is_home, folded=is_folded))


def forget() -> None:
    """The words have changed."""
    _drawn.cache_clear()
    _groups.cache_clear()


@lru_cache(maxsize=200)
def _groups(reader: Reader) -> list[Group]:
    menu, rights, hidden = reader.menu, reader.rights, reader.hidden
    groups = []
    loose = Group("", Markup())
    for item in menu.get_list():
        if item.childs and item.name not in hidden:
            entries = [_entry(child) for child in item.childs if _may_see(child, rights)]
            if entries:
                groups.append(Group(item.name, escape(str(item.label)), entries))
        elif not item.childs and _may_see(item, rights):
            loose.entries.append(_entry(item))
    return [loose, *groups] if loose.entries else groups


def _may_see(item: Any, rights: frozenset[tuple[str, str]]) -> bool:
    return item.name != "-" and (MENU_RIGHT, item.name) in rights


def _entry(item: Any) -> Entry:
    return Entry(item.name, escape(str(item.label)), item.get_url(), icon(item.icon or "dot"))


def _current_entry(groups: list[Group]) -> Entry | None:
    """The entry whose address is the longest beginning of this page's address."""
    path = request.path.rstrip("/") + "/"
    entries = [entry for group in groups for entry in group.entries]
    on_the_way = [entry for entry in entries if path.startswith(entry.url.split("?")[0].rstrip("/") + "/")]
    best = max(on_the_way, key=lambda entry: len(entry.url), default=None)
    return best if best is not None and best.url.strip("/") else None
