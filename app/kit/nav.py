"""The rail: the menu that `app/views.py` lists, as far as this user may go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, request

from app.kit.guard import gate

MENU_RIGHT = "menu_access"
# the group is shown where the reader's sites work with it; handed in by create_app, by the group's name
shown_where: dict[str, Callable[[], bool]] = {}


@dataclass
class Entry:
    """One line of the rail."""

    name: str
    label: Any
    url: str
    icon: str
    current: bool = False


@dataclass
class Group:
    """Entries under one heading; the heading of the first group may be empty."""

    name: str
    label: Any
    entries: list[Entry] = field(default_factory=list)


def nav_entries() -> list[Group]:
    """What the rail shows. Costs no statement beyond the gate's one reading of the user's rights."""
    groups = []
    loose = Group("", "")
    for item in current_app.extensions["appbuilder"].menu.get_list():
        if item.childs and shown_where.get(item.name, _always)():
            entries = [entry for child in item.childs if (entry := _entry(child)) is not None]
            if entries:
                groups.append(Group(item.name, item.label, entries))
        elif not item.childs and (entry := _entry(item)) is not None:
            loose.entries.append(entry)
    found = [loose, *groups] if loose.entries else groups
    _mark_current(found)
    return found


def _always() -> bool:
    return True


def _entry(item: Any) -> Entry | None:
    if item.name == "-" or not item.should_render() or not gate.may(MENU_RIGHT, item.name):
        return None
    return Entry(item.name, item.label, item.get_url(), item.icon or "dot")


def _mark_current(groups: list[Group]) -> None:
    """The entry whose address is the longest beginning of this page's address."""
    path = request.path.rstrip("/") + "/"
    entries = [entry for group in groups for entry in group.entries]
    on_the_way = [entry for entry in entries if path.startswith(entry.url.split("?")[0].rstrip("/") + "/")]
    best = max(on_the_way, key=lambda entry: len(entry.url), default=None)
    if best is not None and best.url.strip("/"):
        best.current = True
