"""A console with a database of its own that several desks use at once, guarded or, to see the test fail, not."""

from __future__ import annotations

import dataclasses
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from tests.conftest import settings

ROOT = Path(__file__).resolve().parents[2]
DESKS, WORKERS = 8, 3


def guarded() -> Flask:
    """The console as it is."""
    from run import create_app

    made: Flask = create_app(settings(Path(os.environ["DATA_DIR"]), os.environ["DATABASE_URL"]))
    return made


def unguarded() -> Flask:
    """The negative control: a refund is read, then booked, whatever was booked meanwhile and however often."""
    from sqlalchemy import insert

    from app import models  # noqa: F401 - every table, before the first view
    from app.deposits import refunds
    from app.deposits.models import DepositLine
    from app.deposits.views import DepositRefundView
    from app.kit import once
    from app.kit.columns import today
    from app.kit.session import db

    def pay(refund: Any, *, by: Any, method: str, paid_on: Any = None) -> None:
        line = {
            "site_id": refund.site_id, "deposit_id": refund.deposit_id, "tenancy_id": refund.tenancy_id, "kind": "rent",
            "reason": "refunded", "amount_cents": -refund.asked_cents, "booked_on": today(), "version": 1,
            "refund_id": refund.id,
        }  # fmt: skip
        db.session.execute(insert(DepositLine).values(**line))

    once.replayed = lambda _key: None  # type: ignore[assignment]
    once.claim = lambda _key: False  # type: ignore[assignment]
    step = next(move for move in refunds.MOVES if move.name == "pay")
    DepositRefundView.moves = [dataclasses.replace(step, run=pay, target=None)]
    return guarded()


@dataclass
class Desk:
    """One person's browser: it does not wait for the others."""

    port: int
    cookie: str

    def post(self, url: str, **form: Any) -> tuple[int, str]:
        """(status, where it leads)"""
        body, head = urlencode(form), {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.request("POST", url, body, head)
            answer = line.getresponse()
            answer.read()
            return answer.status, answer.getheader("Location", "")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def serving(folder: Path, database_url: str, factory: str) -> Iterator[int]:
    """gunicorn with several workers until it answers; stopped at the end."""
    port, log = free_port(), (folder / "server.log").open("w")
    env = os.environ | {"DATA_DIR": str(folder), "DATABASE_URL": database_url, "PYTHONPATH": str(ROOT)}
    command = [
        sys.executable, "-W", "ignore", "-m", "gunicorn", "--preload", "-w", str(WORKERS), "-b", f"127.0.0.1:{port}",
        "--no-control-socket", "--timeout", "90", f"tests.deposits.desks:{factory}()",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(port, process, folder / "server.log")
        yield port
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, log.read_text()[-3000:]
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
                line.request("GET", "/healthz")
                if line.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text()[-3000:])


def at_once(desks: list[Desk], work: Callable[[Desk, int], Iterable[Any]]) -> list[Any]:
    """What every desk's work answers, all of them at the same time."""
    with ThreadPoolExecutor(len(desks)) as pool:
        done = [pool.submit(lambda desk=desk, place=place: list(work(desk, place))) for place, desk in enumerate(desks)]
        return [answer for one in done for answer in one.result()]
