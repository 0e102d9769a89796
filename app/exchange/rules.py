"""Bringing a roster in: read, map, plan, and write the good rows in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.exchange import planning, reading, rooms
from app.exchange.fields import JOINED, STATES, VACANT, WRONG, Problem, Row
from app.exchange.planning import Progress, Work
from app.exchange.reading import Grid
from app.exchange.rows import collect
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit

ColumnMapping = Mapping[str, Mapping[int, str]]


@dataclass
class Outcome:
    """What an import did, or would do. Counts of rows; `vacant` counts units."""

    new: int = 0
    changed: int = 0
    same: int = 0
    wrong: int = 0
    vacant: int = 0
    rows: list[Row] = field(default_factory=list)
    skipped: list[tuple[str, Any]] = field(default_factory=list)
    notes: list[Any] = field(default_factory=list)
    titles: dict[str, list[str]] = field(default_factory=dict)
    written: bool = False

    def counts(self) -> dict[str, int]:
        return {state: getattr(self, state) for state in STATES}

    def problems(self) -> Iterable[tuple[Row, Problem]]:
        """Every wrong or warned row with its reason, in the order of the file."""
        return ((row, problem) for row in self.rows for problem in row.problems)

    def as_json(self) -> dict[str, Any]:
        """The counts, and each wrong or warned row; no personal data."""
        told = [
            {"sheet": r.sheet, "row": r.number, "column": p.column, "level": p.level, "reason": str(p.reason)}
            for r, p in self.problems()
        ]
        return {**self.counts(), "rows": told}


def import_roster(
    path: Path,
    site: Any,
    *,
    by: Any = None,
    mapping: ColumnMapping | None = None,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Bring the file's rows into `site` (None only with `dry_run`: a site that is yet to be made).

    Good rows go in and wrong ones come back in the outcome; with `all_or_nothing` one wrong row keeps all out.
    RuleError when the file cannot be read or holds no roster. The caller's transaction decides what stays.
    """
    return import_grids(
        reading.read(path),
        site,
        by=by,
        mapping=mapping,
        dry_run=dry_run,
        all_or_nothing=all_or_nothing,
        progress=progress,
    )


def import_grids(
    grids: list[Grid],
    site: Any,
    *,
    by: Any = None,
    mapping: ColumnMapping | None = None,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """The same for sheets that are read already; their rows are used up."""
    roster = collect(grids, mapping)
    for grid in grids:
        grid.rows = []
    if not roster.headers:
        raise RuleError(_l("No sheet of this file holds a roster: no heading row with unit numbers was found."))
    if site is not None and not dry_run:
        for before in rooms.offers("before"):
            before(site, by=by)
    work = planning.begin(roster.rows, site, writes=not dry_run, by=by, all_or_nothing=all_or_nothing)
    outcome = Outcome(skipped=roster.skipped)
    outcome.titles = {sheet: header.titles for sheet, header in roster.headers.items()}
    if dry_run:
        _take_through(work, outcome, progress)
        return outcome
    with db.session.begin_nested() as everything:
        _take_through(work, outcome, progress)
        if all_or_nothing and outcome.wrong:
            everything.rollback()
            return outcome
    outcome.written = True
    audit.write("import", site, outcome.counts(), by=by)
    return outcome


def _take_through(work: Work, outcome: Outcome, progress: Progress | None) -> None:
    """Count what comes out. Of what was only to be looked at every row is kept, else those with something to tell."""
    is_tried = not work.writes
    for batch in planning.through(work, progress):
        count(batch, outcome)
        for row in batch:
            row.rest()
        outcome.rows += [row for row in batch if is_tried or row.problems or row.changes]
    outcome.notes = work.notes


def count(batch: list[Row], outcome: Outcome) -> None:
    """Rows that name somebody are counted once, whatever the number of their units."""
    by_place: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in batch:
        if row.state == VACANT:
            outcome.vacant += 1
        elif row.state != JOINED:
            by_place[row.sheet, row.number].add(row.state)
    for states in by_place.values():
        strongest = next(state for state in (WRONG, "new", "changed", "same") if state in states)
        setattr(outcome, strongest, getattr(outcome, strongest) + 1)


def find_or_make_site(name: str, *, by: Any = None, make: bool = True) -> Any:
    """The site called `name`; made when there is none and `make` says so."""
    find: Callable[[str], Any] = rooms.the("find_site")
    found = find(name)
    if found is None and make:
        if not name.strip():
            raise RuleError(_l("Name the site."))
        found = rooms.the("make_site")(name, by=by)
    return found
