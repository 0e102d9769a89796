"""What the queue of long work carries: pieces of work, and what is looked after once a minute."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from flask import Flask
from werkzeug.local import LocalProxy

from app.jobs import queues, rules
from app.kit.session import abandon_work, db

log = logging.getLogger(__name__)
# Handed in by app/joins.py: what the worker does once a minute; it commits by itself.
every_minute: list[Callable[[], object]] = []


def init_app(app: Flask) -> None:
    """Give the app its queue. That of one machine is made, and its library read, when it is first asked for."""
    ordering = cache(partial(_ordering, app))
    app.extensions["jobs"] = LocalProxy(lambda: ordering()[0])
    app.extensions["run_job"] = LocalProxy(lambda: ordering()[1])
    if queues.is_shared(app):
        ordering()  # an address that cannot be right stops the start


def _ordering(app: Flask) -> tuple[Any, Any]:
    """(the queue, what puts a piece of work into it)"""
    from huey import crontab

    queue = queues.make(app)

    @queue.task(name="run_job")
    def run_job(job_id: int) -> None:
        if queue.immediate:  # in the caller's own app context and transaction
            rules.run(job_id)
            return
        with app.app_context():
            try:
                rules.run(job_id)
            finally:
                db.session.remove()

    @queue.periodic_task(crontab(), name="order_again")
    def order_again() -> None:
        with app.app_context():
            do_quietly(rules.look_after)

    @queue.periodic_task(crontab(), name="tick")
    def tick() -> None:
        if not queues.first_to(app, "tick", 50):
            return
        for do in every_minute:
            with app.app_context():
                do_quietly(do)

    return queue, run_job


def do_quietly(do: Callable[[], object]) -> None:
    """What fails is tried again in a minute, and keeps nothing else from being done."""
    try:
        do()
    except Exception:
        abandon_work()
        log.exception("what is done every minute failed")
    finally:
        db.session.remove()
