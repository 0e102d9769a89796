"""The table of what was measured: ours beside the peers, the reach, and whether it is reached."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pygal
import yaml
from pygal.style import Style

import config

PAGE = config.ROOT / "docs" / "BENCHMARKS.md"
PICTURE = config.ROOT / "docs" / "benchmarks.svg"
REASONS = Path(__file__).with_name("reasons.yaml")
UNITS = {"ms": "{:,.1f} ms", "s": "{:,.2f} s", "MB": "{:,.0f} MB", "KB": "{:,.1f} KB", "SQL": "{:,.0f} SQL",
         "rows/s": "{:,.0f} rows/s", "lines/s": "{:,.0f} lines/s", "×": "{:,.2f} ×", "%": "{:,.0f} %",
         "count": "{:,.0f}"}  # fmt: skip
ORDER = (
    "list_", "last_by_first", "orders", "search_", "best_first", "file_", "home", "sql_", "form_", "csv", "import",
    "growth_", "receipt", "catalogue", "long_catalogue", "labels", "second_start", "weight_", "audit_",
)  # fmt: skip
TENFOLD = [0.01, 0.1, 1, 10, 100, 1000]
MARKS = {True: "✓", False: "✗", None: "·"}


@dataclass
class Line:
    """One measurement. `reach` says what is wanted, `reached` None where nothing is or it could not be measured."""

    key: str
    what: str
    ours: float | None
    unit: str = "ms"
    peers: dict[str, float] = field(default_factory=dict)
    against: str = ""
    reach: str = ""
    reached: bool | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours by the peer's that the reach names."""
        peer = self.peers.get(self.against)
        return self.ours / peer if peer and self.ours is not None else None

    def against_peer(self, peer: str, most: float, also: float | None = None) -> Line:
        """The reach is a share of what a peer needs, and perhaps a bound of its own, too."""
        self.against, bound = peer, f"≤ {most:g} × {peer}"
        self.reach = f"{bound}, ≤ {also:g} {self.unit}" if also is not None else bound
        good = [] if self.ratio is None else [self.ratio <= most]
        good += [] if also is None or self.ours is None else [self.ours <= also]
        self.reached = all(good) if good and self.ratio is not None else None
        return self

    def at_most(self, most: float) -> Line:
        self.reach, self.reached = f"≤ {most:g} {self.unit}", None if self.ours is None else self.ours <= most
        return self

    def at_least(self, least: float) -> Line:
        self.reach, self.reached = f"≥ {least:,g} {self.unit}", self.ours is not None and self.ours >= least
        return self


class Kept:
    """The newest measurement of every line, and what was last said of where it was measured."""

    ABOUT = "about"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: dict[str, dict[str, Any]] = json.loads(path.read_text()) if path.is_file() else {}
        self.about: dict[str, str] = self.found.pop(self.ABOUT, {})

    def add(self, line: Line) -> None:
        self.found[line.key] = asdict(line)
        self._keep()

    def say(self, about: dict[str, str]) -> None:
        self.about = about
        self._keep()

    def _keep(self) -> None:
        told = {self.ABOUT: self.about, **self.found}
        self.path.write_text(json.dumps(told, ensure_ascii=False, indent=1))

    def lines(self) -> list[Line]:
        """As the table has them, whichever was measured last."""
        known = [Line(**each) for each in self.found.values()]
        return sorted(
            known, key=lambda line: next((at for at, key in enumerate(ORDER) if line.key.startswith(key)), 99)
        )


def shown(value: float | None, unit: str) -> str:
    return "—" if value is None else UNITS[unit].format(value)


def cells(line: Line) -> list[str]:
    """One line of the table as text."""
    beside = "; ".join(f"{name} {shown(value, line.unit)}" for name, value in line.peers.items())
    ratio = "" if line.ratio is None else f"{line.ratio:.3f} ×" if line.ratio < 0.1 else f"{line.ratio:.2f} ×"
    why = "; ".join(each for each in (line.note, reason(line)) if each)
    return [line.what, shown(line.ours, line.unit), beside, ratio, line.reach, MARKS[line.reached], why]


