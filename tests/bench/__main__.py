"""`make bench`: the console beside its peers on the same million rows, as the table of docs/BENCHMARKS.md.

The seeded databases, the peers' environments and the sheets are kept in `--folder` (var/bench) and used again; throw it
away for a clean run. `--small` measures a small house in this process, without peers, against the committed budgets.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import config
from tests.bench import bringing, house, pages, paper, peering, report, seed, small
from tests.bench.report import Line

PARTS = ("pages", "paper", "import", "start")
WORDS = Path(__file__).with_name("words.md")


def seeded(folder: Path, rows: int, audit_lines: int) -> Path:
    """A DATA_DIR with so many customers, made where it is missing."""
    home = folder / (f"{rows}" + (f"-audit-{audit_lines}" if audit_lines else ""))
    if not (home / "SEEDED").exists():
        sys.stderr.write(f"making up {rows:,} customers …\n")
        app = house.opened(home)
        with app.app_context():
            seed.build(app, rows, audit_lines, seed.teller())
        (home / "SEEDED").touch()
    return home


def measured(said: argparse.Namespace) -> Iterator[Line]:
    """Every line, as soon as it is known."""
    large = said.data or seeded(said.folder, said.rows, said.audit)
    little = said.data_small or seeded(said.folder, said.rows // 100, 0)
    app = house.opened(large)
    if "pages" in said.parts:
        yield from beside(said, app, large, little)
    if "paper" in said.parts:
        yield from paper.all_of(app, said.folder)
    if "import" in said.parts:
        yield from bringing.importing(said.folder, said.import_rows)
    if "start" in said.parts:
        yield from bringing.second_start(large)


def beside(said: argparse.Namespace, app: house.Flask, large: Path, little: Path) -> Iterator[Line]:
    """Two consoles and the peers, all up at once."""
    tables = said.folder / f"peers-{said.rows}.db"
    peering.copy_tables(large / "hudang.db", tables)
    with ExitStack() as stack:
        ours = stack.enter_context(house.console(app, "ours", large))
        small_app = house.opened(little)
        of_little = stack.enter_context(house.console(small_app, "ours, small", little))
        peers = stack.enter_context(peering.peers(said.folder, tables)) if not said.no_peers else []
        field = pages.Field(app, ours, of_little, peers, said.rows, said.rounds, said.seconds)
        yield from pages.all_of(field, said.rows // 100)


def options() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--small", action="store_true", help="a small house against the budgets, under a minute")
    asked.add_argument("--rows", type=int, default=1_000_000, help="customers; the house it is compared with has 1/100")
    asked.add_argument("--audit", type=int, default=0, help="lines of the audit besides, e.g. 10000000")
    asked.add_argument("--rounds", type=int, default=15, help="how often a page is asked")
    asked.add_argument(
        "--seconds", type=float, default=30, help="when one page took so long in all, it is not asked again"
    )
    asked.add_argument("--import-rows", type=int, default=100_000)
    asked.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    asked.add_argument("--no-peers", action="store_true")
    asked.add_argument("--folder", type=Path, default=config.ROOT / "var" / "bench")
    asked.add_argument("--data", type=Path, help="a DATA_DIR that is seeded already, of --rows")
    asked.add_argument("--data-small", type=Path, help="the same of a hundredth")
    asked.add_argument("--write", action="store_true", help="write docs/BENCHMARKS.md and its chart")
    return asked.parse_args()


def main() -> int:
    said = options()
    if said.small:
        with tempfile.TemporaryDirectory() as folder:
            return small.tell(small.measure(Path(folder), small.ROWS))
    said.folder.mkdir(parents=True, exist_ok=True)
    about, lines = report.machine(), []
    for line in measured(said):
        lines.append(line)
        sys.stderr.write("  ".join(cell for cell in report.cells(line)[:-1] if cell) + "\n")
    sys.stdout.write(report.as_text(lines) + "\n")
    if said.write:
        report.write(lines, about | {"rows": f"{said.rows:,} customers"}, WORDS.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
