"""A run: the console as production starts it, thirty people before it, and what it took of the machine."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import config
from tests.bench import serving
from tests.bench.load.counting import Journal
from tests.bench.load.people import PASSWORD

HOST = "desk.example"
LOCK = config.ROOT / "requirements-load.lock"
LOCUSTFILE = Path(__file__).with_name("locustfile.py")
WARM = 10  # seconds from the first answer until its workers have loaded what they print with
COMING_IN = 30  # seconds within which everybody has logged in
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Run:
    """What came of it. `times` holds (what, ms, what was wrong) of each answer."""

    times: list[tuple[str, float, str]]
    journal: Journal
    seconds: float
    processor: dict[str, float] = field(default_factory=dict)  # seconds of it, by whose they were
    megabytes: float = 0.0
    load: tuple[float, float] = (0.0, 0.0)  # of the machine before and after


def environ(folder: Path, url: str, port: int) -> dict[str, str]:
    """The console's settings in production, with the keys that the seeded house was made with."""
    keys = {name: (folder / "keys" / name.lower()).read_text() for name in ("SECRET_KEY", "FIELD_KEY", "AUDIT_KEY")}
    return keys | {
        "PRODUCTION": "1", "DEMO": "0", "DATA_DIR": str(folder), "DATABASE_URL": url, "HOST": "127.0.0.1",
        "PORT": str(port), "PUBLIC_URL": f"https://{HOST}", "TRUSTED_HOSTS": HOST, "PROXIES": "1",
        "LOG_FORMAT": "json", "PYTHONPATH": str(config.ROOT), "PYTHONDONTWRITEBYTECODE": "",
    }  # fmt: skip


def whole(settings: Mapping[str, str]) -> dict[str, str]:
    """The settings in the environment of whoever runs this."""
    return {**os.environ, **settings}


@contextmanager
def console(settings: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`python run.py` until it answers; its words go to `log`."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "run.py"], cwd=config.ROOT, env=whole(settings), stdout=out, stderr=out
        )
        try:
            while not _is_ready(int(settings["PORT"])):
                if process.poll() is not None:
                    raise RuntimeError(log.read_text(encoding="utf-8")[-3000:])
                time.sleep(0.1)
            time.sleep(WARM)
            yield process
        finally:
            serving.end(process, 60)


def _is_ready(port: int) -> bool:
    with contextlib.suppress(OSError, http.client.HTTPException):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        line.request("GET", "/readyz", headers={"Host": HOST})
        return line.getresponse().status == 200
    return False


def locust(folder: Path) -> Path:
    """Locust's command in its own environment, made where it is missing or another version is locked."""
    home, lock = folder / "locust", LOCK.read_bytes()
    if not (home / ".ready").is_file() or (home / ".ready").read_bytes() != lock:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        install = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "--require-hashes", "-r", str(LOCK)], check=True, stdout=sys.stderr)
        (home / ".ready").write_bytes(lock)
    return home / "bin" / "locust"


def work(command: Path, people: list[dict[str, Any]], seconds: float, port: int, folder: Path, **pids: int) -> Run:
    """Have them work; answers when the last has gone home. `pids` are the processes whose use is told, by name."""
    who, told = folder / "people.json", folder / "told.json"
    settings = {"host": HOST, "password": PASSWORD, "people": people}
    who.write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")
    seconds += COMING_IN
    said = {"LOAD_PEOPLE": str(who), "LOAD_TOLD": str(told), "LOAD_SECONDS": str(seconds)}
    ask = [str(command), "-f", str(LOCUSTFILE), "--headless", "--only-summary", "--stop-timeout", "120", "-u",
           str(len(people)), "-r", str(len(people) / COMING_IN), "-H", f"http://127.0.0.1:{port}"]  # fmt: skip
    used, load, began = {name: spent(pid) for name, pid in pids.items()}, os.getloadavg()[0], time.monotonic()
    with watched(pids["console"]) as most:
        process = subprocess.Popen(
            ask, cwd=config.ROOT, env=whole({"PYTHONPATH": str(config.ROOT), **said}), stdout=sys.stderr
        )
        _wait(process, seconds + 300)
    took = time.monotonic() - began
    found = json.loads(told.read_text(encoding="utf-8"))
    run = Run([tuple(each) for each in found["times"]], Journal.of(found["journal"]), took)
    run.processor = {name: spent(pid) - used[name] for name, pid in pids.items()}
    run.megabytes, run.load = most[0], (load, os.getloadavg()[0])
    return run


def _wait(process: subprocess.Popen[bytes], most: float) -> None:
    try:
        process.wait(most)
    except BaseException:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        raise


@contextmanager
def watched(pid: int) -> Iterator[list[float]]:
    """The most MB that a process and what came of it had meanwhile, what they share counted once."""
    most, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(2):
            most[0] = max(most[0], sum(map(share, serving.tree(pid))))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield most
    finally:
        over.set()
        thread.join()


def share(pid: int) -> float:
    """A process's share of the memory it uses, in MB."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0  # ended meanwhile
    return sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) / 1024


def spent(pid: int) -> float:
    """Seconds of processor that a process and all that came of it took so far."""
    total = 0
    for each in serving.tree(pid):
        try:
            told = Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue  # ended meanwhile: its parent has its time
        total += sum(map(int, told[11:15]))
    return total / TICK
