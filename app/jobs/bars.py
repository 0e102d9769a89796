"""How far a piece of work is, and the wish that it stop: kept beside the queue, not in the database.

The work may hold the database's lock for its whole length, and what it writes there is seen by nobody before its end.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from flask import current_app

TOLD_EVERY = 0.2
Progress = Callable[[int, int], None]


class Stopped(Exception):
    """Somebody wants this work to stop."""


def teller(job_id: int) -> Progress:
    """Notes how far the work is, some times a second at most; raises Stopped where that is wished."""
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if done >= total or time.monotonic() - last >= TOLD_EVERY:
            last = time.monotonic()
            queue = current_app.extensions["jobs"]
            queue.put(f"progress:{job_id}", (done, total))
            if queue.get(f"stop:{job_id}", peek=True):
                raise Stopped

    return tell


def told(job_id: int) -> tuple[int, int]:
    """(done, total) as last told; (0, 0) before the first word."""
    found = current_app.extensions["jobs"].get(f"progress:{job_id}", peek=True)
    return (int(found[0]), int(found[1])) if found else (0, 0)


def wish_to_stop(job_id: int) -> None:
    current_app.extensions["jobs"].put(f"stop:{job_id}", True)


def is_to_stop(job_id: int) -> bool:
    return bool(current_app.extensions["jobs"].get(f"stop:{job_id}", peek=True))


def forget(job_id: int) -> None:
    """The work is over: nobody asks how far it is any more."""
    for key in (f"progress:{job_id}", f"stop:{job_id}"):
        current_app.extensions["jobs"].get(key)
