"""Work shared out to child processes, one a piece: each begins as warm as the parent is and gives its memory back."""

from __future__ import annotations

import os
import pickle
import resource
import selectors
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

Done = TypeVar("Done")
MOST_HANDS = 4
MOST_SECONDS = 300  # of the processor's time, for one piece


class PieceFailed(RuntimeError):
    """A piece was not done; the text says what its process said last."""


def hands() -> int:
    """How many pieces are worked on at once: one a core."""
    return min(len(os.sched_getaffinity(0)), MOST_HANDS)


def share_out(work: Callable[[int], Done], count: int, heard: Callable[[Done], object]) -> list[Done]:
    """`work(0)` to `work(count - 1)`, each in a child of its own; `heard` is told what comes in, as it comes.

    What one of them raises ends them all and is raised here.
    """
    done: dict[int, Done] = {}
    waiting, running = iter(range(count)), dict[int, tuple[int, int, list[bytes]]]()
    with selectors.DefaultSelector() as ears:
        try:
            while len(done) < count:
                while len(running) < hands() and (number := next(waiting, None)) is not None:
                    pipe, child = _start(work, number)
                    running[pipe] = (number, child, [])
                    ears.register(pipe, selectors.EVENT_READ)
                for key, _events in ears.select():
                    number, child, parts = running[key.fd]
                    part = os.read(key.fd, 1 << 20)
                    parts.append(part)
                    if part:
                        continue
                    ears.unregister(key.fd)
                    _leave(running, key.fd)
                    done[number] = _opened(b"".join(parts))
                    heard(done[number])
        finally:
            for pipe, (_number, child, _parts) in list(running.items()):
                os.kill(child, signal.SIGKILL)
                _leave(running, pipe)
    return [done[number] for number in range(count)]


def _leave(running: dict[int, tuple[int, int, list[bytes]]], pipe: int) -> None:
    _number, child, _parts = running.pop(pipe)
    os.close(pipe)
    with suppress(ChildProcessError):  # a server may have waited for all its children already
        os.waitpid(child, 0)


def _start(work: Callable[[int], Any], number: int) -> tuple[int, int]:
    """The end of the pipe to read from, and the child's id. The child never leaves this function."""
    read, write = os.pipe()
    child = os.fork()
    if child:
        os.close(write)
        return read, child
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 5))
        with open(write, "wb") as out:
            pickle.dump(_tried(work, number), out)
    finally:
        os._exit(0)  # nothing that the parent has open is closed in its name


def _tried(work: Callable[[int], Any], number: int) -> tuple[bool, Any]:
    try:
        return True, work(number)
    except Exception:
        return False, traceback.format_exc()


def _opened(parcel: bytes) -> Any:
    if not parcel:
        raise PieceFailed("its process ended without a word: too much memory, or too long")
    went_well, told = pickle.loads(parcel)  # noqa: S301 - from our own child
    if not went_well:
        raise PieceFailed(told)
    return told
