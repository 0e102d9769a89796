"""G1: what the console acknowledged is there after its processes, or the whole database, were killed; once each.

`python -m tests.operations.kill --writes 10000 --database sqlite|postgresql`: eight desks open customers and receive
money, each press with a key that is pressed again until it is acknowledged, as a person does whose page did not come.
Meanwhile a worker, the whole console, or on PostgreSQL the whole server is killed with SIGKILL, again and again, spread
over the writes: after a kill there is work before the next, however long it took to come up again.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.kit.session import db, finish_work
from tests import databases, scratch
from tests.conftest import PASSWORD, SITE, migrate, settings
from tests.deposits.desks import DESKS, ROOT, Desk, free_port

RECEIVED, WORKERS = 100, 3  # cents of each receipt; processes of the console
AGAIN = 0.3  # seconds until somebody presses again


@dataclass
class Console:
    """gunicorn over a house, started again whenever it is gone."""

    folder: Path
    url: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        env = os.environ | {"DATA_DIR": str(self.folder), "DATABASE_URL": self.url, "PYTHONPATH": str(ROOT)}
        command = [
            sys.executable, "-W", "ignore", "-m", "gunicorn", "--preload", "-w", str(WORKERS), "--no-control-socket",
            "-b", f"127.0.0.1:{self.port}", "--timeout", "90", "tests.deposits.desks:guarded()",
        ]  # fmt: skip
        with (self.folder / "server.log").open("a") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT, process_group=0
            )
        while not self.answers():
            assert self.process.poll() is None, (self.folder / "server.log").read_text()[-3000:]
            time.sleep(0.05)

    def answers(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            line.request("GET", "/readyz")
            return line.getresponse().status == 200
        return False

    def workers(self) -> list[int]:
        assert self.process is not None
        told = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(each) for each in told.split()]

    def kill_worker(self) -> None:
        """The master starts another one."""
        for pid in self.workers()[:1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def kill(self) -> None:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_all(self) -> None:
        self.kill()
        self.start()


@dataclass
class Tally:
    """Every press that was acknowledged, and how often one had to be pressed again."""

    wanted: int
    customers: set[str] = field(default_factory=set)
    receipts: set[str] = field(default_factory=set)
    pressed_again: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def acknowledged(self) -> int:
        return len(self.customers) + len(self.receipts)


def settle(app: Flask) -> None:
    """An empty database becomes a house with people."""
    from app.demo import makers, tower
    from app.estate import rules as estate
    from app.security import setup

    migrate(app)
    setup.sync_permissions(app)
    makers.make_scheme()
    cast, site = tower.make_cast(PASSWORD), estate.add_site(SITE)
    for person in cast.values():
        estate.assign(site, person)
    finish_work()


def furnish(app: Flask) -> tuple[list[str], list[int], int]:
    """Eight logged-in desks with a deposit each; answers (cookies, deposits, site)."""
    from app.demo import makers
    from app.demo.makers import user
    from app.estate.models import Site
    from app.security import sessions

    site = db.session.scalars(select(Site).where(Site.name == SITE)).one()
    tenancy = makers.make_tenancy(makers.make_unit(site=site))
    deposits = [makers.make_deposit(tenancy, cents=10**8).id for _ in range(DESKS)]
    name = app.config["SESSION_COOKIE_NAME"]
    return [f"{name}={sessions.issue(user('clerk'))}" for _ in range(DESKS)], deposits, site.id


def press(desk: Desk, tally: Tally, url: str, **form: Any) -> None:
    """Until it is acknowledged, whatever happens meanwhile."""
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            status, where = desk.post(url, **form)
            assert "/login" not in where, url
            if status == 302:
                return
            assert status in (500, 502, 503), (status, url)
        with tally.lock:
            tally.pressed_again += 1
        time.sleep(AGAIN)


def work(desk: Desk, place: int, deposit: int, site: int, tally: Tally) -> None:
    """A customer, then a receipt, and so on until all desks together have enough."""
    for number in range(tally.wanted):
        if tally.acknowledged >= tally.wanted:
            return
        key = f"kill-{place}-{number}"
        if number % 2:
            press(desk, tally, "/deposit-lines/add", deposit=deposit, amount_cents="1", method="cash", once=key)
            with tally.lock:
                tally.receipts.add(key)
        else:
            press(desk, tally, "/customers/add", site=site, kind="firm", name=f"公司 {key}", once=key)
            with tally.lock:
                tally.customers.add(f"公司 {key}")


def run(app: Flask, console: Console, kills: list[Callable[[], None]], tally: Tally) -> Iterator[str]:
    """Furnish, work and kill in turn; says after each kill how far it is. `app` has an application context."""
    cookies, deposits, site = furnish(app)
    finish_work()
    db.session.remove()
    db.engine.dispose()
    console.start()
    desks = [Desk(console.port, cookie) for cookie in cookies]
    threads = [
        threading.Thread(target=work, args=(desk, place, deposits[place], site, tally), daemon=True)
        for place, desk in enumerate(desks)
    ]
    for thread in threads:
        thread.start()
    for number, kill in enumerate(kills):
        written = tally.wanted * (number + random.uniform(0.2, 1)) / (len(kills) + 1)
        while tally.acknowledged < written and any(thread.is_alive() for thread in threads):
            time.sleep(0.01)
        kill()
        yield f"{kill.__name__}: {tally.acknowledged} acknowledged, {tally.pressed_again} pressed again"
    for thread in threads:
        thread.join()
    console.kill()


def wrong(tally: Tally) -> list[str]:
    """What of the acknowledged is not there, there twice, or not what the ledger says."""
    from app.customers.models import Customer
    from app.deposits.models import DepositLine
    from app.security import verify

    counted = dict(db.session.execute(select(Customer.name, func.count()).group_by(Customer.name)).all())
    lines = select(DepositLine).where(DepositLine.receipt_number != "")
    receipts = list(db.session.scalars(lines.order_by(DepositLine.receipt_number)))
    found = [f"{name}: {counted.get(name, 0)} times" for name in tally.customers if counted.get(name) != 1]
    if tally.acknowledged < tally.wanted:
        found.append(f"only {tally.acknowledged} acknowledged: a desk was told what it does not understand")
    if len(receipts) != len(tally.receipts):
        found.append(f"{len(tally.receipts)} receipts acknowledged, {len(receipts)} there")
    if sum(line.amount_cents for line in receipts) != RECEIVED * len(tally.receipts):
        found.append("the ledger is not its balance")
    numbers = [int(line.receipt_number.rsplit("-", 1)[1]) for line in receipts]
    if numbers != list(range(1, len(numbers) + 1)):
        found.append("receipts with a gap, or doubled")
    return found + [f"audit, line {each.line}: {each.reason}" for each in verify.verify().breaks]


class Server:
    """A PostgreSQL of its own, with the settings of a real one, that can be killed whole."""

    def __init__(self) -> None:
        self.folder = scratch.for_sockets(f"hudang-kill-{uuid.uuid4().hex[:8]}")
        self.server = databases.start(self.folder)
        self.url = f"postgresql+psycopg://postgres:@/postgres?host={self.folder}"

    def kill_database(self) -> None:
        """Every process of it at once, as the kernel does when memory is out; then it is started anew."""
        master = int((self.folder / "postmaster.pid").read_text().split("\n", 1)[0])
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        for pid in (master, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while any(Path(f"/proc/{pid}").exists() and _runs(int(pid)) for pid in (master, *children)):
            time.sleep(0.02)
        for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):  # else one that its parent forgot is taken for running
            (self.folder / name).unlink(missing_ok=True)
        while True:
            try:
                self.server.ensure_postgres_running()
                return
            except (AssertionError, subprocess.SubprocessError):  # it comes up, only later than was waited for
                time.sleep(1)

    def stop(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            os.kill(int((self.folder / "postmaster.pid").read_text().split("\n", 1)[0]), signal.SIGQUIT)
            time.sleep(2)
        shutil.rmtree(self.folder, ignore_errors=True)


def _runs(pid: int) -> bool:
    """Not only a name that its parent has not asked for yet."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def main() -> int:
    from app import create_app

    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    asked.add_argument("--writes", type=int, default=10_000)
    asked.add_argument("--rounds", type=int, default=20, help="how often something is killed meanwhile")
    asked.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    said = asked.parse_args()
    server = Server() if said.database == "postgresql" else None
    folder, began = Path(tempfile.mkdtemp(prefix="hudang-kill-")), time.monotonic()
    app = create_app(settings(folder, server.url if server else ""))
    console, tally = Console(folder, server.url if server else ""), Tally(said.writes)
    ways = [console.kill_worker, console.kill_all, *([server.kill_database] if server else [])]
    try:
        with app.app_context():
            settle(app)
            kills = [ways[number % len(ways)] for number in range(said.rounds)]
            for told in run(app, console, kills, tally):
                print(told, flush=True)  # noqa: T201 - a command
            found = wrong(tally)
            print("\n".join(found) or "0 lost, 0 doubled, ledger = balance, audit whole")  # noqa: T201
            seconds = time.monotonic() - began
            print(f"{said.database}: {tally.acknowledged} acknowledged in {seconds:.0f} s")  # noqa: T201
    finally:
        if console.process is not None:
            console.kill()
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
