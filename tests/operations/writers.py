"""G19: fifty writers at once, each of whom reads before it writes, and nobody is told that the database is locked.

`python -m tests.operations.writers --writers 50 --writes 20 --database sqlite|postgresql`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.customers.models import Customer
from app.estate.models import Site
from app.kit.session import abandon_work, db, finish_work
from tests.conftest import SITE, settings
from tests.operations import kill


def write(app: Flask, place: int, writes: int) -> Counter[str]:
    """Read, then write, each time in one transaction; answers how many were written and why others were not."""
    done: Counter[str] = Counter()
    for number in range(writes):
        with app.app_context():
            try:
                site = db.session.scalar(select(Site.id).where(Site.name == SITE))
                db.session.scalar(select(func.count(Customer.id)))
                db.session.add(Customer(site_id=site, kind="firm", name=f"窗口 {place}-{number}"))
                finish_work()
                done["written"] += 1
            except OperationalError as error:
                done[str(error.orig)] += 1
                abandon_work()
            db.session.remove()
    return done


def at_once(app: Flask, writers: int, writes: int) -> Counter[str]:
    with ThreadPoolExecutor(writers) as pool:
        return sum(pool.map(lambda place: write(app, place, writes), range(writers)), Counter())


def main() -> int:
    from app import create_app

    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    asked.add_argument("--writers", type=int, default=50)
    asked.add_argument("--writes", type=int, default=20)
    asked.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    said = asked.parse_args()
    server = kill.Server() if said.database == "postgresql" else None
    folder = Path(tempfile.mkdtemp(prefix="hudang-writers-"))
    app = create_app(settings(folder, server.url if server else ""))
    try:
        with app.app_context():
            kill.settle(app)
            db.session.remove()
            began = time.monotonic()
            done = at_once(app, said.writers, said.writes)
            seconds = time.monotonic() - began
            print(f"{said.database}: {dict(done)} in {seconds:.1f} s")  # noqa: T201 - a command
            db.engine.dispose()
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if done == Counter(written=said.writers * said.writes) else 1


if __name__ == "__main__":
    sys.exit(main())
