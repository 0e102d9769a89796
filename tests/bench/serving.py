"""One sync worker behind a socket, the same way for the console and its peers; and what an answer took."""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

SAFE = "/?&=%:,+-_.~"
LONGEST = 600  # seconds: some peers take minutes over a form

Get = Callable[[], "Answer"]


@dataclass(frozen=True)
class Answer:
    """What came back, and how long the whole of it took."""

    status: int
    took_ms: float
    size: int
    body: bytes
    headers: Mapping[str, str]


@dataclass
class Server:
    """A running site."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, data: str | None = None, keep: bool = True, **headers: str) -> Answer:
        """One request on a connection of its own; without `keep` the body is counted and thrown away."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        sent = {"Cookie": self.cookie, "Connection": "close", **self.headers, **headers}
        if data is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        connection.request("POST" if data is not None else "GET", quote(path, safe=SAFE), data, sent)
        answer, body, size = connection.getresponse(), b"", 0
        while block := answer.read(1 << 18):
            size += len(block)
            body = body + block if keep else b""
        took = (time.perf_counter() - began) * 1000
        connection.close()
        return Answer(answer.status, took, size, body, {name.lower(): value for name, value in answer.getheaders()})

    def get(self, path: str) -> Get:
        """Asks for a page that must be there."""

        def ask() -> Answer:
            answer = self.ask(path, keep=False)
            if answer.status != 200:
                raise RuntimeError(f"{self.name} answers {answer.status} for {path}")
            return answer

        return ask

    def worker(self) -> int:
        """The process that answers."""
        return children(self.process.pid)[0]


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in task.read_text().split()]
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(name: str, python: Path, wsgi: str, folder: Path, environ: Mapping[str, str]) -> Iterator[Server]:
    """gunicorn with one sync worker, as `python` has it."""
    port = free_port()
    command = [str(python), "-m", "gunicorn", "-w", "1", "-k", "sync", "-t", "900", "-b", f"127.0.0.1:{port}",
               "--log-level", "error", wsgi]  # fmt: skip
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, **environ}, stdout=sys.stderr)
    try:
        server = Server(name, port, process)
        wait_for(port, process)
        yield server
    finally:
        end(process)


def end(process: subprocess.Popen[bytes], patience: float = 20) -> None:
    """Ask it to end, and have it ended where it does not."""
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes], path: str = "/") -> None:
    """Until the first answer, whatever it is."""
    while process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", path)
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.005)
        finally:
            connection.close()
    raise RuntimeError("the server did not start")


def side_by_side(calls: Mapping[str, Get], rounds: int = 15, seconds: float = 60) -> dict[str, float]:
    """Median ms of each, asked in turn so that a busy machine is as busy for all; at least three rounds of each.

    What takes long is asked fewer times.
    """
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for ask in calls.values():
        ask()  # warm
    for done in range(rounds):
        for name, ask in calls.items():
            if done < 3 or sum(taken[name]) < seconds * 1000:
                taken[name].append(ask().took_ms)
    return {name: statistics.median(times) for name, times in taken.items()}


def forget_peak(pid: int) -> None:
    """Have the kernel measure a process's largest memory from now on."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def memory(pid: int, name: str = "VmHWM") -> float:
    """MB of a process: VmHWM is the most it had, VmRSS what it has."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    return 0.0


def tree(pid: int) -> list[int]:
    """A process and all that came of it."""
    return [pid, *(each for child in children(pid) for each in tree(child))]


def run_watched(command: Sequence[str], folder: Path, environ: Mapping[str, str]) -> tuple[float, float, str]:
    """(seconds, MB of the process tree at its largest, what it said) of a command that must end well."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        began, most = time.perf_counter(), 0.0
        process = subprocess.Popen(command, cwd=folder, env={**os.environ, **environ}, stdout=out)
        while process.poll() is None:
            most = max(most, resident(process.pid))
            time.sleep(0.2)
        took = time.perf_counter() - began
        out.seek(0)
        said = out.read()
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}: {said[-500:]}")
    return took, most, said


def resident(pid: int) -> float:
    """MB of a process and of all that came of it; what several of them share is counted once (PSS)."""
    total = 0.0
    for each in tree(pid):
        try:
            told = Path(f"/proc/{each}/smaps_rollup").read_text()
        except OSError:
            continue  # ended meanwhile
        total += sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) / 1024
    return total
