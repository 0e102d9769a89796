"""What a room asks of a roster, and a row on its way: plain data that every room's `sheets.py` works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.kit.labels import column_info

NEW, CHANGED, SAME, WRONG, VACANT, JOINED = "new", "changed", "same", "wrong", "vacant", "joined"
STATES = (NEW, CHANGED, SAME, WRONG, VACANT)


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


@dataclass(frozen=True)
class Problem:
    """What is wrong or strange about a row. `column` is the heading as the sheet says it; "" is the whole row."""

    level: str
    column: str
    reason: Any


@dataclass(frozen=True)
class Change:
    """One value that the row changes, ready to be shown: masked and sealed values are shortened already."""

    label: Any
    old: str
    new: str


@dataclass
class Row:
    """One row of a sheet.

    `raw` are the cells as they stand; `cells` by field, merged cells and 同上 filled in; `values` what they mean,
    blanks left out. `plan` is the rooms' own scratch paper between planning and applying.
    """

    sheet: str
    number: int
    raw: list[Any]
    cells: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    repeated: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    plan: dict[str, Any] = field(default_factory=dict)
    lines: list[tuple[str, Any, dict[str, Any]]] = field(default_factory=list)
    state: str = ""
    is_new: bool = False
    part: int = 0

    @property
    def is_wrong(self) -> bool:
        return any(problem.level == WRONG for problem in self.problems)

    def get(self, key: str, default: Any = "") -> Any:
        return self.values.get(key, default)

    def heading(self, key: str) -> str:
        return self.headings.get(key, "")

    def wrong(self, reason: Any, key: str = "") -> None:
        """The row cannot be taken in."""
        self.problems.append(Problem(WRONG, self.heading(key), reason))

    def warn(self, reason: Any, key: str = "") -> None:
        """The row is taken in; somebody should look at it."""
        self.problems.append(Problem("warning", self.heading(key), reason))

    def note(self, action: str, record: Any, detail: dict[str, Any]) -> None:
        """A line for the audit, written once the records have their keys."""
        self.lines.append((action, record, detail))

    def change(self, label: Any, old: Any, new: Any) -> None:
        self.changes.append(Change(label, "" if old is None else str(old), "" if new is None else str(new)))
