"""Orders in Redis: taken up again when their worker is killed, stopped, shared by two workers, and never done twice."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from redis import Redis

import config
from app.jobs import queues
from tests import scratch
from tests.operations.conftest import copy_house

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    """A Redis of this module's own on a socket; answers its URL."""
    folder = scratch.for_sockets(f"hudang-redis-{uuid.uuid4().hex[:8]}")
    folder.mkdir(mode=0o700)
    options = ["--port", "0", "--unixsocket", str(folder / "s"), "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
    while not (folder / "s").exists():
        assert process.poll() is None
        time.sleep(0.02)
    yield f"unix://{folder / 's'}"
    process.terminate()
    process.wait(10)
    shutil.rmtree(folder)


@pytest.fixture
def redis(redis_url: str) -> str:
    """The same, emptied."""
    Redis.from_url(redis_url).flushall()
    return redis_url


@pytest.fixture
def machine(redis: str, app: Flask, data_dir: Path, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """`machine("order", 3)`: another process with a copy of the house, told what to do and asked what it says."""
    copy_house(data_dir, tmp_path)
    command = [sys.executable, "-m", "tests.operations.worker", str(tmp_path), redis]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=config.ROOT, text=True, process_group=0, **pipes)

    def ask(*words: object) -> str:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(" ".join(map(str, words)) + "\n")
        process.stdin.flush()
        return process.stdout.readline().strip()

    yield ask
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def until(ask: Callable[..., str], job: str, wanted: str) -> str:
    for _ in range(300):
        if (told := ask("told", job)).startswith(wanted):
            return told
        time.sleep(0.1)
    raise AssertionError(f"{told} is not {wanted}")


def test_work_survives_its_worker_and_leaves_one_mark(machine: Callable[..., str]) -> None:
    first, long = machine("work"), machine("order", 300)
    until(machine, long, "running 1 1")  # it has begun, and told how far it is
    os.kill(int(first), signal.SIGKILL)
    time.sleep(2.1)  # no sign of life any more
    assert machine("told", long).startswith("running 1")  # who looks sees what was
    machine("work"), machine("work")
    short = [machine("order", 1) for _ in range(6)]
    until(machine, long, "running 2")
    assert [until(machine, job, "done").split()[-1] for job in short] == ["1"] * 6
    assert machine("stop", long) == "ok"
    assert until(machine, long, "stopped").split()[-1] == "0"
    again = machine("order", 2)
    assert until(machine, again, "done 1").split()[-1] == "1"


def test_an_order_that_is_not_ours_is_not_opened(app: Flask, redis: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Orders are pickled: what anybody put into Redis would run."""
    for name, value in {"REDIS_URL": redis, "JOBS_IMMEDIATE": False}.items():
        monkeypatch.setitem(app.config, name, value)
    queue = queues.make(app)
    queue.put("told", (1, 2))
    assert queue.get("told", peek=True) == (1, 2)
    monkeypatch.setitem(app.config, "SECRET_KEY", "somebody else's " * 3)
    other = queues.make(app)
    assert other.name != queue.name  # another console's orders are not even met
    other.storage.result_key = queue.storage.result_key
    with pytest.raises(ValueError):
        other.get("told", peek=True)


def test_what_one_worker_does_for_all_is_done_by_one(app: Flask, redis: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"REDIS_URL": redis, "JOBS_IMMEDIATE": False}.items():
        monkeypatch.setitem(app.config, name, value)
    monkeypatch.setitem(app.extensions, "jobs", queues.make(app))
    assert [queues.first_to(app, "tick", 50) for _ in range(3)] == [True, False, False]
    with queues.living(app, 7):
        assert queues.is_alive(app, 7) and not queues.is_alive(app, 8)
    assert not queues.is_alive(app, 7)
