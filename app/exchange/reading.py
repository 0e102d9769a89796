"""Reads a sheet file in a child process with limits (SAFETY G11); hostile files are refused in words."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.kit.errors import RuleError
from app.kit.labels import _l

CHILD = Path(__file__).parent / "child.py"
LARGEST_BYTES = 32 * 1024 * 1024
MEGABYTES = 512
MOST_ROWS = 200_000
SECONDS = 8
SECONDS_A_MEGABYTE = 4
REFUSALS = {
    "empty": _l("The file is empty."),
    "bomb": _l("The file unpacks to far more than a roster ever holds. It was not opened."),
    "locked": _l("The workbook has a password. Save it without one and try again."),
    "old_excel": _l("This is not an .xlsx file. Open it and save it as .xlsx, then try again."),
    "not_a_workbook": _l("This is not an Excel workbook, whatever its name says."),
    "broken": _l("The file is damaged or cut off: it cannot be read."),
    "doctype": _l("The workbook contains a document type, which no spreadsheet needs. It was not opened."),
    "too_large": _l("The file needs too much memory. Split it into several files."),
    "too_long": _l("Reading the file takes too long. Split it into several files."),
    "too_many_rows": _l(
        "The file has more rows than can be read at once. Delete the empty rows below the list, or split it."
    ),
    "too_many_sheets": _l("The workbook has too many sheets."),
    "encoding": _l("The text is in no encoding we know. Save it as UTF-8 and try again."),
    "binary": _l("This is neither an .xlsx workbook nor a text table."),
}


@dataclass
class Grid:
    """One sheet as plain values: `rows` are (row number as in the file, cells), blank rows left out.

    A cell is None, str, int, float, bool or a date. `merges` are (top, left, bottom, right),
    rows counted from 1 and columns from 0.
    """

    name: str
    hidden: bool = False
    rows: list[tuple[int, list[Any]]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


def read(path: Path) -> list[Grid]:
    """The sheets of a file on disk."""
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise RuleError(_l("The file is larger than %(megabytes)s MB.", megabytes=LARGEST_BYTES >> 20))
        content = path.read_bytes()
    except OSError as error:
        raise RuleError(_l("The file cannot be opened.")) from error
    return read_bytes(path.name, content)


def read_bytes(name: str, content: bytes) -> list[Grid]:
    """The sheets of a file; a RuleError says why it cannot be read. Never longer than the time its size allows."""
    if len(content) > LARGEST_BYTES:
        raise RuleError(_l("The file is larger than %(megabytes)s MB.", megabytes=LARGEST_BYTES >> 20))
    seconds = SECONDS + int(max(0.0, len(content) / 1e6 - 0.5) * SECONDS_A_MEGABYTE)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-B", str(CHILD), suffix(name), str(MEGABYTES), str(seconds), str(MOST_ROWS)],
            input=content,
            capture_output=True,
            timeout=seconds + 1,
            env=_environment(),
            cwd="/",
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RuleError(REFUSALS["too_long"]) from error
    if done.returncode < 0:
        killed_for_time = -done.returncode in (24, 9)  # SIGXCPU, SIGKILL
        raise RuleError(REFUSALS["too_long" if killed_for_time else "broken"])
    return grids(done.stdout, stem(name))


def _environment() -> dict[str, str]:
    """Nothing of ours goes into the child: no keys, no addresses."""
    return {
        "PATH": os.defpath,
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
        "OPENPYXL_LXML": "False",
        "OPENPYXL_DEFUSEDXML": "False",  # child.py refuses document types itself, at a tenth of the cost
        "MALLOC_ARENA_MAX": "2",
    }


def suffix(name: str) -> str:
    """The ending alone: a child's arguments can be seen by everybody on the machine."""
    ending = Path(name).suffix.lower()
    return ending if ending[1:].isalnum() and len(ending) <= 6 else ".txt"


def stem(name: str) -> str:
    return Path(name.replace("\\", "/")).stem[:100]


def grids(told: bytes, name: str) -> list[Grid]:
    """What the child told, as grids; a text table is called by its file."""
    found: list[Grid] = []
    ended = False
    for line in told.decode("utf-8", "replace").split("\n"):
        if not line:
            continue
        said = _said(line)
        if "r" in said:
            found[-1].rows.append((said["r"], [_value(cell) for cell in said["c"]]))
        elif "sheet" in said:
            found.append(Grid(said["sheet"] or name, bool(said["hidden"])))
        elif "merges" in said:
            found[-1].merges = [(a, b, c, d) for a, b, c, d in said["merges"]]
        elif "refused" in said:
            raise RuleError(REFUSALS.get(said["refused"], REFUSALS["broken"]))
        ended = ended or "end" in said
    if not ended:
        raise RuleError(REFUSALS["too_large"])
    return found


def _said(line: str) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads(line)
    except ValueError as error:
        raise RuleError(REFUSALS["broken"]) from error
    return said


def _value(cell: Any) -> Any:
    return dt.date.fromisoformat(cell["d"]) if isinstance(cell, dict) else cell
