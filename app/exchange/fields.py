"""What a room asks of a roster, and a row on its way: plain data that every room's `sheets.py` works with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.exchange.reading import pack, unpack
from app.kit.labels import column_info

NEW, CHANGED, SAME, WRONG, VACANT, JOINED = "new", "changed", "same", "wrong", "vacant", "joined"
STATES = (NEW, CHANGED, SAME, WRONG, VACANT)
TOLD = ("unit", "name")
NOTHING: Mapping[str, Any] = MappingProxyType({})
NO_CELLS = pack([])


def said(*words: str) -> tuple[str, ...]:
    """Names of a field, parted by spaces; spaces within a heading do not matter."""
    return tuple(word for part in words for word in part.split())


@dataclass(frozen=True)
class Field:
    """One thing a roster may say of a row.

    `names` are what people call its column, 简 繁 or English; "group/sub" is a heading of two rows.
    `kind`: text phone contact date span money area id_number code name. `where` fields together say which row it
    is, the `who` field names somebody. `once`: the amount belongs to one unit and is not repeated when a merged cell
    or a list of units repeats the row. `down`: a blank cell means the one above. `left`: what 同左 repeats.
    """

    key: str
    label: Any
    names: tuple[str, ...]
    kind: str = "text"
    where: bool = False
    who: bool = False
    once: bool = False
    down: bool = False
    left: str = ""
    length: int | None = None
    mask: str = ""
    sealed: bool = False
    from_sheet: str = ""

    @classmethod
    def of(cls, model: Any, column: str, names: tuple[str, ...], key: str = "", **more: Any) -> Field:
        """A field that ends up in a column: its label, length, mask and seal are the column's own."""
        info = column_info(model, column)
        length = getattr(model.__table__.c[column].type, "length", None)
        facts = {"label": info["label"], "mask": info.get("mask", ""), "sealed": bool(info.get("sealed"))}
        return cls(key=key or column, names=names, **{"length": length, **facts, **more})


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong or strange about a row. `column` is the heading as the sheet says it; "" is the whole row."""

    level: str
    column: str
    reason: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One value that the row changes, ready to be shown: masked and sealed values are shortened already."""

    label: Any
    old: str
    new: str


class Row:
    """One row of a sheet.

    `raw` are the cells as they stand; `cells` by field, merged cells and 同上 filled in; `values` what they mean,
    blanks left out. `plan` is the rooms' own scratch paper between planning and applying. A long sheet has many rows
    that wait: what stands in the sheet is kept packed, everything else is made when it is first needed.
    """

    __slots__ = (
        "_plan", "_values", "changes", "columns", "headings", "is_new", "lines", "notes", "number", "own", "packed",
        "part", "problems", "sheet", "state",
    )  # fmt: skip

    def __init__(
        self,
        sheet: str,
        number: int,
        raw: Iterable[Any] | bytes,
        own: dict[str, Any] | None = None,
        headings: Mapping[str, str] = NOTHING,
        columns: Mapping[str, int] = NOTHING,
    ) -> None:
        """`columns` says which cell is which field; what the row says otherwise, or besides, is its `own`."""
        self.sheet, self.number, self.part = sheet, number, 0
        self.packed = raw if isinstance(raw, bytes) else pack(raw)
        self.columns, self.own, self.headings = columns, own or NOTHING, headings
        self.problems: Sequence[Problem] = ()
        self.changes: Sequence[Change] = ()
        self.notes: Sequence[str] = ()
        self.lines: Sequence[tuple[str, Any, dict[str, Any]]] = ()
        self.state, self.is_new = "", False
        self._values: dict[str, Any] | None = None
        self._plan: dict[str, Any] | None = None

    @property
    def raw(self) -> list[Any]:
        return unpack(self.packed)

    @property
    def cells(self) -> Mapping[str, Any]:
        """By field; to change one, `put` it."""
        raw = unpack(self.packed)
        found = {key: raw[at] for key, at in self.columns.items() if at < len(raw) and not _is_empty(raw[at])}
        if not self.own:
            return found
        return {key: cell for key, cell in (found | dict(self.own)).items() if cell is not None}

    def put(self, key: str, cell: Any) -> None:
        self.own = {**self.own, key: cell}

    @property
    def values(self) -> dict[str, Any]:
        if self._values is None:
            self._values = {}
        return self._values

    @property
    def plan(self) -> dict[str, Any]:
        if self._plan is None:
            self._plan = {}
        return self._plan

    @plan.setter
    def plan(self, plan: dict[str, Any]) -> None:
        self._plan = plan

    def part_of(self, part: int, cells: Mapping[str, Any]) -> Row:
        """The same row said of another unit, with these cells instead."""
        row = Row(self.sheet, self.number, self.packed, {**self.own, **cells}, self.headings, self.columns)
        row.part, row.notes = part, self.notes
        return row

    def rest(self) -> None:
        """Its work is done: what is left is what can be told of it."""
        told = self._values or self.cells
        self._values = {key: told[key] for key in TOLD if key in told}
        self._plan, self.lines = None, ()
        if not self.problems:
            self.packed, self.own, self.columns = NO_CELLS, NOTHING, NOTHING

    @property
    def is_wrong(self) -> bool:
        return any(problem.level == WRONG for problem in self.problems)

    def get(self, key: str, default: Any = "") -> Any:
        return self.values.get(key, default)

    def heading(self, key: str) -> str:
        return self.headings.get(key, "")

    def wrong(self, reason: Any, key: str = "") -> None:
        """The row cannot be taken in."""
        self.problems = [*self.problems, Problem(WRONG, self.heading(key), reason)]

    def warn(self, reason: Any, key: str = "") -> None:
        """The row is taken in; somebody should look at it."""
        self.problems = [*self.problems, Problem("warning", self.heading(key), reason)]

    def note(self, action: str, record: Any, detail: dict[str, Any]) -> None:
        """A line for the audit, written once the records have their keys."""
        self.lines = [*self.lines, (action, record, detail)]

    def change(self, label: Any, old: Any, new: Any) -> None:
        said = ["" if value is None else str(value) for value in (old, new)]
        self.changes = [*self.changes, Change(label, *said)]

    def remark(self, note: str) -> None:
        """Something that has no column of its own."""
        self.notes = [*self.notes, note]
