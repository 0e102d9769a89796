"""The queue in DATA_DIR, with a real consumer and no web."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from flask import Flask

from app.jobs import queues

pytestmark = pytest.mark.no_app


def small_app(folder: Path) -> Flask:
    made = Flask("queue")
    made.config["DATA_DIR"] = str(folder)
    return made


def test_the_queue_keeps_its_orders_over_a_restart(tmp_path: Path) -> None:
    first = queues.make(small_app(tmp_path))
    first.task(name="noted")(lambda number: number)
    first.enqueue(first._registry._registry[next(k for k in first._registry._registry if k.endswith("noted"))]((7,)))
    second = queues.make(small_app(tmp_path))
    second.task(name="noted")(lambda number: number)
    assert second.pending_count() == 1
    order = second.dequeue()
    assert order is not None and order.args == (7,)


def test_the_queue_does_not_use_wal(tmp_path: Path) -> None:
    """Huey opens the interpreter's SQLite, whose WAL mode may lose writes."""
    queue = queues.make(small_app(tmp_path))
    queue.put("x", 1)
    assert not list(tmp_path.glob("jobs.db-wal"))
    assert queue.get("x", peek=True) == 1


def test_a_queue_keeps_its_name_and_two_have_different_ones(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    a, b = small_app(tmp_path / "a"), small_app(tmp_path / "b")
    assert queues.name_of(a) == queues.name_of(a) != queues.name_of(b)


def test_a_second_worker_waits_until_the_first_is_gone(tmp_path: Path) -> None:
    app, order = small_app(tmp_path), []

    def second() -> None:
        with queues.alone(app):
            order.append("second")

    with queues.alone(app):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.3)
        order.append("first")
    thread.join(5)
    assert order == ["first", "second"]
