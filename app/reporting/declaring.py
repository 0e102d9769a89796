"""Reports as files: `<room>/reports/<key>.py` with one `@report` function, found. Adding one touches no other file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from app.kit.labels import _l
from app.reporting.asked import Asked, Choice
from app.reporting.tables import Table

APP = Path(__file__).parent.parent
GROUPS: dict[str, Any] = {
    "estate": _l("The building"),
    "service": _l("Customer service"),
    "money": _l("Money"),
    "files": _l("Files"),
}
PERIODS = ("", "past", "ahead")


class ReportError(ValueError):
    """A report's file does not fit."""


@dataclass(frozen=True)
class Report:
    """One report. `permission` is the list whose rows it counts; `period`: "past", "ahead" or "" for today's state."""

    key: str
    room: str
    title: Any
    about: Any
    group: str
    permission: str
    period: str
    choices: Sequence[Choice]
    make: Callable[[Asked], Table]


_found: dict[str, Report] = {}


def report(
    title: Any, *, group: str, permission: str, about: Any = "", period: str = "", choices: Sequence[Choice] = ()
) -> Callable[[Callable[[Asked], Table]], Callable[[Asked], Table]]:
    """Declare `make(asked) -> Table`. Its key is the name of the file; ask the rows through `asked.inside`."""
    if group not in GROUPS or period not in PERIODS:
        raise ReportError(f"a report of the group {group!r} over {period!r}")

    def declare(make: Callable[[Asked], Table]) -> Callable[[Asked], Table]:
        _app, room, _reports, key = make.__module__.rsplit(".", 3)
        if key in _found and _found[key].room != room:
            raise ReportError(f"two reports are called {key}")
        _found[key] = Report(key, room, title, about, group, permission, period, tuple(choices), make)
        return make

    return declare


@cache
def all_reports() -> dict[str, Report]:
    """Every report by its key, in the order of the groups and then by file."""
    for path in sorted(APP.glob("*/reports/*.py")):
        if path.stem != "__init__":
            import_module(f"app.{path.parent.parent.name}.reports.{path.stem}")
    groups = list(GROUPS)
    return dict(sorted(_found.items(), key=lambda pair: (groups.index(pair[1].group), pair[1].room, pair[0])))
