"""`make load`: thirty desks at work for ten minutes before the console as production starts it, on both databases.

A seeded house is copied, thirty people get accounts in it and log in; then each does what comes up at such a desk, at
the pace of people. Afterwards the database is asked for every acknowledged write, the audit is verified and the
server's log is looked through. Ends with 1 when anything is not as it should be.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from pathlib import Path

import config
from app.kit.session import db
from tests.bench import homes, postgres, report, serving
from tests.bench.load import counting, people, running, telling

ENGINES = ("sqlite", "postgresql")


def measured(said: argparse.Namespace, engine: str) -> telling.Result:
    """One run on one database."""
    command = running.locust(said.folder)
    about = {name: told for name, told in report.machine().items() if name not in ("load before", "SQLite")}
    with homes.copied(homes.seeded(said.folder, engine, said.rows), said.folder / f"load-{engine}") as home:
        app = homes.prepared(home)
        with app.app_context():
            desks = people.furnish(said.desks)
            db.session.remove()
            db.engine.dispose()
        port, log = serving.free_port(), home.folder / "server.log"
        settings = running.environ(home.folder, home.url, port)
        with running.console(settings, log) as process:
            pids = {"console": process.pid} | ({"PostgreSQL": postgres.process(home.url)} if home.url else {})
            run = running.work(command, desks, said.seconds, port, home.folder, **pids)
        verify = [sys.executable, "-m", "flask", "--app", "run", "audit", "verify"]
        audit = subprocess.run(verify, cwd=config.ROOT, env=running.whole(settings), stdout=subprocess.PIPE, text=True)
        with app.app_context():
            counted = counting.count(run.journal)
            db.session.remove()
            db.engine.dispose()
    about |= {"desks": str(len(desks)), "seconds": f"{said.seconds:g}", "customers": f"{said.rows:,}"}
    return telling.result(engine, about, run, counted, audit.returncode == 0, log)


def options() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--engine", choices=ENGINES, nargs="+", default=ENGINES)
    asked.add_argument("--seconds", type=float, default=600, help="how long they work once the last has come in")
    asked.add_argument("--desks", type=int, default=sum(people.DESK.values()))
    asked.add_argument("--rows", type=int, default=10_000, help="customers of the house")
    asked.add_argument("--folder", type=Path, default=config.ROOT / "var" / "bench")
    asked.add_argument("--write", action="store_true", help="write docs/LOAD.md from the newest run on each database")
    return asked.parse_args()


def main() -> int:
    said = options()
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))  # the servers it started end with it
    said.folder.mkdir(parents=True, exist_ok=True)
    good = True
    for engine in said.engine:
        found = measured(said, engine)
        telling.keep(found, said.folder)
        sys.stdout.write(telling.as_text(found) + "\n")
        good = good and found.is_good
    if said.write:
        telling.write([each for engine in ENGINES if (each := telling.kept(said.folder, engine)) is not None])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
