"""Reads a sheet file in a child process with limits (SAFETY G11); hostile files are refused in words."""

from __future__ import annotations

import datetime as dt
import json
import marshal
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, overload

from app.kit.errors import RuleError
from app.kit.labels import _l

CHILD = Path(__file__).parent / "child.py"
LARGEST_BYTES = 32 * 1024 * 1024
MEGABYTES = 512
MOST_ROWS = 200_000
SECONDS = 8
SECONDS_A_MEGABYTE = 4
PATIENCE = 5  # seconds are those of the processor: a busy machine may need more for them
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


def pack(cells: Iterable[Any]) -> bytes:
    """A row's cells in a fifth of the room: a long sheet has many that wait."""
    return marshal.dumps([(cell.toordinal(),) if isinstance(cell, dt.date) else cell for cell in cells])


def unpack(packed: bytes) -> list[Any]:
    cells: list[Any] = marshal.loads(packed)
    return [dt.date.fromordinal(*cell) if type(cell) is tuple else cell for cell in cells]


class Rows(Sequence[tuple[int, list[Any]]]):
    """A sheet's rows, packed: (row number as in the file, cells). Each is taken apart where it is looked at."""

    def __init__(self) -> None:
        self.packed: list[tuple[int, bytes]] = []

    @overload
    def __getitem__(self, at: int) -> tuple[int, list[Any]]: ...
    @overload
    def __getitem__(self, at: slice) -> list[tuple[int, list[Any]]]: ...
    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [(number, unpack(packed)) for number, packed in self.packed[at]]
        number, packed = self.packed[at]
        return number, unpack(packed)

    def __len__(self) -> int:
        return len(self.packed)


@dataclass
class Grid:
    """One sheet as plain values: `rows` are (row number as in the file, cells), blank rows left out.

    A cell is None, str, int, float, bool or a date. `merges` are (top, left, bottom, right),
    rows counted from 1 and columns from 0.
    """

    name: str
    hidden: bool = False
    rows: Sequence[tuple[int, list[Any]]] = field(default_factory=Rows)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    def packed(self) -> Iterable[tuple[int, bytes]]:
        return self.rows.packed if isinstance(self.rows, Rows) else ((n, pack(cells)) for n, cells in self.rows)


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
    command = [sys.executable, "-I", "-B", str(CHILD), suffix(name), str(MEGABYTES), str(seconds), str(MOST_ROWS)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=_environment(), cwd="/", start_new_session=True, **pipes) as child:
        alarm = threading.Timer(seconds * PATIENCE, child.kill)
        alarm.start()
        try:
            told = Told(stem(name), _asked(child, content))
        finally:
            alarm.cancel()
            child.kill()
    return told.grids(child.returncode)


def _asked(child: Any, content: bytes) -> Iterator[str]:
    """What the child tells of the file, line by line."""
    with suppress(BrokenPipeError), child.stdin:
        child.stdin.write(content)
    for line in child.stdout:
        yield line.decode("utf-8", "replace").rstrip("\n")
    child.wait()


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


class Told:
    """What the child told, as grids; a text table is called by its file."""

    def __init__(self, name: str, lines: Iterable[str]) -> None:
        self.name, self.found, self.rows, self.refused, self.ended = name, list[Grid](), Rows(), "", False
        for line in lines:
            if line and not self.refused:
                self._take(line)

    def _take(self, line: str) -> None:
        try:
            said: dict[str, Any] = json.loads(line)
        except ValueError:
            self.refused = "broken"
            return
        if "r" in said:
            self.rows.packed.append((said["r"], pack(map(_value, said["c"]))))
        elif "sheet" in said:
            self.rows = Rows()
            self.found.append(Grid(said["sheet"] or self.name, bool(said["hidden"]), self.rows))
        elif "merges" in said:
            self.found[-1].merges = [(a, b, c, d) for a, b, c, d in said["merges"]]
        elif "refused" in said:
            self.refused = said["refused"] if said["refused"] in REFUSALS else "broken"
        self.ended = self.ended or "end" in said

    def grids(self, code: int) -> list[Grid]:
        """The sheets; a RuleError where the child was stopped, refused the file or did not come to the end of it."""
        if code < 0:
            stopped = -code in (signal.SIGXCPU, signal.SIGKILL)
            raise RuleError(REFUSALS["too_long" if stopped else "broken"])
        if self.refused or not self.ended:
            raise RuleError(REFUSALS[self.refused or "too_large"])
        return self.found


def _value(cell: Any) -> Any:
    return dt.date.fromisoformat(cell["d"]) if isinstance(cell, dict) else cell