def reason(line: Line) -> str:
    """Why a reach is not reached, as somebody found out and wrote down in `reasons.yaml`."""
    if line.reached is not False:
        return ""
    known: dict[str, str] = yaml.safe_load(REASONS.read_text(encoding="utf-8")) or {}
    return known.get(line.key, "the reason is not known yet")


HEADS = ["what", "ours", "beside it", "ratio", "reach", "", "remark"]


def as_text(lines: Sequence[Line]) -> str:
    """For the screen: no wider than it must be."""
    rows = [HEADS, *(cells(line) for line in lines)]
    wide = [max(len(row[at]) for row in rows) for at in range(len(HEADS) - 1)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, [*wide, 0], strict=True)).rstrip() for row in rows
    )


def machine() -> dict[str, str]:
    """What it ran on; no names of hosts."""
    model = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())  # fmt: skip
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "date": dt.date.today().isoformat(),
        "processor": f"{model}, {os.cpu_count()} cores",
        "memory": f"{memory:.0f} GB",
        "system": f"Linux {platform.release().split('-')[0]}, Python {platform.python_version()}",
        "SQLite": config.sqlite_module().sqlite_version,
        "load before": f"{os.getloadavg()[0]:.1f}",
    }


def write(kept: Kept, text: str, postgresql: Kept | None = None, page: Path = PAGE, picture: Path = PICTURE) -> None:
    """`docs/BENCHMARKS.md` and its chart. `text` says what is compared with what."""
    lines = kept.lines()
    counted = [line for line in lines if line.reached is not None]
    good = sum(bool(line.reached) for line in counted)
    head = "# Benchmarks\n\nWritten by `make bench WRITE=1`; not by hand.\n"
    told = f"{good} of {len(counted)} reaches are reached; ✗ says why not, · has no reach or could not be measured."
    page.write_text(
        f"{head}\n{text}\n## Where and when\n\n{listed(kept.about)}\n\n## Results\n\n{told}\n\n"
        f"![Ours as a share of the peer]({picture.name})\n\n{table(HEADS, map(cells, lines))}\n"
        + (section(postgresql) if postgresql else ""),
        encoding="utf-8",
    )
    picture.write_bytes(draw(lines))


def section(kept: Kept) -> str:
    """What was measured on PostgreSQL, where the peers were not."""
    rows = [[line.what, shown(line.ours, line.unit), line.note] for line in kept.lines()]
    return f"\n## On PostgreSQL\n\n{listed(kept.about)}\n\n{table(['what', 'ours', 'remark'], rows)}\n"


def listed(about: dict[str, str]) -> str:
    return "\n".join(f"- {name}: {value}" for name, value in about.items())


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    whole = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in whole)


def draw(lines: Sequence[Line]) -> bytes:
    """Bars of what ours takes in per cent of the peer that its reach names, on a logarithmic scale."""
    told = [line for line in lines if line.ratio is not None]
    style = Style(
        background="#ffffff",
        plot_background="#ffffff",
        colors=("#2f6f8f", "#b4553f"),
        font_family="sans-serif",
        value_font_size=11,
    )
    chart = pygal.HorizontalBar(
        width=900, height=60 + 26 * len(told), logarithmic=True, style=style, js=(), show_legend=False,
        title="Ours in per cent of the peer (logarithmic; less is better)", truncate_label=-1, print_values=True,
        value_formatter=lambda value: f"{value:.3g} %" if value < 1000 else f"{value:,.0f} %",
    )  # fmt: skip
    chart.y_labels, chart.range = TENFOLD, (TENFOLD[0], TENFOLD[-1])
    chart.zero = TENFOLD[0]
    chart.uuid = "benchmarks"  # else another at each writing
    chart.x_labels = [f"{line.what} : {line.against}" for line in reversed(told)]
    chart.add("", [100 * (line.ratio or 0) for line in reversed(told)])
    return bytes(chart.render())
