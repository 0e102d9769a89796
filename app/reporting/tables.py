"""What a report answers: a table, and the pictures that are drawn from it. Plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

FIGURES = {"number", "money", "area", "percent", "hours", "days"}


@dataclass(frozen=True)
class Head:
    """One column. `kind`: text date number money area percent hours days.

    Money is in cents, areas in hundredths of a square metre, percent a fraction of one.
    """

    label: Any
    kind: str = "text"


@dataclass(frozen=True)
class Line:
    """One row; `url` leads to the list of what was counted; `tone`: "", good, warn or bad."""

    cells: Sequence[Any]
    url: str | None = None
    tone: str = ""


@dataclass(frozen=True)
class Tile:
    """One figure in large type above the pictures."""

    label: Any
    value: Any
    kind: str = "number"
    tone: str = ""


@dataclass(frozen=True)
class Series:
    """One colour of a picture: as many values as the picture has labels; None leaves a gap."""

    label: Any
    values: Sequence[float | None]


@dataclass(frozen=True)
class Bars:
    """Bars over `labels`, several series standing beside or (`stacked`) on each other; `lying` for long labels."""

    title: Any
    labels: Sequence[Any]
    series: Sequence[Series]
    kind: str = "number"
    stacked: bool = False
    lying: bool = False


@dataclass(frozen=True)
class Curves:
    """One line a series over `labels`."""

    title: Any
    labels: Sequence[Any]
    series: Sequence[Series]
    kind: str = "number"


@dataclass(frozen=True)
class Grid:
    """Rows × columns, the darker the more; `values[row][column]`, None where there is nothing to say."""

    title: Any
    rows: Sequence[Any]
    columns: Sequence[Any]
    values: Sequence[Sequence[float | None]]
    kind: str = "number"


@dataclass(frozen=True)
class Space:
    """One unit of a stacking plan: as wide as it is large, in the colour of its `key`; `marked` with a dot."""

    label: str
    area: int
    key: str
    marked: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Plan:
    """A building, top floor first: (floor, its spaces). `legend`: key -> words, in order; `mark` says what a dot is."""

    title: Any
    floors: Sequence[tuple[str, Sequence[Space]]]
    legend: dict[str, Any]
    mark: Any = ""
    kind: str = "number"


Picture = Bars | Curves | Grid | Plan


@dataclass(frozen=True)
class Table:
    """The answer of a report. `totals` has one cell a head; `notes` say how the figures were made."""

    heads: Sequence[Head]
    lines: Sequence[Line]
    totals: Sequence[Any] | None = None
    pictures: Sequence[Picture] = ()
    tiles: Sequence[Tile] = ()
    notes: Sequence[Any] = field(default=())

    def without_money(self) -> Table:
        """The same with no amount in it, for readers who may not see amounts."""
        kept = [place for place, head in enumerate(self.heads) if head.kind != "money"]
        return replace(
            self,
            heads=[self.heads[place] for place in kept],
            lines=[replace(line, cells=[line.cells[place] for place in kept]) for line in self.lines],
            totals=[self.totals[place] for place in kept] if self.totals is not None else None,
            pictures=[picture for picture in self.pictures if picture.kind != "money"],
            tiles=[tile for tile in self.tiles if tile.kind != "money"],
        )
