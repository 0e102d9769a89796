"""`make bench`: the console beside its peers on the same million rows, as the table of docs/BENCHMARKS.md.

The seeded databases, the peers' environments, the sheets and the results are kept in `--folder` (var/bench) and used
again, so that one part may be measured anew; throw the folder away for a clean run. `--small` measures a small house in
this process, without peers, against the committed budgets.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from flask import Flask

import config
from tests.bench import audited, bringing, house, pages, paper, peering, report, small
from tests.bench.homes import Home, prepared, seeded
from tests.bench.report import Line

PARTS = (*pages.PARTS, "paper", "import", "start", "audit")
ROWS = 1_000_000
WORDS = Path(__file__).with_name("words.md")


def measured(said: argparse.Namespace) -> Iterator[Line]:
    """Every line, as soon as it is known."""
    large = Home(said.data) if said.data else seeded(said.folder, said.engine, said.rows, said.audit)
    little = Home(said.data_small) if said.data_small else seeded(said.folder, said.engine, said.rows // 100)
    app, small_app = prepared(large), prepared(little)
    if set(said.parts) & set(pages.PARTS):
        yield from beside(said, (app, large), (small_app, little))
    if "paper" in said.parts:
        yield from paper.all_of(app, said.folder)
    if "import" in said.parts:
        yield from bringing.importing(said.folder, said.import_rows)
    if "start" in said.parts:
        yield from bringing.second_start(large.folder, large.url)
    if "audit" in said.parts and said.audit:
        yield from audited.audit(app, large, said.rounds)


def beside(said: argparse.Namespace, of_large: tuple[Flask, Home], of_little: tuple[Flask, Home]) -> Iterator[Line]:
    """Two consoles and the peers, all up at once."""
    (app, large), (small_app, little) = of_large, of_little
    tables = said.folder / f"peers-{said.rows}.db"
    has_peers = not said.no_peers and not large.url
    if has_peers:
        peering.copy_tables(large.folder / "hudang.db", tables)
    with ExitStack() as stack:
        ours = stack.enter_context(house.console(app, "ours", large.folder, large.url))
        theirs = stack.enter_context(house.console(small_app, "ours, small", little.folder, little.url))
        peers = stack.enter_context(peering.peers(said.folder, tables)) if has_peers else []
        field = pages.Field(app, ours, theirs, peers, said.rows, said.rows // 100, said.rounds, said.seconds)
        for part, measure in pages.PARTS.items():
            if part in said.parts:
                yield from measure(field)


def options() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--small", action="store_true", help="a small house against the budgets, under a minute")
    asked.add_argument("--rows", type=int, default=ROWS, help="customers; the house it is compared with has 1/100")
    asked.add_argument("--audit", type=int, default=0, help="lines of the audit besides, e.g. 10000000")
    asked.add_argument("--rounds", type=int, default=15, help="how often a page is asked")
    asked.add_argument(
        "--seconds", type=float, default=30, help="when one page took so long in all, it is not asked again"
    )
    asked.add_argument("--import-rows", type=int, default=100_000)
    asked.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    asked.add_argument("--no-peers", action="store_true")
    asked.add_argument(
        "--engine", choices=("sqlite", "postgresql"), default="sqlite", help="the peers are on SQLite only"
    )
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
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))  # the servers it started end with it
    said.folder.mkdir(parents=True, exist_ok=True)
    kept = report.Kept(said.folder / f"results-{said.engine}-{said.rows}.json")
    for line in measured(said):
        kept.add(line)
        sys.stderr.write("  ".join(cell for cell in report.cells(line)[:-1] if cell) + "\n")
    about = report.machine() | {"rows": f"{said.rows:,} customers", "database": said.engine}
    kept.say({name: told for name, told in about.items() if name != "SQLite" or said.engine == "sqlite"})
    sys.stdout.write(report.as_text(kept.lines()) + "\n")
    if said.write:
        write(said)
    return 0


def write(said: argparse.Namespace) -> None:
    """The page tells of SQLite beside the peers, and of the largest house on PostgreSQL that was measured."""
    others = sorted(said.folder.glob("results-postgresql-*.json"), key=lambda path: int(path.stem.split("-")[-1]))
    sqlite = said.folder / f"results-sqlite-{said.rows if said.engine == 'sqlite' else ROWS}.json"
    postgresql = report.Kept(others[-1]) if others else None
    report.write(report.Kept(sqlite), WORDS.read_text(encoding="utf-8"), postgresql)


if __name__ == "__main__":
    sys.exit(main())
