"""The steps of an import on screen: upload, columns, preview, and the work itself, kept between requests in `store`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.exchange import reading, report, rooms, rules
from app.exchange.fields import CHANGED, JOINED, NEW, SAME, VACANT, WRONG, Row
from app.exchange.headings import Header
from app.exchange.reading import Grid
from app.exchange.rows import collect
from app.exchange.rules import Outcome
from app.exchange.store import uploads
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import abandon_work, after_commit
from app.security import gate, masks
from app.security.locker import new_token

Progress = Callable[[int, int], None]
AT_ONCE = 3000
SAMPLES = 3
STATE_WORDS = {
    NEW: _l("New"),
    CHANGED: _l("Updated"),
    SAME: _l("Unchanged"),
    WRONG: _l("Wrong"),
    VACANT: _l("Vacant"),
    JOINED: _l("Joined"),
}
TONES = {NEW: "good", CHANGED: "info", SAME: "quiet", WRONG: "bad", VACANT: "quiet", JOINED: "quiet"}


def begin(name: str, content: bytes, site_id: int, owner_id: int) -> str:
    """Keep an uploaded sheet and what its columns seem to be; a RuleError when it cannot be read."""
    uploads.sweep()
    if site_id not in gate.site_ids():
        raise RuleError(_l("Choose one of your sites."), field="site")
    if not content:
        raise RuleError(_l("Choose the sheet to bring in."), field="file")
    abandon_work()  # the sheet is read while nobody waits for the database
    grids = _of_file(lambda: reading.read_bytes(name, content))
    roster = collect(grids)
    if not roster.headers:
        raise RuleError(
            _l("No sheet of this file holds a roster: no heading row with unit numbers was found."), field="file"
        )
    by_name = {grid.name: grid for grid in grids}
    state = {
        "owner": owner_id,
        "site": site_id,
        "name": "".join(sign for sign in name if sign.isprintable())[-120:],
        "rows": sum(len(grid.rows) for grid in grids),
        "sheets": [_sheet(by_name[sheet], header) for sheet, header in roster.headers.items()],
        "skipped": [[sheet, str(why)] for sheet, why in roster.skipped],
    }
    token = new_token()
    uploads.put(token, "sheet", content)
    uploads.put_json(token, "state", state)
    return token


def _of_file(read: Callable[[], list[Grid]]) -> list[Grid]:
    try:
        return read()
    except RuleError as error:
        raise RuleError(error.message, field="file") from error


def _sheet(grid: Grid, header: Header) -> dict[str, Any]:
    """A sheet's columns for the second step: letter, heading, samples, what it seems to be."""
    fields = rooms.fields()
    below = [cells for number, cells in grid.rows if number > header.last_row]
    columns = []
    for column, title in enumerate(header.titles):
        seen = (cells[column] for cells in below if column < len(cells) and cells[column] not in (None, ""))
        mask = fields[header.columns[column]].mask if column in header.columns else ""
        samples = [_sample(value, mask) for value, _place in zip(seen, range(SAMPLES), strict=False)]
        if title or samples:
            columns.append(
                {
                    "at": column,
                    "letter": letter(column),
                    "title": title,
                    "samples": samples,
                    "key": header.columns.get(column, ""),
                }
            )
    return {"name": grid.name, "columns": columns, "rows": len(below)}


def _sample(value: Any, mask: str) -> str:
    return masks.mask(mask, str(value)) if mask else str(value)[:40]


def letter(column: int) -> str:
    """0 -> A, 26 -> AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def state_of(token: str, owner_id: int) -> dict[str, Any] | None:
    """What was kept of an import; None unless it is this person's own and its site still is."""
    state = uploads.get_json(token, "state")
    if state is None or state["owner"] != owner_id or state["site"] not in gate.site_ids():
        return None
    return dict(state)


def choose(token: str, state: dict[str, Any], chosen: Mapping[str, str]) -> None:
    """Take over what was chosen for the columns: `c-<sheet>-<column>` -> field key or ""."""
    fields = rooms.fields()
    for place, sheet in enumerate(state["sheets"]):
        for column in sheet["columns"]:
            key = chosen.get(f"c-{place}-{column['at']}", column["key"])
            column["key"] = key if key in fields else ""
        _check_choice(sheet)
    uploads.put_json(token, "state", state)


def _check_choice(sheet: dict[str, Any]) -> None:
    fields = rooms.fields()
    keys = [column["key"] for column in sheet["columns"] if column["key"]]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise RuleError(
            _l("Two columns of “%(sheet)s” cannot both be “%(what)s”.", sheet=sheet["name"], what=fields[twice].label)
        )


def mapping_of(state: dict[str, Any]) -> dict[str, dict[int, str]]:
    return {sheet["name"]: {column["at"]: column["key"] for column in sheet["columns"]} for sheet in state["sheets"]}


def is_long(state: dict[str, Any]) -> bool:
    """Too long to be planned while the browser waits."""
    return int(state["rows"]) > AT_ONCE


def _outcome(token: str, state: dict[str, Any], **how: Any) -> Outcome:
    content = uploads.get(token, "sheet")
    if content is None:
        raise RuleError(_l("The uploaded sheet is gone: it is kept for a day. Upload it again."))
    abandon_work()  # the sheet is read while nobody waits for the database
    grids = reading.read_bytes(state["name"], content)
    site = rooms.the("site_of")(state["site"])
    return rules.import_grids(grids, site, by=gate.user(), mapping=mapping_of(state), **how)


def make_preview(token: str, state: dict[str, Any], progress: Progress | None = None) -> None:
    """Plan the rows and keep what the preview shows; nothing is written to the database."""
    uploads.put_json(token, "plan", told(_outcome(token, state, dry_run=True, progress=progress)))


def told(outcome: Outcome) -> dict[str, Any]:
    """An outcome as the preview draws it, in the reader's language."""
    return {
        "counts": outcome.counts(),
        "written": outcome.written,
        "notes": [str(note) for note in outcome.notes],
        "skipped": [[sheet, str(why)] for sheet, why in outcome.skipped],
        "rows": [_row(row) for row in outcome.rows],
    }


def _row(row: Row) -> dict[str, Any]:
    name = row.values.get("name", "")
    return {
        "sheet": row.sheet,
        "row": row.number,
        "unit": str(row.values.get("unit", row.cells.get("unit", "")))[:40],
        "name": str(name)[:80],
        "state": row.state,
        "problems": [[problem.level, problem.column, str(problem.reason)] for problem in row.problems],
        "changes": [[str(change.label), change.old, change.new] for change in row.changes],
    }


def run_import(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The job: `payload` is {"token", "step": "preview" or "apply", "all_or_nothing"}. Answers counts and a link."""
    user = gate.user()
    token = str(payload["token"])
    state = state_of(token, user.id) if user is not None else None
    if state is None:
        raise RuleError(_l("The uploaded sheet is gone: it is kept for a day. Upload it again."))
    if payload.get("step") == "preview":
        make_preview(token, state, progress)
        return {"url": f"/import/{token}"}
    outcome = _outcome(token, state, all_or_nothing=bool(payload.get("all_or_nothing")), progress=progress)
    if any(row.problems for row in outcome.rows):
        uploads.put(token, "wrong", report.wrong_rows(outcome))
    kept = told(outcome)
    kept["rows"] = [row for row in kept["rows"] if row["problems"]]
    uploads.put_json(token, "plan", kept)
    if outcome.written:
        after_commit(lambda: uploads.drop(token, "sheet"))
    return {"url": f"/import/{token}/result", **outcome.counts()}
